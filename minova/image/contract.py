"""What minova may ask of an image service."""

import abc
from collections.abc import Iterable, Sequence

STATUSES = ('queued', 'saving', 'uploading', 'importing', 'active', 'deactivated', 'killed', 'deleted',
            'pending_delete')
VISIBILITIES = ('public', 'community', 'shared', 'private')
MEMBER_STATUSES = ('pending', 'accepted', 'rejected')
SORT_KEYS = ('name', 'status', 'container_format', 'disk_format', 'size', 'id', 'created_at', 'updated_at')


class Content(abc.ABC):
    """The bytes of an image, or a part of them: to be read once, in blocks, and closed."""

    #: How many bytes there are.
    length: int

    @abc.abstractmethod
    def __iter__(self):
        """Block after block."""

    @abc.abstractmethod
    def close(self) -> None:
        """Give up what is held open. May be called twice."""


class API(abc.ABC):
    """An image is a dict with these keys.

    id (a uuid), name, status (one of STATUSES)
    size (in bytes: a number, or text when it was imported so), checksum (MD5)
    hash_algo, hash_value (both None without content)
    min_disk (GiB), min_ram (MiB), container_format, disk_format
    owner (a project's id; None: nobody's, and then anybody may change it), protected, hidden
    visibility (one of VISIBILITIES), tags (list of strings)
    properties (dict of strings; a value may be None), deleted (bool)
    created_at, updated_at, deleted_at (naive UTC)

    A context sees the images of its project, those that are public or for the community, and those that
    are shared with its project; an administrator sees all.

    A member of an image is a dict with image_id, member (a project's id), status (one of
    MEMBER_STATUSES), created_at and updated_at.
    """

    #: Whether the images are minova's own, so that it has to begin with some.
    is_own = True

    def start(self) -> None:
        """A process begins to serve: end what those before it have left half done."""
        return None

    @abc.abstractmethod
    def get(self, context, image_id: str) -> dict:
        """One image that is not deleted. Raises ImageNotFound, also for one that is not seen."""

    @abc.abstractmethod
    def get_all(self, context, filters: dict | None = None, limit: int | None = None,
                marker: str | None = None,
                sort: Sequence[tuple[str, str]] = (('created_at', 'desc'),)) -> list[dict]:
        """The images in the context's list: all that it sees but what is for the community, was shared
        but not accepted, or is hidden.

        filters:
        name, status, id, owner, container_format, disk_format, checksum, hash_value: a text to be
        matched exactly, or a list of these; property-NAME: a text
        min_ram, min_disk: a number or its text
        protected, hidden: a bool; with hidden=True the list has what is hidden and nothing else
        visibility: one of VISIBILITIES, or 'all', which adds what is for the community
        member_status: what is shared counts if this is its status; one of MEMBER_STATUSES, or 'all'
        tags: a list; the image has all of them
        compare: a list of (key, operator, value), key being size, created_at or updated_at, and
        operator eq, neq, gt, gte, lt or lte
        changes-since: ISO time; changed after that, deleted images included
        Others are ignored.

        `marker` is the id after which the page begins. `sort` has keys of SORT_KEYS with 'asc' or
        'desc'.

        Raises InvalidImageQuery for a marker or a time that cannot be.
        """

    @abc.abstractmethod
    def create(self, context, values: dict) -> dict:
        """Make an image of any of the keys above; the image.

        By default it is shared with nobody yet, empty and queued, has a new id and belongs to the
        context's project.
        Raises ImageExists when there is, or was, one of that id.
        """

    @abc.abstractmethod
    def update(self, context, image_id: str, values: dict,
               expected_properties: dict | None = None) -> dict:
        """Change any of name, status, size, checksum, min_disk, min_ram, container_format,
        disk_format, owner, visibility, hidden, protected, and tags and properties (as a whole); the
        image afterwards.

        With `expected_properties` it is changed only if its properties are these, and ImageChanged
        is raised otherwise. Raises ImageNotFound, ImageNotAuthorized (not the context's to change).
        """

    @abc.abstractmethod
    def delete(self, context, image_id: str) -> None:
        """Raises ImageNotFound, ImageNotAuthorized (not the context's to change) or ImageProtected."""

    @abc.abstractmethod
    def url(self, image_id: str) -> str:
        """Where the image service has the image, as links show it."""

    # ---- content

    @abc.abstractmethod
    def upload(self, context, image_id: str, blocks: Iterable[bytes], staged: bool = False) -> dict:
        """Store the content of an image that is queued; the image, which then is active.

        `staged` leaves it uploading, until `import_staged`. What `blocks` raises is raised, and the
        image is queued as it was.
        Raises ImageNotFound, ImageNotAuthorized, ImageStatusConflict (not queued), ImageFormatMissing,
        ImageTooLarge, ImageStorageFull, ImageGone (deleted meanwhile).
        """

    @abc.abstractmethod
    def import_staged(self, context, image_id: str) -> dict:
        """Make an image active whose content is there. Raises ImageNotFound, ImageNotAuthorized,
        ImageNotStaged, ImageFormatMissing."""

    @abc.abstractmethod
    def download(self, context, image_id: str, start: int = 0, length: int | None = None) -> Content | None:
        """The content, or `length` bytes of it from `start` on; None for an image without content.

        Raises ImageNotFound, ImageDeactivated.
        """

    @abc.abstractmethod
    def deactivate(self, context, image_id: str) -> None:
        """Let nobody but administrators have the content, and no server be made of it, for the time
        being. Raises ImageNotFound, ImageNotAuthorized, ImageStatusConflict (neither active nor
        deactivated)."""

    @abc.abstractmethod
    def reactivate(self, context, image_id: str) -> None:
        """End that. Raises the same."""

    # ---- tags

    @abc.abstractmethod
    def add_tag(self, context, image_id: str, tag: str) -> None:
        """Put the tag on the image, whether it has it or not. Raises ImageNotFound,
        ImageNotAuthorized."""

    @abc.abstractmethod
    def remove_tag(self, context, image_id: str, tag: str) -> None:
        """Raises ImageNotFound, ImageNotAuthorized, ImageTagNotFound."""

    # ---- the beginning of a cloud, to which it can be put back

    def keep_content(self, folder: str) -> None:
        """Keep the content of all images, as it is now, in `folder`: of a service that holds it itself."""
        return None

    def put_back_content(self, folder: str) -> None:
        """Make the content of all images what was kept in `folder`."""
        return None

    # ---- the projects that an image is shared with

    @abc.abstractmethod
    def get_members(self, context, image_id: str) -> list[dict]:
        """The members: all for the owner, and for others what they are themselves.

        Raises ImageNotFound, ImageNotShared (its visibility is another).
        """

    @abc.abstractmethod
    def get_member(self, context, image_id: str, member: str) -> dict:
        """Raises ImageNotFound, ImageNotShared, ImageMemberNotFound."""

    @abc.abstractmethod
    def add_member(self, context, image_id: str, member: str) -> dict:
        """The new member, whose status is pending. Raises ImageNotFound, ImageNotShared,
        ImageNotAuthorized (not the context's image), ImageMemberExists, ImageMemberLimitExceeded."""

    @abc.abstractmethod
    def set_member_status(self, context, image_id: str, member: str, status: str) -> dict:
        """What a project says to what is shared with it; the member.

        Raises ImageNotFound, ImageNotShared, ImageMemberNotFound, ImageNotAuthorized (neither that
        project nor an administrator).
        """

    @abc.abstractmethod
    def remove_member(self, context, image_id: str, member: str) -> None:
        """Raises ImageNotFound, ImageNotShared, ImageNotAuthorized (not the context's image),
        ImageMemberNotFound."""
