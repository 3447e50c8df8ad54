"""Volumes in servers: attach, show, swap, detach."""

import pytest

from minova import exception
from minova.db import engine, instances
from minova.virt import fake

IMAGE = "70a599e0-31e7-49b7-b260-868f441e862b"
UNKNOWN = "a26887c6-c47b-4654-abb5-dfadf7d3f803"


@pytest.fixture
def server(client) -> str:
    answer = client.post("/servers", {"server": {"name": "s", "imageRef": IMAGE, "flavorRef": "1"}})
    assert answer.status == 202, answer.text
    return answer.json["server"]["id"]


def volume(client, size=1) -> str:
    return client.post("/os-volumes", {"volume": {"size": size}}).json["volume"]["id"]


def status(client, volume_id: str) -> str:
    return client.get(f"/os-volumes/{volume_id}").json["volume"]["status"]


def attach(client, server: str, volume_id: str, device=None, **kwargs):
    return client.post(f"/servers/{server}/os-volume_attachments", {
        "volumeAttachment": {"volumeId": volume_id, "device": device}}, **kwargs)


def attached(client, server: str) -> list:
    return client.get(f"/servers/{server}").json["server"][
        "os-extended-volumes:volumes_attached"]


def set_state(server: str, **values) -> None:
    with engine.writer() as conn:
        assert instances.update(conn, server, values)


def test_attach_show_detach(client, server):
    volume_id = volume(client)
    url = f"/servers/{server}/os-volume_attachments"
    before = client.get(f"/servers/{server}").json["server"]["updated"]
    answer = attach(client, server, volume_id)
    assert answer.status == 200
    view = {"id": volume_id, "volumeId": volume_id, "serverId": server, "device": "/dev/sdb"}
    assert answer.json == {"volumeAttachment": view}
    assert client.get(url).json == {"volumeAttachments": [view]}
    assert client.get(f"{url}/{volume_id}").json == {"volumeAttachment": view}
    shown = client.get(f"/os-volumes/{volume_id}").json["volume"]
    assert (shown["status"], shown["attachments"]) == ("in-use", [view])
    assert attached(client, server) == [{"id": volume_id}]
    detail = client.get("/servers/detail").json["servers"][0]
    assert detail["os-extended-volumes:volumes_attached"] == [{"id": volume_id}]
    assert detail["updated"] == before
    for version, volumes in (("2.2", [{"id": volume_id}]),
                             ("2.3", [{"id": volume_id, "delete_on_termination": False}])):
        shown = client.get(f"/servers/{server}", version=version).json["server"]
        assert shown["os-extended-volumes:volumes_attached"] == volumes
    answer = client.delete(f"/os-volumes/{volume_id}")
    assert (answer.status, status(client, volume_id)) == (400, "in-use")
    assert client.delete(f"{url}/{volume_id}").status == 202
    assert client.get(url).json == {"volumeAttachments": []}
    assert status(client, volume_id) == "available"
    assert attached(client, server) == []


def test_devices_are_named_one_after_the_other(client, server):
    ids = [volume(client) for _ in range(3)]
    assert attach(client, server, ids[0], "/dev/vdc").json["volumeAttachment"][
        "device"] == "/dev/sdc"
    assert attach(client, server, ids[1]).json["volumeAttachment"]["device"] == "/dev/sdb"
    answer = attach(client, server, ids[2], "/dev/vdb")
    assert (answer.status, answer.message) == (
        409, "The supplied device path (/dev/vdb) is in use.")
    assert status(client, ids[2]) == "available"
    url = f"/servers/{server}/os-volume_attachments"
    assert len(client.get(url).json["volumeAttachments"]) == 2
    assert len(client.get(f"{url}?limit=2").json["volumeAttachments"]) == 1


def test_no_volume_is_attached_twice(client, server):
    volume_id = volume(client)
    assert attach(client, server, volume_id).status == 200
    other = client.post("/servers", {"server": {
        "name": "t", "imageRef": IMAGE, "flavorRef": "1"}}).json["server"]["id"]
    for target in (server, other):
        answer = attach(client, target, volume_id)
        assert (answer.status, answer.message) == (
            400, f"Invalid volume: volume '{volume_id}' status must be 'available'. Currently in "
                 "'in-use'")
    assert attached(client, other) == []
    answer = client.delete(f"/servers/{other}/os-volume_attachments/{volume_id}")
    assert (answer.status, answer.message) == (404, f"volume_id not found: {volume_id}")


def test_unknown_volumes(client, server):
    url = f"/servers/{server}/os-volume_attachments"
    answer = attach(client, server, UNKNOWN)
    assert (answer.status, answer.message) == (404, f"Volume {UNKNOWN} could not be found.")
    assert client.get(f"{url}/{UNKNOWN}").message == f"volume_id not found: {UNKNOWN}"
    for answer in (client.delete(f"{url}/{UNKNOWN}"),
                   client.put(f"{url}/{UNKNOWN}", {"volumeAttachment": {"volumeId": UNKNOWN}})):
        assert (answer.status, answer.message) == (404, f"Volume {UNKNOWN} could not be found.")


def test_swap(client, server):
    old, new, small = volume(client, 2), volume(client, 3), volume(client, 1)
    attach(client, server, old)
    url = f"/servers/{server}/os-volume_attachments"
    answer = client.put(f"{url}/{old}", {"volumeAttachment": {"volumeId": small}})
    assert (answer.status, answer.message) == (
        400, "Invalid volume: New volume must be the same size or larger.")
    answer = client.put(f"{url}/{new}", {"volumeAttachment": {"volumeId": small}})
    assert (answer.status, answer.message) == (
        404, "The volume was either invalid or not attached to the instance.")
    assert client.put(f"{url}/{old}", {"volumeAttachment": {"volumeId": new}}).status == 202
    assert [status(client, v) for v in (old, new, small)] == ["available", "in-use", "available"]
    assert client.get(f"{url}/{new}").json["volumeAttachment"]["device"] == "/dev/sdb"
    assert attached(client, server) == [{"id": new}]


def test_members_swap_too(client, server):
    old, new = volume(client), volume(client)
    attach(client, server, old)
    url = f"/servers/{server}/os-volume_attachments"
    answer = client.put(f"{url}/{old}", {"volumeAttachment": {"volumeId": new}}, user="demo",
                        project="admin")
    assert answer.status == 202, answer.text
    assert client.get(url).json["volumeAttachments"][0]["id"] == new


def test_states(client, server):
    url = f"/servers/{server}/os-volume_attachments"
    volume_id, inside = volume(client), volume(client)
    attach(client, server, inside)
    set_state(server, vm_state="rescued")
    for answer, method in (
            (attach(client, server, volume_id), "attach_volume"),
            (client.delete(f"{url}/{inside}"), "detach_volume"),
            (client.put(f"{url}/{inside}", {"volumeAttachment": {"volumeId": volume_id}}),
             "swap_volume")):
        assert (answer.status, answer.message) == (
            409, f"Cannot '{method}' instance {server} while it is in vm_state rescued")
    set_state(server, vm_state="stopped", task_state="powering-on")
    assert attach(client, server, volume_id).message.endswith("task_state powering-on")
    assert (status(client, volume_id), status(client, inside)) == ("available", "in-use")
    set_state(server, task_state=None)
    assert attach(client, server, volume_id).status == 200


def test_of_a_suspended_server_volumes_are_only_swapped(client, server):
    url = f"/servers/{server}/os-volume_attachments"
    volume_id, inside = volume(client), volume(client)
    attach(client, server, inside)
    set_state(server, vm_state="suspended")
    for answer, method in ((attach(client, server, volume_id), "attach_volume"),
                           (client.delete(f"{url}/{inside}"), "detach_volume")):
        assert (answer.status, answer.message) == (
            409, f"Cannot '{method}' instance {server} while it is in vm_state suspended")
    assert client.put(f"{url}/{inside}", {"volumeAttachment": {"volumeId": volume_id}}).status == 202


def test_a_lock_holds_for_members(client, server):
    volume_id = volume(client)
    set_state(server, locked=True, locked_by="owner")
    answer = attach(client, server, volume_id, user="demo", project="admin")
    assert (answer.status, answer.message) == (409, f"Instance {server} is locked")
    assert attach(client, server, volume_id).status == 200


def test_other_projects_see_nothing(client, server):
    theirs = client.post("/os-volumes", {"volume": {"size": 1}}, user="demo",
                         project="q").json["volume"]["id"]
    answer = attach(client, server, theirs, user="demo", project="q")
    assert (answer.status, answer.message) == (404, f"Instance {server} could not be found.")
    answer = attach(client, server, theirs, user="demo", project="admin")
    assert (answer.status, answer.message) == (404, f"Volume {theirs} could not be found.")


def test_a_server_that_goes_gives_its_volumes_back(client, server):
    volume_id = volume(client)
    attach(client, server, volume_id)
    assert client.delete(f"/servers/{server}").status == 204
    shown = client.get(f"/os-volumes/{volume_id}").json["volume"]
    assert (shown["status"], shown["attachments"]) == ("available", [{}])


def refuse(*args):
    raise exception.VirtError(reason="no")


def test_a_hypervisor_that_refuses_leaves_all_as_it_was(client, server, monkeypatch):
    inside, outside = volume(client), volume(client)
    attach(client, server, inside)
    for method in ("attach_volume", "detach_volume", "swap_volume"):
        monkeypatch.setattr(fake.FakeDriver, method, refuse)
    url = f"/servers/{server}/os-volume_attachments"
    for answer in (attach(client, server, outside), client.delete(f"{url}/{inside}"),
                   client.put(f"{url}/{inside}", {"volumeAttachment": {"volumeId": outside}})):
        assert answer.status in (200, 202)
        assert (status(client, inside), status(client, outside)) == ("in-use", "available")
        assert attached(client, server) == [{"id": inside}]
    assert client.get(f"/servers/{server}").json["server"]["status"] == "ACTIVE"
