"""Floating addresses, their pools and names, and the addresses and interfaces of servers."""

import threading

import pytest

from minova import network
from minova.conf import CONF
from minova.context import RequestContext
from minova.db import engine

IMAGE = "70a599e0-31e7-49b7-b260-868f441e862b"
UNKNOWN = "11111111-2222-4333-8444-555555555555"


@pytest.fixture
def member(client):
    return client.as_user("demo", "blue")


@pytest.fixture
def pool(client):
    answer = client.post("/os-floating-ips-bulk", {
        "floating_ips_bulk_create": {"ip_range": "172.16.0.0/29", "pool": "nova"}})
    assert answer.status == 200


def boot(client, **attributes):
    answer = client.post("/servers", {"server": {
        "name": "s", "imageRef": IMAGE, "flavorRef": "1", **attributes}})
    assert answer.status == 202
    return answer.json["server"]["id"]


def act(client, server, **action):
    return client.post(f"/servers/{server}/action", action)


def shown(client, server):
    """(type, address) of each address of the server."""
    addresses = client.get(f"/servers/{server}").json["server"]["addresses"]
    return [(a["OS-EXT-IPS:type"], a["addr"]) for found in addresses.values() for a in found]


def allocate(client):
    answer = client.post("/os-floating-ips", {"pool": "nova"})
    assert answer.status == 200
    return answer.json["floating_ip"]


# ---- allocation

def test_the_addresses_of_a_project(member, pool):
    first, second = allocate(member), allocate(member)
    assert [first["ip"], second["ip"]] == ["172.16.0.1", "172.16.0.2"]
    assert first == {"id": first["id"], "ip": "172.16.0.1", "pool": "nova", "fixed_ip": None,
                     "instance_id": None}
    assert member.get("/os-floating-ips").json == {"floating_ips": [first, second]}
    assert member.delete(f"/os-floating-ips/{first['id']}").status == 202
    assert allocate(member)["ip"] == "172.16.0.1"
    stranger = member.as_user("demo", "red")
    assert stranger.get("/os-floating-ips").json == {"floating_ips": []}
    for method in ("GET", "DELETE"):
        answer = stranger.request(method, f"/os-floating-ips/{second['id']}")
        assert (answer.status, answer.message) == (
            404, f"Floating ip not found for id {second['id']}")


@pytest.mark.parametrize("identity, status, message", [
    ("x", 400, "Invalid ID received x."),
    ("01", 400, "Invalid ID received 01."),
    ("+1", 400, "Invalid ID received +1."),
    ("1_0", 400, "Invalid ID received 1_0."),
    ("9" * 30, 404, f"Floating ip not found for id {'9' * 30}"),
])
def test_ids_of_nothing(client, identity, status, message):
    answer = client.get(f"/os-floating-ips/{identity}")
    assert (answer.status, answer.message) == (status, message)


def test_a_pool_that_is_not_there(member):
    answer = member.post("/os-floating-ips", {"pool": "nosuch"})
    assert (answer.status, answer.message) == (404, "Floating ip pool not found.")


@pytest.mark.parametrize("body, message", [
    ({"pool": "nova"}, "No more floating ips in pool nova."),
    (None, "No more floating ips available."),
])
def test_an_empty_pool(client, pool, body, message):
    for i in range(6):
        allocate(client.as_user("demo", f"p{i}"))
    answer = client.post("/os-floating-ips", body)
    assert (answer.status, answer.message) == (404, message)


def test_the_quota_is_exact_and_what_is_removed_makes_room(client, member, pool):
    limits = {"quota_set": {"floating_ips": 1}}
    assert client.put("/os-quota-sets/blue", limits).status == 200
    allocate(member)
    answer = member.post("/os-floating-ips", {"pool": "nova"})
    assert (answer.status, answer.message) == (403, "IP allocation over quota in pool nova.")
    answer = member.post("/os-floating-ips")
    assert (answer.status, answer.message) == (403, "IP allocation over quota.")
    assert client.put("/os-floating-ips-bulk/delete", {"ip_range": "172.16.0.1"}).status == 200
    allocate(member)


def test_no_address_is_allocated_twice(database, configured):
    api = network.API()
    api.create_floating_ips(None, [f"10.8.0.{i}" for i in range(1, 13)], "nova", "eth0")
    found = []

    def work(project):
        context = RequestContext(user_id="u", project_id=project, overwrite=False)
        for _ in range(2):
            found.append(api.allocate_floating_ip(context, None)["address"])

    threads = [threading.Thread(target=work, args=(f"p{i % 3}",)) for i in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == sorted(f"10.8.0.{i}" for i in range(1, 13))


# ---- on servers

def test_what_is_off_the_networks_gets_no_address(member, pool):
    server, floating_ip = boot(member), allocate(member)
    (_, fixed), = shown(member, server)
    CONF.set_override("use_requested_networks", False)
    try:
        answer = act(member, server, addFloatingIp={"address": floating_ip["ip"]})
    finally:
        CONF.clear_override("use_requested_networks")
    assert (answer.status, answer.message) == (
        400, f"Unable to associate floating ip {floating_ip['ip']} to fixed ip {fixed} for instance "
             f"{server}. Error: Fixed ip not found for address {fixed}.")
    assert member.get(f"/os-floating-ips/{floating_ip['id']}").json["floating_ip"]["fixed_ip"] is None


def test_an_address_goes_to_a_server_and_to_another(member, pool):
    one, other = boot(member), boot(member)
    floating_ip = allocate(member)
    answer = act(member, one, addFloatingIp={"address": floating_ip["ip"]})
    assert (answer.status, answer.text) == (202, "")
    assert answer.headers["X-OpenStack-Nova-API-Version"] == "2.1"
    (_, fixed), *rest = shown(member, one)
    assert rest == [("floating", floating_ip["ip"])]
    seen = member.get(f"/os-floating-ips/{floating_ip['id']}").json["floating_ip"]
    assert (seen["instance_id"], seen["fixed_ip"]) == (one, fixed)
    assert act(member, other, addFloatingIp={"address": floating_ip["ip"]}).status == 202
    assert len(shown(member, one)) == 1
    assert shown(member, other)[1] == ("floating", floating_ip["ip"])
    answer = act(member, one, removeFloatingIp={"address": floating_ip["ip"]})
    assert (answer.status, answer.message) == (
        409, f"Floating ip {floating_ip['ip']} is not associated with instance {one}.")
    assert act(member, other, removeFloatingIp={"address": floating_ip["ip"]}).status == 202
    assert len(shown(member, other)) == 1


@pytest.mark.parametrize("end", ["release", "bulk", "server"])
def test_what_ends_an_association(client, member, pool, end):
    server, floating_ip = boot(member), allocate(member)
    act(member, server, addFloatingIp={"address": floating_ip["ip"]})
    if end == "server":
        assert member.delete(f"/servers/{server}").status == 204
        seen = member.get(f"/os-floating-ips/{floating_ip['id']}").json["floating_ip"]
        assert (seen["instance_id"], seen["fixed_ip"]) == (None, None)
        return
    if end == "release":
        assert member.delete(f"/os-floating-ips/{floating_ip['id']}").status == 202
    else:
        client.put("/os-floating-ips-bulk/delete", {"ip_range": floating_ip["ip"]})
    assert len(shown(member, server)) == 1


def test_what_cannot_be_associated(client, member, pool):
    server, floating_ip = boot(member), allocate(member.as_user("demo", "red"))
    answer = act(member, server, addFloatingIp={"address": "9.9.9.9"})
    assert (answer.status, answer.message) == (404, "floating ip not found")
    assert act(member, server, addFloatingIp={"address": floating_ip["ip"]}).status == 403
    answer = act(member, server, addFloatingIp={
        "address": floating_ip["ip"], "fixed_address": "9.9.9.9"})
    assert (answer.status, answer.message) == (
        400, "Specified fixed address not assigned to instance")
    answer = act(member, server, removeFloatingIp={"address": floating_ip["ip"]})
    assert (answer.status, answer.message) == (404, "floating ip not found")


def test_more_addresses_and_fewer(client, member):
    networks = client.get("/os-networks").json["networks"]
    server = boot(member)
    assert act(member, server, addFixedIp={"networkId": networks[0]["id"]}).status == 202
    assert [a for _, a in shown(member, server)][1:] == ["10.0.0.3"]
    vifs = member.get(f"/servers/{server}/os-virtual-interfaces", version="2.12").json
    assert [v["net_id"] for v in vifs["virtual_interfaces"]][1:] == [networks[0]["id"]]
    assert act(member, server, removeFixedIp={"address": "10.0.0.3"}).status == 202
    assert len(shown(member, server)) == 1
    vifs = member.get(f"/servers/{server}/os-virtual-interfaces").json["virtual_interfaces"]
    assert [set(v) for v in vifs] == [{"id", "mac_address"}]


@pytest.mark.parametrize("action", [
    {"addFixedIp": {"networkId": UNKNOWN}}, {"addFixedIp": {"networkId": 1}},
    {"removeFixedIp": {"address": "9.9.9.9"}}])
def test_what_is_accepted_and_comes_to_nothing(member, action):
    server = boot(member)
    before = shown(member, server)
    assert act(member, server, **action).status == 202
    assert shown(member, server) == before


def test_a_locked_server_keeps_its_addresses(client, member):
    server = boot(member)
    assert act(client.as_user("admin", "blue"), server, lock=None).status == 202
    answer = act(member, server, removeFixedIp={"address": "9.9.9.9"})
    assert (answer.status, answer.message) == (409, f"Instance {server} is locked")


def test_a_port_that_is_not_there_is_detached_as_in_nova(member):
    path = f"/servers/{boot(member)}/os-interface/{UNKNOWN}"
    assert member.delete(path).status == 202
    assert member.as_user("demo", "red").delete(path).status == 404


@pytest.mark.parametrize("method, tail, body", [
    ("GET", "", None), ("POST", "", {"interfaceAttachment": {}}), ("GET", f"/{UNKNOWN}", None)])
def test_there_are_no_ports(member, method, tail, body):
    path = f"/servers/{boot(member)}/os-interface{tail}"
    answer = member.request(method, path, body)
    assert (answer.status, answer.message) == (
        501, "The requested functionality is not supported.")
    assert member.as_user("demo", "red").request(method, path, body).status == 404


@pytest.mark.parametrize("attachment, message", [
    ({"net_id": UNKNOWN, "port_id": UNKNOWN}, "Must not input both network_id and port_id"),
    ({"fixed_ips": [{"ip_address": "1.2.3.4"}]},
     "Must input network_id when request IP address"),
])
def test_ports_that_nobody_could_have(member, attachment, message):
    answer = member.post(f"/servers/{UNKNOWN}/os-interface", {"interfaceAttachment": attachment})
    assert (answer.status, answer.message) == (400, message)


# ---- pools and names

def test_pools_and_ranges(client, member, pool):
    assert member.get("/os-floating-ip-pools").json == {"floating_ip_pools": [{"name": "nova"}]}
    assert len(client.get("/os-floating-ips-bulk").json["floating_ip_info"]) == 6
    answer = client.post("/os-floating-ips-bulk", {
        "floating_ips_bulk_create": {"ip_range": "172.16.0.6"}})
    assert (answer.status, answer.message) == (409, "Floating ip 172.16.0.6 already exists.")
    server, floating_ip = boot(member), allocate(member)
    act(member, server, addFloatingIp={"address": floating_ip["ip"]})
    [on_host] = client.get("/os-floating-ips-bulk/compute").json["floating_ip_info"]
    assert (on_host["address"], on_host["instance_uuid"]) == (floating_ip["ip"], server)
    assert member.get("/os-floating-ips-bulk").status == 403


@pytest.mark.parametrize("ip_range, reason", [
    ("10.0.0.0/31", "/31 should be specified as single address(es) not in cidr format"),
    ("10.0.0.0/8", "/8 has too many addresses"), ("10.0.0.0/99", "invalid IPNetwork 10.0.0.0/99"),
    ("1.2.3", "failed to detect a valid IP address from '1.2.3'"),
])
def test_ranges_that_are_none(client, ip_range, reason):
    for method, path, body in (
            ("POST", "", {"floating_ips_bulk_create": {"ip_range": ip_range}}),
            ("PUT", "/delete", {"ip_range": ip_range})):
        answer = client.request(method, f"/os-floating-ips-bulk{path}", body)
        assert (answer.status, answer.message) == (400, f"Invalid input received: {reason}")


def test_lists_cost_one_statement(client, member, pool):
    for _ in range(3):
        allocate(member)
    for who, path in ((member, "/os-floating-ips"), (client, "/os-floating-ips-bulk"),
                      (client, "/os-floating-ip-dns"), (member, "/os-floating-ip-pools")):
        with engine.count_statements() as statements:
            assert who.get(path).status == 200
        assert statements.count == 1


def test_a_released_address_loses_its_names(member, pool):
    floating_ip = allocate(member)
    entry = {"dns_entry": {"ip": floating_ip["ip"], "dns_type": "A"}}
    assert member.put("/os-floating-ip-dns/example.org/entries/www", entry).status == 200
    path = f"/os-floating-ip-dns/example.org/entries/{floating_ip['ip']}"
    assert [e["name"] for e in member.get(path).json["dns_entries"]] == ["www"]
    member.delete(f"/os-floating-ips/{floating_ip['id']}")
    assert member.get(path).status == 404


@pytest.mark.parametrize("entry, message", [
    ({"scope": "private", "project": "p"}, "you can not pass project if the scope is private"),
    ({"scope": "public", "availability_zone": "z"},
     "you can not pass av_zone if the scope is public"),
])
def test_domains_belong_to_one_kind(client, entry, message):
    answer = client.put("/os-floating-ip-dns/example.org", {"domain_entry": entry})
    assert (answer.status, answer.message) == (400, message)


# ---- assigned by themselves

@pytest.fixture
def auto_assign(client):
    CONF.set_override("auto_assign_floating_ip", True)
    yield
    CONF.set_override("auto_assign_floating_ip", False)


def test_a_server_gets_a_floating_address_by_itself(client, member, pool, auto_assign):
    CONF.set_override("quota_floating_ips", 0)
    try:
        server = boot(member)       # what comes by itself is beyond the quota
    finally:
        CONF.clear_override("quota_floating_ips")
    (_, fixed), floating = shown(member, server)
    assert floating == ("floating", "172.16.0.1")
    # It belongs to the server rather than to the project.
    assert member.get("/os-floating-ips").json == {"floating_ips": []}
    assert member.get("/limits").json["limits"]["absolute"]["totalFloatingIpsUsed"] == 0
    answer = act(member, server, removeFloatingIp={"address": "172.16.0.1"})
    assert (answer.status, answer.message) == (403, "Cannot disassociate auto assigned floating ip")
    other = boot(member)
    assert act(member, other, addFloatingIp={"address": "172.16.0.1"}).status == 202
    assert shown(member, server) == [("fixed", fixed), floating]
    floating_ip_id = network.API().get_floating_ip_by_address(
        RequestContext(project_id="blue", overwrite=False), "172.16.0.1")["id"]
    assert member.delete(f"/os-floating-ips/{floating_ip_id}").status == 403
    client.put("/os-floating-ip-dns/example.org", {"domain_entry": {"scope": "public"}})
    entries = "/os-floating-ip-dns/example.org/entries"
    assert client.put(f"{entries}/www", {"dns_entry": {
        "ip": "172.16.0.1", "dns_type": "A"}}).status == 200
    # It goes back with the server, also when servers get none any more.
    CONF.set_override("auto_assign_floating_ip", False)
    assert member.delete(f"/servers/{server}").status == 204
    assert client.get(f"{entries}/www").status == 404
    assert allocate(member)["ip"] == "172.16.0.1"
    assert member.get("/limits").json["limits"]["absolute"]["totalFloatingIpsUsed"] == 1
    assert client.request("PUT", "/os-floating-ips-bulk/delete", {
        "ip_range": "172.16.0.0/29"}).status == 200
    assert member.get("/limits").json["limits"]["absolute"]["totalFloatingIpsUsed"] == 0


def test_without_a_floating_address_left_there_is_no_server(client, member, auto_assign):
    server = member.get(f"/servers/{boot(member)}").json["server"]
    assert (server["status"], server["addresses"]) == ("ERROR", {})
    assert server["fault"]["message"] == "Zero floating ips available."
