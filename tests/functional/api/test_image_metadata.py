"""The metadata of images."""

import pytest

from minova import context, image
from minova.image import embedded

IMAGE = "70a599e0-31e7-49b7-b260-868f441e862b"
URL = f"/images/{IMAGE}/metadata"
MISSING = "/images/11111111-2222-4333-8444-555555555555/metadata"
BEFORE = {"kernel_id": "nokernel", "auto_disk_config": "True", "ramdisk_id": "nokernel",
          "architecture": "x86_64"}
MEMBER = {"user": "demo", "project": "p"}


def now(client) -> dict:
    return client.get(URL).json["metadata"]


def test_the_life_of_an_item(client):
    assert now(client) == BEFORE
    answer = client.post(URL, {"metadata": {"a": "1", "kernel_id": "k"}}, **MEMBER)
    assert (answer.status, answer.json["metadata"]) == (200, {**BEFORE, "kernel_id": "k", "a": "1"})
    answer = client.put(f"{URL}/a", {"meta": {"a": "2"}}, **MEMBER)
    assert (answer.status, answer.json) == (200, {"meta": {"a": "2"}})
    assert client.get(f"{URL}/a", **MEMBER).json == {"meta": {"a": "2"}}
    assert client.delete(f"{URL}/a", **MEMBER).status == 204
    assert client.get(f"{URL}/a", **MEMBER).status == 404
    assert client.put(URL, {"metadata": {"only": "one"}}).json == {"metadata": {"only": "one"}}
    assert now(client) == {"only": "one"}


def test_who_may_not(client):
    image.API().update(context.get_admin_context(), IMAGE, {"name": "x"})
    other = context.RequestContext(user_id="u", project_id="q", is_admin=False, overwrite=False)
    theirs = image.API().create(other, {"name": "theirs", "visibility": "public",
                                        "properties": {"a": "1"}})["id"]
    url = f"/images/{theirs}/metadata"
    for answer in (client.post(url, {"metadata": {"b": "2"}}, **MEMBER),
                   client.put(url, {"metadata": {}}, **MEMBER),
                   client.put(f"{url}/a", {"meta": {"a": "2"}}, **MEMBER),
                   client.delete(f"{url}/a", **MEMBER)):
        assert (answer.status, answer.message) == (403, f"Not authorized for image {theirs}.")
    assert client.get(url, **MEMBER).json["metadata"] == {"a": "1"}


@pytest.mark.parametrize(("method", "path", "body"), [
    ("GET", MISSING, None), ("GET", f"{MISSING}/a", None), ("DELETE", f"{MISSING}/a", None),
    ("POST", MISSING, {"metadata": {}}), ("PUT", MISSING, {"metadata": {}}),
    ("PUT", f"{MISSING}/a", {"meta": {"a": "b"}}),
])
def test_no_such_image(client, method, path, body):
    answer = client.request(method, path, body)
    assert (answer.status, answer.message) == (404, "Image not found.")


@pytest.mark.parametrize(("method", "path", "body", "message"), [
    ("POST", URL, {}, "'metadata' is a required property"),
    ("PUT", URL, {"metadata": {"a": 1}},
     "Invalid input for field/attribute a. Value: 1. 1 is not of type 'string'"),
    ("PUT", f"{URL}/a", {"meta": {"b": "c"}}, "Request body and URI mismatch"),
    ("PUT", f"{URL}/a", {"meta": {}},
     "Invalid input for field/attribute meta. Value: {}. {} does not have enough properties"),
])
def test_bad_bodies(client, method, path, body, message):
    answer = client.request(method, path, body)
    assert (answer.status, answer.message) == (400, message)
    assert now(client) == BEFORE


def test_no_more_items_than_the_quota_has(client):
    full = {f"k{i}": "v" for i in range(128)}
    assert client.put(URL, {"metadata": full}).status == 200
    for answer in (client.post(URL, {"metadata": {"one": "more"}}),
                   client.put(f"{URL}/one", {"meta": {"one": "more"}}),
                   client.put(URL, {"metadata": {**full, "one": "more"}})):
        assert (answer.status, answer.message) == (403, "Image metadata limit exceeded")
    assert now(client) == full
    assert client.post(URL, {"metadata": {"k0": "other"}}).json["metadata"]["k0"] == "other"


def test_a_change_in_between_is_not_lost(client, monkeypatch):
    update = embedded.API.update

    def after_another(self, context, image_id, values, expected_properties=None):
        monkeypatch.setattr(embedded.API, "update", update)
        update(self, context, image_id, {"properties": {**BEFORE, "theirs": "1"}})
        return update(self, context, image_id, values, expected_properties)
    monkeypatch.setattr(embedded.API, "update", after_another)
    assert client.post(URL, {"metadata": {"ours": "1"}}).status == 200
    assert now(client) == {**BEFORE, "theirs": "1", "ours": "1"}
