"""Hypervisors: a driver, chosen by [DEFAULT]compute_driver in the stevedore namespace `minova.virt`."""

import functools

from minova import drivers
from minova.conf import CONF
from minova.virt.contract import ComputeDriver

NAMESPACE = 'minova.virt'


@functools.lru_cache(maxsize=None)
def load(name: str) -> ComputeDriver:
    """The driver of that name, made once in a process."""
    return drivers.load(NAMESPACE, name, 'compute_driver')


def get_driver() -> ComputeDriver:
    """The configured driver."""
    return load(CONF.compute_driver)
