"""The image API with tokens of a Keystone."""

import contextlib
import json
import urllib.error
import urllib.request

import pytest

pytest.importorskip("openstack")


def ask(cloud, path, token=None):
    request = urllib.request.Request(cloud.urls["image"].removesuffix("/v2") + path, headers={
        "Accept": "application/json", **({"X-Auth-Token": token} if token else {})})
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as e:
        return e.code, json.loads(e.read())


def unscoped(cloud):
    user = cloud.user("demo")
    request = urllib.request.Request(f"{cloud.auth_url}/auth/tokens", json.dumps({"auth": {
        "identity": {"methods": ["password"], "password": {"user": {
            "name": user["name"], "password": user["password"], "domain": {"id": "default"}}}},
        "scope": "unscoped"}}).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        return answer.headers["X-Subject-Token"]


def test_who_is_let_in(minova_cloud):
    assert ask(minova_cloud, "/versions")[0] == 200
    # A token that is for no project is none.
    for token in (None, "nonsense", unscoped(minova_cloud)):
        assert ask(minova_cloud, "/v2/images", token) == (401, {
            "code": "401 Unauthorized", "title": "Unauthorized",
            "message": "The request you have made requires authentication."})


def test_projects(minova_cloud):
    with contextlib.closing(minova_cloud.connection("demo")) as demo, contextlib.closing(
            minova_cloud.connection("admin")) as admin:
        image = demo.image.create_image("mine", data=b"content", disk_format="raw", wait=True)
        assert image.owner == demo.current_project_id
        theirs = admin.image.create_image("theirs", disk_format="raw", visibility="private")
        assert demo.image.find_image("theirs") is None
        assert admin.image.find_image("mine").id == image.id
        admin.image.update_image(theirs, visibility="shared")
        admin.image.add_member(theirs, member=demo.current_project_id)
        assert demo.image.get_image(theirs.id).name == "theirs"
        assert demo.compute.get(f"/images/{theirs.id}").json()["image"]["name"] == "theirs"
        assert demo.compute.get(f"/images/{image.id}").json()["image"]["OS-EXT-IMG-SIZE:size"] == 7
        minova_cloud.reset()
        assert demo.image.find_image("mine") is None
