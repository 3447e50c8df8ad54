"""Flavors: the sizes that servers come in."""

import abc


class FlavorAPI(abc.ABC):
    """A flavor is a dict: id (int, internal), flavorid (str, what clients see), name, memory_mb, vcpus,
    root_gb, ephemeral_gb, swap (MiB), rxtx_factor (float), disabled, is_public, extra_specs (dict of
    strings), created_at, updated_at.
    """

    @abc.abstractmethod
    def get_by_flavor_id(self, context, flavorid: str) -> dict:
        """The flavor that clients know as `flavorid`.

        Raises FlavorNotFound when there is none, or it is private and the context's project, which is
        not an administrator's, has no access to it.
        """

    @abc.abstractmethod
    def get_all(self, context, filters: dict, sort_key: str, sort_dir: str, limit: int | None = None,
                marker: str | None = None) -> list[dict]:
        """The flavors that the context may see, as far as the filters let them.

        filters: min_memory_mb, min_root_gb (ints); disabled (bool); is_public (True: public ones and
        those that the project has access to; False: private ones; None: all).
        sort_key is one of the keys of a flavor. `marker` is the flavorid after which the page begins.

        Raises MarkerNotFound, and InvalidSortKey for a sort key that there is not.
        """

    @abc.abstractmethod
    def create(self, context, *, name: str, memory_mb: int, vcpus: int, root_gb: int,
               ephemeral_gb: int = 0, flavorid: str | None = None, swap: int = 0,
               rxtx_factor: float = 1.0, is_public: bool = True) -> dict:
        """Make a flavor; it. Without a flavorid it gets a uuid.

        Raises InvalidInput (a number out of range), FlavorIdExists, FlavorExists (its name).
        """

    @abc.abstractmethod
    def destroy(self, context, flavorid: str) -> None:
        """Raises FlavorNotFound. Servers that have the flavor keep it."""

    @abc.abstractmethod
    def get_access(self, context, flavor: dict) -> list[str]:
        """The ids of the projects that may use the flavor although it is not public."""

    @abc.abstractmethod
    def add_access(self, context, flavor: dict, project_id: str) -> None:
        """Raises FlavorAccessExists."""

    @abc.abstractmethod
    def remove_access(self, context, flavor: dict, project_id: str) -> None:
        """Raises FlavorAccessNotFound."""

    @abc.abstractmethod
    def set_extra_specs(self, context, flavor: dict, extra_specs: dict[str, str]) -> None:
        """Set these items and leave the others."""

    @abc.abstractmethod
    def delete_extra_spec(self, context, flavor: dict, key: str) -> None:
        """Raises FlavorExtraSpecsNotFound."""
