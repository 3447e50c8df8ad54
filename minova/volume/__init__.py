"""Volumes: disks that live longer than servers, and snapshots of them.

The rest of minova knows this package by `contract`: a backend, chosen by
[DEFAULT]volume_api_class in the stevedore namespace `minova.volume`, offers that interface.
"""

from minova import drivers
from minova.volume import contract

_chosen = drivers.Chosen('minova.volume', 'volume_api_class')
reset = _chosen.reset


def API() -> contract.API:
    """The configured backend, loaded at first use."""
    return _chosen()
