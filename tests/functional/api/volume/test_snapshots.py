"""Snapshots of the volume API."""

import pytest

from minova.db.counting import count_statements
from tests.functional.api.volume.conftest import at
from tests.functional.api.volume.test_volumes import UNKNOWN, act, fault


@pytest.fixture
def snapshot(member, make):
    """Create a snapshot; its id."""
    def snapshot(volume_id: str | None = None, **values) -> str:
        answer = member.post("/snapshots", {"snapshot": {
            "volume_id": volume_id or make(2), **values}})
        assert answer.status == 202, answer.text
        return answer.json["snapshot"]["id"]
    return snapshot


def test_a_snapshot(member, make):
    volume_id = make(2)
    answer = member.post("/snapshots", {"snapshot": {
        "volume_id": volume_id, "name": "n", "description": "d", "metadata": {"k": "v"}}})
    assert answer.status == 202
    made = answer.json["snapshot"]
    assert {k: v for k, v in made.items() if k not in ("id", "created_at")} == {
        "name": "n", "description": "d", "updated_at": None, "status": "creating",
        "volume_id": volume_id, "size": 2, "metadata": {"k": "v"}}
    path = f"/snapshots/{made['id']}"
    shown = member.get(path).json["snapshot"]
    assert shown == made | {
        "status": "available", "os-extended-snapshot-attributes:project_id": "p",
        "os-extended-snapshot-attributes:progress": "100%"}
    assert member.get("/snapshots/detail").json == {"snapshots": [shown]}
    assert member.get("/snapshots").json == {"snapshots": [made | {"status": "available"}]}
    new = member.get(path, **at("3.67")).json["snapshot"]
    assert {k: new[k] for k in set(new) - set(shown)} == {
        "group_snapshot_id": None, "user_id": "demo", "consumes_quota": True}
    assert member.put(path, {"snapshot": {"name": "m"}}).json["snapshot"]["name"] == "m"
    answer = member.delete(path)
    assert (answer.status, answer.text) == (202, "")
    assert fault(member.get(path)) == (
        404, "itemNotFound", f"Snapshot {made['id']} could not be found.")


def test_a_snapshot_of_nothing(member):
    assert fault(member.post("/snapshots", {"snapshot": {"volume_id": None}})) == (
        404, "itemNotFound", "Volume None could not be found.")


def test_projects_do_not_see_one_another(volumes, stranger, snapshot):
    path = f"/snapshots/{snapshot()}"
    before = volumes.get(path).json
    assert stranger.get("/snapshots?all_tenants=1").json == {"snapshots": []}
    for method, url, body in (
            ("GET", path, None), ("DELETE", path, None), ("PUT", path, {"snapshot": {"name": "x"}}),
            ("GET", f"{path}/metadata", None), ("POST", f"{path}/metadata", {"metadata": {"a": "b"}}),
            ("PUT", f"{path}/metadata", {"metadata": {"a": "b"}}),
            ("PUT", f"{path}/metadata/a", {"meta": {"a": "b"}}), ("DELETE", f"{path}/metadata/a", None),
            ("POST", "/volumes", {"volume": {"snapshot_id": path.rpartition("/")[2]}}),
            ("POST", f"{path}/action", {"os-update_snapshot_status": {"status": "error"}})):
        assert stranger.request(method, url, body).status == 404, (method, url)
    for action, arguments in (("os-reset_status", {"status": "error"}), ("os-force_delete", None)):
        assert stranger.post(f"{path}/action", {action: arguments}).status == 403
    assert volumes.get(path).json == before
    assert volumes.get("/snapshots").json == {"snapshots": []}
    assert len(volumes.get("/snapshots?all_tenants=1").json["snapshots"]) == 1


def test_what_may_be_taken_of_a_volume_in_use(member, make, snapshot):
    volume_id = make()
    act(member, volume_id, "os-attach", {"host_name": "h", "mountpoint": "/dev/vdb"})
    body = {"snapshot": {"volume_id": volume_id}}
    assert fault(member.post("/snapshots", body)) == (
        400, "badRequest", "Invalid volume: Volume must be available, but its status is: in-use")
    assert snapshot(volume_id, force=True)
    assert member.post("/snapshots", body, **at("3.66")).status == 202
    body["snapshot"]["force"] = False
    assert member.post("/snapshots", body, **at("3.66")).status == 400


def test_lists(member, make, snapshot):
    one, other = make(), make(3)
    ids = [snapshot(one, name="b"), snapshot(one, name="a"), snapshot(other, name="c")]

    def listed(query):
        return [each["id"] for each in member.get(
            f"/snapshots?{query}", **at("3.67")).json["snapshots"]]
    assert listed(f"volume_id={one}") == [ids[1], ids[0]]
    assert listed("sort=name:asc") == [ids[1], ids[0], ids[2]]
    assert listed("name=c") == [ids[2]]
    assert listed(f"limit=1&marker={ids[2]}") == [ids[1]]
    answer = member.get("/snapshots?limit=2&with_count=true", **at("3.45")).json
    assert answer["count"] == 3
    assert answer["snapshots_links"][0]["href"].endswith(f"marker={ids[1]}")
    assert member.get(f"/snapshots?marker={UNKNOWN}").status == 404


def test_what_a_list_costs(member, make, snapshot):
    volume_id, costs = make(), []
    for count in (1, 5):
        for _ in range(count):
            snapshot(volume_id)
        with count_statements() as counted:
            member.get("/snapshots/detail")
        costs.append(counted.count)
    assert costs == [1, 1]


def test_metadata(member, snapshot):
    path = f"/snapshots/{snapshot(metadata={'a': '1'})}/metadata"
    assert member.post(path, {"metadata": {"b": "2"}}).json == {"metadata": {"a": "1", "b": "2"}}
    assert member.put(path, {"metadata": {"c": "3"}}).json == {"metadata": {"c": "3"}}
    assert member.put(f"{path}/d", {"meta": {"d": "4"}}).json == {"meta": {"d": "4"}}
    assert member.get(f"{path}/d").json == {"meta": {"d": "4"}}
    assert member.delete(f"{path}/d").status == 200
    assert member.get(path).json == {"metadata": {"c": "3"}}
    assert fault(member.delete(f"{path}/d"))[:2] == (404, "itemNotFound")


def test_status(volumes, member, snapshot):
    path = f"/snapshots/{snapshot()}"
    assert member.post(f"{path}/action", {"os-update_snapshot_status": {
        "status": "creating", "progress": "50%"}}).status == 202
    shown = member.get(path).json["snapshot"]
    assert (shown["status"], shown["os-extended-snapshot-attributes:progress"]) == (
        "creating", "50%")
    assert fault(member.delete(path)) == (
        400, "badRequest", "Invalid snapshot: Volume Snapshot status must be available or error, but "
                           "current status is: creating")
    assert volumes.post(f"{path}/action", {"os-reset_status": {"status": "error"}}).status == 202
    answer = member.post("/volumes", {"volume": {"snapshot_id": path.rpartition("/")[2]}})
    assert fault(answer)[2] == ("Invalid snapshot: Originating snapshot status must be one of "
                                "'available' values")
    volumes.post(f"{path}/action", {"os-reset_status": {"status": "creating"}})
    assert volumes.post(f"{path}/action", {"os-force_delete": None}).status == 202
    assert member.get(path).status == 404
