"""One function writes JSON, one reads it."""

import datetime
import json

import pytest

from minova import jsonutils


@pytest.mark.parametrize("obj", [
    None, True, 1, 1.5, "é中", [], {}, {"a": [1, {"b": None}]}, 2 ** 70, {"half": "\ud800"}, {1: "x"}])
def test_what_is_written_is_json(obj):
    assert json.loads(jsonutils.dump_as_bytes(obj)) == json.loads(json.dumps(obj))
    assert json.loads(jsonutils.dumps(obj)) == json.loads(json.dumps(obj))


@pytest.mark.parametrize("obj", [{1}, object(), datetime.datetime(2026, 1, 1)])
def test_what_json_has_no_form_for_is_refused(obj):
    with pytest.raises(TypeError):
        jsonutils.dump_as_bytes(obj)


@pytest.mark.parametrize("text", [
    b"", b"{", b"{'a': 1}", b"\xff", "\ufeff{}".encode(), b'"\\ud800"', b'{"\\udfff": 1}', b"[" * 100000])
def test_what_is_no_json_is_refused(text):
    with pytest.raises(ValueError):
        jsonutils.loads(text)


def test_a_whole_surrogate_pair_is_a_character():
    assert jsonutils.loads(b'"\\ud83d\\ude00"') == "😀"


@pytest.mark.parametrize("value", [
    None, {}, {"a": ["é", 1.5, True, None, 2 ** 63, -2 ** 63, {"b": ""}]}, "\u2028", [[]] * 100])
def test_what_was_written_is_read_again(value):
    assert jsonutils.loads_own(jsonutils.dumps(value)) == value


def test_what_only_loads_can_read_is_left_to_it():
    assert jsonutils.loads_own('[Infinity]') == [float("inf")]
    with pytest.raises(ValueError, match="Expecting"):
        jsonutils.loads_own("{")
