"""Security groups, by Neutron's API and by Nova's."""

import pytest

IMAGE = "5f0c7d1e-0a3b-4c52-9a51-c1220571e500"


def test_the_default_group(neutron):
    [group] = neutron.do("GET", "/security-groups")
    assert (group["name"], group["project_id"]) == ("default", "p")
    rules = {(r["direction"], r["ethertype"], r["remote_group_id"])
             for r in group["security_group_rules"]}
    assert rules == {("egress", "IPv4", None), ("egress", "IPv6", None),
                     ("ingress", "IPv4", group["id"]), ("ingress", "IPv6", group["id"])}
    assert neutron.do("GET", f"/security-group-rules?security_group_id={group['id']}&direction=egress")
    assert neutron.refused("DELETE", f"/security-groups/{group['id']}")[:2] == (
        409, "SecurityGroupCannotRemoveDefault")
    assert neutron.refused("POST", "/security-groups", {"security_group": {"name": "default"}})[:2] == (
        409, "SecurityGroupDefaultAlreadyExists")


def test_group_and_rules(neutron):
    group = neutron.make("security_group", name="web", description="d")
    assert len(group["security_group_rules"]) == 2
    rule = neutron.make("security_group_rule", security_group_id=group["id"], direction="ingress",
                        protocol="tcp", port_range_min=80, port_range_max=81,
                        remote_ip_prefix="10.0.0.0/8")
    assert (rule["ethertype"], rule["remote_ip_prefix"]) == ("IPv4", "10.0.0.0/8")
    assert neutron.do("GET", f"/security-group-rules/{rule['id']}") == rule
    assert rule in neutron.do("GET", f"/security-groups/{group['id']}")["security_group_rules"]
    code, kind, message = neutron.refused("POST", "/security-group-rules", {"security_group_rule": {
        "security_group_id": group["id"], "direction": "ingress", "protocol": "TCP",
        "port_range_min": "80", "port_range_max": "81", "remote_ip_prefix": "10.0.0.0/8"}})
    assert (code, kind) == (409, "SecurityGroupRuleExists") and rule["id"] in message
    assert neutron.do("PUT", f"/security-groups/{group['id']}", {"security_group": {
        "name": "www"}})["name"] == "www"
    assert neutron.ask("PUT", f"/security-group-rules/{rule['id']}", {}).status_int == 405
    neutron.do("DELETE", f"/security-group-rules/{rule['id']}")
    neutron.do("DELETE", f"/security-groups/{group['id']}")
    assert neutron.refused("GET", f"/security-groups/{group['id']}")[:2] == (
        404, "SecurityGroupNotFound")


def test_a_range_is_kept_as_it_is_written(neutron, nova):
    group = neutron.make("security_group", name="web")
    rule = {"security_group_id": group["id"], "direction": "ingress"}
    for written, kept, normalized in (("10.2.3.124/24", "10.2.3.124/24", "10.2.3.0/24"),
                                      ("10.2.3.124", "10.2.3.124/32", "10.2.3.124/32")):
        made = neutron.make("security_group_rule", remote_ip_prefix=written, **rule)
        assert (made["remote_ip_prefix"], made["normalized_cidr"]) == (kept, normalized)
    made = nova.post("/os-security-group-rules", {"security_group_rule": {
        "parent_group_id": group["id"], "ip_protocol": "tcp", "from_port": 1, "to_port": 2,
        "cidr": "10.2.3.124/24"}}).json["security_group_rule"]
    assert made["ip_range"] == {"cidr": "10.2.3.124/24"}


@pytest.mark.parametrize("first, last, protocol, kind, message", [
    (-16, 80, "tcp", "SecurityGroupInvalidPortValue", "Invalid value for port -16"),
    (80, 65536, "tcp", "SecurityGroupInvalidPortValue", "Invalid value for port 65536"),
    ("x", None, "tcp", "SecurityGroupInvalidPortValue", "Invalid value for port x"),
    (0, 80, "udp", "SecurityGroupInvalidPortValue", "Invalid value for port 0"),
    (-1, 25, "icmp", "SecurityGroupInvalidPortValue", "Invalid value for port -1"),
    (None, 6, "icmp", "SecurityGroupMissingIcmpType",
     "ICMP code (port-range-max) 6 is provided but ICMP type (port-range-min) is missing."),
    (None, 6, "tcp", "SecurityGroupInvalidPortRange",
     "For TCP/UDP protocols, port_range_min must be <= port_range_max")])
def test_ports_that_are_none(neutron, first, last, protocol, kind, message):
    group = neutron.make("security_group", name="web")
    assert neutron.refused("POST", "/security-group-rules", {"security_group_rule": {
        "security_group_id": group["id"], "direction": "ingress", "protocol": protocol,
        "port_range_min": first, "port_range_max": last}}) == (400, kind, message)


@pytest.mark.parametrize("noun", ["security_group_id", "remote_group_id"])
@pytest.mark.parametrize("group_id", ["nosuch", "5e000000-0000-4000-8000-000000000001"])
def test_groups_that_are_not_there(neutron, noun, group_id):
    group = neutron.make("security_group", name="web")
    assert neutron.refused("POST", "/security-group-rules", {"security_group_rule": {
        "security_group_id": group["id"], "direction": "ingress", noun: group_id}}) == (
        404, "SecurityGroupNotFound", f"Security group {group_id} does not exist")


@pytest.mark.parametrize("values, kind", [
    ({"port_range_min": 1, "port_range_max": 2}, "SecurityGroupProtocolRequiredWithPorts"),
    ({"protocol": "tcp", "port_range_min": 9, "port_range_max": 2}, "SecurityGroupInvalidPortRange"),
    ({"protocol": "icmp", "port_range_min": 300}, "SecurityGroupInvalidIcmpValue"),
    ({"protocol": "nothing"}, "SecurityGroupRuleInvalidProtocol"),
    ({"remote_ip_prefix": "fd00::/8"}, "SecurityGroupRuleInvalidEtherType"),
    ({"direction": "up"}, "HTTPBadRequest"),
    ({"remote_ip_prefix": "x"}, "HTTPBadRequest"),
])
def test_rules_that_make_no_sense(neutron, values, kind):
    group = neutron.make("security_group", name="web")
    assert neutron.refused("POST", "/security-group-rules", {"security_group_rule": {
        "security_group_id": group["id"], "direction": "ingress", **values}})[:2] == (400, kind)


def test_groups_of_others(neutron):
    group = neutron.make("security_group", name="web")
    rule = group["security_group_rules"][0]
    eve = neutron.of("eve", "q")
    for path in (f"/security-groups/{group['id']}", f"/security-group-rules/{rule['id']}"):
        assert eve.refused("GET", path)[0] == 404
        assert eve.refused("DELETE", path)[0] == 404
    assert eve.refused("POST", "/security-group-rules", {"security_group_rule": {
        "security_group_id": group["id"], "direction": "ingress"}})[0] == 404
    assert [g["name"] for g in eve.do("GET", "/security-groups")] == ["default"]


def test_quotas(neutron, nova):
    neutron.of("admin", "admin").do("PUT", "/quotas/p", {"quota": {
        "security_group": 2, "security_group_rule": 7}})
    group = neutron.make("security_group", name="web")
    assert neutron.refused("POST", "/security-groups", {"security_group": {"name": "x"}})[:2] == (
        409, "OverQuota")
    # Compute and network count the same.
    assert nova.post("/os-security-groups", {
        "security_group": {"name": "x", "description": "x"}}).status == 403
    rule = {"security_group_id": group["id"], "direction": "ingress"}
    neutron.make("security_group_rule", **rule)
    assert neutron.refused("POST", "/security-group-rules", {"security_group_rule": {
        **rule, "protocol": "tcp"}})[:2] == (409, "OverQuota")
    neutron.do("DELETE", f"/security-groups/{group['id']}")
    assert nova.post("/os-security-groups", {
        "security_group": {"name": "x", "description": "x"}}).status == 200


def test_nova_shows_the_same_groups(neutron, nova):
    made = nova.post("/os-security-groups", {
        "security_group": {"name": "web", "description": "d"}}).json["security_group"]
    assert made["id"] == neutron.named("security_group", "web")["id"]
    assert made["rules"] == []          # what leaves is not Nova's to show
    rule = nova.post("/os-security-group-rules", {"security_group_rule": {
        "parent_group_id": made["id"], "ip_protocol": "tcp", "from_port": 22, "to_port": 22,
        "cidr": "10.0.0.0/8"}}).json["security_group_rule"]
    assert neutron.do("GET", f"/security-group-rules/{rule['id']}")["port_range_min"] == 22
    icmp = nova.post("/os-security-group-rules", {"security_group_rule": {
        "parent_group_id": made["id"], "ip_protocol": "icmp", "from_port": -1, "to_port": -1,
        "group_id": made["id"]}}).json["security_group_rule"]
    assert (icmp["from_port"], icmp["group"]["name"]) == (-1, "web")
    shown = nova.get(f"/os-security-groups/{made['id']}").json["security_group"]
    assert [r["id"] for r in shown["rules"]] == [rule["id"], icmp["id"]]
    names = [g["name"] for g in nova.get("/os-security-groups").json["security_groups"]]
    assert names == ["default", "web"]
    assert nova.put(f"/os-security-groups/{made['id']}", {"security_group": {
        "name": "www", "description": "d"}}).json["security_group"]["name"] == "www"
    assert nova.delete(f"/os-security-group-rules/{rule['id']}").status == 202
    assert nova.delete(f"/os-security-group-rules/{rule['id']}").status == 404
    assert nova.delete(f"/os-security-groups/{made['id']}").status == 202
    assert nova.get(f"/os-security-groups/{made['id']}").status == 404
    assert nova.get("/os-security-groups/7").message == "Security group id should be uuid"
    assert nova.as_user("eve", "q").get(f"/os-security-groups/{made['id']}").status == 404
    assert nova.as_user("admin").get("/os-security-group-default-rules").status == 501


def test_servers_in_groups(neutron, nova):
    web = neutron.make("security_group", name="web")
    db = neutron.make("security_group", name="db")
    # By uuid and by name, which may be the same group.
    server = nova.boot(security_groups=[{"name": web["id"]}, {"name": "web"}])
    path = f"/servers/{server['id']}"
    [port] = neutron.do("GET", f"/ports?device_id={server['id']}")
    assert port["security_groups"] == [web["id"]]

    def names():
        shown = [g["name"] for g in nova.get(path).json["server"].get("security_groups", [])]
        of_server = nova.get(f"{path}/os-security-groups").json["security_groups"]
        assert sorted(g["name"] for g in of_server) == sorted(shown)
        return shown

    assert names() == ["web"]
    assert nova.post(f"{path}/action", {"addSecurityGroup": {"name": db["id"]}}).status == 202
    assert names() == ["web", "db"]
    assert nova.post(f"{path}/action", {"addSecurityGroup": {"name": "db"}}).status == 400
    assert neutron.refused("DELETE", f"/security-groups/{db['id']}")[:2] == (409, "SecurityGroupInUse")
    assert nova.post(f"{path}/action", {"removeSecurityGroup": {"name": "web"}}).status == 202
    assert names() == ["db"]
    assert nova.post(f"{path}/action", {"removeSecurityGroup": {"name": "web"}}).status == 400
    # And back by the port.
    neutron.do("PUT", f"/ports/{port['id']}", {"port": {"security_groups": [web["id"]]}})
    assert names() == ["web"]
    neutron.do("PUT", f"/security-groups/{web['id']}", {"security_group": {"name": "www"}})
    assert names() == ["www"]
    neutron.do("PUT", f"/ports/{port['id']}", {"port": {"security_groups": []}})
    assert names() == []
    neutron.do("DELETE", f"/security-groups/{web['id']}")
    answer = nova.post("/servers", {"server": {
        "name": "x", "flavorRef": "1", "imageRef": IMAGE, "security_groups": [{"name": web["id"]}]}})
    assert answer.status == 400
    assert answer.message == f"Security group {web['id']} not found for project p."
