"""The content of images, over the image API and in the compute API."""

import contextlib
import hashlib
import http.client
import io
import threading

import pytest
import webob

from minova.conf import CONF
from minova.image import store
from tests.functional.api.image.conftest import OCTETS, PATCH


@pytest.fixture
def cap():
    CONF.set_override("image_size_cap", 1000, "image")
    yield 1000
    CONF.clear_override("image_size_cap", "image")


def upload(glance, image, content, part="file"):
    return glance.ask("PUT", f"/images/{image['id']}/{part}", content, Content_Type=OCTETS)


def status(glance, image):
    return glance.do("GET", f"/images/{image['id']}")["status"]


def test_upload_and_download(glance):
    content = bytes(range(256)) * 5000
    image = glance.make()
    answer = upload(glance, image, content)
    assert (answer.status_int, answer.body) == (204, b"")
    image = glance.do("GET", f"/images/{image['id']}")
    assert (image["status"], image["size"]) == ("active", len(content))
    assert image["checksum"] == hashlib.md5(content).hexdigest()
    assert (image["os_hash_algo"], image["os_hash_value"]) == (
        "sha512", hashlib.sha512(content).hexdigest())
    answer = glance.ask("GET", image["file"][3:])
    assert answer.body == content
    assert (answer.content_type, answer.content_length) == (OCTETS, len(content))
    assert answer.headers["Content-MD5"] == image["checksum"]
    head = glance.ask("HEAD", image["file"][3:])
    assert (head.status_int, head.body, head.content_length) == (200, b"", len(content))


def test_there_are_no_tasks(glance):
    image = glance.make()
    assert glance.do("GET", f"/images/{image['id']}/tasks") == {"tasks": []}
    assert glance.of("eve", "q").refused("GET", f"/images/{image['id']}/tasks") == (
        404, f"No image found with ID {image['id']}")


def test_the_body_is_read_block_by_block(glance):
    class Body(io.BytesIO):
        sizes = []

        def read(self, size=-1):
            self.sizes.append(size)
            return super().read(size)

    image = glance.make()
    request = webob.Request.blank(f"/v2{image['file'][3:]}", method="PUT", headers={
        "X-Auth-Token": "u:p", "Content-Type": OCTETS})
    request.environ["wsgi.input"] = Body(b"x" * 3000000)
    request.content_length = 3000000
    assert request.get_response(glance.app).status_int == 204
    assert len(Body.sizes) >= 3 and all(0 < size <= 2 ** 20 for size in Body.sizes)
    blocks = glance.ask("GET", image["file"][3:]).app_iter
    assert max(map(len, blocks)) <= 2 ** 20


def test_parts(glance):
    image = glance.make(b"0123456789")
    for wanted, code, said, body in (
            ("bytes=2-4", 206, "bytes 2-4/10", b"234"), ("bytes=7-", 206, "bytes 7-9/10", b"789"),
            ("bytes=-2", 206, "bytes 8-9/10", b"89"), ("bytes=8-99", 206, "bytes 8-9/10", b"89"),
            ("bytes=10-", 416, "bytes */10", None), ("lines=1-2", 200, None, b"0123456789")):
        answer = glance.ask("GET", image["file"][3:], Range=wanted)
        assert (answer.status_int, answer.headers.get("Content-Range")) == (code, said)
        assert body is None or answer.body == body


def test_an_image_without_content(glance):
    assert glance.ask("GET", glance.make()["file"][3:]).status_int == 204


def test_content_cannot_be_replaced(glance):
    image = glance.make(b"first")
    answer = upload(glance, image, b"second")
    assert answer.status_int == 409
    assert answer.json["message"] == "Image status transition from active to saving is not allowed"
    assert glance.ask("GET", image["file"][3:]).body == b"first"
    assert glance.refused("PATCH", f"/images/{image['id']}", [
        {"op": "replace", "path": "/disk_format", "value": "qcow2"}], Content_Type=PATCH) == (
        403, "Attribute disk_format can be only replaced for a queued image.")


def test_an_image_needs_formats(glance):
    for formats, missing in (({"disk_format": None}, "Property disk_format"),
                             ({"container_format": None, "disk_format": None},
                              "Properties disk_format, container_format")):
        image = glance.make(**formats)
        answer = upload(glance, image, b"x")
        assert (answer.status_int, answer.json["message"]) == (
            400, f"{missing} must be set prior to saving data.")
        assert status(glance, image) == "queued"


def test_uploads_have_a_type_of_their_own(glance):
    path = f"/images/{glance.make()['id']}/file"
    assert glance.ask("PUT", path, b"x", Content_Type="application/json").status_int == 415
    assert glance.ask("PUT", path, b"x").status_int == 415


def test_too_large(glance, cap):
    image = glance.make()
    assert upload(glance, image, b"x" * (cap + 1)).status_int == 413
    # The same without saying so beforehand.
    request = webob.Request.blank(f"/v2/images/{image['id']}/file", method="PUT", headers={
        "X-Auth-Token": "u:p", "Content-Type": OCTETS, "Transfer-Encoding": "chunked"})
    request.environ["wsgi.input"] = io.BytesIO(b"x" * (cap + 1))
    request.environ["wsgi.input_terminated"] = True
    answer = request.get_response(glance.app)
    assert answer.status_int == 413 and "the limit is 1000 bytes" in answer.text
    assert status(glance, image) == "queued"
    assert store.read(image["id"]) is None
    assert upload(glance, image, b"x" * cap).status_int == 204


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_that_breaks_off(glance, chunked):
    class Broken(io.BytesIO):
        def read(self, size=-1):
            block = super().read(size)
            if not block:
                raise OSError("connection reset")
            return block

    image = glance.make()
    request = webob.Request.blank(f"/v2/images/{image['id']}/file", method="PUT", headers={
        "X-Auth-Token": "u:p", "Content-Type": OCTETS})
    request.environ["wsgi.input"] = Broken(b"x" * 100) if chunked else io.BytesIO(b"x" * 100)
    request.environ["wsgi.input_terminated"] = True
    if not chunked:
        request.content_length = 200
    assert request.get_response(glance.app).status_int == 400
    assert status(glance, image) == "queued"
    assert store.read(image["id"]) is None
    assert upload(glance, image, b"whole").status_int == 204


@pytest.fixture
def waitress(glance):
    """The address of the API under waitress, in this process."""
    sockets, done = {}, threading.Event()
    server = pytest.importorskip("waitress.server").create_server(
        glance.app, map=sockets, host="127.0.0.1", port=0, threads=2)

    def serve():
        while not done.is_set():
            server.asyncore.loop(timeout=0.05, map=sockets, count=1)
    thread = threading.Thread(target=serve)
    thread.start()
    yield "127.0.0.1", server.effective_port
    server.task_dispatcher.shutdown()
    done.set()
    thread.join()
    server.asyncore.close_all(map=sockets)


def test_chunks_under_waitress(glance, waitress):
    image = glance.make()
    with contextlib.closing(http.client.HTTPConnection(*waitress, timeout=30)) as connection:
        connection.request("PUT", image["file"], iter([b"abc" * 100000, b"def"]), {
            "X-Auth-Token": "u:p", "Content-Type": OCTETS}, encode_chunked=True)
        answer = connection.getresponse()
        assert (answer.status, answer.read()) == (204, b"")
        connection.request("GET", image["file"], headers={"X-Auth-Token": "u:p"})
        assert connection.getresponse().read() == b"abc" * 100000 + b"def"


def test_import(glance):
    assert glance.do("GET", "/info/import")["import-methods"]["value"] == ["glance-direct"]
    image = glance.make()
    path = f"/images/{image['id']}/import"
    direct = {"method": {"name": "glance-direct"}}
    assert glance.refused("POST", path, direct) == (
        409, "Image needs to be staged before 'glance-direct' method can be used")
    assert upload(glance, image, b"content", "stage").status_int == 204
    staged = glance.do("GET", f"/images/{image['id']}")
    assert (staged["status"], staged["size"], staged["checksum"]) == ("uploading", None, None)
    assert glance.ask("GET", image["file"][3:]).status_int == 204
    assert upload(glance, image, b"other").status_int == 409
    answer = glance.ask("POST", path, direct)
    assert (answer.status_int, answer.body) == (202, b"")
    assert glance.ask("GET", image["file"][3:]).body == b"content"
    assert glance.refused("POST", path, direct) == (
        409, "Image with status active cannot be target for import")


@pytest.mark.parametrize("body, message", [
    ({}, "Import request requires a 'method' field."), ([], "Import request requires a 'method' field."),
    ({"method": {}}, "Import request requires a 'name' field."),
    ({"method": {"name": "web-download"}}, "Unknown import method name 'web-download'."),
])
def test_imports_that_make_no_sense(glance, body, message):
    assert glance.refused("POST", f"/images/{glance.make()['id']}/import", body) == (400, message)


def test_deactivated_images(glance, admin):
    image = glance.make(b"content")
    path = f"/images/{image['id']}"
    for _ in range(2):
        assert glance.ask("POST", f"{path}/actions/deactivate").status_int == 204
    assert status(glance, image) == "deactivated"
    assert glance.refused("GET", f"{path}/file") == (
        403, "The requested image has been deactivated. Image data download is forbidden.")
    assert admin.ask("GET", f"{path}/file").body == b"content"
    assert glance.ask("POST", f"{path}/actions/reactivate").status_int == 204
    assert glance.ask("GET", f"{path}/file").body == b"content"
    queued = glance.make()
    for name in ("deactivate", "reactivate"):
        assert glance.refused("POST", f"/images/{queued['id']}/actions/{name}") == (
            403, f"Not allowed to {name} image in status 'queued'")


def test_content_goes_with_the_image(glance):
    image = glance.make(b"content")
    content = store.read(image["id"])
    assert b"".join(content) == b"content"
    content.close()
    glance.do("DELETE", f"/images/{image['id']}")
    assert store.read(image["id"]) is None


def test_servers_are_made_of_what_is_uploaded(image_app, minova_client, glance):
    compute = minova_client.as_user("u", "p")
    image = glance.make(min_ram=1024)
    server = {"name": "web", "flavorRef": "1", "imageRef": image["id"]}
    refused = compute.post("/servers", {"server": server})
    assert (refused.status, refused.message) == (400, f"Image {image['id']} is not active.")
    upload(glance, image, b"content")
    shown = compute.get(f"/images/{image['id']}").json["image"]
    assert (shown["status"], shown["OS-EXT-IMG-SIZE:size"], shown["minRam"]) == ("ACTIVE", 7, 1024)
    refused = compute.post("/servers", {"server": server})
    assert refused.message == "Flavor's memory is too small for requested image."
    glance.patch(image, {"op": "replace", "path": "/min_ram", "value": 0})
    assert compute.boot(imageRef=image["id"])["status"] == "ACTIVE"
    assert {i["id"] for i in compute.get("/images").json["images"]} == {
        i["id"] for i in glance.do("GET", "/images")["images"]}
    glance.do("POST", f"/images/{image['id']}/actions/deactivate")
    assert compute.post("/servers", {"server": server}).status == 400
    assert compute.delete(f"/images/{image['id']}").status == 204
    assert store.read(image["id"]) is None


def test_images_of_servers_have_no_content(image_app, minova_client, glance):
    compute = minova_client.as_user("u", "p")
    server = compute.boot()
    location = compute.post(f"/servers/{server['id']}/action", {"createImage": {"name": "snap"}}).headers
    image = glance.do("GET", f"/images/{location['Location'].rpartition('/')[2]}")
    assert (image["status"], image["instance_uuid"], image["image_type"]) == (
        "active", server["id"], "snapshot")
    assert glance.ask("GET", image["file"][3:]).status_int == 204
