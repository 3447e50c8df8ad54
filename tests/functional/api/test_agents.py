"""Agent builds."""

import pytest

from minova.db import engine

BUILD = {"hypervisor": "kvm", "os": "win", "architecture": "x86", "version": "8.0",
         "md5hash": "a" * 32, "url": "http://example.com/a"}
PARA = {"version": "9", "md5hash": "b" * 32, "url": "http://example.com/b"}


def test_the_life_of_a_build(client):
    answer = client.post("/os-agents", {"agent": BUILD})
    assert (answer.status, answer.json) == (200, {"agent": {**BUILD, "agent_id": 1}})
    assert client.get("/os-agents").json == {"agents": [{**BUILD, "agent_id": 1}]}
    answer = client.put("/os-agents/1", {"para": PARA})
    assert (answer.status, answer.json) == (200, {"agent": {**PARA, "agent_id": "1"}})
    assert client.get("/os-agents").json == {"agents": [{**BUILD, **PARA, "agent_id": 1}]}
    assert client.delete("/os-agents/1").status == 200
    assert client.get("/os-agents").json == {"agents": []}


def test_one_build_per_kind_of_guest(client):
    assert client.post("/os-agents", {"agent": BUILD}).status == 200
    answer = client.post("/os-agents", {"agent": {**BUILD, "version": "9"}})
    assert (answer.status, answer.message) == (
        409, "Agent-build with hypervisor kvm os win architecture x86 exists.")
    assert client.post("/os-agents", {"agent": {**BUILD, "os": "linux"}}).status == 200


def test_the_list_is_for_a_hypervisor_and_costs_one_statement(client):
    for i in range(3):
        client.post("/os-agents", {"agent": {**BUILD, "hypervisor": f"h{i}"}})
    with engine.count_statements() as statements:
        found = client.get("/os-agents?hypervisor=h1").json["agents"]
    assert [a["hypervisor"] for a in found] == ["h1"]
    assert statements.count == 1


@pytest.mark.parametrize("agent_id", ["9999", "0", "-1", "9" * 30])
def test_no_such_build(client, agent_id):
    for answer in (client.put(f"/os-agents/{agent_id}", {"para": PARA}),
                   client.delete(f"/os-agents/{agent_id}")):
        assert (answer.status, answer.message) == (
            404, f"No agent-build associated with id {agent_id}.")


def test_an_id_is_a_number(client):
    for answer in (client.put("/os-agents/x", {"para": PARA}), client.delete("/os-agents/x")):
        assert (answer.status, answer.message) == (
            400, "Invalid input received: id must be an integer")


@pytest.mark.parametrize(("change", "end"), [
    ({"url": "not a url"}, "'not a url' is not a 'uri'"),
    ({"md5hash": "zz"}, "'zz' does not match '^[a-fA-F0-9]*$'"),
    ({"x": 1}, "Additional properties are not allowed ('x' was unexpected)"),
])
def test_bad_builds(client, change, end):
    for answer in (client.post("/os-agents", {"agent": {**BUILD, **change}}),
                   client.put("/os-agents/1", {"para": {**PARA, **change}})):
        assert answer.status == 400 and answer.message.endswith(end), answer.message


def test_administrators_only(client):
    member = {"user": "demo", "project": "p"}
    for answer in (client.get("/os-agents", **member), client.delete("/os-agents/1", **member),
                   client.post("/os-agents", {"agent": BUILD}, **member),
                   client.put("/os-agents/1", {"para": PARA}, **member)):
        assert (answer.status, answer.message) == (
            403, "Policy doesn't allow os_compute_api:os-agents to be performed.")
