"""The volume API in this process, over a clean database."""

import pytest

from minova import wsgi
from tests.client import Client


@pytest.fixture(scope="session")
def volume_app(minova_configured):
    return wsgi.Loader().load_app("volume")


@pytest.fixture
def volumes(volume_app, minova_database) -> Client:
    """As the administrator `admin` of the project `admin`."""
    return Client(volume_app, root="/v3")


@pytest.fixture
def any_volumes(volume_app, database) -> Client:
    """The same over each kind of database."""
    return Client(volume_app, root="/v3")


@pytest.fixture
def member(volumes) -> Client:
    """The same, as somebody in the project `p` who is no administrator."""
    return volumes.as_user("demo", "p")


@pytest.fixture
def stranger(volumes) -> Client:
    """As a member of another project."""
    return volumes.as_user("eve", "q")


def at(version: str) -> dict:
    """Arguments of a request that asks for this microversion."""
    return {"headers": {"OpenStack-API-Version": f"volume {version}"}}


@pytest.fixture
def make(member):
    """Create a volume; its id."""
    def make(size: int = 1, client: Client = member, **values) -> str:
        answer = client.post("/volumes", {"volume": {"size": size, **values}})
        assert answer.status == 202, answer.text
        return answer.json["volume"]["id"]
    return make
