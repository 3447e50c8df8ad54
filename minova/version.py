"""Which minova this is; the form is the one that oslo.reports asks for."""

import functools
from importlib import metadata


@functools.cache
def version_string() -> str:
    """Return the version of the installed package, `0.0.0` in a tree that is not installed."""
    try:
        return metadata.version("minova")
    except metadata.PackageNotFoundError:
        return "0.0.0"


def vendor_string() -> str:
    return "minova"


def product_string() -> str:
    return "minova"


def version_string_with_package() -> str:
    return version_string()
