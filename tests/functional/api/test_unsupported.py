"""Cells, bare metal and fping: what the default backend has not, and what others could have."""

import pytest

from minova.compute import unsupported

SERVER = "11111111-2222-4333-8444-555555555555"
MEMBER = {"user": "demo", "project": "p"}
NOT_SUPPORTED = (501, "The requested functionality is not supported.")
CELL = {"name": "c", "type": "child", "username": "u", "rpc_host": "h", "rpc_port": 1}


@pytest.mark.parametrize(("method", "path", "body"), [
    ("GET", "", None), ("GET", "/detail", None), ("GET", "/info", None), ("GET", "/x", None),
    ("GET", "/capacities", None), ("GET", "/x/capacities", None), ("DELETE", "/x", None),
    ("POST", "", {}), ("PUT", "/x", {}), ("POST", "/sync_instances", {"nosuch": 1}),
])
@pytest.mark.parametrize("who", [{}, MEMBER])
def test_no_cells_for_anybody(client, method, path, body, who):
    answer = client.request(method, f"/os-cells{path}", body, **who)
    assert (answer.status, answer.message) == NOT_SUPPORTED


def test_cells_of_a_backend_that_has_them(client, monkeypatch):
    api = unsupported.CellsAPI
    monkeypatch.setattr(api, "check_enabled", lambda self, context: None)
    monkeypatch.setattr(api, "get_all", lambda self, context: [{**CELL, "capabilities": {}}])
    assert client.get("/os-cells").json == {"cells": [CELL]}
    assert client.get("/os-cells/detail").json == {"cells": [{**CELL, "capabilities": {}}]}
    answer = client.get("/os-cells", **MEMBER)
    assert (answer.status, answer.message) == (
        403, "Policy doesn't allow os_compute_api:os-cells to be performed.")
    answer = client.post("/os-cells", {"cell": {"type": "child"}})
    assert (answer.status, answer.message) == (
        400, "Invalid input for field/attribute cell. Value: {'type': 'child'}. "
             "'name' is a required property")


def test_no_bare_metal(client):
    for path in ("/os-baremetal-nodes", "/os-baremetal-nodes/x"):
        answer = client.get(path)
        assert (answer.status, answer.message) == NOT_SUPPORTED
        answer = client.get(path, **MEMBER)
        assert (answer.status, answer.message) == (
            403, "Policy doesn't allow os_compute_api:os-baremetal-nodes to be performed.")


def test_bare_metal_of_a_backend_that_has_it(client, monkeypatch):
    node = {"id": "n", "host": "IRONIC MANAGED", "task_state": "active", "cpus": 1,
            "memory_mb": 2, "disk_gb": 3, "instance_uuid": None, "interfaces": ["aa:bb"]}
    api = unsupported.BareMetalAPI
    monkeypatch.setattr(api, "get_all", lambda self, context: [node])
    monkeypatch.setattr(api, "get", lambda self, context, node_id: node)
    shown = client.get("/os-baremetal-nodes/n").json["node"]
    assert shown == {**node, "interfaces": [{"address": "aa:bb"}]}
    del shown["instance_uuid"]
    assert client.get("/os-baremetal-nodes").json == {"nodes": [{**shown, "interfaces": []}]}


@pytest.mark.parametrize(("method", "path", "body", "command"), [
    ("POST", "", {}, "port-create"), ("DELETE", "/x", None, "port-create"),
    ("POST", "/x/action", {"add_interface": {}}, "port-create"),
    ("POST", "/x/action", {"remove_interface": {}}, "port-delete"),
])
def test_bare_metal_is_changed_elsewhere(client, method, path, body, command):
    answer = client.request(method, f"/os-baremetal-nodes{path}", body)
    assert (answer.status, answer.message) == (
        400, f"Command Not supported. Please use Ironic command {command} to perform this action.")


def test_nothing_answers_a_ping(client):
    for path in ("/os-fping", f"/os-fping/{SERVER}", "/os-fping?all_tenants=1"):
        answer = client.get(path)
        assert (answer.status, answer.message) == (503, "fping utility is not found.")
    answer = client.get("/os-fping?all_tenants=1", **MEMBER)
    assert (answer.status, answer.message) == (
        403, "Policy doesn't allow os_compute_api:os-fping:all_tenants to be performed.")


def test_pings_of_a_backend_that_has_them(client, monkeypatch):
    server = {"server": {"name": "s", "imageRef": "70a599e0-31e7-49b7-b260-868f441e862b",
                         "flavorRef": "1"}}
    first, second = (client.post("/servers", server, **MEMBER).json["server"]["id"]
                     for _ in range(2))
    addresses = client.get(f"/servers/{first}/ips", **MEMBER).json["addresses"]
    alive = {a["addr"] for network in addresses.values() for a in network}
    monkeypatch.setattr(unsupported.FpingAPI, "check_available", lambda self, context: None)
    monkeypatch.setattr(unsupported.FpingAPI, "alive",
                        lambda self, context, addresses: alive & set(addresses))
    found = {s["id"]: s["alive"] for s in client.get("/os-fping", **MEMBER).json["servers"]}
    assert found == {first: True, second: False}
    assert client.get(f"/os-fping/{first}", **MEMBER).json == {
        "server": {"id": first, "project_id": "p", "alive": True}}
    for query, expected in ((f"include={second}", second), (f"exclude={second}", first)):
        servers = client.get(f"/os-fping?{query}", **MEMBER).json["servers"]
        assert [s["id"] for s in servers] == [expected]
    assert client.get(f"/os-fping/{SERVER}").status == 404
