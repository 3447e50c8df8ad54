"""Networks and subnets."""

import pytest


def test_versions_need_no_token(apps):
    import webob
    (app, _), _, _ = apps
    answer = webob.Request.blank("/").get_response(app)
    [version] = answer.json["versions"]
    assert (version["id"], version["status"]) == ("v2.0", "CURRENT")
    assert version["links"][0]["href"].endswith("/v2.0/")


def test_what_a_start_leaves(neutron):
    networks = {n["name"]: n for n in neutron.do("GET", "/networks")}
    assert set(networks) == {"private", "public"}
    assert networks["private"]["shared"] and not networks["private"]["router:external"]
    assert networks["public"]["router:external"] and not networks["public"]["shared"]
    # The subnet of a network that only leads outside is not for members to see.
    assert [s["cidr"] for s in neutron.do("GET", "/subnets")] == ["10.0.0.0/24"]
    assert neutron.do("GET", "/routers") == []


def test_a_start_adds_nothing_twice(both):
    from minova import compute
    compute.backend().stop()
    compute.backend().start()
    admin = both[0].of("admin", "admin")
    assert [len(admin.do("GET", f"/{path}")) for path in ("networks", "subnets", "routers")] == [2, 2, 1]


def test_network(neutron, admin):
    created = neutron.ask("POST", "/networks", {"network": {"name": "blue", "description": "d"}})
    assert created.status_int == 201
    network = created.json["network"]
    assert network["status"] == "ACTIVE" and network["mtu"] == 1500 and network["subnets"] == []
    assert network["project_id"] == network["tenant_id"] == "p"
    assert "provider:network_type" not in network
    assert admin.do("GET", f"/networks/{network['id']}")["provider:network_type"] == "vxlan"
    changed = neutron.do("PUT", f"/networks/{network['id']}", {"network": {"name": "green"}})
    assert changed["name"] == "green" and changed["revision_number"] > network["revision_number"]
    assert neutron.ask("DELETE", f"/networks/{network['id']}").status_int == 204
    assert neutron.refused("GET", f"/networks/{network['id']}") == (
        404, "NetworkNotFound", f"Network {network['id']} could not be found.")


def test_several_at_once_or_none(neutron):
    made = neutron.do("POST", "/networks", {"networks": [{"name": "a"}, {"name": "b"}]})
    assert [n["name"] for n in made] == ["a", "b"]
    net = made[0]["id"]
    assert neutron.refused("POST", "/subnets", {"subnets": [
        {"network_id": net, "cidr": "10.1.0.0/24", "ip_version": 4},
        {"network_id": net, "cidr": "10.1.0.0/25", "ip_version": 4}]})[:2] == (400, "InvalidInput")
    assert neutron.do("GET", f"/subnets?network_id={net}") == []


@pytest.mark.parametrize("attribute", [
    {"shared": True}, {"router:external": True}, {"provider:network_type": "vlan"}])
def test_what_is_for_administrators(neutron, admin, attribute):
    [name] = attribute
    assert neutron.refused("POST", "/networks", {"network": {"name": "n", **attribute}}) == (
        403, "PolicyNotAuthorized", f"rule:create_network:{name} is disallowed by policy")
    assert admin.make("network", name="n", **attribute)[name] == attribute[name]
    own = neutron.make("network", name="own", shared=False)
    assert neutron.refused("PUT", f"/networks/{own['id']}", {"network": {name: attribute[name]}})[0] == 403
    assert neutron.refused("PUT", f"/networks/{own['id']}", {"network": {"shared": False}})[0] == 403


@pytest.mark.parametrize("values, message", [
    ({"nme": "x"}, "Unrecognized attribute(s) 'nme'"),
    ({"status": "x"}, "Attribute 'status' not allowed in POST"),
    ({"project_id": ""}, "Invalid input for project_id. Reason: '' is not the id of a project."),
    ({"name": 5}, "Invalid input for name. Reason: '5' is not a valid string."),
    ({"admin_state_up": "maybe"},
     "Invalid input for admin_state_up. Reason: 'maybe' cannot be converted to boolean."),
])
def test_what_makes_no_sense(neutron, values, message):
    assert neutron.refused("POST", "/networks", {"network": values}) == (
        400, "HTTPBadRequest", message)


def test_bodies_that_are_none(neutron):
    for body in (b"{", b"[]", {"net": {}}, {"network": []}, {"networks": []}):
        assert neutron.refused("POST", "/networks", body)[0] == 400


def test_another_project(neutron, admin):
    network = neutron.make("network", name="mine")
    subnet = neutron.make("subnet", network_id=network["id"], cidr="10.1.0.0/24", ip_version=4)
    eve = neutron.of("eve", "q")
    for path in (f"/networks/{network['id']}", f"/subnets/{subnet['id']}"):
        assert eve.refused("GET", path)[0] == 404
        assert eve.refused("PUT", path, {path.split("/")[1][:-1]: {"name": "x"}})[0] == 404
        assert eve.refused("DELETE", path)[0] == 404
    assert network["id"] not in [n["id"] for n in eve.do("GET", "/networks")]
    assert eve.refused("POST", "/subnets", {"subnet": {
        "network_id": network["id"], "cidr": "10.9.0.0/24", "ip_version": 4}})[0] == 404
    assert eve.refused("POST", "/networks", {"network": {"project_id": "p"}})[0] == 400
    # What is shared is seen, and is not theirs.
    private = admin.named("network", "private")
    assert eve.refused("DELETE", f"/networks/{private['id']}")[:2] == (403, "NotAuthorized")
    assert eve.refused("POST", "/subnets", {"subnet": {
        "network_id": private["id"], "cidr": "10.9.0.0/24", "ip_version": 4}})[0] == 403


def test_subnet(neutron):
    network = neutron.make("network", name="n")
    subnet = neutron.make("subnet", network_id=network["id"], cidr="10.1.0.0/24", ip_version=4,
                          dns_nameservers=["1.1.1.1"],
                          host_routes=[{"destination": "10.2.0.0/16", "nexthop": "10.1.0.9"}])
    assert subnet["gateway_ip"] == "10.1.0.1"
    assert subnet["allocation_pools"] == [{"start": "10.1.0.2", "end": "10.1.0.254"}]
    assert subnet["enable_dhcp"] is True and subnet["dns_nameservers"] == ["1.1.1.1"]
    assert neutron.do("GET", f"/networks/{network['id']}")["subnets"] == [subnet["id"]]
    none = neutron.do("PUT", f"/subnets/{subnet['id']}", {"subnet": {"gateway_ip": None}})
    assert none["gateway_ip"] is None
    six = neutron.make("subnet", network_id=network["id"], cidr="fd00::/64", ip_version=6)
    assert six["gateway_ip"] == "fd00::1"
    assert six["allocation_pools"][0] == {"start": "fd00::2", "end": "fd00::ffff:ffff:ffff:ffff"}


@pytest.mark.parametrize("values, code, kind", [
    ({"cidr": "10.1.0.1/24"}, 400, "HTTPBadRequest"),
    ({"cidr": "x"}, 400, "HTTPBadRequest"),
    ({"cidr": "10.1.0.0/24", "ip_version": 6}, 400, "InvalidInput"),
    ({"cidr": "10.1.0.0/24", "gateway_ip": "10.2.0.1"}, 400, "InvalidInput"),
    ({"cidr": "10.1.0.0/24", "allocation_pools": [{"start": "10.2.0.1", "end": "10.2.0.9"}]},
     400, "OutOfBoundsAllocationPool"),
    ({"cidr": "10.1.0.0/24", "allocation_pools": [{"start": "10.1.0.1", "end": "10.1.0.9"}]},
     409, "GatewayConflictWithAllocationPools"),
    ({"cidr": "10.1.0.0/24", "allocation_pools": [
        {"start": "10.1.0.10", "end": "10.1.0.20"}, {"start": "10.1.0.15", "end": "10.1.0.30"}]},
     409, "OverlappingAllocationPools"),
    ({"cidr": "10.1.0.0/24", "allocation_pools": None}, 400, "HTTPBadRequest"),
    ({}, 400, "BadRequest"),
    ({"cidr": "fd00::/60", "ip_version": 6, "ipv6_address_mode": "slaac"}, 400, "InvalidInput"),
])
def test_subnets_that_cannot_be(neutron, values, code, kind):
    network = neutron.make("network", name="n")
    assert neutron.refused("POST", "/subnets", {"subnet": {
        "network_id": network["id"], "ip_version": 4, **values}})[:2] == (code, kind)


def test_lists_that_are_null_are_empty(neutron):
    subnet = neutron.make("subnet", network_id=neutron.make("network", name="n")["id"], ip_version=4,
                          cidr="10.1.0.0/24", dns_nameservers=None, host_routes=None)
    assert (subnet["dns_nameservers"], subnet["host_routes"]) == ([], [])
    port = neutron.make("port", network_id=subnet["network_id"], security_groups=None)
    assert port["security_groups"] == []
    assert neutron.refused("PUT", f"/ports/{port['id']}", {"port": {"fixed_ips": None}})[:2] == (
        400, "HTTPBadRequest")


def test_what_is_in_use_stays(neutron):
    subnet = neutron.subnet_of()
    port = neutron.make("port", network_id=subnet["network_id"])
    assert neutron.refused("DELETE", f"/subnets/{subnet['id']}")[:2] == (409, "SubnetInUse")
    code, kind, message = neutron.refused("DELETE", f"/networks/{subnet['network_id']}")
    assert (code, kind) == (409, "NetworkInUse") and port["id"] in message
    neutron.do("DELETE", f"/ports/{port['id']}")
    neutron.do("DELETE", f"/networks/{subnet['network_id']}")
    assert neutron.refused("GET", f"/subnets/{subnet['id']}")[0] == 404


def test_lists(neutron):
    for name in ("b", "a", "c"):
        neutron.make("network", name=name, description=name * 2)

    def names(query):
        return [n["name"] for n in neutron.do("GET", f"/networks?tenant_id=p&{query}")]

    assert names("name=a&name=c") == ["a", "c"]
    assert names("description=bb") == ["b"]
    assert names("admin_state_up=False") == []
    assert names("sort_key=name&sort_dir=desc") == ["c", "b", "a"]
    assert neutron.do("GET", "/networks?name=a&fields=name") == [{"name": "a"}]
    assert neutron.refused("GET", "/networks?colour=red") == (
        400, "HTTPBadRequest", "['colour'] is invalid attribute for filtering")
    assert neutron.refused("GET", "/networks?provider:network_type=vlan")[0] == 400
    assert neutron.refused("GET", "/networks?limit=x")[0] == 400
    assert neutron.refused("GET", "/networks?marker=x")[0] == 404
    hidden = neutron.of("eve", "q").make("network", name="theirs")["id"]
    assert neutron.refused("GET", f"/networks?marker={hidden}")[0] == 404


def test_pages(neutron):
    for name in "abcde":
        neutron.make("network", name=name)
    path, seen = "/networks?project_id=p&limit=2&sort_key=name", []
    while path:
        answer = neutron.ask("GET", path).json
        seen.append([n["name"] for n in answer["networks"]])
        links = {link["rel"]: link["href"].partition("/v2.0")[2]
                 for link in answer.get("networks_links", ())}
        back, path = links.get("previous"), links.get("next")
    assert seen == [["a", "b"], ["c", "d"], ["e"]]
    assert back is None or [n["name"] for n in neutron.ask("GET", back).json["networks"]] == ["c", "d"]


def test_quotas(neutron, admin):
    admin.do("PUT", "/quotas/p", {"quota": {"network": 1}})
    assert neutron.do("GET", "/quotas/p")["network"] == 1
    assert [q["project_id"] for q in admin.do("GET", "/quotas")] == ["p"]
    neutron.make("network", name="n")
    assert neutron.refused("POST", "/networks", {"network": {}}) == (
        409, "OverQuota", "Quota exceeded for resources: ['network'].")
    assert neutron.do("GET", "/quotas/p/details")["network"] == {"limit": 1, "used": 1, "reserved": 0}
    assert neutron.do("GET", "/quotas/p/details")["subnetpool"] == {"limit": 0, "used": 0, "reserved": 0}
    admin.do("DELETE", "/quotas/p")
    assert neutron.do("GET", "/quotas/p") == neutron.do("GET", "/quotas/p/default")
    assert neutron.refused("PUT", "/quotas/p", {"quota": {"network": 9}})[0] == 403
    assert neutron.refused("GET", "/quotas/q")[0] == 403
    assert admin.refused("PUT", "/quotas/p", {"quota": {"server": 1}})[0] == 400
    assert admin.refused("PUT", "/quotas/" + "p" * 256, {"quota": {"network": 1}})[0] == 400


def test_extensions(neutron):
    aliases = [e["alias"] for e in neutron.do("GET", "/extensions")]
    assert {"router", "external-net", "security-group", "quotas", "binding"} <= set(aliases)
    assert neutron.do("GET", "/extensions/router")["alias"] == "router"
    assert neutron.refused("GET", "/extensions/trunk")[0] == 404
    assert {r["collection"] for r in neutron.do("GET", "")} >= {"networks", "security_groups"}


def test_lists_cost_the_same_whatever_their_length(neutron):
    from minova.db import engine

    def cost():
        counts = []
        for path in ("networks", "subnets", "ports", "routers", "floatingips", "security-groups",
                     "security-group-rules"):
            with engine.count_statements() as sent:
                neutron.do("GET", f"/{path}")
            counts.append(sent.count)
        return counts

    def one_more(number):
        subnet = neutron.subnet_of(f"10.{number}.0.0/24")
        neutron.make("port", network_id=subnet["network_id"])
        router = neutron.make("router", name="r", external_gateway_info={
            "network_id": neutron.named("network", "public")["id"]})
        neutron.do("PUT", f"/routers/{router['id']}/add_router_interface",
                   {"subnet_id": subnet["id"]})
        neutron.make("security_group", name=f"g{number}")
        neutron.make("floatingip", floating_network_id=neutron.named("network", "public")["id"])

    one_more(20)
    before = cost()
    for number in range(21, 25):
        one_more(number)
    assert cost() == before
    assert max(before) <= 4


def test_it_is_not_served_over_a_backend_without_ports(minova_configured):
    from minova import exception
    from minova.api.network.app import NetworkV2

    with pytest.raises(exception.NetworkWithoutPorts, match="network_api_class = embedded_neutron"):
        NetworkV2()


def test_a_topology_that_makes_no_sense(neutron, tmp_path):
    from minova import exception, fixtures

    for text, reason in (
            ("- {colour: red}", "is neither a network nor a router"),
            ("- {network: n, colour: red}", "a network has no colour"),
            ("- {network: n, subnets: [{cidr: x}]}", "'x' does not appear to be an IPv4 or IPv6 network"),
            ("- {router: r, subnets: [nothing]}", "there are 0 subnets of the name nothing"),
            ("- {router: r, external_network: private}", "is not an external network")):
        path = tmp_path / "fixtures.yaml"
        path.write_text(f"topology:\n{text}\n")
        with pytest.raises(exception.FixturesError, match=reason):
            fixtures.load(str(path))
    assert "n" not in [n["name"] for n in neutron.of("admin", "admin").do("GET", "/networks")]


def test_networks_of_a_nova_network_file(neutron, tmp_path):
    from minova import fixtures

    path = tmp_path / "fixtures.yaml"
    path.write_text("networks:\n- {label: old, cidr: 10.8.0.0/24, cidr_v6: 'fd00:8::/64', dns1: 9.9.9.9}\n")
    fixtures.load(str(path))
    fixtures.load(str(path))
    network = neutron.named("network", "old")
    assert network["shared"] is True
    subnets = neutron.do("GET", f"/subnets?network_id={network['id']}")
    assert [(s["cidr"], s["dns_nameservers"]) for s in subnets] == [
        ("10.8.0.0/24", ["9.9.9.9"]), ("fd00:8::/64", [])]
