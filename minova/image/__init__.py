"""Images: what servers are made of.

The rest of minova knows this package by `contract`: a backend, chosen by [DEFAULT]image_api_class
in the stevedore namespace `minova.image`, offers that interface.
"""

from minova import context, drivers, exception
from minova.image import contract, declared

_chosen = drivers.Chosen('minova.image', 'image_api_class')
reset = _chosen.reset
_BLOCK = 256 * 1024     # bytes of a file that are read at once


def API() -> contract.API:
    """The configured backend, loaded at first use."""
    return _chosen()


def load_fixtures(items: list[dict]) -> int:
    """Add the images of `items` (see `declared`) that there have never been; how many these are.

    Raises ValueError for a declaration that makes no sense, before anything is added.
    """
    images = [declared.image(item) for item in items]
    return sum(_add(context.get_admin_context(), image) for image in images)


def begin_with(items: list[dict]) -> int:
    """The same for the fixtures that a service starts with: a real image service is left as it is."""
    return load_fixtures(items) if API().is_own else 0


def _add(admin, image: dict) -> bool:
    path = image.pop('file', None)
    try:
        API().create(admin, image)
        added = True
    except exception.ImageExists:
        added = False
    if path is not None:
        _fill(admin, image['id'], path)
    return added


def _fill(admin, image_id: str, path: str) -> None:
    """Give the image its content, unless it has some, or was deleted, or somebody else is just at it."""
    try:
        if API().get(admin, image_id)['status'] == 'queued':
            with open(path, 'rb') as file:
                API().upload(admin, image_id, iter(lambda: file.read(_BLOCK), b''))
    except (exception.ImageNotFound, exception.ImageStatusConflict):
        pass
