"""os-volumes and os-snapshots."""

import re

import pytest


def create(client, size=1, **values):
    return client.post("/os-volumes", {"volume": {"size": size, **values}})


def test_volume(client):
    answer = create(client, "2", display_name="n", display_description="d", volume_type="fast",
                    metadata={"k": "v"}, availability_zone="z")
    assert answer.status == 200
    volume = answer.json["volume"]
    assert answer.headers["Location"].endswith(f"/os-volumes/{volume['id']}")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}", volume["createdAt"])
    assert {k: v for k, v in volume.items() if k not in ("id", "createdAt")} == {
        "status": "creating", "size": 2, "displayName": "n", "displayDescription": "d",
        "volumeType": "fast", "metadata": {"k": "v"}, "availabilityZone": "z",
        "attachments": [{}], "snapshotId": None}
    shown = client.get(f"/os-volumes/{volume['id']}").json
    assert shown == {"volume": volume | {"status": "available"}}
    for path in ("/os-volumes", "/os-volumes/detail"):
        assert client.get(path).json == {"volumes": [shown["volume"]]}
    assert client.delete(f"/os-volumes/{volume['id']}").status == 202
    answer = client.get(f"/os-volumes/{volume['id']}")
    assert (answer.status, answer.message) == (
        404, f"Volume {volume['id']} could not be found.")
    assert client.delete(f"/os-volumes/{volume['id']}").status == 404


def test_pages(client):
    ids = [create(client).json["volume"]["id"] for _ in range(4)]
    page = client.get("/os-volumes?limit=2&offset=1").json["volumes"]
    assert [volume["id"] for volume in page] == [ids[2], ids[1]]
    assert len(client.get("/os-volumes?limit=0").json["volumes"]) == 4
    answer = client.get("/os-volumes?offset=-1")
    assert (answer.status, answer.message) == (
        400, "Invalid input received: offset must be >= 0")


@pytest.mark.parametrize("body, message", [
    ({}, "'volume' is a required property"),
    ({"volume": {}}, "Invalid input for field/attribute volume. Value: {}. "
                     "'size' is a required property"),
    ({"volume": {"size": 0}}, "Invalid input for field/attribute size. Value: 0. "
                              "0 is less than the minimum of 1"),
    ({"volume": {"size": "x"}}, "Invalid input for field/attribute size. Value: x. "
                                "'x' does not match '^[0-9]+$'"),
    ({"volume": {"size": 1, "metadata": []}}, "Invalid input for field/attribute metadata. "
                                              "Value: []. [] is not of type 'object'"),
    ({"volume": {"size": 2 ** 31}}, "Invalid input received: Volume size 2147483648 is too large"),
    ({"volume": {"size": 1, "display_name": "n" * 256}},
     "Invalid input received: display_name has 256 characters, more than 255."),
])
def test_bad_volumes(client, body, message):
    answer = client.post("/os-volumes", body)
    assert (answer.status, answer.message) == (400, message)


def test_snapshots(client):
    volume_id = create(client, 3).json["volume"]["id"]
    answer = client.post("/os-snapshots", {"snapshot": {
        "volume_id": volume_id, "display_name": "s", "force": "True"}})
    assert answer.status == 200
    snapshot = answer.json["snapshot"]
    assert {k: v for k, v in snapshot.items() if k not in ("id", "createdAt")} == {
        "volumeId": volume_id, "status": "creating", "size": 3, "displayName": "s",
        "displayDescription": None}
    shown = snapshot | {"status": "available"}
    assert client.get(f"/os-snapshots/{snapshot['id']}").json == {"snapshot": shown}
    for path in ("/os-snapshots", "/os-snapshots/detail"):
        assert client.get(path).json == {"snapshots": [shown]}
    answer = client.delete(f"/os-volumes/{volume_id}")
    assert (answer.status, answer.message) == (
        400, "Invalid input received: Invalid volume: Volume still has 1 dependent snapshots.")
    copy = create(client, 3, snapshot_id=snapshot["id"]).json["volume"]
    assert copy["snapshotId"] == snapshot["id"]
    assert client.delete(f"/os-snapshots/{snapshot['id']}").status == 202
    answer = client.get(f"/os-snapshots/{snapshot['id']}")
    assert (answer.status, answer.message) == (
        404, f"Snapshot {snapshot['id']} could not be found.")
    assert client.delete(f"/os-snapshots/{snapshot['id']}").status == 404


def test_what_they_are_made_of_must_be_there(client):
    answer = create(client, 1, snapshot_id="nosuch")
    assert (answer.status, answer.message) == (404, "Snapshot nosuch could not be found.")
    answer = client.post("/os-snapshots", {"snapshot": {"volume_id": "nosuch"}})
    assert (answer.status, answer.message) == (404, "Volume nosuch could not be found.")


def test_projects_do_not_see_one_another(client):
    volume_id = create(client).json["volume"]["id"]
    assert client.get("/os-volumes", user="demo", project="q").json == {"volumes": []}
    for method in ("GET", "DELETE"):
        assert client.request(method, f"/os-volumes/{volume_id}", user="demo",
                              project="q").status == 404
    assert client.get(f"/os-volumes/{volume_id}", user="demo", project="admin").status == 200
    assert client.get(f"/os-volumes/{volume_id}", user="admin", project="q").status == 200
