"""The controls of the simulated hypervisors of a cloud in this process: docs/simulation.md, as calls."""

from minova import context


class Simulator:
    """How slow, how unreliable and how dead the hypervisors are. A reset of the cloud forgets all of it."""

    def transitions(self, **seconds: float | str) -> None:
        """How long things take from now on: transitions(build=5, stop='1-2'). Raises InvalidInput."""
        _api().set_transitions(_admin(), seconds)

    def fail_next(self, kind: str, count: int = 1, message: str | None = None) -> None:
        """Let the next `count` of a kind fail: fail_next('build', message='No space left on device')."""
        _api().set_failures(_admin(), {kind: {'next': count, **({'message': message} if message else {})}})

    def fail_share(self, kind: str, share: float, message: str | None = None) -> None:
        """Let that share of a kind fail, from 0 to 1."""
        _api().set_failures(_admin(), {kind: {'share': share, **({'message': message} if message else {})}})

    def freeze(self) -> None:
        """Stop the clock: what takes its time does not come to an end until thaw()."""
        _api().set_clock(_admin(), frozen=True)

    def thaw(self) -> None:
        """Let the clock go on from where it stood."""
        _api().set_clock(_admin(), frozen=False)

    def advance(self, seconds: float) -> None:
        """Set the clock forward."""
        _api().set_clock(_admin(), advance=seconds)

    def host_down(self, host: str) -> None:
        """Take a compute host down. Raises ComputeHostNotFound."""
        _api().set_host(_admin(), host, False)

    def host_up(self, host: str) -> None:
        _api().set_host(_admin(), host, True)

    def settings(self) -> dict:
        """What was set: transitions, failures, hosts_down, clock."""
        return _api().get(_admin())

    def clear(self) -> None:
        """Forget what was set."""
        _api().reset(_admin())


def _api():
    from minova import compute

    return compute.SimulatorAPI()


def _admin():
    return context.get_admin_context()
