"""What clients search by, in terms of columns."""

import pytest

from minova.compute import search
from tests.functional.conftest import client  # noqa: F401


@pytest.mark.parametrize("pattern, name", [
    ("^web-1$", "web-1"), (r"^web\.example$", "web.example"), (r"^a\\b$", "a\\b"), (r"^x\$$", "x$"),
    ("^\u00e9 b_c$", "\u00e9 b_c"), ("^$", ""),
    ("^web.1$", None), (r"^a\d$", None), ("web", None), ("^web", None), ("^a|b$", None),
    (r"^a\$", None), ("^[ab]$", None)])
def test_a_pattern_that_is_one_name(pattern, name):
    assert search._whole(pattern) == name


def test_one_name_finds_that_server_and_no_other(client):  # noqa: F811
    for name in ("web.1", "web-1", "web.10"):
        client.boot(name=name)

    def found(pattern):
        return sorted(s["name"] for s in client.get(f"/servers?name={pattern}").json["servers"])
    assert found(r"^web\.1$") == ["web.1"]
    assert found("^web.1$") == ["web-1", "web.1"]
    assert found("^web.1") == ["web-1", "web.1", "web.10"]
