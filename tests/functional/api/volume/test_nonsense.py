"""Nonsense is refused, on every kind of database: no answer is a 500."""

import itertools

import pytest

from tests.client import Client
from tests.functional.api.volume.conftest import at

VALUES = ("\0", "\ud800", "x" * 300, "", 2 ** 70, -1, 1.5, True, None, [], {}, [1], {"a": 1}, "²", "٣")
QUERIES = ("%ff", "%00", "x" * 300, "", "%27", "%25", "-1", "1e9", "9" * 20, "gt:2020-01-01T00:00:00",
           "gt:9999-12-31T23:59:59-23:00", "{'a':1}", "{'%00':'x'}", '{"a%5C%22":"b"}', "(" * 500,
           "%C2%B2", "%F0%9F%98%80")
PARAMETERS = ("name", "name~", "size", "metadata", "bootable", "created_at", "marker", "limit",
              "offset", "sort", "sort_dir", "id", "all_tenants", "is_public", "project_id",
              "volume_size", "with_count")
LISTS = ("volumes", "volumes/detail", "snapshots", "attachments", "types")


@pytest.fixture
def anywhere(volume_app, database) -> Client:
    """The volume API over a clean database of each kind in turn."""
    return Client(volume_app, root="/v3")


def bodies(volume_id: str, snapshot_id: str):
    """(path, what a body has, which keys of it are to be nonsense)"""
    volume, snapshot = f"/volumes/{volume_id}", f"/snapshots/{snapshot_id}"
    yield "/volumes", "volume", {"size": 1}, (
        "size", "name", "description", "volume_type", "snapshot_id", "source_volid", "imageRef",
        "metadata", "availability_zone", "multiattach")
    yield "/snapshots", "snapshot", {"volume_id": volume_id}, ("volume_id", "name", "force", "metadata")
    yield "/attachments", "attachment", {"volume_uuid": volume_id}, (
        "volume_uuid", "instance_uuid", "connector", "mode")
    yield "/types", "volume_type", {"name": "n"}, (
        "name", "description", "os-volume-type-access:is_public", "extra_specs")
    for action, values, keys in (
            ("os-extend", {}, ("new_size",)), ("os-set_bootable", {}, ("bootable",)),
            ("os-update_readonly_flag", {}, ("readonly",)), ("os-retype", {}, ("new_type",)),
            ("os-attach", {"instance_uuid": None, "mountpoint": "/dev/vdb"},
             ("instance_uuid", "host_name", "mountpoint", "mode")),
            ("os-detach", {}, ("attachment_id",)), ("os-reset_status", {}, ("status",)),
            ("os-set_image_metadata", {}, ("metadata",)), ("os-unset_image_metadata", {}, ("key",)),
            ("os-volume_upload_image", {"image_name": "i"}, ("image_name", "protected"))):
        yield f"{volume}/action", action, values, keys
    yield f"{snapshot}/action", "os-update_snapshot_status", {"status": "error"}, ("progress",)


def test_no_answer_is_a_500(anywhere):
    volume_id = anywhere.post("/volumes", {"volume": {"size": 1}}).json["volume"]["id"]
    snapshot_id = anywhere.post("/snapshots", {"snapshot": {"volume_id": volume_id}}).json[
        "snapshot"]["id"]
    requests = [("POST", path, {name: {**values, key: value}})
                for path, name, values, keys in bodies(volume_id, snapshot_id)
                for key, value in itertools.product(keys, VALUES)]
    requests += [("POST", path, {name: value})
                 for path, name, _, _ in bodies(volume_id, snapshot_id) for value in VALUES]
    requests += [("GET", f"/{noun}?{name}={value}", None)
                 for noun, name, value in itertools.product(LISTS, PARAMETERS, QUERIES)]
    requests += [(method, f"/{noun}/{value}", None) for method, noun, value in itertools.product(
        ("GET", "DELETE"), (*LISTS, f"volumes/{volume_id}/metadata", "os-quota-sets"), QUERIES)
        if value and "(" not in value]
    wrong = [(*request, answer.status) for request in requests
             if (answer := anywhere.request(*request, **at("3.67"))).status >= 500]
    assert wrong == []
