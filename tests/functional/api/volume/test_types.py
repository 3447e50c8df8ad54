"""Types of volumes."""

import pytest

from minova.db.counting import count_statements
from tests.functional.api.volume.test_volumes import UNKNOWN, fault, show


def create(client, name="fast", **values) -> dict:
    answer = client.post("/types", {"volume_type": {"name": name, **values}})
    assert answer.status == 200, answer.text
    return answer.json["volume_type"]


def test_there_is_a_default(member, volumes):
    [only] = member.get("/types").json["volume_types"]
    assert only == {"id": only["id"], "name": "__DEFAULT__", "description": "Default Volume Type",
                    "is_public": True, "os-volume-type-access:is_public": True,
                    "qos_specs_id": None}
    assert member.get("/types/default").json == {"volume_type": only}
    assert fault(volumes.delete(f"/types/{only['id']}"))[:2] == (400, "badRequest")


def test_a_type(volumes, member, make):
    made = create(volumes, description="d", extra_specs={"a": "1"})
    path = f"/types/{made['id']}"
    assert volumes.get(path).json == {"volume_type": made | {"qos_specs_id": None}}
    assert made["extra_specs"] == {"a": "1"}
    assert "extra_specs" not in member.get(path).json["volume_type"]
    assert fault(volumes.post("/types", {"volume_type": {"name": "fast"}})) == (
        409, "conflictingRequest", "Volume Type fast already exists.")
    by_name, by_id = make(volume_type="fast"), make(volume_type=made["id"])
    changed = volumes.put(path, {"volume_type": {"name": "faster", "is_public": False}})
    assert (changed.json["volume_type"]["name"], changed.json["volume_type"]["is_public"]) == (
        "faster", False)
    assert set(changed.json["volume_type"]) == set(made) - {"os-volume-type-access:is_public"}
    assert [show(member, v)["volume_type"] for v in (by_name, by_id)] == ["faster", "faster"]
    assert show(member, by_name)["updated_at"] is None
    assert fault(volumes.put(path, {"volume_type": {"name": "__DEFAULT__"}}))[0] == 409
    assert fault(volumes.delete(path)) == (
        400, "badRequest", f"Volume Type {made['id']} deletion is not allowed with volumes present "
                           "with the type.")
    for volume_id in (by_name, by_id):
        member.delete(f"/volumes/{volume_id}")
    assert volumes.delete(path).status == 202
    assert fault(volumes.get(path)) == (
        404, "itemNotFound", f"Volume type {made['id']} could not be found.")
    assert create(volumes)["name"] == "fast"


def test_extra_specs(volumes):
    path = f"/types/{create(volumes)['id']}/extra_specs"
    body = {"extra_specs": {"a": "1", "b": "2"}}
    assert volumes.post(path, body).json == body
    assert volumes.put(f"{path}/a", {"a": "3"}).json == {"a": "3"}
    assert volumes.get(f"{path}/a").json == {"a": "3"}
    assert volumes.delete(f"{path}/b").status == 202
    assert volumes.get(path).json == {"extra_specs": {"a": "3"}}
    for method in ("GET", "DELETE"):
        assert fault(volumes.request(method, f"{path}/b"))[:2] == (404, "itemNotFound")
    assert volumes.put(f"{path}/a", {"c": "3"}).status == 400
    assert volumes.post(f"/types/{UNKNOWN}/extra_specs", body).status == 404


def test_private_types_are_for_those_who_were_given_access(volumes, member, stranger):
    made = create(volumes, "secret", **{"os-volume-type-access:is_public": False})
    path = f"/types/{made['id']}"

    def sees(client) -> bool:
        listed = [each["id"] for each in client.get("/types").json["volume_types"]]
        shown = client.get(path).status == 200
        assert shown == (made["id"] in listed)
        return shown
    assert not sees(member)
    assert member.post("/volumes", {"volume": {"size": 1, "volume_type": "secret"}}).status == 404
    assert volumes.post(f"{path}/action", {"addProjectAccess": {"project": "p"}}).status == 202
    assert fault(volumes.post(f"{path}/action", {"addProjectAccess": {"project": "p"}}))[0] == 409
    assert volumes.get(f"{path}/os-volume-type-access").json == {"volume_type_access": [
        {"volume_type_id": made["id"], "project_id": "p"}]}
    assert (sees(member), sees(stranger)) == (True, False)
    assert member.post("/volumes", {"volume": {"size": 1, "volume_type": "secret"}}).status == 202
    assert volumes.post(f"{path}/action", {"removeProjectAccess": {"project": "p"}}).status == 202
    assert volumes.post(f"{path}/action", {"removeProjectAccess": {"project": "p"}}).status == 404
    assert not sees(member)
    default = volumes.get("/types/default").json["volume_type"]["id"]
    assert volumes.get(f"/types/{default}/os-volume-type-access").status == 404
    for query, names in (("", ["__DEFAULT__"]), ("?is_public=false", ["secret"]),
                         ("?is_public=None&sort=name:asc", ["__DEFAULT__", "secret"])):
        assert [each["name"] for each in volumes.get(f"/types{query}").json["volume_types"]] == names


@pytest.mark.parametrize("method, path, body", [
    ("POST", "/types", {"volume_type": {"name": "x"}}),
    ("PUT", "/types/{id}", {"volume_type": {"name": "x"}}), ("DELETE", "/types/{id}", None),
    ("GET", "/types/{id}/extra_specs", None),
    ("POST", "/types/{id}/extra_specs", {"extra_specs": {"a": "b"}}),
    ("PUT", "/types/{id}/extra_specs/a", {"a": "b"}), ("DELETE", "/types/{id}/extra_specs/a", None),
    ("GET", "/types/{id}/os-volume-type-access", None),
    ("POST", "/types/{id}/action", {"addProjectAccess": {"project": "p"}})])
def test_what_is_for_administrators(volumes, member, method, path, body):
    made = create(volumes)
    assert fault(member.request(method, path.format(id=made["id"]), body))[:2] == (403, "forbidden")
    assert volumes.get(f"/types/{made['id']}").json == {"volume_type": made | {"qos_specs_id": None}}


def test_pages_cost_the_same(volumes):
    ids = [create(volumes, f"t{n}")["id"] for n in range(4)]
    for limit in (1, 3):
        with count_statements() as counted:
            answer = volumes.get(f"/types?limit={limit}&marker={ids[3]}").json
        assert [each["id"] for each in answer["volume_types"]] == ids[2::-1][:limit]
        assert counted.count == 2
        assert answer["volume_type_links"][0]["href"].endswith(f"marker={ids[3 - limit]}")
