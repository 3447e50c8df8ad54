"""What python-openstackclient asks of volume."""

import pytest

from tests.clients.cloud import IMAGE, NETWORK
from tests.clients.registry import require
from tests.functional.processes import eventually

pytestmark = require("python-openstackclient")


def names(rows: list[dict]) -> set[str]:
    return {row["Name"] for row in rows}


def available(openstack, volume: str) -> dict:
    def shown():
        found = openstack.json("volume show", volume)
        return found if found["status"] == "available" else None
    return eventually(shown, f"volume {volume} available")


@pytest.fixture
def volume(openstack, new) -> str:
    """The name of a volume of 1 GiB, which is deleted after the test."""
    name = new("volume")
    openstack(f"volume create --size 1 --description 'for a test' --property a=1 {name}")
    available(openstack, name)
    yield name
    openstack("volume delete", name)
    eventually(lambda: name not in names(openstack.json("volume list")), "no volume")


def test_volumes(openstack, admin, volume):
    shown = openstack.json("volume show", volume)
    assert (shown["size"], shown["properties"], shown["bootable"]) == (1, {"a": "1"}, False)
    assert volume in names(openstack.json("volume list --long"))
    row, = openstack.json("volume list --name", volume)
    assert row["Status"] == "available"
    assert volume in names(admin.json("volume list --all-projects"))
    assert volume not in names(admin.json("volume list"))
    openstack("volume set --size 2 --property b=2 --bootable", volume)
    openstack("volume unset --property a", volume)
    shown = available(openstack, volume)
    assert (shown["size"], shown["properties"], shown["bootable"]) == (2, {"b": "2"}, True)
    openstack("volume set --name", f"{volume}-b", volume)
    openstack("volume set --name", volume, f"{volume}-b")
    admin("volume set --state error", shown["id"])
    admin("volume set --state available", shown["id"])


def test_snapshots(openstack, volume, new):
    snapshot = new("snapshot")
    openstack("volume snapshot create --volume", volume, snapshot)
    eventually(lambda: openstack.json(f"volume snapshot show {snapshot}")["status"] == "available", snapshot)
    openstack("volume snapshot set --property c=3 --name", f"{snapshot}-b", snapshot)
    assert f"{snapshot}-b" in names(openstack.json("volume snapshot list --long"))
    openstack("volume create --snapshot", f"{snapshot}-b", f"{volume}-copy")
    assert available(openstack, f"{volume}-copy")["snapshot_id"]
    openstack("volume delete", f"{volume}-copy")
    openstack("volume snapshot delete", f"{snapshot}-b")
    eventually(lambda: f"{snapshot}-b" not in names(openstack.json("volume snapshot list")), "no snapshot")


def test_of_an_image_and_of_a_volume(openstack, volume, new):
    name = new("volume")
    openstack("volume create --size 1 --image", IMAGE, name)
    assert available(openstack, name)["bootable"] is True
    openstack("volume create --source", volume, f"{name}-b")
    assert available(openstack, f"{name}-b")["source_volid"]
    openstack("volume delete", name, f"{name}-b")


def test_attachments(openstack, volume, cloud, name):
    openstack(f"server create --image {IMAGE} --flavor m1.tiny --network {NETWORK} {name}")
    server = cloud.until(name, "ACTIVE")["id"]
    openstack("server add volume", name, volume)
    eventually(lambda: openstack.json("volume show", volume)["status"] == "in-use", "an attached volume")
    row, = [each for each in openstack.json("volume attachment list") if each["Server ID"] == server]
    assert openstack.json("volume attachment show", row["ID"])["Status"] == "attached"
    assert "must be available or error" in openstack.refused("volume delete", volume)
    openstack("server remove volume", name, volume)
    available(openstack, volume)
    openstack("server delete --wait", name)


def test_summary(openstack, volume):
    summary = openstack.json("volume summary")
    assert summary["Total Count"] >= 1 and summary["Total Size"] >= 1


def test_types(admin, openstack, new):
    name = new("type")
    admin("volume type create --property speed=fast --description", "for a test", name)
    admin("volume type set --property speed=slow", name)
    assert admin.json("volume type show", name)["properties"] == {"speed": "slow"}
    assert name in names(openstack.json("volume type list --long"))
    admin("volume type unset --property speed", name)
    admin("volume type delete", name)
    assert openstack.json("volume type list --default")


def test_quotas_limits_services(admin, openstack):
    assert "total_volumes_used" in {row["Name"] for row in openstack.json("limits show --absolute")}
    assert admin.json("volume service list")
    assert openstack.json("availability zone list --volume")


def test_a_volume_that_is_too_big(openstack, new):
    assert "exceeds" in openstack.refused("volume create --size 100000", new("volume")).lower()
