"""Attachments of the volume API, and volumes that the compute API has attached."""

import pytest

from minova.db.counting import count_statements
from tests.functional.api.volume.conftest import at
from tests.functional.api.volume.test_volumes import SERVER, UNKNOWN, act, fault, show

NEW = at("3.54")
CONNECTOR = {"host": "compute7", "mountpoint": "/dev/vdb", "initiator": "iqn"}


def create(client, volume_id, **values):
    return client.post("/attachments", {"attachment": {
        "volume_uuid": volume_id, "instance_uuid": SERVER, **values}}, **NEW)


def test_reserved_then_attaching_then_attached(volumes, member, make):
    volume_id = make()
    answer = create(member, volume_id, mode="ro")
    assert answer.status == 200
    attachment = answer.json["attachment"]
    assert attachment == {
        "id": attachment["id"], "status": "reserved", "instance": SERVER, "volume_id": volume_id,
        "attached_at": "", "detached_at": "", "attach_mode": "ro", "connection_info": {}}
    path = f"/attachments/{attachment['id']}"
    assert (show(member, volume_id)["status"], show(member, volume_id)["attachments"]) == (
        "reserved", [])
    complete = f"{path}/action", {"os-complete": None}
    assert fault(member.post(*complete, **NEW))[:2] == (400, "badRequest")
    answer = member.put(path, {"attachment": {"connector": CONNECTOR}}, **NEW)
    assert (answer.status, answer.json["attachment"]["status"]) == (200, "attaching")
    assert answer.json["attachment"]["connection_info"]["volume_id"] == volume_id
    assert show(member, volume_id)["status"] == "attaching"
    # A volume that is on its way by an attachment is given back by that alone.
    act(member, volume_id, "os-unreserve")
    assert show(member, volume_id)["status"] == "attaching"
    for _ in range(2):
        answer = member.post(*complete, **NEW)
        assert (answer.status, answer.text) == (204, "")
    [of_volume] = show(volumes, volume_id)["attachments"]
    assert (of_volume["attachment_id"], of_volume["server_id"], of_volume["device"],
            of_volume["host_name"]) == (attachment["id"], SERVER, "/dev/vdb", "compute7")
    assert show(member, volume_id)["attachments"][0]["host_name"] is None
    shown = member.get(path, **NEW).json["attachment"]
    assert (shown["status"], bool(shown["attached_at"])) == ("attached", True)
    assert member.get("/attachments", **NEW).json == {"attachments": [
        {key: shown[key] for key in ("id", "status", "instance", "volume_id")}]}
    assert member.get("/attachments/detail", **NEW).json == {"attachments": [shown]}
    answer = member.delete(path, **NEW)
    assert (answer.status, answer.json) == (200, {"attachments": []})
    assert show(member, volume_id)["status"] == "available"
    assert fault(member.get(path, **NEW)) == (
        404, "itemNotFound", "Volume attachment could not be found with filter: attachment_id = "
                             f"{attachment['id']}.")


def test_with_a_connector_at_once(member, make):
    answer = create(member, make(), connector=CONNECTOR)
    assert answer.json["attachment"]["status"] == "attaching"
    assert answer.json["attachment"]["attach_mode"] == "rw"


def test_what_is_taken_is_not_to_be_had(member, make):
    volume_id = make()
    assert create(member, volume_id).status == 200
    assert fault(create(member, volume_id)) == (
        400, "badRequest", f"Invalid volume: Volume {volume_id} status must be available to reserve, "
                           "but the current status is reserved.")
    assert fault(create(member, UNKNOWN))[:2] == (404, "itemNotFound")
    assert create(member, make(), instance_uuid="x").status == 400


def test_projects_do_not_see_one_another(volumes, member, stranger, make):
    volume_id = make()
    assert create(stranger, volume_id).status == 404
    path = f"/attachments/{create(member, volume_id).json['attachment']['id']}"
    assert stranger.get("/attachments?all_tenants=1", **NEW).json == {"attachments": []}
    for method, url, body in (
            ("GET", path, None), ("DELETE", path, None),
            ("PUT", path, {"attachment": {"connector": CONNECTOR}}),
            ("POST", f"{path}/action", {"os-complete": None})):
        assert stranger.request(method, url, body, **NEW).status == 404
    assert volumes.get(path, **NEW).json["attachment"]["status"] == "reserved"
    assert volumes.get("/attachments", **NEW).json == {"attachments": []}
    assert len(volumes.get("/attachments?all_tenants=1", **NEW).json["attachments"]) == 1


def test_lists(member, make):
    ids = {volume_id: create(member, volume_id).json["attachment"]["id"]
           for volume_id in (make(), make(), make())}
    first, *_ = ids
    make()

    def listed(query=""):
        with count_statements() as counted:
            answer = member.get(f"/attachments/detail?{query}", **NEW)
        return [each["id"] for each in answer.json["attachments"]], counted.count
    newest_first = list(ids.values())[::-1]
    assert listed() == (newest_first, 1)
    assert listed(f"volume_id={first}") == ([ids[first]], 1)
    assert listed("status=attached") == ([], 1)
    assert listed(f"instance_id={SERVER}")[0] == newest_first
    assert listed(f"limit=1&marker={newest_first[0]}")[0] == [newest_first[1]]
    assert member.get("/attachments?limit=1", **NEW).json["attachments_links"][0]["href"].endswith(
        f"marker={newest_first[0]}")
    assert member.get(f"/attachments?marker={UNKNOWN}", **NEW).status == 404


@pytest.mark.parametrize("version, path, method", [
    ("3.26", "/attachments", "GET"), ("3.43", "/attachments/x/action", "POST")])
def test_not_before_their_version(member, version, path, method):
    assert fault(member.request(method, path, {"os-complete": None} if method == "POST" else None,
                                **at(version))) == (
        404, "itemNotFound", f"API version {version} is not supported on this method.")


# ---- with the compute API

@pytest.fixture
def server(client, volumes) -> str:
    return client.boot()["id"]


def test_what_the_compute_api_attaches(client, volumes, make, server):
    volume_id = make(client=volumes)
    answer = client.post(f"/servers/{server}/os-volume_attachments", {
        "volumeAttachment": {"volumeId": volume_id}})
    assert answer.status == 200
    shown = show(volumes, volume_id)
    [attachment] = shown["attachments"]
    assert (shown["status"], attachment["server_id"], attachment["device"]) == (
        "in-use", server, "/dev/sdb")
    path = f"/attachments/{attachment['attachment_id']}"
    assert volumes.get(path, **NEW).json["attachment"]["instance"] == server
    assert fault(volumes.delete(f"/volumes/{volume_id}"))[:2] == (400, "badRequest")
    refused = (409, "conflictingRequest",
               f"Detach volume from instance {server} using the Compute API")
    assert fault(volumes.delete(path, **NEW)) == refused
    for action in ("os-detach", "os-force_detach"):
        assert fault(act(volumes, volume_id, action)) == refused
    assert client.delete(f"/servers/{server}/os-volume_attachments/{volume_id}").status == 202
    assert (show(volumes, volume_id)["status"], show(volumes, volume_id)["attachments"]) == (
        "available", [])
    assert volumes.get(path, **NEW).status == 404


def test_a_server_that_goes_lets_go(client, volumes, make, server):
    volume_id = make(client=volumes)
    client.post(f"/servers/{server}/os-volume_attachments", {
        "volumeAttachment": {"volumeId": volume_id}})
    assert client.delete(f"/servers/{server}").status == 204
    assert show(volumes, volume_id)["status"] == "available"
    assert volumes.get("/attachments", **NEW).json == {"attachments": []}
