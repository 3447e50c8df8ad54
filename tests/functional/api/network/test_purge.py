"""The end of a project that has networks."""

import pytest

from minova.cmd import manage
from minova.conf import CONF


@pytest.fixture
def purge(both, monkeypatch):
    """`minova-manage project purge`, in this process and with its configuration."""
    monkeypatch.setattr(manage.config, "parse_args", lambda *args, **kwargs: None)
    mode = CONF.work.mode
    yield lambda *args: manage.main(["project", "purge", *args])
    CONF.set_override("mode", mode, "work")


def test_nothing_of_it_is_left(purge, neutron, admin, nova):
    public = neutron.named("network", "public")["id"]
    for each in (neutron, neutron.of("eve", "q")):
        subnet = each.subnet_of()
        router = each.make("router", name="r", external_gateway_info={"network_id": public})
        each.do("PUT", f"/routers/{router['id']}/add_router_interface", {"subnet_id": subnet["id"]})
        port = each.make("port", network_id=subnet["network_id"])
        each.make("floatingip", floating_network_id=public, port_id=port["id"])
        each.make("security_group", name="web")
    nova.boot(networks=[{"port": neutron.do("GET", "/ports?device_owner=")[0]["id"]}])
    paths = ("networks", "subnets", "ports", "routers", "floatingips", "security-groups")

    def count(project):
        return [len(admin.do("GET", f"/{path}?project_id={project}")) for path in paths]

    before = count("q")
    assert count("p") == before == [1, 1, 2, 1, 1, 2]
    assert purge("p") == 0 and count("p") == before
    assert purge("p", "--yes") == 0
    assert count("p") == [0, 0, 0, 0, 0, 1] and count("q") == before
