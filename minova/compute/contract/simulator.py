"""The command of simulated hypervisors. A backend without them answers NotImplementedError."""

import abc


class SimulatorAPI(abc.ABC):

    @abc.abstractmethod
    def get(self, context) -> dict:
        """{'transitions': {kind: seconds or 'from-to'}, 'failures': {kind: {'next', 'share',
        'message'}}, 'hosts_down': [names], 'clock': {'now': ISO time, 'frozen': bool}}: what was set.
        """

    @abc.abstractmethod
    def set_transitions(self, context, transitions: dict) -> None:
        """How long these take from now on. Raises InvalidInput."""

    @abc.abstractmethod
    def set_failures(self, context, failures: dict[str, dict]) -> None:
        """Which fail from now on: the `next` so many, or that `share`. Raises InvalidInput."""

    @abc.abstractmethod
    def set_host(self, context, host: str, up: bool) -> None:
        """Take a host down, or up again. Raises ComputeHostNotFound."""

    @abc.abstractmethod
    def set_clock(self, context, advance: float = 0.0, frozen: bool | None = None) -> None:
        """Set the clock forward by seconds; stop it, or let it go on. It says when transitions end."""

    @abc.abstractmethod
    def reset(self, context) -> None:
        """Forget all that was set."""

    @abc.abstractmethod
    def reset_cloud(self, context) -> None:
        """Put everything back to how it was when the cloud began; the simulator's settings, too.

        Requests and work that are under way come to nothing. Raises CannotReset.
        """
