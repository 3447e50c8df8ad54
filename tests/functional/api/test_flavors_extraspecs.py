"""Extra specs of flavors."""

import pytest

URL = "/flavors/1/os-extra_specs"


def test_set_show_list_delete(client):
    assert client.get(URL).json == {"extra_specs": {}}
    body = {"extra_specs": {"a": "b", "hw:x": "1"}}
    assert client.post(URL, body).json == body
    assert client.put(f"{URL}/a", {"a": "c"}).json == {"a": "c"}
    assert client.get(URL, user="demo").json == {"extra_specs": {"a": "c", "hw:x": "1"}}
    assert client.get(f"{URL}/hw:x", user="demo").json == {"hw:x": "1"}
    assert client.delete(f"{URL}/a").status == 200
    for answer in (client.delete(f"{URL}/a"), client.get(f"{URL}/a")):
        assert (answer.status, answer.message) == (
            404, "Flavor 1 has no extra specs with key a.")


def test_numbers_are_kept_as_text(client):
    body = {"extra_specs": {"i": 12, "f": 1.5}}
    assert client.post(URL, body).json == body
    assert client.get(URL).json == {"extra_specs": {"i": "12", "f": "1.5"}}
    answer = client.post(URL, {"extra_specs": {"i": 10 ** 255}})
    assert (answer.status, answer.message) == (
        400, "extra_specs value has more than 255 characters.")


def test_key_and_url_must_agree(client):
    answer = client.put(f"{URL}/a", {"b": "c"})
    assert (answer.status, answer.message) == (400, "Request body and URI mismatch")
    assert client.get(URL).json == {"extra_specs": {}}


@pytest.mark.parametrize("specs", [None, {"": "v"}, {"a/b": "v"}, {"k": None}, {"k": True},
                                   {"k": "v" * 256}, {"k" * 256: "v"}])
def test_bad_specs(client, specs):
    assert client.post(URL, {"extra_specs": specs}).status == 400


def test_unknown_flavors(client):
    for method, path, body in (("GET", "", None), ("POST", "", {"extra_specs": {"a": "b"}}),
                               ("PUT", "/a", {"a": "b"}), ("DELETE", "/a", None)):
        answer = client.request(method, f"/flavors/nosuch/os-extra_specs{path}", body)
        assert (answer.status, answer.message) == (404, "Flavor nosuch could not be found.")


def test_members_may_only_look(client):
    for method, path, body, rule in (("POST", "", {"extra_specs": {"a": "b"}}, "create"),
                                     ("PUT", "/a", {"a": "b"}, "update"),
                                     ("DELETE", "/a", None, "delete")):
        answer = client.request(method, URL + path, body, user="demo")
        assert (answer.status, answer.message) == (
            403,
            f"Policy doesn't allow os_compute_api:os-flavor-extra-specs:{rule} to be performed.")


def test_clients_of_v2_are_held_to_the_keys_too(client):
    answer = client.post(URL, {"extra_specs": {"a/b": "v"}}, root="/v2")
    assert answer.status == 400
    assert client.post(URL, {"extra_specs": {"a": "v"}, "x": 1}, root="/v2").json == {
        "extra_specs": {"a": "v"}}
