"""The databases of minova.testing, under the names that minova's own tests know them by."""

import pytest

from minova.testing.databases import database, database_servers

__all__ = ("database", "database_files", "database_servers", "embedded_database")


@pytest.fixture(scope="session")
def database_files(minova_new_database):
    """A new embedded database, to be copied."""
    return minova_new_database


@pytest.fixture
def embedded_database(minova_database):
    """A clean SQLite database, to which `engine` is bound. Its URL."""
    return minova_database
