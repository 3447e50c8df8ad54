"""Whatever volumes a project has, they are not seen or changed by another one."""

import pytest

from minova.api.volume.app import VolumeV3
from minova.api.volume.attachments import Attachments
from minova.api.volume.snapshots import SnapshotActions
from minova.api.volume.volume_actions import VolumeActions
from tests.functional import strangers
from tests.functional.api.volume.conftest import at

SERVER = "5e000000-0000-4000-8000-000000000001"
CONNECTOR = {"connector": {"host": "theirs"}}
VOLUME_ACTIONS = {
    "os-reserve": {}, "os-unreserve": {}, "os-begin_detaching": {}, "os-roll_detaching": {},
    "os-attach": {"instance_uuid": SERVER, "mountpoint": "/dev/vdb"}, "os-detach": {}, "os-force_detach": {},
    "os-extend": {"new_size": 9}, "os-retype": {"new_type": "__DEFAULT__"},
    "os-set_bootable": {"bootable": True}, "os-update_readonly_flag": {"readonly": True},
    "os-reset_status": {"status": "error"},
    "os-force_delete": {}, "os-show_image_metadata": {}, "os-set_image_metadata": {"metadata": {"a": "b"}},
    "os-unset_image_metadata": {"key": "a"}, "os-volume_upload_image": {"image_name": "theirs"}}
SNAPSHOT_ACTIONS = {"os-reset_status": {"status": "error"}, "os-update_snapshot_status": {"status": "error"},
                    "os-force_delete": {}}
ITEMS, ITEM = [{"metadata": {"k": "theirs"}}], [{"meta": {"k": "theirs"}}]
BODIES = {
    "PUT /attachments/{attachment_id}": [{"attachment": CONNECTOR}],
    "POST /attachments/{attachment_id}/action": [{"os-complete": {}}],
    "PUT /os-quota-sets/{target_id}": [{"quota_set": {"volumes": 1}}],
    "PUT /snapshots/{snapshot_id}": [{"snapshot": {"name": "theirs"}}],
    "POST /snapshots/{snapshot_id}/action": [{name: body} for name, body in SNAPSHOT_ACTIONS.items()],
    "POST /snapshots/{snapshot_id}/metadata": ITEMS, "PUT /snapshots/{snapshot_id}/metadata": ITEMS,
    "PUT /snapshots/{snapshot_id}/metadata/{key}": ITEM,
    "PUT /volumes/{volume_id}": [{"volume": {"name": "theirs"}}],
    "POST /volumes/{volume_id}/action": [{name: body} for name, body in VOLUME_ACTIONS.items()],
    "POST /volumes/{volume_id}/metadata": ITEMS, "PUT /volumes/{volume_id}/metadata": ITEMS,
    "PUT /volumes/{volume_id}/metadata/{key}": ITEM}
NOBODYS = {"types", "capabilities", "os-quota-class-sets"}


@pytest.fixture
def things(member, make):
    """{first part of a path: id} of a volume, a snapshot of it and an attachment."""
    volume_id = make(2, name="mine", metadata={"k": "v"})
    snapshot = member.post("/snapshots", {"snapshot": {
        "volume_id": volume_id, "name": "mine", "metadata": {"k": "v"}}}).json["snapshot"]
    attachment = member.post("/attachments", {"attachment": {
        "volume_uuid": make(1), "instance_uuid": SERVER}}, **at("3.67")).json["attachment"]
    return {"volumes": volume_id, "snapshots": snapshot["id"], "attachments": attachment["id"],
            "os-quota-sets": "p"}


def test_all_actions_are_tried(configured):
    assert set(VolumeActions()._actions) == set(VOLUME_ACTIONS)
    assert set(SnapshotActions()._actions) == set(SNAPSHOT_ACTIONS)
    assert set(Attachments()._actions) == {"os-complete"}


def test_strangers(member, stranger, things):
    def seen():
        return [member.get(f"/{name}/{thing_id}", **at("3.67")).json for name, thing_id in things.items()]

    before = seen()
    for method, path, body in strangers.attempts(VolumeV3, things, {"key": "k"}, BODIES, NOBODYS):
        answer = stranger.request(method, path, body, **at("3.67"))
        assert answer.status in (403, 404), (method, path, body, answer.text)
    for path in strangers.lists(VolumeV3):
        for query in ("", "?all_tenants=1", "?project_id=p"):
            text = stranger.get(path + query, **at("3.0")).text
            assert not [each for each in things.values() if each != "p" and each in text]
    assert seen() == before


def test_what_a_stranger_makes_cannot_be_of_what_is_not_theirs(stranger, things):
    volume_id, snapshot_id = things["volumes"], things["snapshots"]
    for path, body in (("/volumes", {"volume": {"size": 2, "source_volid": volume_id}}),
                       ("/volumes", {"volume": {"size": 2, "snapshot_id": snapshot_id}}),
                       ("/snapshots", {"snapshot": {"volume_id": volume_id, "force": True}}),
                       ("/attachments", {"attachment": {"volume_uuid": volume_id, "instance_uuid": SERVER}})):
        assert stranger.post(path, body, **at("3.54")).status == 404, body
