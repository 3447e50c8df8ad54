"""Quotas of volumes: counted exactly, for both APIs."""

import pytest

from minova.db import engine
from minova.db.counting import count_statements
from tests.functional.api.volume.test_volumes import act, fault


@pytest.fixture
def limit(volumes):
    """Set limits of the project p."""
    def limit(**limits):
        answer = volumes.put("/os-quota-sets/p", {"quota_set": limits})
        assert answer.status == 200, answer.text
    return limit


def used(client) -> dict:
    quotas = client.get("/os-quota-sets/p?usage=True").json["quota_set"]
    return {key: quotas[key]["in_use"] for key in ("volumes", "snapshots", "gigabytes")}


def test_quota_sets(volumes, member, limit):
    defaults = {"volumes": 10, "snapshots": 10, "gigabytes": 1000, "per_volume_gigabytes": -1,
                "backups": 10, "backup_gigabytes": 1000, "groups": 10}
    for path in ("/os-quota-sets/p", "/os-quota-sets/p/defaults"):
        assert member.get(path).json == {"quota_set": {"id": "p", **defaults}}
    assert volumes.get("/os-quota-class-sets/default").json == {
        "quota_class_set": {"id": "default", **defaults}}
    answer = volumes.put("/os-quota-class-sets/default", {"quota_class_set": {"gigabytes": 7}})
    assert answer.json == {"quota_class_set": defaults | {"gigabytes": 7}}
    limit(volumes=3)
    assert member.get("/os-quota-sets/p").json["quota_set"] == {
        "id": "p", **defaults, "volumes": 3, "gigabytes": 7}
    assert member.get("/os-quota-sets/p?usage=True").json["quota_set"]["volumes"] == {
        "limit": 3, "in_use": 0, "reserved": 0, "allocated": 0}
    assert volumes.delete("/os-quota-sets/p").status == 200
    assert member.get("/os-quota-sets/p").json["quota_set"]["volumes"] == 10
    assert volumes.put("/os-quota-sets/p", {"quota_set": {"nosuch": 1}}).status == 400


def test_limits_of_what_there_is_none_of(volumes, member, limit):
    limit(backups=3, backup_gigabytes=-1, groups=0)
    assert member.get("/os-quota-sets/p?usage=True").json["quota_set"]["backups"] == {
        "limit": 3, "in_use": 0, "reserved": 0, "allocated": 0}
    assert member.get("/limits").json["limits"]["absolute"]["maxTotalBackups"] == 3
    assert volumes.delete("/os-quota-sets/p").status == 200
    assert member.get("/os-quota-sets/p").json["quota_set"]["backups"] == 10


def test_who_may(member):
    assert member.get("/os-quota-sets/q").status == 403
    assert member.put("/os-quota-sets/p", {"quota_set": {"volumes": 99}}).status == 403
    assert member.delete("/os-quota-sets/p").status == 403
    assert member.get("/os-quota-class-sets/default").status == 403


def test_validation_if_it_is_wanted(volumes, make, limit):
    make(2)
    answer = volumes.put("/os-quota-sets/p?skip_validation=false", {"quota_set": {"gigabytes": 1}})
    assert fault(answer)[2] == (
        "Invalid input received: Quota gigabytes limit must be equal or greater than existing "
        "resources. Current usage is 2 and the requested limit is 1.")
    limit(gigabytes=1)


def test_limits(volumes, member, make):
    make(3)
    absolute = {"maxTotalVolumes": 10, "maxTotalSnapshots": 10, "maxTotalVolumeGigabytes": 1000,
                "totalVolumesUsed": 1, "totalSnapshotsUsed": 0, "totalGigabytesUsed": 3,
                "maxTotalBackups": 10, "maxTotalBackupGigabytes": 1000, "totalBackupsUsed": 0,
                "totalBackupGigabytesUsed": 0}
    for answer in (member.get("/limits"), volumes.get("/limits?project_id=p")):
        assert answer.json == {"limits": {"rate": [], "absolute": absolute}}
    assert volumes.get("/limits").json["limits"]["absolute"]["totalVolumesUsed"] == 0


def test_what_is_counted(volumes, member, make):
    volume_id = make(2)
    snapshot = member.post("/snapshots", {"snapshot": {"volume_id": volume_id}}).json["snapshot"]
    assert used(volumes) == {"volumes": 1, "snapshots": 1, "gigabytes": 4}
    act(member, volume_id, "os-extend", {"new_size": 5})
    assert used(volumes) == {"volumes": 1, "snapshots": 1, "gigabytes": 7}
    # Whoever deletes, it is the owner who has room again.
    volumes.delete(f"/snapshots/{snapshot['id']}")
    assert used(volumes) == {"volumes": 1, "snapshots": 0, "gigabytes": 5}
    member.post("/snapshots", {"snapshot": {"volume_id": volume_id}})
    volumes.delete(f"/volumes/{volume_id}?cascade=true")
    assert used(volumes) == {"volumes": 0, "snapshots": 0, "gigabytes": 0}


def over(answer, message: str) -> None:
    assert fault(answer) == (413, "overLimit", message)
    assert answer.headers["Retry-After"] == "0"


def test_over_the_limit(member, make, limit):
    limit(volumes=2, snapshots=1, gigabytes=10, per_volume_gigabytes=6)
    volume_id = make(4)
    body = {"snapshot": {"volume_id": volume_id}}
    assert member.post("/snapshots", body).status == 202
    over(member.post("/volumes", {"volume": {"size": 7}}),
         "Requested volume size 7G is larger than maximum allowed limit 6G.")
    over(member.post("/volumes", {"volume": {"size": 3}}),
         "Requested volume or snapshot exceeds allowed gigabytes quota. Requested 3G, quota is 10G "
         "and 8G has been consumed.")
    over(act(member, volume_id, "os-extend", {"new_size": 7}),
         "Requested volume size 7G is larger than maximum allowed limit 6G.")
    make(1)
    over(act(member, volume_id, "os-extend", {"new_size": 6}),
         "Requested volume or snapshot exceeds allowed gigabytes quota. Requested 2G, quota is 10G "
         "and 9G has been consumed.")
    over(member.post("/volumes", {"volume": {"size": 1}}),
         "Maximum number of volumes allowed (2) exceeded for quota 'volumes'.")
    limit(gigabytes=-1)
    over(member.post("/snapshots", body), "Maximum number of snapshots allowed (1) exceeded")
    listed = member.get("/volumes/detail").json["volumes"]
    assert [each["size"] for each in listed] == [1, 4]


def test_it_holds_for_the_compute_api_too(client, volumes, limit):
    limit(volumes=1, snapshots=0)
    as_p = client.as_user("demo", "p")
    body = {"volume": {"size": 1}}
    volume_id = as_p.post("/os-volumes", body).json["volume"]["id"]
    for path, refused in (("/os-volumes", body), ("/os-snapshots", {
            "snapshot": {"volume_id": volume_id}})):
        answer = as_p.post(path, refused)
        assert (answer.status, list(answer.json), answer.message) == (
            403, ["forbidden"], "Quota exceeded for resources: volumes")
    assert used(volumes) == {"volumes": 1, "snapshots": 0, "gigabytes": 1}
    assert as_p.delete(f"/os-volumes/{volume_id}").status == 202
    assert used(volumes) == {"volumes": 0, "snapshots": 0, "gigabytes": 0}


def test_a_server_whose_volume_has_no_room(client, volumes, limit):
    limit(volumes=0)
    as_p = client.as_user("demo", "p")
    image = client.get("/images").json["images"][0]["id"]
    answer = as_p.post("/servers", {"server": {
        "name": "s", "flavorRef": "1", "block_device_mapping_v2": [{
            "boot_index": 0, "uuid": image, "source_type": "image", "destination_type": "volume",
            "volume_size": 1}]}})
    assert answer.status == 202, answer.text
    server = as_p.get(f"/servers/{answer.json['server']['id']}").json["server"]
    assert server["status"] == "ERROR"
    assert used(volumes) == {"volumes": 0, "snapshots": 0, "gigabytes": 0}


def test_the_quotas_of_the_compute_api_are_others(client, volumes, limit):
    limit(volumes=3)
    assert client.delete("/os-quota-sets/p").status == 202
    assert volumes.get("/os-quota-sets/p").json["quota_set"]["volumes"] == 3
    assert not {"volumes", "snapshots", "gigabytes"} & set(
        client.get("/os-quota-sets/p").json["quota_set"])


def test_a_create_costs_the_same_whatever_is_there(member, make):
    costs = []
    for _ in range(3):
        make()
        with count_statements() as counted:
            make()
        costs.append(counted.count)
    # the type; then in one transaction: the type held, the volume, limits, usage held, usage
    assert costs == [6, 6, 6]
    assert not engine.in_transaction()
