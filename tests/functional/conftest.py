"""What functional tests stand on: a clean database, and the API over it in this process.

These are the fixtures of minova.testing, with the options of tests/conftest.py.
"""

from collections.abc import Iterator

import pytest

from minova import compute
from tests.client import Client
from tests.databases import *  # noqa: F403


@pytest.fixture(scope="session")
def configured(minova_configured) -> None:
    """The configuration of a server that does its work before it answers, and at once."""


@pytest.fixture(scope="session")
def loaded_client(minova_app) -> Client:
    """The API, loaded once for all tests: it keeps nothing that is not in the database."""
    return minova_app


@pytest.fixture
def client(minova_client) -> Client:
    """The API over a clean SQLite database with the fixtures of the conformance transcripts."""
    return minova_client


@pytest.fixture
def any_client(loaded_client, database) -> Iterator[Client]:
    """The API over a clean database of each kind in turn."""
    backend = compute.backend()
    backend.start()
    yield loaded_client
    backend.stop()
