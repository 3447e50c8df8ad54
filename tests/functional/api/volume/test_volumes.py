"""Volumes of the volume API."""

import re

import pytest

from minova.db.counting import count_statements
from tests.functional.api.volume.conftest import at

IMAGE = "70a599e0-31e7-49b7-b260-868f441e862b"
UNKNOWN = "a26887c6-c47b-4654-abb5-dfadf7d3f803"
SERVER = "5e000000-0000-4000-8000-000000000001"


def fault(answer) -> tuple:
    [(name, values)] = answer.json.items()
    assert values["code"] == answer.status
    return answer.status, name, values["message"]


def act(client, volume_id, name, arguments=None, **kwargs):
    return client.post(f"/volumes/{volume_id}/action", {name: arguments}, **kwargs)


def show(client, volume_id, **kwargs) -> dict:
    return client.get(f"/volumes/{volume_id}", **kwargs).json["volume"]


def test_a_volume(member):
    answer = member.post("/volumes", {"volume": {
        "size": 2, "name": "n", "description": "d", "metadata": {"k": "v"}}})
    assert answer.status == 202
    volume = answer.json["volume"]
    assert volume["status"] == "creating"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}", volume["created_at"])
    shown = show(member, volume["id"])
    assert shown == volume | {"status": "available", "os-vol-tenant-attr:tenant_id": "p"}
    assert "os-vol-tenant-attr:tenant_id" not in volume
    assert {k: v for k, v in shown.items() if k not in ("id", "created_at", "links")} == {
        "status": "available", "size": 2, "availability_zone": "nova", "updated_at": None,
        "name": "n", "description": "d", "volume_type": "__DEFAULT__", "snapshot_id": None,
        "source_volid": None, "metadata": {"k": "v"}, "user_id": "demo", "bootable": "false",
        "encrypted": False, "replication_status": None, "consistencygroup_id": None,
        "multiattach": False, "attachments": [], "os-vol-tenant-attr:tenant_id": "p"}
    base = f"http://localhost/v3/p/volumes/{volume['id']}"
    assert shown["links"] == [{"rel": "self", "href": base},
                              {"rel": "bookmark", "href": base.replace("/v3", "")}]
    assert member.get("/volumes").json == {"volumes": [
        {"id": volume["id"], "name": "n", "links": shown["links"]}]}
    assert member.get("/volumes/detail").json == {"volumes": [shown]}
    changed = member.put(f"/volumes/{volume['id']}", {"volume": {
        "name": "m", "metadata": {"a": "b"}}})
    assert changed.status == 200
    assert (changed.json["volume"]["name"], changed.json["volume"]["description"],
            changed.json["volume"]["metadata"]) == ("m", "d", {"a": "b"})
    answer = member.delete(f"/volumes/{volume['id']}")
    assert (answer.status, answer.text) == (202, "")
    assert fault(member.get(f"/volumes/{volume['id']}")) == (
        404, "itemNotFound", f"Volume {volume['id']} could not be found.")


def test_what_versions_and_administrators_see_more(volumes, member, make):
    volume_id = make()
    old, new = show(member, volume_id), show(member, volume_id, **at("3.67"))
    assert set(new) - set(old) == {"group_id", "service_uuid", "shared_targets", "volume_type_id",
                                   "consumes_quota"}
    default = member.get("/types/default").json["volume_type"]["id"]
    assert new["volume_type_id"] == default
    seen = show(volumes, volume_id, **at("3.67"))
    assert set(seen) - set(new) == {
        "os-vol-host-attr:host", "migration_status", "os-vol-mig-status-attr:migstat",
        "os-vol-mig-status-attr:name_id", "provider_id", "cluster_name"}


def test_projects_do_not_see_one_another(volumes, member, stranger, make):
    volume_id = make()
    assert stranger.get("/volumes/detail?all_tenants=1").json == {"volumes": []}
    assert stranger.get("/volumes?project_id=p&all_tenants=1").json == {"volumes": []}
    path = f"/volumes/{volume_id}"
    requests = [("GET", path, None), ("DELETE", path, None), ("PUT", path, {"volume": {"name": "x"}}),
                ("GET", f"{path}/metadata", None),
                ("POST", f"{path}/metadata", {"metadata": {"k": "v"}}),
                ("PUT", f"{path}/metadata", {"metadata": {"k": "v"}}),
                ("POST", "/volumes", {"volume": {"source_volid": volume_id}})]
    requests += [("POST", f"{path}/action", {name: arguments}) for name, arguments in (
        ("os-reserve", None), ("os-unreserve", None), ("os-begin_detaching", None),
        ("os-roll_detaching", None), ("os-extend", {"new_size": 2}),
        ("os-attach", {"host_name": "h", "mountpoint": "/dev/vdb"}), ("os-detach", None),
        ("os-set_bootable", {"bootable": True}), ("os-update_readonly_flag", {"readonly": True}),
        ("os-retype", {"new_type": "__DEFAULT__"}), ("os-show_image_metadata", None),
        ("os-set_image_metadata", {"metadata": {"k": "v"}}),
        ("os-unset_image_metadata", {"key": "k"}),
        ("os-volume_upload_image", {"image_name": "i"}))]
    before = show(volumes, volume_id)
    for method, url, body in requests:
        assert stranger.request(method, url, body).status == 404, (method, url, body)
    assert show(volumes, volume_id) == before
    assert volumes.get("/volumes").json == {"volumes": []}
    listed = volumes.get("/volumes?all_tenants=1").json["volumes"]
    assert [each["id"] for each in listed] == [volume_id]
    assert len(volumes.get("/volumes?all_tenants=1&project_id=p").json["volumes"]) == 1
    assert volumes.get("/volumes?all_tenants=1&project_id=q").json["volumes"] == []


@pytest.mark.parametrize("action, arguments", [
    ("os-reset_status", {"status": "error"}), ("os-force_delete", None), ("os-force_detach", None)])
def test_what_is_for_administrators(member, make, action, arguments):
    assert fault(act(member, make(), action, arguments))[:2] == (403, "forbidden")


# ---- lists

def listed(client, query: str, **kwargs) -> list[str]:
    answer = client.get(f"/volumes/detail?{query}", **kwargs)
    assert answer.status == 200, answer.text
    return [each["name"] for each in answer.json["volumes"]]


@pytest.fixture
def three(member, make):
    make(3, name="a", metadata={"k": "v", "m": "w"})
    make(1, name="c", metadata={"k": "v"})
    make(2, name="b_1")
    return member


@pytest.mark.parametrize("query, names", [
    ("", ["b_1", "c", "a"]),
    ("sort=name:asc", ["a", "b_1", "c"]),
    ("sort_key=size&sort_dir=desc", ["a", "b_1", "c"]),
    ("sort=status:asc,size", ["a", "b_1", "c"]),
    ("sort=size:asc&limit=1&offset=1", ["b_1"]),
    ("limit=0", []),
    ("name=a", ["a"]), ("size=2", ["b_1"]), ("size=x", []), ("status=error", []),
    ("bootable=false&name=c", ["c"]), ("bootable=true", []),
    ("metadata=%7B'k':'v'%7D", ["c", "a"]), ("metadata=%7B'k':'v','m':'w'%7D", ["a"]),
    ("nosuch=1", ["b_1", "c", "a"]),
])
def test_lists(three, query, names):
    assert listed(three, query) == names


def test_filters_of_later_versions(three):
    assert listed(three, "name~=_", **at("3.31")) == ["b_1"]
    assert listed(three, "created_at=gt:2020-01-01T00:00:00&size=3", **at("3.60")) == ["a"]
    assert listed(three, "created_at=lt:2020-01-01T00:00:00", **at("3.60")) == []


@pytest.mark.parametrize("query, version, message", [
    ("limit=x", "3.0", "limit param must be an integer"),
    ("limit=-1", "3.0", "limit param must be positive"),
    ("sort=nosuch", "3.0", "Invalid input received: Invalid sort key: nosuch"),
    ("sort=name:up", "3.0", "Invalid input received: Unknown sort direction, must be 'desc' or 'asc'."),
    ("metadata=k", "3.0", "Invalid input received: Could not evaluate value k, assuming string"),
    ("nosuch=1", "3.31", "Invalid input received: Invalid filters nosuch are found in query options."),
    ("created_at=gt:x", "3.60", "Invalid input received: Invalid value for created_at: gt:x."),
])
def test_bad_lists(member, query, version, message):
    assert fault(member.get(f"/volumes?{query}", **at(version))) == (400, "badRequest", message)


def test_pages_by_key(member, make):
    ids = [make() for _ in range(5)]
    found, path, sizes = [], "/volumes?limit=2", []
    while path:
        answer = member.get(path, **at("3.45"))
        found += [each["id"] for each in answer.json["volumes"]]
        sizes.append(len(answer.json["volumes"]))
        links = answer.json.get("volumes_links")
        path = links and links[0]["href"].removeprefix("http://localhost/v3/p")
    assert (found, sizes) == (ids[::-1], [2, 2, 1])
    assert member.get("/volumes?limit=2&with_count=1", **at("3.45")).json["count"] == 5
    assert "count" not in member.get("/volumes?with_count=1").json
    answer = member.get(f"/volumes?marker={UNKNOWN}")
    assert fault(answer) == (404, "itemNotFound", f"Marker {UNKNOWN} could not be found.")


@pytest.mark.parametrize("path, statements", [
    ("/volumes", 1), ("/volumes/detail", 1), ("/volumes/detail?with_count=1", 2),
    ("/volumes/detail?all_tenants=1&limit=50&marker={first}", 2)])
def test_what_a_list_costs(volumes, make, path, statements):
    costs = []
    for count in (1, 6):
        ids = [make(client=volumes) for _ in range(count)]
        with count_statements() as counted:
            assert volumes.get(path.format(first=ids[-1]), **at("3.67")).status == 200
        costs.append(counted.count)
    assert costs == [statements, statements]


# ---- what they are made of

def test_from_a_snapshot_or_a_volume(member, make):
    volume_id = make(3)
    act(member, volume_id, "os-set_bootable", {"bootable": True})
    snapshot_id = member.post("/snapshots", {"snapshot": {"volume_id": volume_id}}).json[
        "snapshot"]["id"]
    for origin in ({"snapshot_id": snapshot_id}, {"source_volid": volume_id}):
        made = member.post("/volumes", {"volume": origin}).json["volume"]
        assert (made["size"], made["bootable"], made["volume_type"]) == (3, "true", "__DEFAULT__")
        assert {key: made[key] for key in origin} == origin
    for origin, what in (({"snapshot_id": snapshot_id}, "the snapshot size 3GB. They must be >= "
                                                        "original snapshot size."),
                         ({"source_volid": volume_id}, "original volume size 3GB. They must be >= "
                                                       "original volume size.")):
        answer = member.post("/volumes", {"volume": {**origin, "size": 2}})
        assert fault(answer) == (400, "badRequest", "Invalid input received: Volume size '2'GB "
                                                    f"cannot be smaller than {what}")


@pytest.fixture
def with_images(client, volumes):
    """The fixtures of the transcripts, with their images, are in the database."""


def test_what_is_in_error_is_detached_by_force(volumes, member, make):
    volume_id = make()
    act(member, volume_id, "os-attach", {"instance_uuid": SERVER, "mountpoint": "/dev/vdb"})
    act(volumes, volume_id, "os-reset_status", {"status": "error"})
    [attachment] = show(member, volume_id)["attachments"]
    assert fault(act(volumes, volume_id, "os-force_detach", {"attachment_id": UNKNOWN}))[0] == 404
    answer = act(volumes, volume_id, "os-force_detach", {
        "attachment_id": attachment["attachment_id"], "connector": None})
    assert answer.status == 202
    shown = show(member, volume_id)
    assert (shown["status"], shown["attachments"]) == ("available", [])


@pytest.mark.parametrize("kind", ["volumes", "snapshots"])
def test_lists_by_id_and_by_name(member, make, kind):
    ids = [make(name=name) for name in ("b", "c", "a", "d")]
    if kind == "snapshots":
        ids = [member.post("/snapshots", {"snapshot": {"volume_id": volume_id, "name": name}})
               .json["snapshot"]["id"] for volume_id, name in zip(ids, "bcad", strict=True)]

    def listed(query, key):
        return [each[key] for each in member.get(f"/{kind}?{query}").json[kind]]
    assert listed("sort=id:asc", "id") == sorted(ids)
    assert listed("sort_key=id&sort_dir=desc", "id") == sorted(ids, reverse=True)
    assert listed(f"sort=id:asc&marker={sorted(ids)[1]}", "id") == sorted(ids)[2:]
    assert listed("sort_key=display_name&sort_dir=asc", "name") == ["a", "b", "c", "d"]


def test_the_summary(any_volumes):
    """What there is altogether, on each database; 3.36 says which metadata."""
    member, stranger = any_volumes.as_user("demo", "p"), any_volumes.as_user("eve", "q")

    def summary(client, version="3.12", query=""):
        return client.get(f"/volumes/summary{query}", **at(version)).json["volume-summary"]
    assert summary(member) == {"total_size": 0, "total_count": 0}
    for client, size, metadata in ((member, 2, {"a": "1", "b": "1"}), (member, 3, {"a": "2"}),
                                   (member, 1, {}), (member, 1, {"a": "2"}), (stranger, 5, {"a": "3"})):
        client.post("/volumes", {"volume": {"size": size, "metadata": metadata}})
    gone = member.post("/volumes", {"volume": {"size": 9, "metadata": {"c": "1"}}}).json["volume"]
    member.delete(f"/volumes/{gone['id']}")
    with count_statements() as counted:
        assert summary(member) == {"total_size": 7, "total_count": 4}
    assert counted.count == 1
    assert summary(member, "3.36") == {
        "total_size": 7, "total_count": 4, "metadata": {"a": ["1", "2"], "b": ["1"]}}
    assert summary(stranger, query="?all_tenants=1") == {"total_size": 5, "total_count": 1}
    assert summary(any_volumes, query="?all_tenants=1") == {"total_size": 12, "total_count": 5}
    assert summary(any_volumes) == {"total_size": 0, "total_count": 0}
    assert member.get("/volumes/summary", **at("3.11")).status == 404


def test_from_an_image(with_images, member):
    volume = member.post("/volumes", {"volume": {"size": 1, "imageRef": IMAGE}}).json["volume"]
    assert volume["bootable"] == "true"
    assert "volume_image_metadata" not in volume
    known = show(member, volume["id"])["volume_image_metadata"]
    assert known["image_id"] == IMAGE
    assert act(member, volume["id"], "os-show_image_metadata").json == {"metadata": known}
    answer = act(member, volume["id"], "os-set_image_metadata", {"metadata": {"os": "linux"}})
    assert (answer.status, answer.json["metadata"]["os"]) == (200, "linux")
    assert act(member, volume["id"], "os-unset_image_metadata", {"key": "os"}).status == 200
    assert show(member, volume["id"])["volume_image_metadata"] == known
    assert fault(act(member, volume["id"], "os-unset_image_metadata", {"key": "os"}))[0] == 404
    answer = member.post("/volumes", {"volume": {"size": 1, "imageRef": UNKNOWN}})
    assert fault(answer) == (404, "itemNotFound", f"Image {UNKNOWN} could not be found.")
    answer = member.post("/volumes", {"volume": {"size": 1, "imageRef": "nosuch"}})
    assert fault(answer)[2] == "Invalid image identifier or unable to access requested image."


def test_an_image_of_a_volume(with_images, client, member, make):
    volume_id = make(2)
    answer = act(member, volume_id, "os-volume_upload_image", {"image_name": "i"})
    assert answer.status == 202
    made = answer.json["os-volume_upload_image"]
    assert (made["status"], made["size"], made["image_name"]) == ("uploading", 2, "i")
    image = client.get(f"/images/{made['image_id']}", user="demo", project="p").json["image"]
    assert (image["name"], image["status"], image["minDisk"]) == ("i", "ACTIVE", 2)
    assert client.get(f"/images/{made['image_id']}", user="eve", project="q").status == 404
    act(member, volume_id, "os-reserve")
    assert fault(act(member, volume_id, "os-volume_upload_image", {"image_name": "i"}))[0] == 400


def test_only_an_administrator_makes_a_public_image_of_a_volume(with_images, client, volumes, member, make):
    volume_id, wanted = make(1), {"image_name": "i", "visibility": "public"}
    assert fault(act(member, volume_id, "os-volume_upload_image", wanted))[0] == 403
    made = act(volumes, volume_id, "os-volume_upload_image", wanted).json["os-volume_upload_image"]
    assert made["visibility"] == "public"
    assert client.get(f"/images/{made['image_id']}", user="eve", project="q").status == 200


def test_nonsense_in_the_metadata_of_an_image_is_passed_over(with_images, client, member, make):
    volume_id = make(1)
    for text, expected in (("much", 0), ("9" * 40, 0), ("64", 64)):
        act(member, volume_id, "os-set_image_metadata", {"metadata": {"min_ram": text}})
        made = act(member, volume_id, "os-volume_upload_image", {"image_name": "i"}).json
        image = client.get(f"/images/{made['os-volume_upload_image']['image_id']}",
                           user="demo", project="p").json["image"]
        assert image["minRam"] == expected


@pytest.mark.parametrize("values, status, message", [
    ({}, 400, "Invalid input received: Volume size 'None' must be an integer and greater than 0"),
    ({"size": 0}, 400, "Invalid input received: Volume size '0' must be an integer and greater than 0"),
    ({"size": 2 ** 31}, 400, "Invalid input received: Volume size 2147483648 is too large"),
    ({"size": 1, "availability_zone": "z"}, 400,
     "Invalid input received: Availability zone 'z' is invalid."),
    ({"size": 1, "volume_type": "nosuch"}, 404, "Volume type nosuch could not be found."),
    ({"snapshot_id": UNKNOWN}, 404, f"Snapshot {UNKNOWN} could not be found."),
    ({"source_volid": UNKNOWN}, 404, f"Volume {UNKNOWN} could not be found."),
    ({"snapshot_id": UNKNOWN, "source_volid": UNKNOWN}, 400,
     "Invalid input received: May specify only one of snapshot, source volume or image."),
    ({"size": 1, "metadata": {"k": 1}}, 400,
     "Invalid input for field/attribute k. Value: 1. 1 is not of type 'string'"),
    ({"size": 1, "multiattach": True}, 400,
     "Invalid input received: A volume can be attached to one server at a time."),
])
def test_bad_volumes(member, values, status, message):
    answer = member.post("/volumes", {"volume": values})
    assert (answer.status, next(iter(answer.json.values()))["message"]) == (status, message)


# ---- what is done to them

def test_metadata(member, make):
    path = f"/volumes/{make(metadata={'a': '1'})}/metadata"
    assert member.post(path, {"metadata": {"b": "2"}}).json == {"metadata": {"a": "1", "b": "2"}}
    assert member.put(f"{path}/c", {"meta": {"c": "3"}}).json == {"meta": {"c": "3"}}
    assert member.get(f"{path}/c").json == {"meta": {"c": "3"}}
    assert member.put(path, {"metadata": {"c": "4", "d": "5"}}).json == {
        "metadata": {"c": "4", "d": "5"}}
    answer = member.delete(f"{path}/c")
    assert (answer.status, answer.text) == (200, "")
    assert member.get(path).json == {"metadata": {"d": "5"}}
    for method in ("GET", "DELETE"):
        assert fault(member.request(method, f"{path}/c"))[0] == 404
    assert fault(member.put(f"{path}/c", {"meta": {"d": "1"}})) == (
        400, "badRequest", "Request body and URI mismatch")


def test_the_way_into_a_server_and_back(member, make):
    volume_id = make()
    for action, arguments, status in (
            ("os-reserve", None, "attaching"), ("os-unreserve", None, "available"),
            ("os-attach", {"instance_uuid": SERVER, "mountpoint": "/dev/vdb"}, "in-use"),
            ("os-begin_detaching", None, "detaching"), ("os-roll_detaching", None, "in-use")):
        answer = act(member, volume_id, action, arguments)
        assert (answer.status, answer.text) == (202, "")
        assert show(member, volume_id)["status"] == status
    [attachment] = show(member, volume_id)["attachments"]
    assert (attachment["server_id"], attachment["device"], attachment["volume_id"]) == (
        SERVER, "/dev/vdb", volume_id)
    assert fault(member.delete(f"/volumes/{volume_id}")) == (
        400, "badRequest", "Invalid volume: Volume status must be available or error, but current "
                           "status is: in-use")
    assert fault(act(member, volume_id, "os-reserve")) == (
        400, "badRequest", f"Invalid volume: volume '{volume_id}' status must be 'available'. "
                           "Currently in 'in-use'")
    answer = act(member, volume_id, "os-detach", {"attachment_id": UNKNOWN})
    assert fault(answer)[:2] == (404, "itemNotFound")
    assert act(member, volume_id, "os-detach", {
        "attachment_id": attachment["attachment_id"]}).status == 202
    assert show(member, volume_id)["attachments"] == []
    assert act(member, volume_id, "os-attach", {
        "host_name": "h", "mountpoint": "/dev/vdc"}).status == 202
    assert act(member, volume_id, "os-detach").status == 202
    assert show(member, volume_id)["status"] == "available"


def test_extend(member, make):
    volume_id = make(2)
    for size in (1, 2):
        assert fault(act(member, volume_id, "os-extend", {"new_size": size})) == (
            400, "badRequest", "Invalid input received: New size for extend must be greater than "
                               f"current size. (current: 2, extended: {size}).")
    assert act(member, volume_id, "os-extend", {"new_size": 3}).status == 202
    act(member, volume_id, "os-attach", {"host_name": "h", "mountpoint": "/dev/vdb"})
    assert fault(act(member, volume_id, "os-extend", {"new_size": 4})) == (
        400, "badRequest", f"Invalid volume: Volume {volume_id} status must be 'available' to extend, "
                           "currently in-use.")
    assert show(member, volume_id)["size"] == 3
    assert act(member, volume_id, "os-extend", {"new_size": 4}, **at("3.42")).status == 202
    assert show(member, volume_id)["size"] == 4


def test_flags(member, make):
    volume_id = make()
    answer = act(member, volume_id, "os-set_bootable", {"bootable": "true"})
    assert (answer.status, answer.text) == (200, "")
    assert act(member, volume_id, "os-update_readonly_flag", {"readonly": True}).status == 202
    shown = show(member, volume_id)
    assert (shown["bootable"], shown["metadata"]) == ("true", {"readonly": "True"})


def test_retype(volumes, member, make):
    volume_id = make()
    volumes.post("/types", {"volume_type": {"name": "fast"}})
    assert act(member, volume_id, "os-retype", {"new_type": "fast"}).status == 202
    assert show(member, volume_id)["volume_type"] == "fast"
    assert fault(act(member, volume_id, "os-retype", {"new_type": "fast"}))[0] == 400
    assert fault(act(member, volume_id, "os-retype", {"new_type": "nosuch"}))[0] == 404


def test_reset_and_force(volumes, member, make):
    volume_id = make()
    assert act(volumes, volume_id, "os-reset_status", {"status": "deleting"}).status == 202
    assert show(member, volume_id)["status"] == "deleting"
    assert fault(member.delete(f"/volumes/{volume_id}"))[0] == 400
    assert fault(member.delete(f"/volumes/{volume_id}?force=true", **at("3.23")))[0] == 403
    assert act(volumes, volume_id, "os-force_delete").status == 202
    assert member.get(f"/volumes/{volume_id}").status == 404
    volume_id = make()
    act(member, volume_id, "os-attach", {"host_name": "h", "mountpoint": "/dev/vdb"})
    assert fault(act(volumes, volume_id, "os-force_delete"))[0] == 400
    act(volumes, volume_id, "os-reset_status", {"status": "error", "attach_status": "detached"})
    assert show(member, volume_id)["attachments"] == []
    assert volumes.delete(f"/volumes/{volume_id}?force=true", **at("3.23")).status == 202


def test_cascade(member, make):
    volume_id = make()
    for _ in range(2):
        member.post("/snapshots", {"snapshot": {"volume_id": volume_id}})
    assert fault(member.delete(f"/volumes/{volume_id}")) == (
        400, "badRequest", "Invalid volume: Volume still has 2 dependent snapshots.")
    act(member, volume_id, "os-reserve")
    assert member.delete(f"/volumes/{volume_id}?cascade=true").status == 400
    assert len(member.get("/snapshots").json["snapshots"]) == 2
    act(member, volume_id, "os-unreserve")
    assert member.delete(f"/volumes/{volume_id}?cascade=true").status == 202
    assert member.get("/snapshots").json == {"snapshots": []}


@pytest.mark.parametrize("body, message", [
    ({"nosuch": None}, "There is no such action: nosuch"), ({}, "Malformed request body"),
    ({"os-reserve": None, "os-unreserve": None}, "Malformed request body"),
    ({"os-extend": {}}, "'new_size' is a required property")])
def test_bad_actions(member, make, body, message):
    assert fault(member.post(f"/volumes/{make()}/action", body)) == (400, "badRequest", message)
