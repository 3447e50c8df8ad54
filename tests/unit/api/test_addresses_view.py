"""How the addresses of a server look."""

from minova.api.openstack.compute.views.addresses import addresses

INFO = [
    {"label": "a", "mac": "m1", "ips": [
        {"address": "10.0.0.1", "version": 4, "type": "fixed", "floating": ["8.8.0.1"]},
        {"address": "fd00::1", "version": 6, "type": "fixed", "floating": []}]},
    {"label": "b", "mac": "m2", "ips": []},
    {"label": "a", "mac": "m3", "ips": [
        {"address": "10.0.0.2", "version": 4, "type": "fixed", "floating": []}]},
]


def test_fixed_ones_come_before_floating_ones_of_a_network():
    assert addresses(INFO) == {
        "a": [{"version": 4, "addr": "10.0.0.1"}, {"version": 6, "addr": "fd00::1"},
              {"version": 4, "addr": "10.0.0.2"}, {"version": 4, "addr": "8.8.0.1"}],
        "b": []}


def test_extended_tells_type_and_interface():
    found = addresses(INFO, extended=True)["a"]
    assert [(a["OS-EXT-IPS:type"], a["OS-EXT-IPS-MAC:mac_addr"]) for a in found] == [
        ("fixed", "m1"), ("fixed", "m1"), ("fixed", "m3"), ("floating", "m1")]
