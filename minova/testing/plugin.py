"""Fixtures for pytest: a fresh API over a fresh SQLite database.

    def test_notes(minova_client):
        assert minova_client.get('/notes').json == {'notes': []}

and for programs that speak HTTP a whole cloud, see docs/testing.md:

    def test_my_tool(minova_cloud):
        subprocess.run(['my-tool'], env=os.environ | minova_cloud.environment('demo'), check=True)

pytest loads this module wherever minova is installed (entry point `pytest11`), so it imports
nothing of minova's before a test asks for a fixture. All names begin with `minova_`.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def minova_options() -> dict[str, object]:
    """Options that the tests want to be different: {'section.option': value}.

    To set some, define a fixture of this name in the conftest.py of your tests. It holds for the
    whole session. An option of [DEFAULT] is named without a section.
    """
    return {}


@pytest.fixture(scope="session")
def minova_configured(minova_options, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The configuration of a server that does its work before it answers, and at once."""
    from minova import compute, config
    from minova.testing.overrides import overridden

    config.parse_args([], prog="minova-test", config_files=[], config_dirs=[])
    options = {
        "state_path": str(tmp_path_factory.mktemp("minova")),
        "work.mode": "inline",
        "fake.hosts": ["compute"], "fake.boot_seconds": 0.0, "fake.action_seconds": 0.0,
        "allow_resize_to_same_host": True,
        # No test pulls the plug.
        "database.sqlite_synchronous": False,
        **minova_options,
    }
    with overridden(options):
        compute.reset()
        yield
    compute.reset()


@pytest.fixture(scope="session")
def minova_new_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new embedded database, to be copied."""
    from minova.db import engine, migration

    path = tmp_path_factory.mktemp("database") / "new.sqlite"
    engine.configure(f"sqlite:///{path}")
    migration.ensure_ready()
    engine.configure(None)
    return path


@pytest.fixture
def minova_database(tmp_path: Path, minova_new_database: Path) -> Iterator[str]:
    """A clean SQLite database, to which `minova.db.engine` is bound. Its URL."""
    from minova.db import engine
    from minova.testing.overrides import overridden

    path = tmp_path / "minova.sqlite"
    shutil.copyfile(minova_new_database, path)
    with overridden({"database.sqlite_synchronous": False}):
        engine.configure(f"sqlite:///{path}")
        yield f"sqlite:///{path}"
        engine.configure(None)


@pytest.fixture(scope="session")
def minova_app(minova_configured):
    """A `minova.testing.client.Client` of the API, loaded once for all tests.

    The API keeps nothing that is not in the database, but this fixture brings none.
    """
    from minova.testing.client import Client

    return Client.load()


@pytest.fixture
def minova_client(minova_app, minova_database) -> Iterator:
    """A `minova.testing.client.Client` of the API over a clean database, with hosts that work."""
    from minova import compute

    backend = compute.backend()
    backend.start()
    yield minova_app
    backend.stop()


@pytest.fixture(scope="session")
def minova_cloud_arguments() -> dict[str, object]:
    """What the cloud of `minova_cloud` is made with: arguments of `minova.testing.Cloud`.

    To have it begin with something else, define a fixture of this name in the conftest.py of your tests.
    """
    return {}


@pytest.fixture(scope="session")
def minova_session_cloud(minova_cloud_arguments) -> Iterator:
    """The cloud of `minova_cloud`, paused: it is started once, and other fixtures work beside it."""
    from minova.testing.cloud import Cloud

    with Cloud(**minova_cloud_arguments) as cloud:
        cloud.pause()
        yield cloud


@pytest.fixture
def minova_cloud(request: pytest.FixtureRequest, minova_session_cloud) -> Iterator:
    """A `minova.testing.Cloud` as it began: identity, compute, image, network and volume by HTTP."""
    if "minova_database" in request.fixturenames:
        raise pytest.UsageError("minova_cloud has a database of its own: it does not go together with "
                                "minova_client and minova_database in one test")
    minova_session_cloud.resume()
    try:
        minova_session_cloud.reset()
        yield minova_session_cloud
    finally:
        minova_session_cloud.pause()
