"""The metadata of servers, and their addresses."""

import pytest

from minova.db import engine

IMAGE = "70a599e0-31e7-49b7-b260-868f441e862b"
MISSING = "/servers/11111111-2222-4333-8444-555555555555"
OWNER = {"user": "demo", "project": "p"}
STRANGER = {"user": "eve", "project": "q"}


@pytest.fixture
def server(client) -> str:
    """The path of a server of the project p with one item of metadata."""
    answer = client.post("/servers", {"server": {
        "name": "s", "imageRef": IMAGE, "flavorRef": "1", "metadata": {"a": "1"}}}, **OWNER)
    assert answer.status == 202, answer.text
    return "/servers/" + answer.json["server"]["id"]


def now(client, server: str) -> dict:
    shown = client.get(server, **OWNER).json["server"]["metadata"]
    assert client.get(f"{server}/metadata", **OWNER).json == {"metadata": shown}
    return shown


def test_the_life_of_an_item(client, server):
    assert now(client, server) == {"a": "1"}
    answer = client.post(f"{server}/metadata", {"metadata": {"b": "é"}}, **OWNER)
    assert (answer.status, answer.json) == (200, {"metadata": {"a": "1", "b": "é"}})
    answer = client.put(f"{server}/metadata/b", {"meta": {"b": "2"}}, **OWNER)
    assert (answer.status, answer.json) == (200, {"meta": {"b": "2"}})
    assert client.get(f"{server}/metadata/b", **OWNER).json == {"meta": {"b": "2"}}
    assert now(client, server) == {"a": "1", "b": "2"}
    assert client.delete(f"{server}/metadata/a", **OWNER).status == 204
    assert now(client, server) == {"b": "2"}
    answer = client.put(f"{server}/metadata", {"metadata": {"c": "3"}}, **OWNER)
    assert (answer.status, answer.json) == (200, {"metadata": {"c": "3"}})
    assert now(client, server) == {"c": "3"}


def test_an_item_that_is_not_there(client, server):
    for method in (client.get, client.delete):
        answer = method(f"{server}/metadata/x", **OWNER)
        assert (answer.status, answer.message) == (404, "Metadata item was not found")


def test_body_and_url_must_agree(client, server):
    answer = client.put(f"{server}/metadata/a", {"meta": {"b": "2"}}, **OWNER)
    assert (answer.status, answer.message) == (400, "Request body and URI mismatch")
    answer = client.put(f"{server}/metadata/a", {"meta": {"a": "1", "b": "2"}}, **OWNER)
    assert answer.status == 400 and answer.message.endswith("has too many properties")
    assert now(client, server) == {"a": "1"}


def test_another_project_has_no_such_server(client, server):
    for path, who in ((server, STRANGER), (MISSING, OWNER)):
        for answer in (
                client.get(f"{path}/metadata", **who), client.get(f"{path}/metadata/a", **who),
                client.post(f"{path}/metadata", {"metadata": {"x": "y"}}, **who),
                client.put(f"{path}/metadata", {"metadata": {}}, **who),
                client.put(f"{path}/metadata/a", {"meta": {"a": "y"}}, **who),
                client.delete(f"{path}/metadata/a", **who),
                client.get(f"{path}/ips", **who), client.get(f"{path}/ips/private", **who)):
            assert (answer.status, answer.message) == (
                404, f"Instance {path.rpartition('/')[2]} could not be found.")
    assert now(client, server) == {"a": "1"}


def test_no_more_items_than_the_quota_has(client, server):
    answer = client.put(f"{server}/metadata", {"metadata": {f"k{i}": "v" for i in range(129)}},
                        **OWNER)
    assert (answer.status, answer.message) == (
        403, "Maximum number of metadata items exceeds 128")
    assert now(client, server) == {"a": "1"}


def test_addresses(client, server):
    addresses = client.get(server, **OWNER).json["server"]["addresses"]
    plain = {label: [{"addr": a["addr"], "version": a["version"]} for a in found]
             for label, found in addresses.items()}
    assert [[a["version"] for a in found] for found in plain.values()] == [[4]]
    assert client.get(f"{server}/ips", **OWNER).json == {"addresses": plain}
    for label, found in plain.items():
        assert client.get(f"{server}/ips/{label}", **OWNER).json == {label: found}
    answer = client.get(f"{server}/ips/nosuch", **OWNER)
    assert (answer.status, answer.message) == (
        404, "Instance is not a member of specified network")


@pytest.mark.parametrize("path", ["/metadata", "/metadata/a", "/ips"])
def test_costs_one_statement(client, server, path):
    with engine.count_statements() as statements:
        assert client.get(server + path, **OWNER).status == 200
    assert statements.count == 1
