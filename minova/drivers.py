"""Loads what the configuration chooses by name: backends and hypervisor drivers of any package."""

import importlib.metadata
import threading

from stevedore import driver
from stevedore.exception import NoMatches

from minova import exception
from minova.conf import CONF


def load(namespace: str, name: str, option: str):
    """An instance of the class that `name` leads to in the stevedore namespace.

    `option` is where the name is from, for the message. Raises DriverNotLoaded, with one line that
    names the package, the entry point and the cause.
    """
    try:
        return driver.DriverManager(namespace, name, invoke_on_load=True).driver
    except exception.MinovaException:
        raise
    except NoMatches:
        points = importlib.metadata.entry_points(group=namespace)
        reason = 'no installed package has an entry point of that name; there are ' + ', '.join(
            sorted({point.name for point in points}))
    except Exception as error:
        found = importlib.metadata.entry_points(group=namespace, name=name)
        where = ', '.join(f'{point.value} of package {point.dist.name}' for point in found)
        reason = ' '.join(f'{where}: {type(error).__name__}: {error}'.split())
    raise exception.DriverNotLoaded(name=name, namespace=namespace, option=option, reason=reason)


class Chosen:
    """The driver that an option of [DEFAULT] names; a call answers it, loaded by the first."""

    def __init__(self, namespace: str, option: str):
        self.namespace = namespace
        self.option = option
        self._lock = threading.Lock()
        self._driver = None

    def __call__(self):
        """Raises DriverNotLoaded."""
        if self._driver is None:
            with self._lock:
                if self._driver is None:
                    self._driver = load(self.namespace, getattr(CONF, self.option), self.option)
        return self._driver

    def reset(self) -> None:
        """Forget it; the next call loads what is configured then."""
        self._driver = None
