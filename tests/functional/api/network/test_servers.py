"""Servers over ports: what they get, are given, and give back."""

import uuid

import pytest

IMAGE = "5f0c7d1e-0a3b-4c52-9a51-c1220571e500"


@pytest.fixture
def private(neutron):
    return neutron.named("network", "private")


@pytest.fixture
def blue(neutron):
    """A subnet of a network of the project's own."""
    return neutron.subnet_of()


def create(nova, **values):
    return nova.post("/servers", {"server": {
        "name": "web", "flavorRef": "1", "imageRef": IMAGE, **values}})


def addresses(nova, server):
    found = nova.get(f"/servers/{server['id']}").json["server"]["addresses"]
    return {label: [(a["addr"], a["OS-EXT-IPS:type"]) for a in ips] for label, ips in found.items()}


def test_the_only_network(neutron, nova):
    server = nova.boot()
    assert server["status"] == "ACTIVE"
    [port] = neutron.do("GET", f"/ports?device_id={server['id']}")
    assert port["device_owner"] == "compute:nova" and port["status"] == "ACTIVE"
    assert port["project_id"] == "p" and port["security_groups"]
    [(address, _)] = addresses(nova, server)["private"]
    assert port["fixed_ips"][0]["ip_address"] == address
    assert nova.delete(f"/servers/{server['id']}").status == 204
    assert neutron.do("GET", "/ports") == []


def test_which_network(neutron, nova, blue, private):
    answer = create(nova)
    assert (answer.status, answer.message) == (
        409, "Multiple possible networks found, use a Network ID to be more specific.")
    server = nova.boot(networks=[{"uuid": private["id"]}, {"uuid": blue["network_id"],
                                                           "fixed_ip": "10.1.0.40"}])
    found = addresses(nova, server)
    assert list(found) == ["private", "net"] and found["net"] == [("10.1.0.40", "fixed")]
    assert len(nova.get(f"/servers/{server['id']}/os-virtual-interfaces").json[
        "virtual_interfaces"]) == 2


def test_no_network_at_all(neutron, nova):
    admin = neutron.of("admin", "admin")
    admin.do("PUT", f"/networks/{neutron.named('network', 'private')['id']}", {
        "network": {"shared": False}})
    server = nova.boot()
    assert (server["status"], server["addresses"]) == ("ACTIVE", {})


def test_what_cannot_be_asked_for(neutron, nova, blue, private):
    def refused(*networks):
        answer = create(nova, networks=list(networks))
        return answer.status, answer.message

    unknown = str(uuid.uuid4())
    empty = neutron.make("network", name="empty")["id"]
    public = neutron.named("network", "public")["id"]
    bare = neutron.make("port", network_id=blue["network_id"], fixed_ips=[])["id"]
    used = neutron.make("port", network_id=blue["network_id"], device_id="x")["id"]
    theirs = neutron.of("eve", "q").make("port", network_id=private["id"])["id"]
    assert refused({"uuid": unknown}) == (400, f"Network {unknown} could not be found.")
    assert refused({"port": unknown}) == (400, f"Port id {unknown} could not be found.")
    assert refused({"port": theirs}) == (400, f"Port id {theirs} could not be found.")
    assert refused({"port": used}) == (409, f"Port {used} is still in use.")
    assert refused({"port": bare}) == (400, f"Port {bare} requires a FixedIP in order to be used.")
    assert refused({"uuid": empty}) == (
        400, f"Network {empty} requires a subnet in order to boot instances on.")
    assert refused({"uuid": public}) == (
        403, f"It is not allowed to create an interface on external network {public}")
    assert refused({"uuid": blue["network_id"], "fixed_ip": "10.9.0.1"})[0] == 400
    neutron.make("port", network_id=blue["network_id"], fixed_ips=[{"ip_address": "10.1.0.9"}])
    assert refused({"uuid": blue["network_id"], "fixed_ip": "10.1.0.9"})[0] == 400
    eve = nova.as_user("eve", "q")
    assert create(eve, networks=[{"uuid": blue["network_id"]}]).status == 400
    assert create(nova, min_count=2, networks=[{"port": bare}]).status == 400


def test_a_port_that_it_is_given(neutron, nova, blue):
    port = neutron.make("port", network_id=blue["network_id"], name="eth")
    server = nova.boot(networks=[{"port": port["id"]}])
    bound = neutron.do("GET", f"/ports/{port['id']}")
    assert (bound["device_id"], bound["status"]) == (server["id"], "ACTIVE")
    [(address, _)] = addresses(nova, server)["net"]
    assert address == port["fixed_ips"][0]["ip_address"]
    assert create(nova, networks=[{"port": port["id"]}]).status == 409
    nova.delete(f"/servers/{server['id']}")
    free = neutron.do("GET", f"/ports/{port['id']}")
    assert (free["device_id"], free["device_owner"], free["status"]) == ("", "", "DOWN")
    assert free["fixed_ips"] == port["fixed_ips"]
    assert nova.boot(networks=[{"port": port["id"]}])["status"] == "ACTIVE"


def test_interfaces_come_and_go(neutron, nova, blue, private):
    server = nova.boot(networks=[{"uuid": private["id"]}])
    path = f"/servers/{server['id']}/os-interface"
    [first] = nova.get(path).json["interfaceAttachments"]
    assert first["net_id"] == private["id"] and first["port_state"] == "ACTIVE"

    def attach(**values):
        return nova.post(path, {"interfaceAttachment": values})

    made = attach(net_id=blue["network_id"], fixed_ips=[{"ip_address": "10.1.0.30"}])
    assert made.status == 200 and made.json["interfaceAttachment"]["fixed_ips"] == [
        {"subnet_id": blue["id"], "ip_address": "10.1.0.30"}]
    given = neutron.make("port", network_id=blue["network_id"])
    assert attach(port_id=given["id"]).status == 200
    assert [a for a, _ in addresses(nova, server)["net"]] == [
        "10.1.0.30", given["fixed_ips"][0]["ip_address"]]
    assert attach(port_id=given["id"]).status == 409
    assert attach(net_id=str(uuid.uuid4())).status == 400
    assert attach(port_id=str(uuid.uuid4())).status == 404
    assert attach(net_id=neutron.named("network", "public")["id"]).status == 403
    assert attach().status == 409           # which of the networks?
    nova.post(f"/servers/{server['id']}/action", {"suspend": None}, user="admin")
    assert attach(port_id=given["id"]).message == (
        f"Cannot 'attach_interface' instance {server['id']} while it is in vm_state suspended")
    assert nova.delete(f"{path}/{given['id']}").status == 409
    nova.post(f"/servers/{server['id']}/action", {"resume": None}, user="admin")
    made_id = made.json["interfaceAttachment"]["port_id"]
    assert nova.get(f"{path}/{made_id}").json["interfaceAttachment"]["port_id"] == made_id
    for port_id in (made_id, given["id"]):
        assert nova.delete(f"{path}/{port_id}").status == 202
    assert list(addresses(nova, server)) == ["private"]
    assert neutron.refused("GET", f"/ports/{made_id}")[0] == 404
    assert neutron.do("GET", f"/ports/{given['id']}")["device_id"] == ""
    assert nova.delete(f"{path}/{made_id}").status == 404
    assert nova.as_user("eve", "q").get(path).status == 404


def test_what_neutron_changes_servers_show(neutron, nova, private):
    server = nova.boot()
    [port] = neutron.do("GET", f"/ports?device_id={server['id']}")
    fixed = port["fixed_ips"][0]["ip_address"]
    fip = neutron.make("floatingip", port_id=port["id"],
                       floating_network_id=neutron.named("network", "public")["id"])
    floating = fip["floating_ip_address"]
    assert addresses(nova, server) == {"private": [(fixed, "fixed"), (floating, "floating")]}
    neutron.do("PUT", f"/floatingips/{fip['id']}", {"floatingip": {"port_id": None}})
    assert addresses(nova, server) == {"private": [(fixed, "fixed")]}
    neutron.do("PUT", f"/floatingips/{fip['id']}", {"floatingip": {"port_id": port["id"]}})
    neutron.do("DELETE", f"/floatingips/{fip['id']}")
    assert addresses(nova, server) == {"private": [(fixed, "fixed")]}
    neutron.of("admin", "admin").do("PUT", f"/networks/{private['id']}", {"network": {"name": "new"}})
    assert addresses(nova, server) == {"new": [(fixed, "fixed")]}
    neutron.do("DELETE", f"/ports/{port['id']}")
    assert addresses(nova, server) == {}


def test_floating_ips_by_nova(neutron, nova, blue, private):
    assert nova.get("/os-floating-ip-pools").json["floating_ip_pools"] == [{"name": "public"}]
    fip = nova.post("/os-floating-ips", {"pool": "public"}).json["floating_ip"]
    assert neutron.do("GET", f"/floatingips/{fip['id']}")["floating_ip_address"] == fip["ip"]
    assert nova.post("/os-floating-ips", {"pool": "none"}).status == 404
    assert nova.post("/os-floating-ips").json["floating_ip"]["pool"] == "public"
    server = nova.boot(networks=[{"uuid": private["id"]}])
    path = f"/servers/{server['id']}/action"
    assert nova.post(path, {"addFloatingIp": {"address": fip["ip"]}}).status == 202
    assert (fip["ip"], "floating") in addresses(nova, server)["private"]
    shown = nova.get(f"/os-floating-ips/{fip['id']}").json["floating_ip"]
    assert shown["instance_id"] == server["id"]
    assert nova.as_user("eve", "q").get(f"/os-floating-ips/{fip['id']}").status == 404
    assert nova.post(path, {"removeFloatingIp": {"address": fip["ip"]}}).status == 202
    assert neutron.do("GET", f"/floatingips/{fip['id']}")["port_id"] is None
    apart = nova.boot(networks=[{"uuid": blue["network_id"]}])
    answer = nova.post(f"/servers/{apart['id']}/action", {"addFloatingIp": {"address": fip["ip"]}})
    assert answer.status == 400 and "is not reachable from subnet" in answer.message
    assert nova.delete(f"/os-floating-ips/{fip['id']}").status == 202
    assert neutron.refused("GET", f"/floatingips/{fip['id']}")[0] == 404


def test_a_server_that_goes_leaves_its_floating_ip(neutron, nova):
    server = nova.boot()
    [port] = neutron.do("GET", f"/ports?device_id={server['id']}")
    fip = neutron.make("floatingip", port_id=port["id"],
                       floating_network_id=neutron.named("network", "public")["id"])
    nova.delete(f"/servers/{server['id']}")
    left = neutron.do("GET", f"/floatingips/{fip['id']}")
    assert (left["status"], left["port_id"], left["router_id"]) == ("DOWN", None, None)


def test_no_address_left(neutron, nova):
    subnet = neutron.subnet_of("10.1.0.0/30")
    neutron.make("port", network_id=subnet["network_id"])
    server = nova.boot(networks=[{"uuid": subnet["network_id"]}])
    assert server["status"] == "ERROR"
    assert server["fault"]["message"] == (
        f"No fixed IP addresses available for network: {subnet['network_id']}")


def test_administrators_use_what_is_not_theirs(neutron, nova, blue):
    admin = nova.as_user("admin", "admin")
    server = admin.boot(networks=[{"uuid": blue["network_id"]}])
    assert (server["status"], list(server["addresses"])) == ("ACTIVE", ["net"])


def test_a_network_that_goes_before_the_server_is_built(neutron, nova, blue):
    from minova import context, exception, network

    port = neutron.make("port", network_id=blue["network_id"])
    ask = [{"uuid": None, "fixed_ip": None, "port": port["id"]}]
    member = context.RequestContext(user_id="demo", project_id="p", is_admin=False, overwrite=False)
    network.API().validate_networks(member, ask)
    neutron.do("DELETE", f"/ports/{port['id']}")
    with pytest.raises(exception.NetworkError, match=f"Port id {port['id']} could not be found."):
        network.API().allocate_for_instance(
            member, {"uuid": str(uuid.uuid4()), "project_id": "p", "host": None}, ask)


def test_what_the_metadata_service_asks(neutron, nova, blue):
    from minova import context, network

    neutron.make("subnet", network_id=blue["network_id"], cidr="fd00:1::/64", ip_version=6)
    server = nova.boot(networks=[{"uuid": blue["network_id"]}])
    admin = context.get_admin_context()
    [interface] = network.API().get_interfaces(admin, {"uuid": server["id"]})
    [port] = neutron.do("GET", f"/ports?device_id={server['id']}")
    assert (interface["vif_id"], interface["mac"], interface["mtu"]) == (
        port["id"], port["mac_address"], 1500)
    assert [(s["version"], s["addresses"], s["gateway"]) for s in interface["subnets"]] == [
        (4, ["10.1.0.2"], "10.1.0.1"), (6, ["fd00:1::2"], "fd00:1::1")]
    assert network.API().get_server_by_fixed_ip(admin, "10.1.0.2") == server["id"]
    assert [a["version"] for a in nova.get(f"/servers/{server['id']}").json["server"]["addresses"]["net"]
            ] == [4, 6]


def test_more_addresses(neutron, nova, private):
    server = nova.boot()
    path = f"/servers/{server['id']}/action"
    assert nova.post(path, {"addFixedIp": {"networkId": private["id"]}}, user="admin").status == 202
    first, second = (a for a, _ in addresses(nova, server)["private"])
    assert nova.post(path, {"removeFixedIp": {"address": first}}, user="admin").status == 202
    assert addresses(nova, server) == {"private": [(second, "fixed")]}


def test_ports_go_where_their_server_goes(neutron, nova):
    from minova.db import compute_nodes, services

    services.register([("compute2", "nova-compute")])
    compute_nodes.register([{
        "host": "compute2", "hypervisor_hostname": "compute2", "hypervisor_type": "fake",
        "hypervisor_version": 1000, "vcpus": 8, "memory_mb": 16384, "local_gb": 1000,
        "supported_instances": [["x86_64", "fake", "hvm"]], "reserved_memory_mb": 0,
        "reserved_local_gb": 0}])
    server, admin = nova.boot(), neutron.of("admin", "admin")

    def hosts():
        [port] = admin.do("GET", f"/ports?device_id={server['id']}")
        shown = nova.get(f"/servers/{server['id']}", user="admin").json["server"]
        return port["binding:host_id"], shown["OS-EXT-SRV-ATTR:host"]

    assert hosts() == ("compute", "compute")
    for host in ("compute2", "compute"):
        assert nova.post(f"/servers/{server['id']}/action", {"os-migrateLive": {
            "host": host, "block_migration": False, "disk_over_commit": False}}, user="admin").status == 202
        assert hosts() == (host, host)


def test_networks_by_nova(neutron, nova, blue, private):
    labels = {n["label"] for n in nova.get("/os-networks").json["networks"]}
    assert labels == {"private", "public", "net"}
    assert nova.get(f"/os-networks/{private['id']}").json["network"]["id"] == private["id"]
    admin = nova.as_user("admin", "admin")
    assert admin.post("/os-networks", {"network": {"label": "x", "cidr": "10.9.0.0/24"}}).status == 501
    assert admin.delete(f"/os-networks/{private['id']}").status == 501


def test_on_each_database(any_both):
    neutron, nova = any_both[0], any_both[1].as_user("demo", "p")
    server = nova.boot()
    [port] = neutron.do("GET", f"/ports?device_id={server['id']}")
    fip = neutron.make("floatingip", port_id=port["id"],
                       floating_network_id=neutron.named("network", "public")["id"])
    assert (fip["floating_ip_address"], "floating") in addresses(nova, server)["private"]
    web = neutron.make("security_group", name="web")
    assert nova.post(f"/servers/{server['id']}/action", {
        "addSecurityGroup": {"name": web["id"]}}).status == 202
    assert neutron.do("GET", "/ports?status=ACTIVE&sort_key=name")[0]["id"] == port["id"]
    assert neutron.do("GET", "/networks?shared=true&router:external=false")[0]["name"] == "private"
    nova.delete(f"/servers/{server['id']}")
    assert neutron.do("GET", "/ports") == []
    neutron.do("DELETE", f"/security-groups/{web['id']}")


@pytest.mark.parametrize("path, status", [
    ("/os-tenant-networks", 200), ("/os-networks", 200), ("/os-floating-ips-bulk", 200),
    ("/os-fixed-ips/10.0.0.2", 404), ("/os-floating-ips", 200), ("/os-floating-ip-pools", 200),
    ("/os-cloudpipe", 200), ("/limits", 200), ("/os-quota-sets/p", 200),
    ("/os-security-groups?all_tenants=1", 200), ("/os-floating-ips-bulk/nowhere", 404)])
def test_what_nova_asks_besides(neutron, nova, path, status):
    neutron.subnet_of()
    server = nova.boot(networks=[{"uuid": neutron.named("network", "private")["id"]}])
    neutron.make("floatingip", floating_network_id=neutron.named("network", "public")["id"])
    neutron.of("admin", "admin").do("PUT", "/quotas/p", {"quota": {"network": 7, "port": 7}})
    answer = nova.as_user("admin").get(path)
    assert answer.status == status, answer.text
    assert "networks" not in answer.json.get("quota_set", ())
    assert nova.as_user("admin").get(f"/servers/{server['id']}/os-interface").status == 200


def test_servers_at_once(any_both):
    import threading

    neutron, nova = any_both[0], any_both[1].as_user("demo", "p")
    private = neutron.named("network", "private")["id"]
    public = neutron.named("network", "public")["id"]
    errors = []

    def work():
        try:
            server = nova.boot(networks=[{"uuid": private}])
            path = f"/servers/{server['id']}"
            assert server["status"] == "ACTIVE", server
            more = nova.post(f"{path}/os-interface", {"interfaceAttachment": {"net_id": private}})
            assert more.status == 200, more.text
            [first, _] = neutron.do("GET", f"/ports?device_id={server['id']}")
            fip = neutron.make("floatingip", floating_network_id=public, port_id=first["id"])
            shown = addresses(nova, server)["private"]
            assert len(shown) == 3 and (fip["floating_ip_address"], "floating") in shown
            seen.extend(a for a, _ in shown)
            barrier.wait(60)
            assert nova.delete(path).status == 204
            neutron.do("DELETE", f"/floatingips/{fip['id']}")
        except BaseException as error:
            errors.append(error)
            barrier.abort()

    seen, barrier = [], threading.Barrier(6)
    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert len(seen) == len(set(seen)) == 18
    assert neutron.do("GET", "/ports") == neutron.do("GET", "/floatingips") == []
    assert neutron.do("GET", "/quotas/p/details")["floatingip"]["used"] == 0
