"""How new networks are laid out."""

import pytest

from minova import exception
from minova.conf import CONF
from minova.network.embedded import planning


def plan(existing=(), cidr="10.1.0.0/24", cidr_v6=None, num_networks=1, size=256, label="net",
         **attributes):
    existing = [{"vlan": None, **network} for network in existing]
    return planning.plan(existing, label, cidr, cidr_v6, num_networks, size, attributes)


@pytest.fixture
def flat():
    CONF.set_override("network_manager", "FlatDHCPManager")
    yield
    CONF.clear_override("network_manager")


def test_the_first_addresses_have_a_purpose():
    [(network, reserved)] = plan()
    assert network["gateway"] == network["dhcp_server"] == "10.1.0.1"
    assert network["vpn_private_address"] == "10.1.0.2"
    assert network["dhcp_start"] == "10.1.0.3"
    assert network["broadcast"] == "10.1.0.255"
    assert network["netmask"] == "255.255.255.0"
    assert (network["first_offset"], network["last_offset"]) == (3, 254)
    assert reserved == ["10.1.0.1", "10.1.0.2"]


def test_the_purposes_begin_at_allowed_start():
    [(network, reserved)] = plan(
        allowed_start="10.1.0.10", allowed_end="10.1.0.20", dhcp_server="10.1.0.15")
    assert network["gateway"] == "10.1.0.10"
    assert network["vpn_private_address"] == "10.1.0.11"
    assert network["dhcp_start"] == "10.1.0.12"
    assert (network["first_offset"], network["last_offset"]) == (12, 20)
    assert reserved == ["10.1.0.10", "10.1.0.11", "10.1.0.15"]


def test_servers_are_kept_to_fixed_cidr():
    [(network, _)] = plan(fixed_cidr="10.1.0.64/28")
    assert (network["first_offset"], network["last_offset"]) == (64, 79)


def test_a_vlan_and_a_port_for_each():
    planned = plan([{"cidr": "10.9.0.0/24", "vlan": 100}], "10.1.0.0/16", num_networks=2)
    assert [n["cidr"] for n, _ in planned] == ["10.1.0.0/24", "10.1.1.0/24"]
    assert [n["label"] for n, _ in planned] == ["net_0", "net_1"]
    assert [n["vlan"] for n, _ in planned] == [101, 102]
    assert [n["bridge"] for n, _ in planned] == ["br101", "br102"]
    assert [n["vpn_public_port"] for n, _ in planned] == [1001, 1002]


def test_a_vlan_that_is_taken_is_passed_over():
    [(network, _)] = plan([{"cidr": "10.9.0.0/24", "vlan": 101}])
    assert network["vlan"] == 102
    with pytest.raises(exception.DuplicateVlan):
        plan([{"cidr": "10.9.0.0/24", "vlan": 7}], vlan="7")
    with pytest.raises(exception.Invalid, match="cannot be greater than 4094"):
        plan(vlan=4095)


def test_flat_networks_have_no_vlan_and_need_a_bridge(flat):
    [(network, _)] = plan(bridge="br0")
    assert network["bridge"] == "br0"
    assert "vlan" not in network and "vpn_private_address" not in network
    assert network["first_offset"] == 2
    with pytest.raises(exception.NetworkNotCreated, match="bridge is required"):
        plan()


@pytest.mark.parametrize("existing, cidr", [
    ("10.1.0.0/24", "10.1.0.0/24"), ("10.0.0.0/8", "10.1.0.0/24"), ("10.1.0.64/26", "10.1.0.0/24"),
])
def test_ranges_that_are_taken(existing, cidr):
    with pytest.raises(exception.CidrConflict) as error:
        plan([{"cidr": existing}], cidr)
    assert error.value.message == (
        f"Requested cidr ({cidr}) conflicts with existing cidr ({existing})")


def test_the_next_range_is_taken_instead():
    [(network, _)] = plan([{"cidr": "10.1.0.0/24"}], "10.1.0.0/16")
    assert network["cidr"] == "10.1.1.0/24"


def test_too_many_for_the_range():
    with pytest.raises(exception.Invalid, match="not big enough to fit 2 networks"):
        plan(cidr="10.1.0.0/24", num_networks=2)


@pytest.mark.parametrize("attributes", [
    {"allowed_start": "10.2.0.1"}, {"allowed_end": "10.2.0.1"}, {"fixed_cidr": "10.2.0.0/28"},
])
def test_addresses_of_other_networks(attributes):
    with pytest.raises(exception.AddressOutOfRange, match=r"is not within 10\.1\.0\.0/24"):
        plan(**attributes)


def test_ipv6_alone_has_no_addresses_to_count():
    [(network, reserved)] = plan(cidr=None, cidr_v6="fd00:1::/64", size=2 ** 64)
    assert network["cidr_v6"] == "fd00:1::/64"
    assert network["gateway_v6"] == "fd00:1::1"
    assert network["last_offset"] < network["first_offset"]
    assert reserved == []


@pytest.mark.parametrize("cidr, size", [("10.1.0.0/32", 1), ("10.1.0.0/31", 2), ("10.1.0.0/30", 4)])
def test_networks_too_small_for_servers(cidr, size):
    [(network, _)] = plan(cidr=cidr, size=size)
    assert network["last_offset"] < network["first_offset"]
