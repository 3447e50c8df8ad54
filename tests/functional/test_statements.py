"""What a query costs: a constant number of SQL statements, however many rows there are."""

import pytest

from minova.db import engine
from minova.db.counting import count_statements

IMAGE = "70a599e0-31e7-49b7-b260-868f441e862b"
SIZES = (1, 10, 200)


@pytest.fixture
def quiet():
    """No signs of life are written while statements are counted."""
    from minova.compute import host
    host.unregister()


def create_servers(client, count: int) -> list[str]:
    body = {"quota_set": {"instances": -1, "cores": -1, "ram": -1}}
    assert client.put("/os-quota-sets/admin", body).status == 200
    answer = client.post("/servers", {"server": {
        "name": "many", "flavorRef": "1", "imageRef": IMAGE, "metadata": {"a": "b"},
        "min_count": count, "max_count": count}})
    assert answer.status == 202, answer
    servers = client.get("/servers?limit=1000").json["servers"]
    assert len(servers) == count
    return [server["id"] for server in servers]


def cost(client, path: str, most: int, **kwargs):
    client.get(path, **kwargs)      # what is done once per process
    with count_statements() as counted:
        answer = client.get(path, **kwargs)
    assert answer.status == 200
    assert counted.count <= most, counted.statements
    assert not engine.in_transaction()
    return answer.json


@pytest.mark.parametrize("count", SIZES)
@pytest.mark.parametrize("user", ["admin", "member"])
def test_servers(client, quiet, count, user):
    ids = create_servers(client, count)
    for version in ("2.1", "2.12"):
        found = cost(client, "/servers/detail?limit=1000", 3, user=user, version=version)
        assert len(found["servers"]) == count
        assert len(cost(client, "/servers?limit=1000", 3, user=user)["servers"]) == count
        cost(client, f"/servers/{ids[0]}", 3, user=user, version=version)
    cost(client, "/servers/detail?status=ACTIVE&name=many&sort_key=display_name", 3, user=user)
    cost(client, f"/servers/detail?marker={ids[-1]}&limit=5", 4, user=user)


@pytest.mark.parametrize("count", SIZES)
def test_flavors(client, quiet, count):
    for number in range(count):
        client.post("/flavors", {"flavor": {
            "name": f"f{number}", "id": f"f{number}", "ram": 1, "vcpus": 1, "disk": 0}})
    found = cost(client, "/flavors/detail?limit=1000", 2)
    assert len(found["flavors"]) == count + 5
    cost(client, "/flavors?limit=1000", 2)
    cost(client, "/flavors/f0", 2)
