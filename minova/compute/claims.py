"""Claims: a share of a host that is given out to a server.

What a host gives out is counted in its row, inside the transaction that puts a server there or
takes it away: so concurrent builds cannot give out the same memory twice, and the figures add up.
"""

from minova import exception
from minova.conf import CONF
from minova.db import compute_nodes

# What is not checked when a host is chosen is not checked when it is claimed either.
_RATIO_OF_FILTER = {
    'RamFilter': ('memory_mb', 'ram_allocation_ratio'),
    'CoreFilter': ('vcpus', 'cpu_allocation_ratio'),
    'DiskFilter': ('local_gb', 'disk_allocation_ratio'),
}


def limits() -> dict[str, float]:
    """What is limited ('vcpus', 'memory_mb', 'local_gb') -> its allocation ratio."""
    return {name: CONF[ratio] for filter_name, (name, ratio) in _RATIO_OF_FILTER.items()
            if filter_name in CONF.scheduler_default_filters}


def claim(conn, host: str, node: str, size: dict, forced: bool = False) -> None:
    """Give a server its share of a node, in the transaction of `conn`.

    size: vcpus, memory_mb, root_gb and ephemeral_gb, as a flavor and a server have them. `forced`:
    past the limits, as for a host that an administrator has named.

    Raises ComputeResourcesUnavailable when the node is not there or has no room left.
    """
    if not compute_nodes.claim(conn, host, node, *_amounts(size), {} if forced else limits()):
        raise exception.ComputeResourcesUnavailable(
            reason=f'{node} of {host} has no room for the server')


def release(conn, host: str, node: str, size: dict) -> None:
    """Take the share of a server back. A node that is gone is no error."""
    compute_nodes.release(conn, host, node, *_amounts(size))


def _amounts(size: dict) -> tuple[int, int, int]:
    """(virtual CPUs, MiB of memory, GiB of disk)."""
    return size['vcpus'], size['memory_mb'], size['root_gb'] + size['ephemeral_gb']
