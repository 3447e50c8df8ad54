"""What is asked of servers and answered at once: consoles and diagnostics."""

from minova import exception
from minova.compute.manager_base import ManagerBase
from minova.virt import power_states


class ConsoleWork(ManagerBase):

    def get_console_output(self, instance: dict, tail_length: int | None) -> str:
        """The last lines of the console; all without a length, and all but the first n for -n."""
        log = self.driver.get_console_output(instance)
        if tail_length is None:
            return log
        return '\n'.join(log.split('\n')[-tail_length:]) if tail_length else ''

    def get_console(self, instance: dict, console_type: str) -> dict:
        """Where a proxy reaches the console of that type."""
        return self.driver.get_console(instance, console_type)

    def get_diagnostics(self, instance: dict) -> dict:
        """Raises InstanceInvalidState unless the server runs."""
        power_state = self.driver.get_power_state(instance)
        if power_state != power_states.RUNNING:
            raise exception.InstanceInvalidState(
                attr='power_state', instance_uuid=instance['uuid'], state=power_state,
                method='get_diagnostics')
        return self.driver.get_diagnostics(instance)
