"""The embedded image service over real databases."""

import datetime
from pathlib import Path

import pytest
import yaml

from minova import context, exception, image
from minova.db import engine

FIXTURES = Path(__file__).parents[2] / "conformance" / "fixtures.yaml"
ADMIN = context.RequestContext(user_id="admin", project_id="admin", is_admin=True, overwrite=False)
MEMBER = context.RequestContext(user_id="u", project_id="p", is_admin=False, overwrite=False)
STRANGER = context.RequestContext(user_id="v", project_id="q", is_admin=False, overwrite=False)
CIRROS = "70a599e0-31e7-49b7-b260-868f441e862b"


@pytest.fixture
def images(database):
    image.load_fixtures(yaml.safe_load(FIXTURES.read_text())["images"])
    return image.API()


def test_images_are_as_declared(images):
    found = images.get(MEMBER, CIRROS)
    assert found["name"] == "fakeimage7"
    assert found["size"] == "74185822"
    assert found["status"] == "active"
    assert found["created_at"] == datetime.datetime(2011, 1, 1, 1, 2, 3)
    assert found["properties"]["auto_disk_config"] == "True"


def test_loading_again_changes_nothing_and_revives_nothing(images):
    images.delete(ADMIN, CIRROS)
    images.update(ADMIN, "155d900f-4e14-4e4c-a73d-069cbf4541e6", {"name": "renamed"})
    assert image.load_fixtures(yaml.safe_load(FIXTURES.read_text())["images"]) == 0
    with pytest.raises(exception.ImageNotFound):
        images.get(ADMIN, CIRROS)
    assert images.get(ADMIN, "155d900f-4e14-4e4c-a73d-069cbf4541e6")["name"] == "renamed"


def test_a_bad_declaration_adds_nothing(database):
    good = {"id": CIRROS, "name": "good"}
    for bad in ({"id": "x", "name": "bad"}, {"id": CIRROS}, {**good, "min_ram": "x"}, "bad",
                {**good, "status": "new"}, {**good, "sise": 1}, {**good, "properties": []},
                {**good, "is_public": "maybe"}, {**good, "created_at": "yesterday"}):
        with pytest.raises(ValueError):
            image.load_fixtures([good, bad])
    assert image.API().get_all(ADMIN) == []


def test_a_new_image_is_private_to_its_project(images):
    made = images.create(MEMBER, {"name": "mine"})
    assert (made["status"], made["owner"], made["visibility"]) == ("queued", "p", "shared")
    assert images.get(MEMBER, made["id"]) == images.get(ADMIN, made["id"]) == made
    with pytest.raises(exception.ImageNotFound):
        images.get(STRANGER, made["id"])
    assert made["id"] not in [i["id"] for i in images.get_all(STRANGER)]
    assert images.get_all(MEMBER)[0]["id"] == made["id"]


def test_who_may_change_and_delete(images):
    mine = images.create(MEMBER, {"name": "mine", "visibility": "public"})["id"]
    with pytest.raises(exception.ImageNotAuthorized):
        images.update(STRANGER, mine, {"name": "theirs"})
    with pytest.raises(exception.ImageNotAuthorized):
        images.delete(STRANGER, mine)
    assert images.update(MEMBER, mine, {"protected": True})["protected"]
    with pytest.raises(exception.ImageNotAuthorized):
        images.delete(MEMBER, mine)
    images.update(ADMIN, mine, {"protected": False})
    images.delete(MEMBER, mine)
    for attempt in (lambda: images.delete(MEMBER, mine), lambda: images.get(MEMBER, mine),
                    lambda: images.update(MEMBER, mine, {"name": "x"})):
        with pytest.raises(exception.ImageNotFound):
            attempt()


def test_filters(images):
    snapshot = images.create(ADMIN, {
        "name": "snap", "min_ram": 512, "min_disk": 2, "status": "active",
        "properties": {"instance_uuid": "abc", "a.b c": "\u00e9 \"x\""}})["id"]

    def ids(**filters):
        return [i["id"] for i in images.get_all(ADMIN, {k.replace("__", "-"): v
                                                        for k, v in filters.items()})]
    assert ids(name="snap") == ids(min_ram="512") == ids(min_disk="2") == [snapshot]
    assert ids(property__instance_uuid="abc") == [snapshot]
    found = images.get_all(ADMIN, {"property-a.b c": "\u00e9 \"x\""})
    assert [i["id"] for i in found] == [snapshot]
    assert ids(property__instance_uuid="ab") == ids(min_ram="x") == ids(name="Snap") == []
    assert images.get_all(ADMIN, {'property-a"b': "x"}) == []
    assert len(ids(status="active")) == 8
    assert len(ids(property__architecture="x86_64", name="fakeimage123456")) == 1
    assert ids(nosuch="x") == ids()


def test_filters_of_the_image_api(images):
    values = {"disk_format": "raw", "status": "active"}
    small = images.create(MEMBER, {**values, "name": "small", "size": 5, "tags": ["b", "a'\"\u00e9"]})["id"]
    large = images.create(MEMBER, {**values, "name": "large", "size": 6 * 10 ** 10, "tags": ["b"]})["id"]
    hidden = images.create(MEMBER, {"name": "hidden", "hidden": True, "protected": True})["id"]

    def ids(sort=(("created_at", "desc"),), **filters):
        return [i["id"] for i in images.get_all(MEMBER, {"owner": "p", **filters}, sort=sort)]
    assert images.get(MEMBER, small)["tags"] == ["a'\"\u00e9", "b"]
    assert ids() == [large, small] and ids(hidden=True) == ids(hidden=True, protected=True) == [hidden]
    assert ids(tags=["b"]) == [large, small] and ids(tags=["b", "a'\"\u00e9"]) == [small]
    assert ids(tags=["B"]) == ids(disk_format=["qcow2"]) == []
    assert ids(name=["small", "large"]) == ids(disk_format="raw") == [large, small]
    assert ids(compare=[("size", "gte", 6)]) == [large]
    assert ids(compare=[("size", "lt", 6), ("created_at", "gt", datetime.datetime(2015, 1, 1))]) == [small]
    assert ids(compare=[("size", "neq", 5)]) == [large]
    assert ids(sort=[("size", "asc")]) == ids(sort=[("disk_format", "asc"), ("name", "desc")]) == [
        small, large]
    assert ids(visibility="shared") == [large, small] and ids(visibility="public") == []
    # Sizes that were imported as text are compared as numbers.
    big = images.get_all(ADMIN, {"compare": [("size", "gt", 74185821)]}, sort=[("size", "asc")])
    assert [i["size"] for i in big] == ["74185822", "83594576", "84035174", 6 * 10 ** 10]


@pytest.mark.parametrize("sort", [("size", "asc"), ("disk_format", "desc"), ("name", "asc")])
def test_pages_in_any_order_cover_everything_once(images, sort):
    for number in range(4):
        images.create(MEMBER, {"name": "n" if number % 2 else None, "size": number // 2,
                               "disk_format": "raw" if number < 2 else None})
    everything = [i["id"] for i in images.get_all(MEMBER, sort=[sort])]
    pages, marker = [], None
    while page := images.get_all(MEMBER, limit=2, marker=marker, sort=[sort]):
        marker = page[-1]["id"]
        pages += [i["id"] for i in page]
    assert pages == everything and len(set(pages)) == 11


def test_visibilities(images):
    made = {visibility: images.create(MEMBER, {"name": visibility, "visibility": visibility})["id"]
            for visibility in ("public", "community", "shared", "private")}

    def names(context, **filters):
        return sorted(i["name"] for i in images.get_all(context, {"status": "queued", **filters}))
    assert names(MEMBER) == names(ADMIN) == ["community", "private", "public", "shared"]
    assert names(STRANGER) == ["public"]
    assert names(STRANGER, visibility="community") == ["community"]
    assert names(STRANGER, visibility="all") == ["community", "public"]
    nobody = context.RequestContext(user_id="w", is_admin=False, overwrite=False)
    assert names(nobody, visibility="all") == ["community", "public"]
    seen = []
    for name, image_id in made.items():
        try:
            seen.append(images.get(STRANGER, image_id)["name"])
        except exception.ImageNotFound:
            assert name in ("shared", "private")
    assert seen == ["public", "community"]


def test_members(images):
    shared = images.create(MEMBER, {"name": "shared"})["id"]
    assert images.get_members(MEMBER, shared) == []
    member = images.add_member(MEMBER, shared, "q")
    assert (member["image_id"], member["member"], member["status"]) == (shared, "q", "pending")
    assert images.get(STRANGER, shared)["name"] == "shared"
    for status, listed in (("pending", []), ("accepted", [shared]), ("rejected", [])):
        images.set_member_status(STRANGER, shared, "q", status)
        assert [i["id"] for i in images.get_all(STRANGER, {"name": "shared"})] == listed
        assert [i["id"] for i in images.get_all(
            STRANGER, {"name": "shared", "member_status": status})] == [shared]
    with pytest.raises(exception.ImageMemberExists):
        images.add_member(MEMBER, shared, "q")
    images.remove_member(MEMBER, shared, "q")
    with pytest.raises(exception.ImageNotFound):
        images.get(STRANGER, shared)
    images.add_member(MEMBER, shared, "q")
    images.delete(MEMBER, shared)
    with pytest.raises(exception.ImageNotFound):
        images.get_members(ADMIN, shared)


def test_tags(images):
    tagged = images.create(MEMBER, {"name": "tagged", "tags": ["a"]})
    for tag in ("b", "b", "a"):
        images.add_tag(MEMBER, tagged["id"], tag)
    after = images.get(MEMBER, tagged["id"])
    assert after["tags"] == ["a", "b"] and after["updated_at"] > tagged["updated_at"]
    images.remove_tag(MEMBER, tagged["id"], "a")
    with pytest.raises(exception.ImageTagNotFound):
        images.remove_tag(MEMBER, tagged["id"], "a")
    assert images.update(MEMBER, tagged["id"], {"tags": ["c", "d"]})["tags"] == ["c", "d"]
    images.delete(MEMBER, tagged["id"])
    with pytest.raises(exception.ImageNotFound):
        images.add_tag(MEMBER, tagged["id"], "e")


def test_changes_since_shows_what_was_deleted(images):
    images.delete(ADMIN, CIRROS)
    recent = images.get_all(ADMIN, {"changes-since": "2015-01-01T00:00:00Z"})
    assert [(i["id"], i["status"]) for i in recent] == [(CIRROS, "deleted")]
    assert len(images.get_all(ADMIN, {"changes-since": "2010-01-01"})) == 7
    with pytest.raises(exception.InvalidImageQuery, match="Unrecognized changes-since value"):
        images.get_all(ADMIN, {"changes-since": "yesterday"})


def test_pages_cover_everything_once(images):
    everything = [i["id"] for i in images.get_all(ADMIN)]
    pages, marker = [], None
    while page := images.get_all(ADMIN, limit=3, marker=marker):
        marker = page[-1]["id"]
        pages += [i["id"] for i in page]
    assert pages == everything and len(pages) == 7
    with pytest.raises(exception.InvalidImageQuery, match="Invalid marker"):
        images.get_all(ADMIN, marker="nosuch")


def test_properties_change_only_if_nobody_else_changed_them(images):
    before = images.get(MEMBER, CIRROS)["properties"]
    images.update(MEMBER, CIRROS, {"properties": {"a": "1"}}, expected_properties=before)
    with pytest.raises(exception.ImageChanged):
        images.update(MEMBER, CIRROS, {"properties": {"b": "2"}}, expected_properties=before)
    assert images.get(MEMBER, CIRROS)["properties"] == {"a": "1"}


def test_a_page_is_one_statement(images):
    with engine.count_statements() as statements:
        images.get_all(MEMBER, {"property-architecture": "x86_64"}, limit=5)
    assert statements.count == 1
