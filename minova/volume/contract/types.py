"""Types of volumes."""

import abc


class TypeAPI(abc.ABC):
    """A type is a dict: id (a uuid), name, description, is_public, extra_specs (dict of strings),
    created_at, updated_at. A project sees those that are public and those that it was given access
    to.
    """

    @abc.abstractmethod
    def get_type(self, context, name_or_id: str) -> dict:
        """Raises VolumeTypeNotFound."""

    @abc.abstractmethod
    def get_default_type(self, context) -> dict | None:
        """The type of a volume for which none was chosen; None when it is not there."""

    @abc.abstractmethod
    def get_all_types(self, context, limit: int | None = None, *, is_public: bool | None = None,
                      marker: str | None = None, sort: tuple = ('created_at', 'desc')) -> list[dict]:
        """Raises MarkerNotFound."""

    @abc.abstractmethod
    def create_type(self, context, name: str, description: str | None = None,
                    is_public: bool = True, extra_specs: dict | None = None) -> dict:
        """Raises VolumeTypeExists."""

    @abc.abstractmethod
    def update_type(self, context, type_id: str, values: dict) -> dict:
        """Set name, description, is_public; volumes show the new name.

        Raises VolumeTypeNotFound, VolumeTypeExists.
        """

    @abc.abstractmethod
    def delete_type(self, context, type_id: str) -> None:
        """Raises VolumeTypeNotFound, VolumeTypeInUse (by a volume), VolumeTypeDefault."""

    @abc.abstractmethod
    def set_extra_specs(self, context, type_id: str, extra_specs: dict) -> None:
        """Set these and leave the others. Raises VolumeTypeNotFound."""

    @abc.abstractmethod
    def delete_extra_spec(self, context, type_id: str, key: str) -> None:
        """Raises VolumeTypeNotFound, VolumeTypeExtraSpecsNotFound."""

    @abc.abstractmethod
    def get_type_access(self, context, type_id: str) -> list[str]:
        """The projects that may use a type which is not public."""

    @abc.abstractmethod
    def add_type_access(self, context, type_id: str, project_id: str) -> None:
        """Raises VolumeTypeNotFound, VolumeTypeAccessExists."""

    @abc.abstractmethod
    def remove_type_access(self, context, type_id: str, project_id: str) -> None:
        """Raises VolumeTypeNotFound, VolumeTypeAccessNotFound."""
