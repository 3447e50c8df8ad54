"""What requests may say of security groups."""

import pytest

from minova import exception
from minova.api.validation import security_groups as validation


@pytest.mark.parametrize("value, expected", [
    (None, "0.0.0.0/0"), ("", "0.0.0.0/0"), ("10.0.0.0/8", "10.0.0.0/8"),
    ("10.0.0.1/24", "10.0.0.1/24"), ("10.0.0.0%2F8", "10.0.0.0/8"), ("fd00::/8", "fd00::/8"),
])
def test_ranges(value, expected):
    assert validation.cidr(value) == expected


@pytest.mark.parametrize("value", ["x", "10.0.0.1", "10.0.0.0/", "10.0.0.0/33", 5, ["10.0.0.0/8"]])
def test_what_is_no_range(value):
    with pytest.raises(exception.InvalidCidr, match="is not a valid ip network."):
        validation.cidr(value)


@pytest.mark.parametrize("arguments, expected", [
    (("tcp", "80", 81), ("tcp", 80, 81)), (("ICMP", -1, -1), ("ICMP", -1, -1)),
    (("UDP", 1, 65535), ("UDP", 1, 65535)),
])
def test_rules_for_a_range(arguments, expected):
    rule = validation.ingress_rule(*arguments, source_cidr="10.0.0.0/8")
    assert (rule["protocol"], rule["from_port"], rule["to_port"]) == expected
    assert rule["cidr"] == "10.0.0.0/8"


@pytest.mark.parametrize("arguments", [
    (None, 1, 2), ("tcp", None, 2), ("tcp", 1, None), ("", 1, 2), (None, None, None)])
def test_a_range_needs_protocol_and_ports(arguments):
    assert validation.ingress_rule(*arguments, source_cidr="10.0.0.0/8") is None


@pytest.mark.parametrize("protocol, expected", [
    ("tcp", {"protocol": "tcp", "from_port": 1, "to_port": 65535}),
    ("icmp", {"protocol": "icmp", "from_port": -1, "to_port": -1}), (None, {}),
])
def test_a_group_is_let_in_whole(protocol, expected):
    rule = validation.ingress_rule(protocol, None, None, source_group_id=7)
    assert rule == {"group_id": 7, **expected}


@pytest.mark.parametrize("arguments, message", [
    (("tcp", "a", 2), "Invalid input received: To and From ports must be integers"),
    (("icmp", "a", 2), "Invalid input received: Type and Code must be integers for ICMP protocol "
                       "type"),
    (("nope", 1, 2), "Invalid IP protocol nope."),
    (("tcp", 2, 1), "Invalid port range 2:1. Former value cannot be greater than the later"),
    (("tcp", 0, 1), "Invalid port range 0:1. Valid TCP ports should be between 1-65535"),
    (("udp", 1, 65536), "Invalid port range 1:65536. Valid UDP ports should be between 1-65535"),
    (("icmp", -2, 1), "Invalid port range -2:1. For ICMP, the type:code must be valid"),
    (("icmp", 1, 256), "Invalid port range 1:256. For ICMP, the type:code must be valid"),
])
def test_rules_that_make_no_sense(arguments, message):
    with pytest.raises(exception.Invalid) as error:
        validation.ingress_rule(*arguments, source_cidr="10.0.0.0/8")
    assert error.value.message == message


def test_everybody_must_be_called_so():
    assert validation.has_bad_prefix({"cidr": "10.0.0.0/0"})
    assert not validation.has_bad_prefix({"cidr": "0.0.0.0/0"})
    assert not validation.has_bad_prefix({"cidr": "::/0"})
    assert not validation.has_bad_prefix({"group_id": 1})
