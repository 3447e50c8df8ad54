"""Images: list, detail, show, delete, and what the extensions add to them."""

import pytest

from minova import context, image
from minova.db import engine

AUTO = "70a599e0-31e7-49b7-b260-868f441e862b"
PLAIN = "155d900f-4e14-4e4c-a73d-069cbf4541e6"
MISSING = "11111111-2222-4333-8444-555555555555"
MEMBER = {"user": "demo", "project": "p"}
STRANGER = {"user": "eve", "project": "q"}


@pytest.fixture
def snapshot(client) -> str:
    """A private image of the project p, as a server of it makes one."""
    owner = context.RequestContext(user_id="demo", project_id="p", is_admin=False, overwrite=False)
    return image.API().create(owner, {
        "name": "snap", "status": "saving", "min_ram": 64, "min_disk": 1,
        "properties": {"instance_uuid": MISSING, "image_type": "snapshot"}})["id"]


def ids(answer) -> list[str]:
    assert answer.status == 200, answer.text
    return [i["id"] for i in answer.json["images"]]


def test_a_list_has_names_and_links(client):
    answer = client.get("/images", **MEMBER)
    assert len(ids(answer)) == 7
    one = next(i for i in answer.json["images"] if i["id"] == AUTO)
    assert one.keys() == {"id", "name", "links"}
    assert one["links"][2] == {
        "rel": "alternate", "type": "application/vnd.openstack.image",
        "href": f"http://127.0.0.1:9292/images/{AUTO}"}


def test_size_and_disk_config_are_shown(client):
    auto, plain = (client.get(f"/images/{i}", **MEMBER).json["image"] for i in (AUTO, PLAIN))
    assert auto["OS-DCF:diskConfig"] == "AUTO"
    assert "OS-DCF:diskConfig" not in plain
    assert auto["OS-EXT-IMG-SIZE:size"] == "74185822"
    assert (auto["status"], auto["progress"]) == ("ACTIVE", 100)
    detail = {i["id"]: i for i in client.get("/images/detail", **MEMBER).json["images"]}
    assert detail[AUTO] == auto and detail[PLAIN] == plain


def test_a_snapshot_names_its_server(client, snapshot):
    shown = client.get(f"/images/{snapshot}", **MEMBER).json["image"]
    assert shown["server"]["id"] == MISSING
    assert [link["rel"] for link in shown["server"]["links"]] == ["self", "bookmark"]
    assert (shown["status"], shown["progress"]) == ("SAVING", 50)
    assert (shown["minRam"], shown["minDisk"], shown["OS-EXT-IMG-SIZE:size"]) == (64, 1, 0)


@pytest.mark.parametrize("query", [
    "name=snap", "status=saving", "status=SAVING", f"server={MISSING}",
    f"server=http://x/servers/{MISSING}", "type=snapshot", "minRam=64", "minDisk=1",
    "property-image_type=snapshot", "changes-since=2015-01-01T00:00:00Z",
])
def test_filters(client, snapshot, query):
    assert ids(client.get(f"/images?{query}", **MEMBER)) == [snapshot]
    assert ids(client.get(f"/images/detail?{query}", **MEMBER)) == [snapshot]


@pytest.mark.parametrize(("query", "message"), [
    ("limit=x", "Invalid input received: limit must be an integer"),
    ("limit=-1", "Invalid input received: limit must be >= 0"),
    ("page_size=x", "Invalid input received: page_size must be an integer"),
    (f"marker={MISSING}", "Invalid marker. Image could not be found."),
    ("changes-since=yesterday", "Unrecognized changes-since value"),
])
def test_bad_queries(client, query, message):
    for path in ("/images", "/images/detail"):
        answer = client.get(f"{path}?{query}")
        assert (answer.status, answer.message) == (400, message)


def test_the_next_link_leads_through_all(client):
    seen, path = [], "/images/detail?limit=3"
    while path:
        answer = client.get(path)
        seen += ids(answer)
        links = answer.json.get("images_links")
        path = links and "/images/" + links[0]["href"].partition("/images/")[2]
    assert len(seen) == len(set(seen)) == 7
    assert ids(client.get("/images?limit=0")) == []


def test_a_private_image_is_the_project_s(client, snapshot):
    assert snapshot not in ids(client.get("/images", **STRANGER))
    for method in (client.get, client.delete):
        answer = method(f"/images/{snapshot}", **STRANGER)
        assert (answer.status, answer.message) == (404, "Image not found.")
    assert client.get(f"/images/{snapshot}").status == 200


def test_delete(client, snapshot):
    assert client.delete(f"/images/{snapshot}", **MEMBER).status == 204
    for method in (client.get, client.delete):
        answer = method(f"/images/{snapshot}", **MEMBER)
        assert (answer.status, answer.message) == (404, "Image not found.")


def test_what_is_protected_or_another_s_is_not_deleted(client, snapshot):
    admin = context.get_admin_context()
    image.API().update(admin, snapshot, {"visibility": "public"})
    refused = (403, "You are not allowed to delete the image.")
    answer = client.delete(f"/images/{snapshot}", **STRANGER)
    assert (answer.status, answer.message) == refused
    image.API().update(admin, snapshot, {"protected": True})
    answer = client.delete(f"/images/{snapshot}")
    assert (answer.status, answer.message) == refused
    assert client.get(f"/images/{snapshot}", **STRANGER).status == 200


@pytest.mark.parametrize("path", ["/images", "/images/detail", f"/images/{AUTO}"])
def test_costs_one_statement(client, path):
    with engine.count_statements() as statements:
        assert client.get(path, **MEMBER).status == 200
    assert statements.count == 1
