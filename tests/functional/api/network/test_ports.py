"""Ports, routers and floating addresses, without servers."""

import threading

import pytest


@pytest.fixture
def subnet(neutron):
    return neutron.subnet_of()


@pytest.fixture
def public(neutron):
    return neutron.named("network", "public")["id"]


@pytest.fixture
def port(neutron):
    """On the network that the router connects to the outside."""
    return neutron.make("port", network_id=neutron.named("network", "private")["id"])


def address(port):
    return port["fixed_ips"][0]["ip_address"]


def test_port(neutron, admin, subnet):
    port = neutron.make("port", network_id=subnet["network_id"], name="eth")
    assert port["fixed_ips"] == [{"subnet_id": subnet["id"], "ip_address": "10.1.0.2"}]
    assert port["status"] == "DOWN" and port["device_id"] == "" and port["project_id"] == "p"
    assert port["security_groups"] == [neutron.named("security_group", "default")["id"]]
    assert "binding:host_id" not in port and port["binding:vnic_type"] == "normal"
    assert admin.do("GET", f"/ports/{port['id']}")["binding:vif_type"] == "unbound"
    changed = neutron.do("PUT", f"/ports/{port['id']}", {"port": {
        "name": "new", "security_groups": [], "allowed_address_pairs": [{"ip_address": "10.1.0.9"}],
        "device_id": "x", "device_owner": "baremetal:none"}})
    assert (changed["name"], changed["security_groups"], changed["status"]) == ("new", [], "ACTIVE")
    assert changed["allowed_address_pairs"] == [
        {"ip_address": "10.1.0.9", "mac_address": port["mac_address"]}]
    changed = neutron.do("PUT", f"/ports/{port['id']}", {"port": {"allowed_address_pairs": None}})
    assert changed["allowed_address_pairs"] == []
    assert neutron.refused("PUT", f"/ports/{port['id']}", {"port": {
        "allowed_address_pairs": [{"ip_address": "10.1.0"}]}})[0] == 400
    neutron.do("DELETE", f"/ports/{port['id']}")
    assert neutron.refused("GET", f"/ports/{port['id']}")[:2] == (404, "PortNotFound")


def test_addresses_that_are_asked_for(neutron, subnet):
    def make(*fixed_ips):
        return neutron.ask("POST", "/ports", {"port": {
            "network_id": subnet["network_id"], "fixed_ips": list(fixed_ips)}})

    assert address(make({"ip_address": "10.1.0.50"}).json["port"]) == "10.1.0.50"
    assert make({"ip_address": "10.1.0.50"}).json["NeutronError"]["type"] == "IpAddressAlreadyAllocated"
    assert make({"ip_address": "10.9.0.50"}).json["NeutronError"]["type"] == "InvalidIpForNetwork"
    assert make({"subnet_id": subnet["id"], "ip_address": "10.1.0.255"}).json[
        "NeutronError"]["type"] == "InvalidIpForSubnet"
    assert make().json["port"]["fixed_ips"] == []
    two = make({"subnet_id": subnet["id"]}, {"ip_address": "10.1.0.60"}).json["port"]
    assert [f["ip_address"] for f in two["fixed_ips"]] == ["10.1.0.2", "10.1.0.60"]
    moved = neutron.do("PUT", f"/ports/{two['id']}", {"port": {"fixed_ips": [
        {"ip_address": "10.1.0.60"}, {"ip_address": "10.1.0.61"}]}})
    assert [f["ip_address"] for f in moved["fixed_ips"]] == ["10.1.0.60", "10.1.0.61"]


def test_both_versions(neutron, subnet):
    neutron.make("subnet", network_id=subnet["network_id"], cidr="fd00:1::/64", ip_version=6,
                 ipv6_address_mode="slaac", ipv6_ra_mode="slaac")
    port = neutron.make("port", network_id=subnet["network_id"], mac_address="fa:16:3e:00:00:01")
    assert [f["ip_address"] for f in port["fixed_ips"]] == ["10.1.0.2", "fd00:1::f816:3eff:fe00:1"]
    assert neutron.refused("POST", "/ports", {"port": {
        "network_id": subnet["network_id"], "mac_address": "fa:16:3e:00:00:01"}})[:2] == (
            409, "MacAddressInUse")


def test_a_full_subnet_and_what_was_given_back(neutron):
    subnet = neutron.subnet_of("10.1.0.0/29")
    ports = [neutron.make("port", network_id=subnet["network_id"]) for _ in range(5)]
    assert [address(port) for port in ports] == [f"10.1.0.{n}" for n in range(2, 7)]
    assert neutron.refused("POST", "/ports", {"port": {"network_id": subnet["network_id"]}}) == (
        409, "IpAddressGenerationFailure",
        f"No more IP addresses available on network {subnet['network_id']}.")
    neutron.do("DELETE", f"/ports/{ports[2]['id']}")
    assert address(neutron.make("port", network_id=subnet["network_id"])) == "10.1.0.4"


def test_who_may_choose_addresses(neutron, admin):
    private = neutron.named("network", "private")["id"]
    for name, value in (("fixed_ips", [{"ip_address": "10.0.0.77"}]),
                        ("mac_address", "fa:16:3e:00:00:01"), ("device_owner", "network:dhcp"),
                        ("binding:host_id", "compute")):
        body = {"port": {"network_id": private, name: value}}
        assert neutron.refused("POST", "/ports", body) == (
            403, "PolicyNotAuthorized", f"rule:create_port:{name} is disallowed by policy")
        admin.do("POST", "/ports", body)


def test_lists_of_ports(neutron, subnet):
    one = neutron.make("port", network_id=subnet["network_id"], name="one")
    two = neutron.make("port", network_id=subnet["network_id"], name="two", device_id="d",
                       security_groups=[])
    group = one["security_groups"][0]
    for query, expected in (
            ("fixed_ips=ip_address=10.1.0.3", [two]), (f"fixed_ips=subnet_id={subnet['id']}", [one, two]),
            ("device_id=d", [two]), (f"mac_address={one['mac_address']}", [one]),
            (f"security_groups={group}", [one]), ("status=ACTIVE", [two]), ("status=DOWN", [one]),
            (f"network_id={subnet['network_id']}&name=one", [one]), ("fixed_ips=x=y", [])):
        assert neutron.do("GET", f"/ports?{query}") == expected, query


def test_ports_of_others(neutron, admin, subnet, port):
    eve = neutron.of("eve", "q")
    mine = neutron.make("port", network_id=subnet["network_id"])
    for each in (mine, port):
        assert eve.refused("GET", f"/ports/{each['id']}")[0] == 404
        assert eve.refused("DELETE", f"/ports/{each['id']}")[0] == 404
    assert eve.refused("POST", "/ports", {"port": {"network_id": subnet["network_id"]}})[0] == 404
    assert eve.refused("POST", "/ports", {"port": {
        "network_id": port["network_id"], "security_groups": mine["security_groups"]}})[:2] == (
            404, "SecurityGroupNotFound")
    theirs = eve.make("port", network_id=port["network_id"])
    assert theirs["id"] not in [p["id"] for p in neutron.do("GET", "/ports")]
    # Who has a network sees all that is on it, and changes only what is theirs.
    given = admin.make("port", network_id=subnet["network_id"], project_id="q")
    assert neutron.do("GET", f"/ports/{given['id']}")["project_id"] == "q"
    assert neutron.refused("PUT", f"/ports/{given['id']}", {"port": {"name": "x"}})[0] == 403


def test_router(neutron, admin, subnet, public):
    router = neutron.make("router", name="r", external_gateway_info={"network_id": public})
    info = router["external_gateway_info"]
    assert info["network_id"] == public and info["enable_snat"] is True
    assert info["external_fixed_ips"][0]["ip_address"].startswith("172.24.4.")
    path = f"/routers/{router['id']}"
    added = neutron.do("PUT", f"{path}/add_router_interface", {"subnet_id": subnet["id"]})
    assert added["id"] == router["id"] and added["subnet_ids"] == [subnet["id"]]
    interface = neutron.do("GET", f"/ports/{added['port_id']}")
    assert (interface["device_owner"], interface["device_id"]) == (
        "network:router_interface", router["id"])
    assert address(interface) == "10.1.0.1"
    assert neutron.refused("DELETE", f"/ports/{added['port_id']}")[:2] == (409, "ServicePortInUse")
    assert neutron.refused("PUT", f"/ports/{added['port_id']}", {"port": {"device_owner": ""}})[:2] == (
        400, "InvalidInput")
    assert neutron.refused("PUT", f"{path}/add_router_interface", {"subnet_id": subnet["id"]})[:2] == (
        400, "BadRequest")
    assert neutron.refused("DELETE", path)[:2] == (409, "RouterInUse")
    assert neutron.refused("DELETE", f"/networks/{subnet['network_id']}")[0] == 409
    removed = neutron.do("PUT", f"{path}/remove_router_interface", {"subnet_id": subnet["id"]})
    assert removed["port_id"] == added["port_id"]
    assert neutron.refused("PUT", f"{path}/remove_router_interface", {"subnet_id": subnet["id"]})[:2] == (
        404, "RouterInterfaceNotFoundForSubnet")
    changed = neutron.do("PUT", path, {"router": {
        "external_gateway_info": {}, "routes": [{"destination": "10.3.0.0/24", "nexthop": "10.1.0.5"}]}})
    assert changed["external_gateway_info"] is None and len(changed["routes"]) == 1
    assert neutron.do("PUT", path, {"router": {"routes": None}})["routes"] == []
    neutron.do("DELETE", path)
    assert admin.do("GET", f"/ports?device_id={router['id']}") == []


def test_the_addresses_of_an_interface(neutron, subnet):
    router = neutron.make("router", name="r")
    added = neutron.do("PUT", f"/routers/{router['id']}/add_router_interface", {"subnet_id": subnet["id"]})
    other = neutron.make("subnet", network_id=subnet["network_id"], cidr="10.2.0.0/24", ip_version=4)
    path = f"/ports/{added['port_id']}"

    def changed(**values):
        return neutron.do("PUT", path, {"port": {"fixed_ips": [values]}})["fixed_ips"]
    assert changed(subnet_id=subnet["id"]) == [{"subnet_id": subnet["id"], "ip_address": "10.1.0.1"}]
    assert changed(ip_address="10.1.0.9") == [{"subnet_id": subnet["id"], "ip_address": "10.1.0.9"}]
    for fixed_ips in ([], [{"subnet_id": other["id"]}],
                      [{"ip_address": "10.1.0.9"}, {"subnet_id": other["id"]}]):
        assert neutron.refused("PUT", path, {"port": {"fixed_ips": fixed_ips}})[:2] == (400, "InvalidInput")
    assert [address(neutron.do("GET", path))] == ["10.1.0.9"]


def test_an_interface_by_port(neutron, subnet):
    router = neutron.make("router", name="r")
    port = neutron.make("port", network_id=subnet["network_id"])
    path = f"/routers/{router['id']}"
    assert neutron.do("PUT", f"{path}/add_router_interface", {"port_id": port["id"]})[
        "port_id"] == port["id"]
    assert neutron.refused("PUT", f"{path}/add_router_interface", {"port_id": port["id"]})[:2] == (
        409, "PortInUse")
    assert neutron.refused("PUT", f"{path}/add_router_interface", {})[0] == 400
    neutron.do("PUT", f"{path}/remove_router_interface", {"port_id": port["id"]})
    assert neutron.refused("PUT", f"{path}/remove_router_interface", {"port_id": port["id"]})[:2] == (
        404, "RouterInterfaceNotFound")


def test_routers_of_others(neutron, admin, subnet, public):
    router = neutron.make("router", name="r")
    eve = neutron.of("eve", "q")
    path = f"/routers/{router['id']}"
    assert eve.refused("GET", path)[:2] == (404, "RouterNotFound")
    assert eve.refused("PUT", f"{path}/add_router_interface", {"subnet_id": subnet["id"]})[0] == 404
    own = eve.make("router", name="own")
    assert eve.refused("PUT", f"/routers/{own['id']}/add_router_interface",
                       {"subnet_id": subnet["id"]})[:2] == (404, "SubnetNotFound")
    assert neutron.refused("PUT", path, {"router": {"external_gateway_info": {
        "network_id": public, "enable_snat": False}}})[0] == 403
    assert neutron.refused("PUT", path, {"router": {"external_gateway_info": {
        "network_id": subnet["network_id"]}}})[:2] == (400, "BadRequest")


def test_floating_ip(neutron, port, public):
    fip = neutron.make("floatingip", floating_network_id=public)
    assert fip["status"] == "DOWN" and fip["port_id"] is None and "name" not in fip
    assert fip["floating_ip_address"].startswith("172.24.4.")
    path = f"/floatingips/{fip['id']}"
    on = neutron.do("PUT", path, {"floatingip": {"port_id": port["id"]}})
    assert (on["port_id"], on["fixed_ip_address"], on["status"]) == (port["id"], address(port), "ACTIVE")
    assert on["router_id"] and on["port_details"]["mac_address"] == port["mac_address"]
    for query in (f"port_id={port['id']}", f"floating_ip_address={fip['floating_ip_address']}",
                  f"router_id={on['router_id']}", "status=ACTIVE"):
        assert [f["id"] for f in neutron.do("GET", f"/floatingips?{query}")] == [fip["id"]], query
    other = neutron.make("floatingip", floating_network_id=public)
    assert neutron.refused("PUT", f"/floatingips/{other['id']}", {"floatingip": {
        "port_id": port["id"]}})[:2] == (409, "FloatingIPPortAlreadyAssociated")
    off = neutron.do("PUT", path, {"floatingip": {"port_id": None}})
    assert (off["port_id"], off["router_id"], off["status"]) == (None, None, "DOWN")
    neutron.do("PUT", path, {"floatingip": {"port_id": port["id"]}})
    neutron.do("DELETE", f"/ports/{port['id']}")
    gone = neutron.do("GET", path)
    assert (gone["port_id"], gone["router_id"], gone["status"]) == (None, None, "DOWN")
    neutron.do("DELETE", path)
    assert neutron.refused("GET", path)[:2] == (404, "FloatingIPNotFound")


def test_a_floating_ip_needs_a_router(neutron, subnet, public):
    port = neutron.make("port", network_id=subnet["network_id"])
    body = {"floatingip": {"floating_network_id": public, "port_id": port["id"]}}
    code, kind, message = neutron.refused("POST", "/floatingips", body)
    assert (code, kind) == (404, "ExternalGatewayForFloatingIPNotFound")
    assert message.startswith(f"External network {public} is not reachable from subnet {subnet['id']}.")
    assert neutron.do("GET", "/floatingips") == []
    router = neutron.make("router", external_gateway_info={"network_id": public})
    path = f"/routers/{router['id']}"
    neutron.do("PUT", f"{path}/add_router_interface", {"subnet_id": subnet["id"]})
    assert neutron.do("POST", "/floatingips", body)["router_id"] == router["id"]
    assert neutron.refused("PUT", f"{path}/remove_router_interface", {"subnet_id": subnet["id"]})[:2] == (
        409, "RouterInterfaceInUseByFloatingIP")
    assert neutron.refused("PUT", path, {"router": {"external_gateway_info": {}}})[:2] == (
        409, "RouterExternalGatewayInUseByFloatingIp")


def test_a_network_takes_unused_floating_ips_with_it(neutron, admin):
    outside = admin.make("network", name="outside", **{"router:external": True})
    subnet = admin.make("subnet", network_id=outside["id"], cidr="172.25.0.0/28", ip_version=4)
    fips = [neutron.make("floatingip", floating_network_id=outside["id"]) for _ in range(2)]
    used = admin.do("GET", "/quotas/p/details")["floatingip"]["used"]
    path = f"/networks/{outside['id']}"
    port = admin.make("port", network_id=outside["id"])
    code, kind, message = admin.refused("DELETE", path)
    assert (code, kind) == (409, "NetworkInUse") and message.endswith(f"these ports: {port['id']}.")
    assert neutron.do("GET", "/floatingips") == fips
    admin.do("DELETE", f"/ports/{port['id']}")
    admin.do("DELETE", path)
    for gone in (path, f"/subnets/{subnet['id']}", *(f"/floatingips/{fip['id']}" for fip in fips)):
        assert admin.refused("GET", gone)[0] == 404
    assert admin.do("GET", "/quotas/p/details")["floatingip"]["used"] == used - 2


def test_an_external_network_with_a_floating_ip_in_use_stays(neutron, admin, port, public):
    fip = neutron.make("floatingip", floating_network_id=public, port_id=port["id"])
    unused = neutron.make("floatingip", floating_network_id=public)
    assert admin.refused("DELETE", f"/networks/{public}")[:2] == (409, "NetworkInUse")
    assert {f["id"] for f in neutron.do("GET", "/floatingips")} == {fip["id"], unused["id"]}


def test_floating_ips_that_cannot_be(neutron, admin, subnet, public):
    def refused(**values):
        return neutron.refused("POST", "/floatingips", {"floatingip": values})

    assert refused(floating_network_id=subnet["network_id"])[:2] == (400, "BadRequest")
    assert refused() == (400, "HTTPBadRequest", "Failed to parse request. Required attribute "
                         "'floating_network_id' not specified")
    assert refused(floating_network_id=public, floating_ip_address="172.24.4.99")[0] == 403
    admin.do("PUT", "/quotas/p", {"quota": {"floatingip": 1}})
    fip = neutron.make("floatingip", floating_network_id=public)
    assert refused(floating_network_id=public)[:2] == (409, "OverQuota")
    eve = neutron.of("eve", "q")
    for method, body in (("GET", None), ("DELETE", None), ("PUT", {"floatingip": {"port_id": None}})):
        assert eve.refused(method, f"/floatingips/{fip['id']}", body)[0] == 404
    neutron.do("DELETE", f"/floatingips/{fip['id']}")
    neutron.make("floatingip", floating_network_id=public)


def test_no_address_is_given_twice(any_both):
    neutron, _ = any_both
    subnet = neutron.subnet_of("10.1.0.0/27")
    errors = []

    def work():
        try:
            for _ in range(4):
                neutron.make("port", network_id=subnet["network_id"])
                fip = neutron.make("floatingip", floating_network_id=neutron.named(
                    "network", "public")["id"])
                neutron.do("DELETE", f"/floatingips/{fip['id']}")
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert len(neutron.do("GET", "/ports")) == 24
    assert len({address(port) for port in neutron.do("GET", "/ports")}) == 24
    assert neutron.do("GET", "/quotas/p/details")["floatingip"]["used"] == 0


def test_an_address_costs_the_same_whatever_there_is(neutron):
    from minova.db import engine

    subnet = neutron.subnet_of("10.1.0.0/26")
    neutron.make("port", network_id=subnet["network_id"])

    def cost():
        with engine.count_statements() as sent:
            made = neutron.make("port", network_id=subnet["network_id"])
        return made, sent.count

    _, first = cost()
    ports = [cost() for _ in range(20)]
    assert {count for _, count in ports} == {first}
    # After new pools it begins at their first address, and passes over all that are used.
    neutron.do("PUT", f"/subnets/{subnet['id']}", {"subnet": {
        "allocation_pools": [{"start": "10.1.0.2", "end": "10.1.0.40"}]}})
    made, again = cost()
    assert address(made) == "10.1.0.24" and again <= first + 2
