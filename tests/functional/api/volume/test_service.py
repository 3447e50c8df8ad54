"""The volume API as a whole: versions, the project in the URL, errors, what there is none of."""

import pytest
import webob

from minova.api.volume.app import VolumeV3
from tests.functional.api.volume.conftest import at
from tests.functional.api.volume.test_volumes import fault

VERSION = {
    "id": "v3.0", "status": "CURRENT", "version": "3.67", "min_version": "3.0",
    "updated": "2022-03-30T00:00:00Z", "links": [{"rel": "self", "href": "http://localhost/v3/"}],
    "media-types": [{"base": "application/json",
                     "type": "application/vnd.openstack.volume+json;version=3"}]}


def ask(app, path: str, **headers):
    return webob.Request.blank(path, headers=headers).get_response(app)


def test_versions(volume_app, minova_database):
    for path, status in (("/", 300), ("/v3", 200), ("/v3/", 200)):
        answer = ask(volume_app, path)
        assert (answer.status_int, answer.json) == (status, {"versions": [VERSION]})
    for path in ("/v2", "/v3/nosuch", "/v3/admin", "/v3/admin/nosuch"):
        answer = ask(volume_app, path)
        assert (answer.status_int, answer.json["itemNotFound"]["code"]) == (404, 404), path


def test_the_project_may_be_left_out(volume_app, minova_database, make, member):
    volume_id = make()
    token = {"X-Auth-Token": "demo:p"}
    shown = ask(volume_app, f"/v3/volumes/{volume_id}", **token)
    assert shown.json["volume"]["links"][0]["href"] == f"http://localhost/v3/volumes/{volume_id}"
    answer = ask(volume_app, f"/v3/q/volumes/{volume_id}", **token)
    assert (answer.status_int, answer.json) == (
        400, {"badRequest": {"code": 400, "message": "Malformed request url"}})


def test_a_project_may_be_called_like_anything(volumes):
    odd = volumes.as_user("demo", "volumes")
    made = odd.post("/volumes", {"volume": {"size": 1}}).json["volume"]
    assert odd.get(f"/volumes/{made['id']}").status == 200
    assert odd.get("/volumes/detail").json["volumes"][0]["id"] == made["id"]


@pytest.mark.parametrize("wanted, got", [
    ("volume 3.27", "3.27"), ("volume latest", "3.67"), ("compute 2.1, volume 3.1", "3.1"),
    ("compute 2.1", "3.0"), ("block-storage 3.5", "3.5")])
def test_the_version_is_said_back(volumes, wanted, got):
    for path in ("/volumes", "/volumes/nosuch"):
        answer = volumes.get(path, headers={"OpenStack-API-Version": wanted})
        assert answer.headers["OpenStack-API-Version"] == f"volume {got}"
        assert answer.headers["Vary"] == "OpenStack-API-Version"


@pytest.mark.parametrize("wanted, expected", [
    ("3.99", (406, "computeFault", "Version 3.99 is not supported by the API. Minimum is 3.0 and "
                                   "maximum is 3.67.")),
    ("2.1", (406, "computeFault", "Version 2.1 is not supported by the API. Minimum is 3.0 and "
                                  "maximum is 3.67.")),
    ("x", (400, "badRequest", "API Version String x is of invalid format. Must be of format "
                              "MajorNum.MinorNum.")),
])
def test_versions_that_there_are_not(volumes, wanted, expected):
    assert fault(volumes.get("/volumes", **at(wanted))) == expected


def test_errors(volumes):
    answer = volumes.put("/volumes", {})
    assert fault(answer) == (405, "badMethod", "The method is not allowed for this resource.")
    assert answer.headers["Allow"] == "GET, POST"
    assert fault(volumes.post("/volumes", b"{")) == (400, "badRequest", "Malformed request body")


def test_without_a_token(minova_configured, minova_database):
    """As behind Keystone, where there is no context then."""
    for path in ("/p/volumes", "/volumes", "/types/default"):
        answer = ask(VolumeV3(), path)
        assert (answer.status_int, list(answer.json)) == (401, ["unauthorized"])
    assert ask(VolumeV3(), "/").status_int == 200


def test_what_runs_and_what_there_is_none_of(volumes, member):
    [service] = volumes.get("/os-services").json["services"]
    assert (service["binary"], service["state"], service["status"], service["zone"]) == (
        "cinder-volume", "up", "enabled", "nova")
    assert volumes.get("/os-services?binary=cinder-backup").json == {"services": []}
    for host in (service["host"], service["host"].partition("@")[0]):
        assert len(volumes.get(f"/os-services?host={host}").json["services"]) == 1
    assert volumes.get("/os-services?host=elsewhere").json == {"services": []}
    assert fault(member.get("/os-services"))[0] == 403
    assert member.get("/os-availability-zone").json == {"availabilityZoneInfo": [
        {"zoneName": "nova", "zoneState": {"available": True}}]}
    for path, key in (("/extensions", "extensions"), ("/backups", "backups"),
                      ("/backups/detail", "backups"), ("/groups", "groups"),
                      ("/qos-specs", "qos_specs"), ("/messages", "messages"),
                      ("/os-volume-transfer/detail", "transfers")):
        assert member.get(path).json == {key: []}


def test_where_volumes_are_kept(volumes, member, make):
    kept = volumes.get(f"/volumes/{make()}").json["volume"]["os-vol-host-attr:host"]
    assert volumes.get("/scheduler-stats/get_pools").json == {"pools": [{"name": kept}]}
    [pool] = volumes.get("/scheduler-stats/get_pools?detail=True").json["pools"]
    assert (pool["name"], pool["capabilities"]["free_capacity_gb"]) == (kept, "infinite")
    host = kept.partition("#")[0]
    shown = volumes.get(f"/capabilities/{host}").json
    assert shown["namespace"] == f"OS::Storage::Capabilities::{host}"
    for key in ("vendor_name", "volume_backend_name", "storage_protocol", "driver_version"):
        assert shown[key] == pool["capabilities"][key]
    assert fault(volumes.get("/capabilities/elsewhere")) == (
        404, "itemNotFound", "Service cinder-volume could not be found on host elsewhere.")
    for path in ("/scheduler-stats/get_pools", f"/capabilities/{host}"):
        assert fault(member.get(path))[:2] == (403, "forbidden")
