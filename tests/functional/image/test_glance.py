"""The backend `glance`, with the image API of another process as the real Glance.

tests/functional/api/image/test_sdk.py asks the image API over it for all that openstacksdk can do.
"""

import contextlib
import http.client
import json
import re
import subprocess
import sys
import textwrap

import pytest

from minova import exception, sdk
from minova.image import glance_forms
from tests.functional import processes

pytest.importorskip("openstack")
MEMBER, STRANGER, ADMIN = "u:p", "v:q", "admin:admin"


class Cloud:
    """A compute service, and the images that it has from somewhere else."""

    def __init__(self, compute, images):
        self.compute, self.images = compute, images

    def ask(self, path, method="GET", body=None, token=MEMBER):
        with contextlib.closing(self.compute.connect()) as connection:
            connection.request(method, f"/v2.1{path}", body and json.dumps(body), {
                "X-Auth-Token": token, "Content-Type": "application/json"})
            answer = connection.getresponse()
            text = answer.read()
            return answer.status, json.loads(text) if text else None, dict(answer.getheaders())

    def image(self, method, path, body=None, token=MEMBER, kind="application/json"):
        with contextlib.closing(http.client.HTTPConnection(self.images, timeout=30)) as connection:
            connection.request(method, f"/v2/images{path}", body if isinstance(body, bytes) else
                               body and json.dumps(body), {"X-Auth-Token": token, "Content-Type": kind})
            answer = connection.getresponse()
            text = answer.read()
            assert answer.status < 300, text
            return json.loads(text) if text else None

    def upload(self, token=MEMBER, **values):
        image = self.image("POST", "", {
            "name": "x", "disk_format": "raw", "container_format": "bare", **values}, token)
        self.image("PUT", f"/{image['id']}/file", b"content", token, "application/octet-stream")
        return image["id"]

    def boot(self, image_id, token=MEMBER):
        status, made, _ = self.ask("/servers", "POST", {
            "server": {"name": "web", "flavorRef": "1", "imageRef": image_id}}, token)
        assert status == 202, made
        return self.wait(f"/servers/{made['server']['id']}", "server", token)

    def wait(self, path, noun, token=MEMBER):
        def active():
            found = self.ask(path, token=token)[1][noun]
            return found if found["status"] == "ACTIVE" else None
        return processes.eventually(active, f"{path} is active")


@pytest.fixture(scope="module")
def cloud(tmp_path_factory):
    there = processes.Process(tmp_path_factory.mktemp("there"), enabled_apis="osapi_compute,image",
                              image_listen_port=0)
    with there:
        address = processes.eventually(
            lambda: re.search(r"Serving image at http://([^/]+)/", there.output), "an image API")[1]
        with processes.Process(
                tmp_path_factory.mktemp("here"), image_api_class="glance", fake={"boot_seconds": 0},
                glance={"auth_type": "admin_token", "endpoint": f"http://{address}", "token": ADMIN,
                        "endpoint_override": f"http://{address}"}) as here:
            yield Cloud(here, address)


def test_images_are_those_of_glance(cloud):
    image_id = cloud.upload(name="mine", min_ram=64, os_type="linux")
    shown = cloud.ask(f"/images/{image_id}")[1]["image"]
    assert (shown["name"], shown["status"], shown["minRam"], shown["OS-EXT-IMG-SIZE:size"],
            shown["metadata"]) == ("mine", "ACTIVE", 64, 7, {"os_type": "linux"})
    assert cloud.ask("/images?name=mine")[1]["images"][0]["id"] == image_id
    assert cloud.ask("/images?property-os_type=linux&limit=1")[1]["images"][0]["id"] == image_id
    assert cloud.ask("/images?minRam=65")[1]["images"] == cloud.ask("/images?minRam=x")[1]["images"] == []
    assert cloud.ask("/images?changes-since=2015-01-01T00:00:00Z&name=mine")[1]["images"]
    assert cloud.ask("/images?marker=nosuch")[0] == 400
    assert [cloud.ask(f"/images/{odd}")[0] for odd in ("..", ".", "%2e%2e")] == [404] * 3
    community = cloud.upload(visibility="community")
    assert community not in [i["id"] for i in cloud.ask("/images", token=STRANGER)[1]["images"]]


def test_everybody_is_who_they_are_there(cloud):
    image_id = cloud.upload(name="secret")
    assert cloud.ask(f"/images/{image_id}", token=STRANGER)[0] == 404
    assert cloud.ask(f"/images/{image_id}", "DELETE", token=STRANGER)[0] == 404
    assert cloud.ask("/images?name=secret", token=STRANGER)[1]["images"] == []
    status, refused, _ = cloud.ask("/servers", "POST", {
        "server": {"name": "web", "flavorRef": "1", "imageRef": image_id}}, token=STRANGER)
    assert (status, refused["badRequest"]["message"]) == (400, "Can not find requested image")
    public = cloud.upload(ADMIN, name="public", visibility="public")
    assert cloud.ask(f"/images/{public}", "DELETE")[0] == 403
    assert cloud.ask(f"/images/{public}/metadata", "PUT", {"metadata": {"a": "b"}})[0] == 403
    assert cloud.ask(f"/images/{public}")[1]["image"]["name"] == "public"
    assert cloud.ask(f"/images/{image_id}", token=ADMIN)[0] == 200


def test_metadata(cloud):
    image_id = cloud.upload(a="1")
    path = f"/images/{image_id}/metadata"
    assert cloud.ask(path, "POST", {"metadata": {"b.c": "2"}})[1]["metadata"] == {"a": "1", "b.c": "2"}
    assert cloud.ask(path, "PUT", {"metadata": {"c": "3"}})[1]["metadata"] == {"c": "3"}
    assert cloud.ask(f"{path}/c", "DELETE")[0] == 204
    assert "c" not in cloud.image("GET", f"/{image_id}")


def test_servers_and_their_images(cloud):
    image_id = cloud.upload(name="cirros")
    server = cloud.boot(image_id)
    _, _, headers = cloud.ask(f"/servers/{server['id']}/action", "POST", {"createImage": {"name": "snap"}})
    snapshot = headers["Location"].rpartition("/")[2]
    shown = cloud.wait(f"/images/{snapshot}", "image")
    assert shown["server"]["id"] == server["id"]
    there = cloud.image("GET", f"/{snapshot}")
    assert (there["owner"], there["status"], there["size"], there["disk_format"]) == ("p", "active", 0, "raw")
    assert cloud.ask(f"/images?server={server['id']}")[1]["images"][0]["id"] == snapshot
    assert cloud.boot(snapshot)["image"]["id"] == snapshot
    cloud.wait(f"/servers/{server['id']}", "server")
    backup = {"createBackup": {"name": "b", "backup_type": "daily", "rotation": 1}}
    for _ in range(2):
        status, _, headers = cloud.ask(f"/servers/{server['id']}/action", "POST", backup)
        assert status == 202
        last = headers["Location"].rpartition("/")[2]
        processes.eventually(lambda: cloud.ask(f"/servers/{server['id']}")[1]["server"][
            "OS-EXT-STS:task_state"] is None, "the backup is made")
    assert [i["id"] for i in cloud.ask("/images?property-backup_type=daily")[1]["images"]] == [last]
    assert cloud.ask(f"/images/{last}", "DELETE")[0] == 204
    status, refused, _ = cloud.ask("/servers", "POST", {"server": {
        "name": "web", "flavorRef": "1", "imageRef": cloud.image("POST", "", {"name": "q"})["id"]}})
    assert status == 400 and refused["badRequest"]["message"].endswith("is not active.")


def test_nobody_is_more_for_having_no_token(cloud):
    """What has no token is served with the login of an administrator, and may not more than before."""
    private, public = cloud.upload(name="private"), cloud.upload(ADMIN, visibility="public")
    shared = cloud.upload(name="shared")
    cloud.image("POST", f"/{shared}/members", {"member": "q"})
    program = textwrap.dedent('''
        import sys
        from minova import config, context, exception, image
        config.parse_args([], prog='x', config_files=[sys.argv[1]], config_dirs=[])
        api = image.API()
        q = context.RequestContext(user_id='v', project_id='q', is_admin=False, overwrite=False)
        def outcome(method, *args):
            try:
                method(q, *args)
            except exception.MinovaException as e:
                return type(e).__name__
            return 'done'
        private, public, shared = sys.argv[2:]
        print(outcome(api.get, private), outcome(api.get, public), outcome(api.get, shared))
        for change in ((api.delete,), (api.update, {'name': 'x'}), (api.upload, [b'x']), (api.add_tag, 't'),
                       (api.remove_tag, 't'), (api.deactivate,)):
            print(*[outcome(change[0], each, *change[1:]) for each in (private, public, shared)])
        print(private in [i['id'] for i in api.get_all(q)], shared in [i['id'] for i in api.get_all(q)])
        made = api.create(q, {'name': 'x', 'status': 'saving'})
        print(made['owner'], api.update(q, made['id'], {'status': 'active', 'size': 7})['status'])
    ''')
    result = subprocess.run(
        [sys.executable, "-c", program, str(cloud.compute.config), private, public, shared], text=True,
        env={"PYTHONPATH": str(processes.ROOT)}, capture_output=True, timeout=60)
    assert result.returncode == 0, result.stderr
    refused = "ImageNotFound ImageNotAuthorized ImageNotAuthorized"
    assert result.stdout.splitlines() == [
        "ImageNotFound done done", *[refused] * 6, "False False", "q active"]


def test_with_a_keystone(minova_cloud, tmp_path):
    """Its own login finds Glance in the catalog; members are known there by their tokens."""
    user = minova_cloud.user("admin")
    login = {"auth_type": "password", "auth_url": minova_cloud.auth_url, "username": user["name"],
             "password": user["password"], "project_name": user["project"],
             "user_domain_name": "Default", "project_domain_name": "Default"}
    members = minova_cloud.connection("demo")
    image = members.image.create_image("mine", data=b"content", disk_format="raw", wait=True)
    process = processes.Process(
        tmp_path, auth_strategy="keystone", image_api_class="glance", fake={"boot_seconds": 0},
        keystone_authtoken=login, glance=login | {"valid_interfaces": "public"})
    with process, contextlib.closing(members):
        cloud, token = Cloud(process, None), members.auth_token
        assert cloud.ask(f"/images/{image.id}", token=token)[1]["image"]["OS-EXT-IMG-SIZE:size"] == 7
        assert cloud.ask("/images?name=mine", token=token)[1]["images"][0]["id"] == image.id
        with contextlib.closing(minova_cloud.connection("admin")) as admin:
            private = admin.image.create_image("theirs", disk_format="raw", visibility="private")
        assert cloud.ask(f"/images/{private.id}", token=token)[0] == 404
        server = cloud.boot(image.id, token)
        _, _, headers = cloud.ask(f"/servers/{server['id']}/action", "POST", {
            "createImage": {"name": "snap"}}, token)
        path = f"/images/{headers['Location'].rpartition('/')[2]}"
        assert cloud.wait(path, "image", token)["server"]["id"] == server["id"]
        assert members.image.get_image(path[8:]).owner == members.current_project_id


@pytest.mark.parametrize("options, reason", [
    ({}, "neither cloud nor auth_type is set"),
    ({"cloud": "nosuch"}, "Cloud nosuch was not found."),
    ({"auth_type": "nosuch"}, "The plugin nosuch could not be found"),
])
def test_a_login_that_is_missing_is_named_at_the_start(tmp_path, options, reason):
    process = processes.Process(tmp_path, image_api_class="glance", glance=options).start()
    assert process.popen.wait(processes.DEADLINE) == 1
    lines = [line for line in process.output.splitlines() if line.startswith("minova-api: ")]
    assert len(lines) == 1 and reason in lines[0], process.output
    assert lines[0].startswith("minova-api: [glance] does not say how to reach a real service: ")


def test_without_openstacksdk(monkeypatch):
    monkeypatch.setitem(sys.modules, "openstack", None)
    with pytest.raises(exception.ServiceNotConfigured, match="install minova with the extra openstack"):
        sdk.Service("glance", "image")


def test_a_service_that_is_not_there(tmp_path):
    url = f"http://127.0.0.1:{processes.free_port()}"
    process = processes.Process(tmp_path, image_api_class="glance", glance={
        "auth_type": "admin_token", "endpoint": url, "token": ADMIN, "endpoint_override": url})
    with process:
        status, body = process.get("/v2.1/images", **{"X-Auth-Token": MEMBER})
        assert status == 503, body
        assert process.get("/v2.1/flavors", **{"X-Auth-Token": MEMBER})[0] == 200


@pytest.mark.parametrize("filters, params", [
    ({"name": ["a", "b,c"]}, [("name", 'in:a,"b,c"')]),
    ({"hidden": True, "tags": ["x", "y"]}, [("os_hidden", "true"), ("tag", "x"), ("tag", "y")]),
    ({"compare": [("size", "gt", 5), ("size", "lt", 9)]}, [("size_min", "6"), ("size_max", "8")]),
    ({"compare": [("size", "eq", 5)]}, [("size_min", "5"), ("size_max", "5")]),
    ({"property-status": "x"}, None), ({"min_ram": "x"}, None), ({"nosuch": "x"}, []),
])
def test_queries(filters, params):
    found = glance_forms.query(filters, [("created_at", "desc"), ("name", "asc")])
    assert found == (params if params is None else [("sort", "created_at:desc,name:asc"), *params])
