"""Cells: parts of a cloud, each with servers of its own."""

import abc
import datetime


class CellsAPI(abc.ABC):
    """A cell is a dict: name, type ('parent', 'child'; 'self' for the one that is asked), username,
    rpc_host, rpc_port, capabilities (dict of lists of strings).

    Where there are no cells `check_enabled`, which is asked before anything else, raises
    FeatureNotSupported.
    """

    @abc.abstractmethod
    def check_enabled(self, context) -> None:
        """Raises FeatureNotSupported."""

    @abc.abstractmethod
    def get_all(self, context) -> list[dict]:
        """The neighbours of this cell."""

    @abc.abstractmethod
    def get_info(self, context) -> dict:
        """This cell."""

    @abc.abstractmethod
    def get(self, context, name: str) -> dict:
        """Raises CellNotFound."""

    @abc.abstractmethod
    def get_capacities(self, context, name: str | None = None) -> dict:
        """What room there is for further servers, in one cell or in all. Raises CellNotFound."""

    @abc.abstractmethod
    def create(self, context, values: dict) -> dict:
        """Add a neighbour: any of the keys above but capabilities, and password.

        Raises CellExists, CellsUpdateUnsupported.
        """

    @abc.abstractmethod
    def update(self, context, name: str, values: dict) -> dict:
        """Raises CellNotFound, CellsUpdateUnsupported."""

    @abc.abstractmethod
    def delete(self, context, name: str) -> None:
        """Raises CellNotFound, CellsUpdateUnsupported."""

    @abc.abstractmethod
    def sync_instances(self, context, project_id: str | None, updated_since:
                       datetime.datetime | None, deleted: bool) -> None:
        """Have the cells report their servers anew."""
