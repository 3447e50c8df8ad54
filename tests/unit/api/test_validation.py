"""Validation: the messages clients know, and which of several faults is told."""

import pytest
import webob

from minova import exception
from minova.api import validation
from minova.api.openstack import api_version_request
from minova.api.openstack.request import Request
from minova.api.validation import order, parameter_types, validators


def complaint(schema: dict, body, legacy_v2: bool = False) -> str | None:
    try:
        validators.SchemaValidator(schema, legacy_v2=legacy_v2).validate(body)
    except exception.ValidationError as e:
        assert e.code == 400
        return e.message
    return None


def of(name: str, schema: dict) -> dict:
    return {"type": "object", "properties": {name: schema}, "required": [name],
            "additionalProperties": False}


@pytest.mark.parametrize("schema, value, reason", [
    ({"type": "string"}, 1, "1 is not of type 'string'"),
    ({"type": ["string", "integer"]}, None, "None is not of type 'string', 'integer'"),
    ({"type": "integer"}, True, "True is not of type 'integer'"),
    ({"type": "integer"}, 1.0, "1.0 is not of type 'integer'"),
    ({"type": "string", "minLength": 1}, "", "'' is too short"),
    ({"type": "string", "maxLength": 2}, "abc", "'abc' is too long"),
    ({"type": "integer", "minimum": 1}, 0, "0 is less than the minimum of 1"),
    ({"type": ["integer", "string"], "maximum": 5}, "6", "6 is greater than the maximum of 5"),
    ({"enum": ["a", "b"]}, "c", "'c' is not one of ['a', 'b']"),
    ({"type": "string", "pattern": "^[a-z]*$"}, "A", "'A' does not match '^[a-z]*$'"),
    ({"type": "string", "format": "uuid"}, "x", "'x' is not a 'uuid'"),
    ({"type": "array", "uniqueItems": True}, [1, 1], "[1, 1] has non-unique elements"),
])
def test_messages(schema, value, reason):
    assert complaint(of("f", schema), {"f": value}) == (
        f"Invalid input for field/attribute f. Value: {value}. {reason}")


@pytest.mark.parametrize("text, reason", [("9" * 5000, "is too long"), ("", None), ("7", None)])
def test_numbers_as_text_are_no_longer_than_int_takes_them(text, reason):
    said = complaint(of("f", parameter_types.non_negative_integer), {"f": text})
    assert said is None if reason is None else said.endswith(reason)


@pytest.mark.parametrize("schema, value", [
    ({"type": "integer", "minimum": 1}, 2 ** 70), ({"type": "string"}, "\u202e"),
    ({"type": ["string", "null"], "format": "ipv6"}, "::1"), ({"type": "boolean"}, False)])
def test_values_that_are_fine(schema, value):
    assert complaint(of("f", schema), {"f": value}) is None


@pytest.mark.parametrize("body, reason", [
    (None, "None is not of type 'object'"), ([], "[] is not of type 'object'"),
    ({}, "'f' is a required property"),
    ({"f": 1, "g": 2}, "Additional properties are not allowed ('g' was unexpected)"),
    ({"g": 2, "h": 3}, "Additional properties are not allowed ('g', 'h' were unexpected)")])
def test_at_the_top_only_the_reason_is_told(body, reason):
    assert complaint(of("f", {"type": "integer"}), body) == reason


def test_array_items_are_named_by_their_index():
    schema = of("list", {"type": "array", "items": {"type": "string"}})
    assert complaint(schema, {"list": ["a", 2]}) == (
        "Invalid input for field/attribute 1. Value: 2. 2 is not of type 'string'")


@pytest.mark.parametrize("name, good", [
    ("a", True), ("a b", True), ("é", True), (" a", False), ("a ", False), ("a\0", False),
    ("\ue000", False), ("a\u2028b", False)])
def test_names(name, good):
    assert (complaint(of("name", parameter_types.name), {"name": name}) is None) == good


def test_clients_of_v2_may_send_more():
    schema = of("name", parameter_types.name)
    body = {"name": " a ", "other": 1}
    assert complaint(schema, body, legacy_v2=True) is None
    assert body == {"name": "a"}
    assert complaint(schema, {"name": "  "}, legacy_v2=True).startswith(
        "Invalid input for field/attribute name. Value:   . '  ' does not match")


@pytest.mark.parametrize("keys, ordered", [
    ("name imageRef flavorRef", "flavorRef name imageRef"), ("host binary", "binary host"),
    ("version url md5hash", "url version md5hash"), ("a b c d", "a c b d"), ("", ""),
    ("instances cores ram floating_ips fixed_ips metadata_items key_pairs",
     "metadata_items ram floating_ips key_pairs instances cores fixed_ips"),
    (" ".join(f"k{i}" for i in range(22)),
     "k13 k12 k11 k10 k17 k16 k15 k14 k19 k18 k3 k2 k1 k0 k7 k6 k5 k4 k9 k8 k20 k21")])
def test_the_order_of_python_2(keys, ordered):
    assert order.python2(keys.split()) == ordered.split()


def test_which_of_two_bad_properties_is_told():
    schema = {"type": "object", "properties": {n: {"type": "string"} for n in ("host", "binary")}}
    assert complaint(schema, {"host": 1, "binary": 2}).startswith(
        "Invalid input for field/attribute binary.")
    schema = {"type": "object", "patternProperties": {"^[a-z]*$": {"type": "string"}}}
    assert complaint(schema, {"version": 1, "url": 2}).startswith(
        "Invalid input for field/attribute url.")


@pytest.mark.parametrize("schema, value, reason", [
    (parameter_types.positive_integer, False, "0 is less than the minimum of 1"),
    (parameter_types.positive_integer, 0.5, "0 is less than the minimum of 1"),
    (parameter_types.positive_integer, 1.5, "1.5 is not of type 'integer', 'string'"),
    (parameter_types.positive_integer, "-1", "'-1' does not match '^[0-9]*$'"),
    ({"type": "array", "items": {"type": "integer"}, "uniqueItems": True}, ["x", "x"],
     "['x', 'x'] has non-unique elements"),
    ({"type": "object", "required": ["a"], "oneOf": [{"required": ["b"]}]}, {},
     "{} is not valid under any of the given schemas"),
    ({"type": "string", "format": "uuid"}, None, "None is not of type 'string'"),
    ({"type": "string", "format": "ipv6"}, "fe80::1%eth0", "'fe80::1%eth0' is not a 'ipv6'"),
    ({"type": "string", "format": "uri"}, "http://x/\u00e9", "'http://x/\u00e9' is not a 'uri'"),
])
def test_which_of_several_faults_of_a_value_is_told(schema, value, reason):
    assert complaint(of("f", schema), {"f": value}) == (
        f"Invalid input for field/attribute f. Value: {value}. {reason}")


def test_a_url_that_is_no_text():
    schema = of("url", {"type": "string", "format": "uri"})
    assert complaint(schema, {"url": 1}) == "expected string or buffer"


def test_schemas_of_versions():
    class Controller:
        @validation.schema(of("old", {}), "2.1", "2.3")
        @validation.schema(of("new", {}), "2.4")
        def create(self, req, body):
            return body

    def create(version, body):
        req = Request(webob.Request.blank("/").environ)
        req.api_version_request = api_version_request.from_header(version)
        return Controller().create(req=req, body=body)

    assert create("2.3", {"old": 1}) == {"old": 1}
    assert create("2.4", {"new": 1}) == {"new": 1}
    for version, body in (("2.3", {"new": 1}), ("2.4", {"old": 1})):
        with pytest.raises(exception.ValidationError):
            create(version, body)
