"""openstacksdk, unmodified, against the image API of a real process."""

import contextlib
import hashlib
import http.client
import io
import os
import re
import signal

import pytest

from tests.functional import processes

openstack = pytest.importorskip("openstack")
SIZE = 3 * 1024 * 1024 + 17


OPTIONS = {"enabled_apis": "osapi_compute,image", "image_listen_port": 0}


@pytest.fixture(scope="module", params=["embedded", "glance"])
def service(request, tmp_path_factory):
    """A process with the image API: over its own images, or over those of another process, as its Glance."""
    process = processes.Process(
        tmp_path_factory.mktemp("image"), **OPTIONS, image={"image_size_cap": 2 * SIZE})
    with process, contextlib.ExitStack() as stack:
        if request.param == "glance":
            process = stack.enter_context(processes.Process(
                tmp_path_factory.mktemp("front"), **OPTIONS, image_api_class="glance", glance={
                    "auth_type": "admin_token", "endpoint": f"http://{address(process)}",
                    "token": "admin:admin", "endpoint_override": f"http://{address(process)}"}))
        yield process


def address(process):
    return processes.eventually(lambda: re.search(r"Serving image at http://([^/]+)/", process.output),
                                "an image API")[1]


def connection(process, user="u", project="p"):
    """What somebody has who writes Python; noauth2 takes the name for the token."""
    url = f"http://{address(process)}"
    return openstack.connection.Connection(
        auth_type="admin_token", auth={"endpoint": url, "token": f"{user}:{project}"},
        image_endpoint_override=url, image_api_version="2")


@pytest.fixture
def cloud(service):
    with contextlib.closing(connection(service)) as conn:
        yield conn


@pytest.fixture
def content():
    return os.urandom(4096) * (SIZE // 4096) + b"x" * (SIZE % 4096)


def test_an_image_from_a_file(cloud, tmp_path, content):
    path = tmp_path / "cirros.img"
    path.write_bytes(content)
    image = cloud.image.create_image("from-file", filename=str(path), disk_format="raw", wait=True,
                                     validate_checksum=True, tags=["t"], os_distro="cirros", min_disk=1)
    found = cloud.image.find_image("from-file", ignore_missing=False)
    assert (found.id, found.status, found.size, found.os_distro, found.min_disk, found.tags) == (
        image.id, "active", SIZE, "cirros", 1, ["t"])
    assert found.checksum == hashlib.md5(content).hexdigest()
    assert cloud.image.download_image(found).content == content
    target = tmp_path / "copy.img"
    cloud.image.download_image(found, stream=True, output=str(target))
    assert target.read_bytes() == content
    # The same again is the same image.
    assert cloud.image.create_image("from-file", filename=str(path), disk_format="raw", md5=hashlib.md5(
        content).hexdigest(), sha256=hashlib.sha256(content).hexdigest()).id == found.id
    cloud.image.delete_image(found)
    assert cloud.image.find_image("from-file") is None


def test_an_image_from_a_stream_of_unknown_length(cloud, content):
    """Which is sent in chunks."""
    image = cloud.image.create_image("chunked", disk_format="qcow2")
    blocks = (content[start:start + 10000] for start in range(0, SIZE, 10000))
    assert image.upload(cloud.image, data=blocks).status_code == 204
    assert cloud.image.get_image(image.id).size == SIZE
    assert cloud.image.download_image(image.id).content == content


def test_import(cloud, content):
    image = cloud.image.create_image("imported", data=content, disk_format="raw", container_format="bare",
                                     use_import=True, wait=True)
    assert cloud.image.get_image(image.id).status == "active"
    image = cloud.image.create_image("staged", disk_format="raw", container_format="bare")
    image = cloud.image.stage_image(image, data=io.BytesIO(b"abc"))
    assert image.status == "uploading"
    cloud.image.import_image(image)
    cloud.image.wait_for_status(image, "active", wait=processes.DEADLINE, interval=0.1)
    assert cloud.image.get_import_info().import_methods["value"] == ["glance-direct"]


def test_update_tags_and_state(cloud):
    image = cloud.image.create_image("old", data=b"abc", disk_format="raw", color="red", wait=True)
    image = cloud.image.update_image(image.id, name="new", min_ram=64, color="green")
    assert (image.name, image.min_ram, image.properties["color"]) == ("new", 64, "green")
    cloud.image.add_tag(image, "t")
    assert [i.id for i in cloud.image.images(tag="t")] == [image.id]
    cloud.image.remove_tag(image, "t")
    assert list(cloud.image.images(tag="t")) == []
    cloud.image.deactivate_image(image)
    with pytest.raises(openstack.exceptions.ForbiddenException, match="has been deactivated"):
        openstack.exceptions.raise_from_response(cloud.image.get(f"/images/{image.id}/file"))
    cloud.image.reactivate_image(image)
    cloud.image.update_image(image, is_protected=True)
    with pytest.raises(openstack.exceptions.ForbiddenException, match="is protected and cannot be deleted"):
        cloud.image.delete_image(image)
    with pytest.raises(openstack.exceptions.HttpException, match="read-only"):
        cloud.image.update_image(image, status="queued")


def test_pages_and_order(cloud):
    made = [cloud.image.create_image(f"page-{n}", disk_format="raw", tags=["pages"]).id for n in range(5)]
    found = list(cloud.image.images(limit=2, tag="pages", sort="name:asc"))
    assert [image.id for image in found] == made


def test_sharing(service, cloud):
    not_found = openstack.exceptions.NotFoundException
    with contextlib.closing(connection(service, "v", "q")) as friend:
        image = cloud.image.create_image("shared", data=b"abc", disk_format="raw", wait=True)
        with pytest.raises(not_found, match=f"No image found with ID {image.id}$"):
            friend.image.get_image(image.id)
        cloud.image.add_member(image, member="q")
        assert friend.image.get_image(image.id).name == "shared"
        assert "shared" not in [i.name for i in friend.image.images()]
        friend.image.update_member("q", image.id, status="accepted")
        assert "shared" in [i.name for i in friend.image.images()]
        assert [(m.member_id, m.status) for m in cloud.image.members(image)] == [("q", "accepted")]
        cloud.image.remove_member("q", image=image.id)
        assert "shared" not in [i.name for i in friend.image.images()]


def test_too_large(cloud, content):
    for data in (content * 3, (content for _ in range(3))):
        image = cloud.image.create_image("large", disk_format="raw", allow_duplicates=True)
        with pytest.raises(openstack.exceptions.HttpException, match="too large|413"):
            openstack.exceptions.raise_from_response(image.upload(cloud.image, data=data))
        assert cloud.image.get_image(image.id).status == "queued"


def test_kill_9_in_the_middle_of_an_upload(tmp_path, content):
    """Afterwards the image is queued, nothing of it is left, and it can be uploaded."""
    process = processes.Process(tmp_path, **OPTIONS)
    folder = tmp_path / "state" / "images"
    with process:
        with contextlib.closing(connection(process)) as conn:
            image = conn.image.create_image("killed", disk_format="raw")
            whole = conn.image.create_image("whole", data=content, disk_format="raw", wait=True)
        http_connection = http.client.HTTPConnection(address(process), timeout=processes.DEADLINE)
        with contextlib.closing(http_connection) as upload:
            upload.putrequest("PUT", f"/v2/images/{image.id}/file")
            for name, value in (("X-Auth-Token", "u:p"), ("Content-Type", "application/octet-stream"),
                                ("Content-Length", str(2 * SIZE))):
                upload.putheader(name, value)
            upload.endheaders()
            upload.send(content)
            entry = folder / "journal" / image.id
            processes.eventually(lambda: entry.exists() and entry.stat().st_size, "some of it is written")
            process.signal(signal.SIGKILL)
            process.popen.wait()
    assert entry.exists()
    with process, contextlib.closing(connection(process)) as conn:
        assert conn.image.get_image(image.id).status == "queued"
        assert sorted(str(path.relative_to(folder)) for path in folder.rglob("*")) == sorted(
            ["journal", whole.id])
        assert conn.image.download_image(whole.id).content == content
        assert conn.image.get_image(image.id).upload(conn.image, data=content).status_code == 204
        assert conn.image.download_image(image.id).content == content
