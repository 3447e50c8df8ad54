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


def names(client, query, **kwargs):  # noqa: F811
    answer = client.get(f"/servers?{query}", **kwargs)
    assert answer.status == 200, answer.text
    return [s["name"] for s in answer.json["servers"]]


def test_metadata_is_searched_by_administrators_as_json(client):  # noqa: F811
    client.boot(name="a", metadata={"k": "v", "l": "w"})
    client.boot(name="b", metadata={"k": "w", "m": "v"})
    assert names(client, 'metadata={"k":"v"}') == ["b", "a"]      # the key and the value, not the pair
    assert names(client, 'metadata={"l":"w"}') == ["a"]
    assert names(client, 'metadata=[{"k":"w"},{"m":"v"}]') == ["b"]
    assert names(client, 'metadata={"K":"v"}') == names(client, "metadata=x") == []
    assert names(client, "metadata={}") == ["b", "a"]
    assert names(client, "metadata=x", user="demo") == ["b", "a"]


def test_one_address_of_either_version_is_enough(client):  # noqa: F811
    address = client.boot(name="a")["addresses"]
    fixed = next(iter(address.values()))[0]["addr"]
    assert names(client, f"ip={fixed}&ip6=nosuch") == names(client, f"ip=%5E{fixed}%24") == ["a"]
    assert names(client, "ip=nosuch&ip6=nosuch") == names(client, f"ip6={fixed}") == []
    assert names(client, f"fixed_ip={fixed}") == ["a"]
    assert names(client, f"fixed_ip={fixed[:-1]}") == []


def test_what_is_no_attribute_in_nova_is_no_option(client):  # noqa: F811
    client.boot(name="a")
    for option in ("flavorid", "flavor_id", "swap_mb", "instance_uuid", "nosuch"):
        assert names(client, f"{option}=77") == ["a"]
        assert client.get(f"/servers?sort_key={option}").message == "Sort key supplied was not valid."
    assert client.get("/servers?sort_key=tenant_id").status == 400


def test_nothing_is_like_the_word_for_it(client):  # noqa: F811
    client.boot(name="a")
    assert names(client, "key_name=") == names(client, "key_name=None") == ["a"]
    assert names(client, "key_name=x") == names(client, "task_state=None") == []


def test_which_of_several_mistakes_is_told(client):  # noqa: F811
    assert names(client, "limit=0&marker=x&sort_key=x&sort_dir=x") == []
    assert names(client, "flavor=x&marker=x&sort_key=x") == []
    for query, text in (("marker=x&sort_key=x&sort_dir=x", "Unknown sort direction"),
                        ("marker=x&sort_key=x", "marker [x] not found"), ("sort_key=x", "Sort key")):
        assert text in client.get(f"/servers?{query}").message


def test_what_is_equal_is_sorted_by_the_first_direction(client):  # noqa: F811
    for name in "abc":
        client.boot(name=name)
    keys = "sort_key=vcpus&sort_key=memory_mb"
    assert names(client, f"{keys}&sort_dir=asc&sort_dir=desc") == ["a", "b", "c"]
    assert names(client, f"{keys}&sort_dir=desc&sort_dir=asc") == ["c", "b", "a"]


def test_the_size_of_pages_is_a_number(client):  # noqa: F811
    for path in ("/servers", "/servers/detail", "/flavors", "/images"):
        answer = client.get(f"{path}?page_size=x")
        assert (answer.status, answer.message) == (
            400, "Invalid input received: page_size must be an integer")
        assert client.get(f"{path}?page_size=2").status == 200
