"""Images: what servers are made of.

The rest of minova knows this package by `contract`: a backend, chosen by [DEFAULT]image_api_class
in the stevedore namespace `minova.image`, offers that interface.
"""

from minova import context, drivers, exception
from minova.image import contract, declared

_chosen = drivers.Chosen('minova.image', 'image_api_class')
reset = _chosen.reset


def API() -> contract.API:
    """The configured backend, loaded at first use."""
    return _chosen()


def load_fixtures(items: list[dict]) -> int:
    """Add the images of `items` (see `declared`) that there have never been; how many these are.

    Raises ValueError for a declaration that makes no sense, before anything is added.
    """
    images = [declared.image(item) for item in items]
    admin = context.get_admin_context()
    added = 0
    for image in images:
        try:
            API().create(admin, image)
            added += 1
        except exception.ImageExists:
            continue
    return added
