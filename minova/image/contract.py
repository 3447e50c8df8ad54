"""What minova may ask of an image service."""

import abc


class API(abc.ABC):
    """An image is a dict with these keys.

    id (a uuid), name, status ('queued', 'saving', 'active', 'killed', 'deleted', 'pending_delete')
    size (in bytes: a number, or text when it was imported so), checksum
    min_disk (GiB), min_ram (MiB), container_format, disk_format
    owner (a project's id; None: nobody's, and then anybody may change it), is_public, protected
    properties (dict of strings; a value may be None), deleted (bool)
    created_at, updated_at, deleted_at (naive UTC)

    A context sees public images and those of its project; an administrator sees all.
    """

    @abc.abstractmethod
    def get(self, context, image_id: str) -> dict:
        """One image that is not deleted. Raises ImageNotFound, also for one that is not seen."""

    @abc.abstractmethod
    def get_all(self, context, filters: dict | None = None, limit: int | None = None,
                marker: str | None = None) -> list[dict]:
        """The images that the context sees, newest first.

        filters, all of them texts and exact matches: name, status, min_ram, min_disk,
        property-NAME; changes-since (ISO time: changed after that, deleted images included).
        Others are ignored.
        `marker` is the id after which the page begins.

        Raises InvalidImageQuery for a marker or a time that cannot be.
        """

    @abc.abstractmethod
    def create(self, context, values: dict) -> dict:
        """Make an image of any of the keys above; the image.

        By default it is private, empty and queued, has a new id and belongs to the context's
        project.
        Raises ImageExists when there is, or was, one of that id.
        """

    @abc.abstractmethod
    def update(self, context, image_id: str, values: dict,
               expected_properties: dict | None = None) -> dict:
        """Change any of name, status, size, checksum, min_disk, min_ram, container_format,
        disk_format, is_public, protected and properties (as a whole); the image afterwards.

        With `expected_properties` it is changed only if its properties are these, and ImageChanged
        is raised otherwise. Raises ImageNotFound, ImageNotAuthorized (not the context's to change).
        """

    @abc.abstractmethod
    def delete(self, context, image_id: str) -> None:
        """Raises ImageNotFound, ImageNotAuthorized (not the context's to change, or protected)."""

    @abc.abstractmethod
    def url(self, image_id: str) -> str:
        """Where the image service has the image, as links show it."""
