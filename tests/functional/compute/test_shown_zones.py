"""The zones of hosts, as servers are shown with them: a change here is seen at once, one elsewhere soon."""

import time
import types

import pytest

from minova.compute import zones
from minova.db import aggregates as db
from minova.db import engine


@pytest.fixture
def aggregate(client) -> dict:
    answer = client.post("/os-aggregates", {"aggregate": {"name": "a", "availability_zone": "east"}})
    assert answer.status == 200, answer.text
    return answer.json["aggregate"]


@pytest.fixture
def server(client) -> dict:
    return client.boot()


def zone_of(client, server: dict) -> str:
    return client.get(f"/servers/{server['id']}").json["server"]["OS-EXT-AZ:availability_zone"]


def test_what_this_process_changes_is_seen_at_once(client, server, aggregate):
    host = server["OS-EXT-SRV-ATTR:host"]
    assert zone_of(client, server) == "nova"
    for action, zone in (({"add_host": {"host": host}}, "east"),
                         ({"set_metadata": {"metadata": {"availability_zone": "west"}}}, "west"),
                         ({"remove_host": {"host": host}}, "nova")):
        answer = client.post(f"/os-aggregates/{aggregate['id']}/action", action)
        assert answer.status == 200, answer.text
        assert zone_of(client, server) == zone


def test_what_another_process_changes_is_seen_soon(client, server, aggregate, monkeypatch):
    assert zone_of(client, server) == "nova"
    with engine.writer() as conn:       # nobody tells this process
        db.add_host(conn, aggregate["id"], server["OS-EXT-SRV-ATTR:host"])
    later = time.monotonic() + 2
    monkeypatch.setattr(zones, "time", types.SimpleNamespace(monotonic=lambda: later))
    assert zone_of(client, server) == "east"


def test_they_are_not_those_of_another_database(client, server, minova_database):
    before = zones.shown()
    engine.dispose()
    assert zones.shown() is not before
