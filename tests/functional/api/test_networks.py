"""Networks and fixed addresses."""

import pytest

from minova.db import engine

NEW = {"label": "new", "cidr": "10.20.0.0/24"}
UNKNOWN = "11111111-2222-4333-8444-555555555555"


@pytest.fixture
def member(client):
    return client.as_user("demo", "blue")


def ids(client):
    return {n["label"]: n["id"] for n in client.get("/os-networks").json["networks"]}


def test_who_sees_what(client, member):
    assert set(ids(client)) == {"test_0", "test_1"}
    assert ids(member) == {}
    network_id = ids(client)["test_0"]
    assert client.get(f"/os-networks/{network_id}").json["network"]["vlan"] == 100
    seen = member.get(f"/os-networks/{network_id}").json["network"]
    assert set(seen) == {"id", "label", "cidr", "cidr_v6", "netmask", "netmask_v6", "gateway",
                         "gateway_v6", "broadcast", "dns1", "dns2"}


@pytest.mark.parametrize("method, path, body", [
    ("POST", "/os-networks", {"network": NEW}), ("POST", "/os-networks/add", {"id": None}),
    ("DELETE", f"/os-networks/{UNKNOWN}", None),
    ("POST", f"/os-networks/{UNKNOWN}/action", {"disassociate": None}),
    ("POST", f"/os-networks/{UNKNOWN}/action", {"associate_host": "h"}),
    ("GET", "/os-fixed-ips/10.0.0.4", None),
    ("POST", "/os-fixed-ips/10.0.0.4/action", {"reserve": None}),
])
def test_what_only_administrators_do(member, method, path, body):
    assert member.request(method, path, body).status == 403


def test_an_mtu_that_says_nothing(client):
    answer = client.post("/os-networks", {"network": NEW | {"mtu": ""}})
    assert (answer.status, answer.json["network"]["mtu"]) == (200, None)


def test_the_life_of_a_network(client):
    answer = client.post("/os-networks", {"network": NEW | {"mtu": "1400", "multi_host": "on"}})
    network = answer.json["network"]
    assert answer.status == 200
    assert (network["vlan"], network["mtu"], network["multi_host"]) == (102, 1400, True)
    assert (network["gateway"], network["dhcp_start"]) == ("10.20.0.1", "10.20.0.3")
    path = f"/os-networks/{network['id']}"
    assert client.post(path + "/action", {"associate_host": "h1"}).status == 202
    assert client.get(path).json["network"]["host"] == "h1"
    assert client.post("/os-networks/add", {"id": network["id"]}, project="blue").status == 202
    assert ids(client.as_user("demo", "blue")) == {"new": network["id"]}
    answer = client.delete(path)
    assert (answer.status, answer.message) == (409, f"Network {network['id']} is still in use.")
    assert client.post(path + "/action", {"disassociate": None}).status == 202
    after = client.get(path).json["network"]
    assert (after["host"], after["project_id"]) == (None, None)
    assert client.delete(path).status == 202
    assert client.get(path).status == 404


def test_a_network_with_servers_stays(client):
    network_id = ids(client)["test_0"]
    server = {"name": "s", "imageRef": "70a599e0-31e7-49b7-b260-868f441e862b", "flavorRef": "1",
              "networks": [{"uuid": network_id}]}
    answer = client.post("/servers", {"server": server})
    assert answer.status == 202
    shown = client.get(f"/servers/{answer.json['server']['id']}").json["server"]
    assert [a["addr"] for a in shown["addresses"]["test_0"]] == ["10.0.0.3"]
    fixed_ip = client.get("/os-fixed-ips/10.0.0.3").json["fixed_ip"]
    assert (fixed_ip["host"], fixed_ip["hostname"]) == ("compute", "s")
    assert client.delete(f"/os-networks/{network_id}").status == 409
    assert client.delete(f"/servers/{answer.json['server']['id']}").status == 204
    assert client.get("/os-fixed-ips/10.0.0.3").json["fixed_ip"]["host"] is None
    assert client.delete(f"/os-networks/{network_id}").status == 202


@pytest.mark.parametrize("fixed_ip, message", [
    ("10.0.0.1", "Fixed IP address (10.0.0.1) does not exist in network (%s)."),
    ("10.0.0.7", "Fixed IP address (10.0.0.7) does not exist in network (%s)."),
    ("10.0.0.5", "Fixed IP address (10.0.0.5) does not exist in network (%s)."),
    ("10.0.0.9", "Fixed IP address (10.0.0.9) does not exist in network (%s)."),
    ("10.0.0.4", "Fixed IP address 10.0.0.4 is already in use on instance %s."),
])
def test_addresses_that_a_server_cannot_have(client, fixed_ip, message):
    network_id = ids(client)["test_0"]
    server = {"name": "s", "imageRef": "70a599e0-31e7-49b7-b260-868f441e862b", "flavorRef": "1"}

    def boot(address):
        wanted = [{"uuid": network_id, "fixed_ip": address}]
        return client.post("/servers", {"server": server | {"networks": wanted}})

    first = boot("10.0.0.4").json["server"]["id"]
    client.post("/os-fixed-ips/10.0.0.5/action", {"reserve": None})
    answer = boot(fixed_ip)
    about = first if fixed_ip == "10.0.0.4" else network_id
    assert (answer.status, answer.message) == (400, message % about)


def test_an_address_that_is_given_back_to_servers(client):
    network_id = ids(client)["test_0"]
    for address in ("10.0.0.1", "10.0.0.7"):
        client.post(f"/os-fixed-ips/{address}/action", {"unreserve": None})
        server = client.boot(networks=[{"uuid": network_id, "fixed_ip": address}])
        assert server["status"] == "ACTIVE"
        assert [a["addr"] for a in server["addresses"]["test_0"]] == [address]


@pytest.mark.parametrize("network, status, message", [
    (NEW | {"cidr": "10.0.0.0/29"}, 409,
     "Requested cidr (10.0.0.0/29) conflicts with existing cidr (10.0.0.0/29)"),
    (NEW | {"vlan": 100}, 409, "Detected existing vlan with id 100"),
    (NEW | {"allowed_start": "10.9.0.1"}, 400, "10.9.0.1 is not within 10.20.0.0/24."),
    (NEW | {"cidr": "x"}, 400, "Invalid input for field/attribute cidr. Value: x. "
                               "'x' is not a 'cidr'"),
    (NEW | {"vlan": 0}, 400, "Invalid input for field/attribute vlan. Value: 0. "
                             "0 is less than the minimum of 1"),
    (NEW | {"vpn_start": "x"}, 400, "vpn_start must be an integer."),
])
def test_networks_that_cannot_be(client, network, status, message):
    answer = client.post("/os-networks", {"network": network})
    assert (answer.status, answer.message) == (status, message)


def test_any_network_for_a_project(client):
    for project in ("p1", "p2"):
        assert client.post("/os-networks/add", {"id": None}, project=project).status == 202
    assert [len(ids(client.as_user("demo", p))) for p in ("p1", "p2")] == [1, 1]
    answer = client.post("/os-networks/add", {"id": None}, project="p3")
    assert (answer.status, answer.message) == (400, "No more available networks.")


def test_the_list_costs_one_statement(client):
    with engine.count_statements() as statements:
        client.get("/os-networks")
    assert statements.count == 1


def test_networks_of_a_project(client, member):
    body = {"network": {"label": "mine", "cidr": "10.30.0.0/24"}}
    answer = member.post("/os-tenant-networks", body)
    network = answer.json["network"]
    assert answer.status == 200
    assert network == {"id": network["id"], "label": "mine", "cidr": "10.30.0.0/24"}
    assert member.get(f"/os-tenant-networks/{network['id']}").json == {"network": network}
    answer = member.post("/os-tenant-networks", body)
    assert (answer.status, answer.message) == (503, "Create networks failed")
    answer = member.post("/os-tenant-networks", {"network": {
        "label": "x", "cidr": "10.32.0.0/24", "num_networks": ""}})
    assert (answer.status, answer.message) == (503, "Create networks failed")
    answer = member.post("/os-tenant-networks", {"network": {"label": "x", "cidr": "10.31.0.0/31"}})
    assert (answer.status, answer.message) == (
        400, "Requested network does not contain enough (2+) usable hosts")
    assert member.delete(f"/os-tenant-networks/{network['id']}").status == 202
    assert member.get(f"/os-tenant-networks/{network['id']}").status == 404


def test_reserved_addresses(client):
    path = "/os-fixed-ips/10.0.0.4"

    def reserved():
        return client.get(path, version="2.4").json["fixed_ip"]["reserved"]

    assert "reserved" not in client.get(path, version="2.3").json["fixed_ip"]
    assert not reserved()
    assert client.post(path + "/action", {"reserve": None}).status == 202
    assert reserved()
    assert client.post(path + "/action", {"unreserve": None}).status == 202
    assert not reserved()
    assert client.get("/os-fixed-ips/10.0.0.1", version="2.4").json["fixed_ip"]["reserved"]


@pytest.mark.parametrize("address", ["9.9.9.9", "10.0.0.256", "fd00::3", "x"])
def test_addresses_that_are_not_there(client, address):
    answer = client.get(f"/os-fixed-ips/{address}")
    assert (answer.status, answer.message) == (404, f"Fixed ip not found for address {address}.")
    answer = client.post(f"/os-fixed-ips/{address}/action", {"reserve": None})
    assert (answer.status, answer.message) == (404, f"Fixed IP {address} not found")


@pytest.mark.parametrize("action", ["reserve", "unreserve"])
def test_there_is_nothing_to_say_to_the_actions_on_addresses(client, member, action):
    path = "/os-fixed-ips/10.0.0.4/action"
    for nothing in (None, "None", {}):
        assert client.post(path, {action: nothing}).status == 202
    for user in (client, member):
        answer = user.post(path, {action: "x"})
        assert (answer.status, answer.message) == (
            400, f"Invalid input for field/attribute {action}. Value: x. "
                 "'x' is not one of ['None', None, {}]")
