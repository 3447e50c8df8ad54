"""openstacksdk, unmodified, against the volume API of a real process."""

import contextlib
import http.client
import json
import re

import pytest

from tests.functional import processes

openstack = pytest.importorskip("openstack")


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    process = processes.Process(
        tmp_path_factory.mktemp("volume"), enabled_apis="osapi_compute,volume", volume_listen_port=0,
        fake={"boot_seconds": 0, "action_seconds": 0})
    with process:
        processes.eventually(lambda: "Serving volume at" in process.output, "a volume API")
        yield process


def address(process, name: str) -> str:
    return re.search(rf"Serving {name} at http://([^/]+)/", process.output)[1]


def connection(process, user="u", project="p", in_url=True):
    """What somebody has who writes Python; noauth2 takes the name for the token."""
    url = f"http://{address(process, 'volume')}/v3" + f"/{project}" * in_url
    return openstack.connection.Connection(
        auth_type="admin_token", auth={"endpoint": url, "token": f"{user}:{project}"},
        block_storage_endpoint_override=url, block_storage_api_version="3")


def compute(process, method: str, path: str, body=None):
    """The compute API, as the project p: without a Keystone, the SDK finds no version of it."""
    http_connection = http.client.HTTPConnection(address(process, "osapi_compute"),
                                                 timeout=processes.DEADLINE)
    with contextlib.closing(http_connection):
        http_connection.request(method, f"/v2.1/p{path}", body and json.dumps(body), {
            "X-Auth-Token": "u:p", "Content-Type": "application/json"})
        response = http_connection.getresponse()
        text = response.read()
        assert response.status < 300 or response.status == 404, text
        return json.loads(text) if text else None


@pytest.fixture
def cloud(service):
    with contextlib.closing(connection(service)) as conn:
        yield conn


@pytest.fixture
def admin(service):
    with contextlib.closing(connection(service, "admin", "admin")) as conn:
        yield conn


def make(cloud, **values):
    made = cloud.block_storage.create_volume(**{"size": 1, "name": "v"} | values)
    assert made.status == "creating"
    return cloud.block_storage.wait_for_status(made, "available", interval=0.1, wait=10)


def test_the_life_of_a_volume(cloud, admin, service):
    storage = cloud.block_storage
    volume = make(cloud, description="d", metadata={"k": "v"})
    assert (volume.name, volume.metadata, volume.is_bootable) == ("v", {"k": "v"}, False)
    assert storage.find_volume("v").id == volume.id
    assert [each.id for each in storage.volumes(name="v")] == [volume.id]

    image = compute(service, "GET", "/images")["images"][0]["id"]
    server = compute(service, "POST", "/servers", {"server": {
        "name": "s", "imageRef": image, "flavorRef": "1"}})["server"]["id"]
    processes.eventually(lambda: compute(service, "GET", f"/servers/{server}")["server"][
        "status"] == "ACTIVE", "a server")
    attachments = f"/servers/{server}/os-volume_attachments"
    compute(service, "POST", attachments, {"volumeAttachment": {"volumeId": volume.id}})
    volume = storage.wait_for_status(volume, "in-use", interval=0.1, wait=10)
    [attachment] = volume.attachments
    assert (attachment["server_id"], attachment["device"]) == (server, "/dev/sdb")
    [listed] = storage.attachments()
    assert (listed.id, listed.instance, listed.volume_id) == (
        attachment["attachment_id"], server, volume.id)
    with pytest.raises(openstack.exceptions.BadRequestException, match="Volume status must be"):
        storage.delete_volume(volume)
    with pytest.raises(openstack.exceptions.ConflictException, match="using the Compute API"):
        storage.delete_attachment(listed.id)
    storage.extend_volume(volume, 2)
    snapshot = storage.create_snapshot(volume_id=volume.id, name="s", is_forced=True)
    snapshot = storage.wait_for_status(snapshot, "available", interval=0.1, wait=10)
    assert (snapshot.size, snapshot.progress) == (2, "100%")

    compute(service, "DELETE", f"{attachments}/{volume.id}")
    volume = storage.wait_for_status(volume, "available", interval=0.1, wait=10)
    storage.extend_volume(volume, 3)
    assert storage.get_volume(volume.id).size == 3
    copy = make(cloud, name="copy", snapshot_id=snapshot.id, size=None)
    assert copy.size == 2
    limits = storage.get_limits().absolute
    assert (limits.total_volumes_used, limits.total_gigabytes_used) == (2, 7)
    storage.set_volume_metadata(volume, a="b")
    storage.delete_volume_metadata(storage.get_volume(volume.id), ["k"])
    assert storage.get_volume_metadata(volume).metadata == {"a": "b"}
    storage.update_volume(volume, name="w")
    storage.set_volume_bootable_status(volume, True)
    storage.set_volume_readonly(volume, True)
    assert storage.get_volume(volume.id).is_bootable is True
    admin.block_storage.reset_volume_status(volume.id, "error", None, None)
    assert storage.get_volume(volume.id).status == "error"
    storage.delete_snapshot(snapshot)
    storage.wait_for_delete(snapshot, interval=0.1, wait=10)
    for gone in (volume, copy):
        storage.delete_volume(gone)
        storage.wait_for_delete(gone, interval=0.1, wait=10)
    compute(service, "DELETE", f"/servers/{server}")
    assert storage.get_limits().absolute.total_gigabytes_used == 0


def test_attachments_as_nova_makes_them(cloud):
    storage = cloud.block_storage
    volume = make(cloud)
    attachment = storage.create_attachment(
        volume, instance="5e000000-0000-4000-8000-000000000001", connector=None)
    assert storage.get_volume(volume.id).status == "reserved"
    storage.update_attachment(attachment, connector={"host": "compute7", "mountpoint": "/dev/vdb"})
    storage.complete_attachment(attachment)
    assert storage.get_volume(volume.id).status == "in-use"
    storage.delete_attachment(attachment)
    assert storage.get_volume(volume.id).status == "available"
    storage.delete_volume(volume)


def test_pages_and_other_projects(cloud, admin, service):
    made = [make(cloud, name=f"page{n}").id for n in range(3)]
    found = [each.id for each in cloud.block_storage.volumes(limit=1)]
    assert found == made[::-1]
    with contextlib.closing(connection(service, "v", "q", in_url=False)) as stranger:
        assert list(stranger.block_storage.volumes(all_projects=True)) == []
        with pytest.raises(openstack.exceptions.NotFoundException):
            stranger.block_storage.get_volume(made[0])
    assert {each.id for each in admin.block_storage.volumes(all_projects=True)} >= set(made)
    for volume_id in made:
        cloud.block_storage.delete_volume(volume_id)


def test_types_and_quotas(cloud, admin):
    storage = admin.block_storage
    made = storage.create_type(name="fast", description="d")
    storage.update_type_extra_specs(made, speed="high")
    assert storage.find_type("fast").extra_specs == {"speed": "high"}
    storage.delete_type_extra_specs(made, ["speed"])
    assert make(cloud, name="typed", volume_type="fast").volume_type == "fast"
    volume = cloud.block_storage.find_volume("typed")
    cloud.block_storage.retype_volume(volume, "__DEFAULT__")
    assert cloud.block_storage.get_volume(volume.id).volume_type == "__DEFAULT__"
    storage.delete_type(made)
    assert [each.name for each in cloud.block_storage.types()] == ["__DEFAULT__"]
    storage.update_quota_set("p", volumes=1)
    with pytest.raises(openstack.exceptions.HttpException, match="Maximum number of volumes") as over:
        make(cloud)
    assert over.value.status_code == 413
    quotas = storage.get_quota_set("p", usage=True)
    assert (quotas.volumes, quotas.usage["volumes"]) == (1, 1)
    storage.revert_quota_set("p")
    cloud.block_storage.delete_volume(volume)
    assert [each.binary for each in storage.services()] == ["cinder-volume"]
    assert [each.name for each in cloud.block_storage.availability_zones()] == ["nova"]
