"""Whatever a project has of Neutron's nouns, it is not seen or changed by another one."""

import pytest

from minova.api.network.app import NetworkV2
from tests.functional import strangers


@pytest.fixture
def things(neutron):
    """{first part of a path: id} of one of each noun, connected with one another."""
    public = neutron.named("network", "public")["id"]
    subnet = neutron.subnet_of()
    router = neutron.make("router", name="mine", external_gateway_info={"network_id": public})
    neutron.do("PUT", f"/routers/{router['id']}/add_router_interface", {"subnet_id": subnet["id"]})
    group = neutron.make("security_group", name="mine")
    port = neutron.make("port", network_id=subnet["network_id"], security_groups=[group["id"]])
    address = neutron.make("floatingip", floating_network_id=public, port_id=port["id"])
    return {"networks": subnet["network_id"], "subnets": subnet["id"], "ports": port["id"],
            "routers": router["id"], "floatingips": address["id"], "security-groups": group["id"],
            "security-group-rules": group["security_group_rules"][0]["id"], "quotas": "p"}


def bodies(things):
    interface = [{"subnet_id": things["subnets"]}, {"port_id": things["ports"]}]
    return {
        **{f"PUT /{noun}s/{{thing_id}}": [{noun: {"description": "theirs"}}]
           for noun in ("network", "subnet", "port", "router", "floatingip")},
        "PUT /security-groups/{thing_id}": [{"security_group": {"name": "theirs"}}],
        "PUT /routers/{router_id}/add_router_interface": interface,
        "PUT /routers/{router_id}/remove_router_interface": interface,
        "PUT /quotas/{project_id}": [{"quota": {"network": 1}}]}


def test_strangers(neutron, things):
    def seen():
        return [neutron.do("GET", f"/{name}/{thing_id}") for name, thing_id in things.items()]

    before, stranger = seen(), neutron.of("eve", "q")
    for method, path, body in strangers.attempts(NetworkV2, things, {}, bodies(things), {"extensions"}):
        answer = stranger.ask(method, path, body)
        assert answer.status_int in (403, 404), (method, path, answer.text)
    for path in strangers.lists(NetworkV2):
        text = stranger.ask("GET", path).text
        assert not [thing_id for name, thing_id in things.items() if name != "quotas" and thing_id in text]
    assert seen() == before


def test_what_a_stranger_makes_cannot_be_of_what_is_not_theirs(neutron, things):
    stranger = neutron.of("eve", "q")
    own = stranger.subnet_of(cidr="10.2.0.0/24")
    router = stranger.make("router", name="theirs")
    port = stranger.make("port", network_id=own["network_id"])
    group = stranger.make("security_group", name="theirs")
    public = stranger.named("network", "public")["id"]
    for method, path, body in (
            ("POST", "/ports", {"port": {"network_id": things["networks"]}}),
            ("POST", "/subnets", {"subnet": {"network_id": things["networks"], "ip_version": 4,
                                             "cidr": "10.3.0.0/24"}}),
            ("POST", "/ports", {"port": {"network_id": own["network_id"],
                                         "security_groups": [things["security-groups"]]}}),
            ("PUT", f"/ports/{port['id']}", {"port": {"security_groups": [things["security-groups"]]}}),
            ("POST", "/floatingips", {"floatingip": {"floating_network_id": public,
                                                     "port_id": things["ports"]}}),
            ("PUT", f"/routers/{router['id']}/add_router_interface", {"subnet_id": things["subnets"]}),
            ("PUT", f"/routers/{router['id']}/add_router_interface", {"port_id": things["ports"]}),
            ("POST", "/security-group-rules", {"security_group_rule": {
                "security_group_id": things["security-groups"], "direction": "ingress"}}),
            ("POST", "/security-group-rules", {"security_group_rule": {
                "security_group_id": group["id"], "direction": "ingress",
                "remote_group_id": things["security-groups"]}}),
            ("POST", "/networks", {"network": {"name": "x", "project_id": "p"}})):
        answer = stranger.ask(method, path, body)
        assert answer.status_int in (400, 403, 404), (method, path, body, answer.text)
