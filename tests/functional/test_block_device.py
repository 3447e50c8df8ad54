"""The block devices of new servers: what may be asked for, and what becomes of it."""

import pytest

from minova import compute, context, exception
from minova import volume as volume_service
from minova.compute import block_device
from minova.conf import CONF

IMAGE = "70a599e0-31e7-49b7-b260-868f441e862b"
UNKNOWN = "11111111-2222-4333-8444-555555555555"
WHO = context.RequestContext(user_id="u", project_id="p", is_admin=False, overwrite=False)
FLAVOR = {"ephemeral_gb": 10, "swap": 512}
PLAIN = {"ephemeral_gb": 0, "swap": 0}
FROM_IMAGE = {"boot_index": 0, "source_type": "image", "destination_type": "local", "uuid": IMAGE}


def normalize(bdms=(), legacy=False, image_ref=IMAGE, flavor=PLAIN, **kwargs):
    return block_device.validate_and_normalize(
        WHO, image_ref, list(bdms), legacy, flavor=flavor, **kwargs)


def make_volume(size=1, **values) -> str:
    return volume_service.API().create(WHO, size, None, None, **values)["id"]


def brief(rows):
    return [(r["source_type"], r["destination_type"], r["boot_index"], r["device_name"],
             r["volume_size"]) for r in rows]


def test_without_any_the_image_is_the_root_disk(client):
    assert brief(normalize(legacy=True)) == [("image", "local", 0, "/dev/sda", None)]


def test_the_flavor_brings_its_disks(client):
    rows = normalize(legacy=True, flavor=FLAVOR)
    assert brief(rows)[1:] == [("blank", "local", -1, "/dev/sdb", 10),
                               ("blank", "local", -1, "/dev/sdc", 512)]
    assert [row["guest_format"] for row in rows] == [None, None, "swap"]
    asked = [FROM_IMAGE, {"source_type": "blank", "volume_size": 3, "device_name": "sdq"}]
    assert brief(normalize(asked, flavor=FLAVOR))[1:] == [
        ("blank", "local", None, "/dev/sdq", 3), ("blank", "local", -1, "/dev/sdb", 512)]


@pytest.mark.parametrize("bdm, complaint", [
    ({}, ": Invalid source_type field."),
    ({"source_type": "volume"}, ": Missing device UUID."),
    ({"source_type": "blank", "uuid": UNKNOWN}, ": Invalid device UUID."),
    ({"source_type": "image", "destination_type": "local", "uuid": IMAGE},
     ": Mapping image to local is not supported."),
    ({"source_type": "blank", "device_name": "a b"}, ": Device name contains spaces."),
    ({"source_type": "blank", "boot_index": "x"}, ": Boot index is invalid."),
    ({"source_type": "volume", "uuid": UNKNOWN}, f": failed to get volume {UNKNOWN}."),
    ({"source_type": "snapshot", "uuid": UNKNOWN}, f": failed to get snapshot {UNKNOWN}."),
    ({"source_type": "image", "destination_type": "volume", "uuid": UNKNOWN, "volume_size": 1},
     f": failed to get image {UNKNOWN}."),
])
def test_what_is_invalid(client, bdm, complaint):
    with pytest.raises(exception.InvalidBDM) as error:
        normalize([FROM_IMAGE, bdm])
    assert error.value.message == f"Block Device Mapping is Invalid{complaint}"


@pytest.mark.parametrize("bdms", [
    [{"source_type": "blank", "destination_type": "volume", "volume_size": 1}],
    [FROM_IMAGE, FROM_IMAGE],
    [FROM_IMAGE, {"source_type": "blank", "boot_index": 2}],
    [],
])
def test_boot_sequences_that_are_none(client, bdms):
    with pytest.raises(exception.InvalidBDMBootSequence):
        normalize(bdms)


def test_sizes(client):
    blank = {"source_type": "blank", "destination_type": "volume"}
    with pytest.raises(exception.InvalidBDM) as error:
        normalize([FROM_IMAGE, blank])
    assert "need to have non-zero size" in error.value.message
    with pytest.raises(exception.InvalidBDMEphemeralSize):
        normalize([FROM_IMAGE, {"source_type": "blank", "volume_size": 1}])
    swap = {"source_type": "blank", "guest_format": "swap", "volume_size": 513}
    with pytest.raises(exception.InvalidBDMSwapSize):
        normalize([FROM_IMAGE, swap], flavor=FLAVOR)
    with pytest.raises(exception.InvalidBDMFormat):
        normalize([FROM_IMAGE, swap, swap], flavor=FLAVOR)
    with pytest.raises(exception.InvalidBDM) as error:
        normalize([FROM_IMAGE | {"destination_type": "volume"}])
    assert "non-zero size specified" in error.value.message


def test_the_number_of_local_disks_is_limited(client):
    CONF.set_override("max_local_block_devices", 1)
    try:
        assert len(normalize(legacy=True)) == 1
        with pytest.raises(exception.InvalidBDMLocalsLimit):
            normalize(legacy=True, flavor=FLAVOR)
    finally:
        CONF.clear_override("max_local_block_devices")


def test_volumes_must_be_free_and_bootable_to_boot_from(client):
    bootable, plain = make_volume(4, image_id=IMAGE), make_volume()
    root = {"boot_index": 0, "source_type": "volume", "uuid": bootable}
    assert brief(normalize([root], image_ref="")) == [("volume", "volume", 0, "/dev/sda", 4)]
    with pytest.raises(exception.InvalidBDMVolumeNotBootable) as error:
        normalize([root | {"uuid": plain}], image_ref="")
    assert error.value.message == f"Block Device {plain} is not bootable."
    volume_service.API().reserve_volume(WHO, bootable)
    with pytest.raises(exception.InvalidVolume):
        normalize([root], image_ref="")
    with pytest.raises(exception.Invalid) as error:
        normalize([FROM_IMAGE, {"source_type": "volume", "uuid": plain}], count=2)
    assert error.value.message == "Cannot attach one or more volumes to multiple instances"


def test_legacy_items(client):
    bootable, plain = make_volume(image_id=IMAGE), make_volume(2)
    snapshot = volume_service.API().create_snapshot(WHO, plain, None, None)["id"]
    rows = normalize([
        {"device_name": "vdb", "volume_id": plain, "delete_on_termination": "1"},
        {"device_name": "vdc", "snapshot_id": snapshot, "volume_size": "5"},
        {"device_name": "vdd", "virtual_name": "ephemeral0"},
        {"device_name": "vde", "no_device": "True"}], legacy=True)
    assert brief(rows) == [
        ("image", "local", 0, "/dev/sda", None), ("volume", "volume", -1, "/dev/vdb", 2),
        ("snapshot", "volume", -1, "/dev/vdc", 5), ("blank", "local", -1, "/dev/vdd", None)]
    assert [row["delete_on_termination"] for row in rows] == [True, True, False, True]
    rows = normalize([{"device_name": "/dev/vda", "volume_id": bootable}], legacy=True,
                     image_ref="")
    assert brief(rows) == [("volume", "volume", 0, "/dev/sda", 1)]
    with pytest.raises(exception.InvalidBDMFormat):
        normalize([{"device_name": "vdb"}], legacy=True)


def boot(client, bdms, image_ref=""):
    flavor = compute.FlavorAPI().get_by_flavor_id(WHO, "1")
    servers, _ = compute.API().create(
        WHO, flavor, image_ref, display_name="s", block_device_mapping=bdms, legacy_bdm=False)
    return compute.API().get(WHO, servers[0]["uuid"])


def test_a_server_gets_its_volumes_and_gives_them_back(client):
    volumes = volume_service.API()
    kept = make_volume(3)
    snapshot = volumes.create_snapshot(WHO, kept, None, None)["id"]
    server = boot(client, [
        {"boot_index": 0, "source_type": "image", "destination_type": "volume", "uuid": IMAGE,
         "volume_size": 2, "delete_on_termination": True},
        {"source_type": "volume", "uuid": kept},
        {"source_type": "snapshot", "uuid": snapshot},
        {"source_type": "blank", "destination_type": "volume", "volume_size": 1,
         "delete_on_termination": True}])
    assert server["vm_state"] == "active"
    assert [v["delete_on_termination"] for v in server["volumes_attached"]] == [True, False, False, True]
    ids = [v["id"] for v in server["volumes_attached"]]
    found = [volumes.get(WHO, volume_id) for volume_id in ids]
    assert [(v["status"], v["size"], v["mountpoint"], v["bootable"]) for v in found] == [
        ("in-use", 2, "/dev/sda", True), ("in-use", 3, "/dev/sdb", False),
        ("in-use", 3, "/dev/sdc", False), ("in-use", 1, "/dev/sdd", False)]
    assert ids[1] == kept
    answer = client.delete(f"/servers/{server['uuid']}/os-volume_attachments/{ids[0]}",
                           user="u", project="p")
    assert (answer.status, answer.message) == (403, "Can't detach root device volume")
    compute.API().delete(WHO, server)
    assert {v["id"]: v["status"] for v in volumes.get_all(WHO)} == {
        ids[1]: "available", ids[2]: "available"}


def test_a_refused_server_takes_no_volume(client):
    volume_id = make_volume()
    with pytest.raises(exception.InvalidVolume):
        boot(client, [FROM_IMAGE, {"source_type": "volume", "uuid": volume_id},
                      {"source_type": "volume", "uuid": volume_id}], IMAGE)
    assert volume_service.API().get(WHO, volume_id)["status"] == "available"
