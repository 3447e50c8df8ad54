"""The world of world.py, made once and copied for each test."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from minova import compute
from minova.conf import CONF
from minova.db import engine
from tests.client import Client
from tests.functional.matrix import world

_OVERRIDES = (
    # Servers move from one to the other.
    ("hosts", ["compute", "spare"], "fake"), ("nodes", [], "fake"),
    # Nobody reports for the services of a copy.
    ("service_down_time", 10**6, None),
    ("reclaim_instance_interval", 10**6, None),
    ("shelved_offload_time", 10**6, None),
    ("vpn_image_id", world.IMAGE, None),
    # All kinds of consoles.
    ("services", ["nova-compute", "nova-cert", "nova-console", "nova-consoleauth"], "fake"),
    ("enabled", True, "rdp"), ("enabled", True, "spice"), ("enabled", True, "serial_console"),
    ("sqlite_synchronous", False, "database"),
)


@pytest.fixture(scope="package")
def deployment(configured) -> Iterator[None]:
    before = [(name, (getattr(CONF, group) if group else CONF)[name], group)
              for name, _, group in _OVERRIDES]
    for override in _OVERRIDES:
        CONF.set_override(*override)
    yield
    for override in before:
        CONF.set_override(*override)


@pytest.fixture(scope="package")
def built(deployment, loaded_client, database_files, tmp_path_factory) -> tuple[Path, dict]:
    """The file of the database with the world in it, and the names of its things."""
    path = tmp_path_factory.mktemp("matrix") / "world.sqlite"
    shutil.copyfile(database_files, path)
    engine.configure(f"sqlite:///{path}")
    backend = compute.backend()
    backend.start()
    try:
        return path, world.build(loaded_client)
    finally:
        backend.stop()
        engine.configure(None)


@pytest.fixture
def things(built) -> dict[str, str]:
    return built[1]


@pytest.fixture
def renew(built, tmp_path) -> Iterator[Callable[[], None]]:
    """Bind the process to an untouched copy of the world."""
    copies = iter(range(10))

    def bind() -> None:
        engine.configure(None)
        path = tmp_path / f"world-{next(copies)}.sqlite"
        shutil.copyfile(built[0], path)
        engine.configure(f"sqlite:///{path}")

    yield bind
    engine.configure(None)


@pytest.fixture
def api(loaded_client, renew) -> Client:
    """The API over a copy of the world."""
    renew()
    return loaded_client
