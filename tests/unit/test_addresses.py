"""Arithmetic on addresses."""

import pytest

from minova import addresses


def test_offsets():
    assert addresses.offset_of("10.0.0.0/29", "10.0.0.5") == 5
    assert addresses.offset_of("10.0.0.0/29", "10.0.0.8") is None
    assert addresses.address_at("10.0.0.0/29", 5) == "10.0.0.5"
    assert addresses.address_at("fd00::/64", 2 ** 40) == "fd00::100:0:0"


@pytest.mark.parametrize("text, version, expected", [
    ("10.0.0.1", None, True), ("10.0.0.1", 4, True), ("10.0.0.1", 6, False), ("::1", 6, True),
    ("::1", 4, False), ("10.0.0", None, False), ("", 4, False), ("10.0.0.1/8", None, False),
])
def test_what_is_an_address(text, version, expected):
    assert addresses.is_address(text, version) is expected


def test_an_interface_gives_itself_an_ipv6_address():
    assert addresses.eui64("fd00::/64", "fa:16:3e:01:02:03") == "fd00::f816:3eff:fe01:203"
