"""The work behind actions that leave a server where it is: power, pause, rescue, password."""

from minova import exception, image
from minova.compute import actions
from minova.compute.manager_base import ManagerBase, Task
from minova.db import instances as db
from minova.db.types import utcnow


class PowerWork(ManagerBase):

    def start_instance(self, instance_uuid: str, request_id: str) -> None:
        self._drive(actions.START, instance_uuid, request_id, self.driver.power_on)

    def stop_instance(self, instance_uuid: str, request_id: str) -> None:
        self._drive(actions.STOP, instance_uuid, request_id, self.driver.power_off)

    def pause_instance(self, instance_uuid: str, request_id: str) -> None:
        self._drive(actions.PAUSE, instance_uuid, request_id, self.driver.pause)

    def unpause_instance(self, instance_uuid: str, request_id: str) -> None:
        self._drive(actions.UNPAUSE, instance_uuid, request_id, self.driver.unpause)

    def suspend_instance(self, instance_uuid: str, request_id: str) -> None:
        self._drive(actions.SUSPEND, instance_uuid, request_id, self.driver.suspend)

    def resume_instance(self, instance_uuid: str, request_id: str) -> None:
        self._drive(actions.RESUME, instance_uuid, request_id, self.driver.resume)

    def unrescue_instance(self, instance_uuid: str, request_id: str) -> None:
        self._drive(actions.UNRESCUE, instance_uuid, request_id, self.driver.unrescue)

    def _drive(self, action: actions.Action, instance_uuid: str, request_id: str, call) -> None:
        """What is one call of the driver."""
        self._carry_out(action, instance_uuid, request_id, lambda task: call(task.instance))

    def reboot_instance(self, instance_uuid: str, request_id: str, reboot_type: str) -> None:
        action = actions.REBOOT_HARD if reboot_type == 'HARD' else actions.REBOOT_SOFT

        def do(task: Task) -> None:
            for task_state in action.through:
                self._advance(task, task_state)
            self.driver.reboot(task.instance, reboot_type)
        self._carry_out(action, instance_uuid, request_id, do)

    def rescue_instance(self, instance_uuid: str, request_id: str, admin_password: str,
                        rescue_image_ref: str | None) -> None:
        def do(task: Task) -> dict:
            instance = task.instance
            image_id = rescue_image_ref or instance['image_ref']
            rescue_image = _image_if_there(task.context, image_id)
            self.driver.rescue(instance, rescue_image, admin_password)
            return {'launched_at': utcnow()}
        self._carry_out(actions.RESCUE, instance_uuid, request_id, do)

    def set_admin_password(self, instance_uuid: str, request_id: str, new_pass: str) -> None:
        def do(task: Task) -> None:
            self.driver.set_admin_password(task.instance, new_pass)
        self._carry_out(actions.CHANGE_PASSWORD, instance_uuid, request_id, do)

    # ---- without a task

    def reset_network(self, instance_uuid: str, request_id: str) -> None:
        self._tell(instance_uuid, self.driver.reset_network)

    def inject_network_info(self, instance_uuid: str, request_id: str) -> None:
        self._tell(instance_uuid, self.driver.inject_network_info)

    @staticmethod
    def _tell(instance_uuid: str, call) -> None:
        instance = db.get(instance_uuid, everything=True)
        if instance is not None and instance['host']:
            call(instance)


def _image_if_there(context, image_id: str | None) -> dict | None:
    """The image, unless there is none (any more): then its server is rescued without."""
    try:
        return image.API().get(context, image_id) if image_id else None
    except exception.ImageNotFound:
        return None
