"""What python-openstackclient asks of network."""

import pytest

from tests.clients.cloud import NETWORK, PUBLIC
from tests.clients.registry import require

pytestmark = require("python-openstackclient")


def names(rows: list[dict]) -> set[str]:
    return {row["Name"] for row in rows}


@pytest.fixture
def network(openstack, new) -> str:
    """The name of a network with the subnet NAME-v4, which is deleted after the test."""
    name = new("network")
    openstack(f"network create --description 'for a test' {name}")
    openstack(f"subnet create --network {name} --subnet-range 192.168.5.0/24 --dns-nameserver 192.0.2.53"
              f" --allocation-pool start=192.168.5.10,end=192.168.5.99 {name}-v4")
    yield name
    openstack("network delete", name)


def test_networks(openstack, admin, network):
    shown = openstack.json("network show", network)
    assert (shown["status"], shown["description"]) == ("ACTIVE", "for a test")
    assert shown["router:external"] is False and len(shown["subnets"]) == 1
    assert {network, NETWORK} <= names(openstack.json("network list --long"))
    assert PUBLIC in names(openstack.json("network list --external"))
    assert names(openstack.json("network list --name", network)) == {network}
    openstack("network set --disable --name", f"{network}-b", network)
    openstack("network set --enable --name", network, f"{network}-b")
    assert "403" in openstack.refused("network set --share", network)
    admin("network set --share", network)
    admin("network set --no-share", network)


def test_an_external_network(admin, openstack, new):
    name = new("external")
    admin("network create --external --share", name)
    assert openstack.json("network show", name)["router:external"] is True
    admin("network delete", name)


def test_subnets(openstack, network):
    shown = openstack.json("subnet show", f"{network}-v4")
    assert (shown["cidr"], shown["gateway_ip"]) == ("192.168.5.0/24", "192.168.5.1")
    assert shown["enable_dhcp"] is True and shown["dns_nameservers"] == ["192.0.2.53"]
    openstack("subnet set --dns-nameserver 192.0.2.54 --name", f"{network}-b", f"{network}-v4")
    assert "192.0.2.54" in openstack.json("subnet show", f"{network}-b")["dns_nameservers"]
    openstack("subnet unset --dns-nameserver 192.0.2.53", f"{network}-b")
    assert f"{network}-b" in names(openstack.json("subnet list --network", network))
    openstack("subnet delete", f"{network}-b")
    openstack(f"subnet create --ip-version 6 --network {network} --subnet-range fd00:5::/64 {network}-v6")
    assert openstack.json("subnet show", f"{network}-v6")["ip_version"] == 6


def test_ports(openstack, new, network):
    port = new("port")
    fixed = f"subnet={network}-v4,ip-address=192.168.5.20"
    openstack(f"port create --network {network} --fixed-ip {fixed} {port}")
    shown = openstack.json("port show", port)
    assert shown["fixed_ips"][0]["ip_address"] == "192.168.5.20" and shown["status"] == "DOWN"
    openstack("port set --name", f"{port}-b", "--disable", port)
    assert openstack.json("port show", f"{port}-b")["admin_state_up"] is False
    row, = openstack.json("port list --network", network)
    assert row["Name"] == f"{port}-b"
    assert "ports still in use" in openstack.refused("network delete", network)
    openstack("port delete", f"{port}-b")


def test_security_groups(openstack, new):
    group = new("group")
    openstack(f"security group create --description 'for web servers' {group}")
    assert len(openstack.json("security group show", group)["rules"]) == 2
    rule = openstack.json(
        f"security group rule create --protocol tcp --dst-port 80:81 --remote-ip 192.0.2.0/24 {group}")
    assert (rule["port_range_min"], rule["port_range_max"], rule["direction"]) == (80, 81, "ingress")
    openstack("security group rule create --protocol icmp --remote-group", group, group)
    assert len(openstack.json("security group rule list --ingress", group)) == 2
    assert openstack.json("security group rule show", rule["id"])["protocol"] == "tcp"
    openstack("security group rule delete", rule["id"])
    assert len(openstack.json("security group rule list --ingress --long", group)) == 1
    openstack("security group set --name", f"{group}-b", group)
    assert {f"{group}-b", "default"} <= names(openstack.json("security group list"))
    openstack("security group delete", f"{group}-b")


def test_routers_and_floating_ips(openstack, new, network):
    router, port = new("router"), new("port")
    openstack("router create", router)
    openstack("router set --external-gateway", PUBLIC, router)
    openstack("router add subnet", router, f"{network}-v4")
    shown = openstack.json("router show", router)
    assert [each["ip_address"] for each in shown["interfaces_info"]] == ["192.168.5.1"]
    assert shown["external_gateway_info"]["external_fixed_ips"]
    assert router in names(openstack.json("router list --long"))

    openstack("port create --network", network, port)
    floating = openstack.json("floating ip create --port", port, PUBLIC)
    address = floating["floating_ip_address"]
    assert openstack.json("floating ip show", address)["fixed_ip_address"].startswith("192.168.5.")
    openstack("floating ip unset --port", address)
    openstack("floating ip set --port", port, address)
    assert address in {row["Floating IP Address"] for row in openstack.json("floating ip list --port", port)}
    openstack("floating ip delete", address)

    openstack("port delete", port)
    openstack("router remove subnet", router, f"{network}-v4")
    openstack("router unset --external-gateway", router)
    openstack("router delete", router)


def test_what_a_project_has(openstack, network):
    """What `project cleanup` would delete: it asks for whatever there may be."""
    assert network in openstack("project cleanup --auth-project --dry-run")


def test_what_is_somebody_elses(admin, cloud, network):
    """The administrator sees it; the administrator's project has nothing of it."""
    assert network in names(admin.json("network list"))
    assert network not in names(admin.json("network list --project admin"))
    assert "No Network found" in admin.refused(f"network show {network}-b")
