"""Which servers answer a ping."""

import abc


class FpingAPI(abc.ABC):

    @abc.abstractmethod
    def check_available(self, context) -> None:
        """Raises FpingNotFound where nothing can be pinged."""

    @abc.abstractmethod
    def alive(self, context, addresses: list[str]) -> set[str]:
        """Those of the addresses that answer. Raises FpingNotFound."""
