"""Images of the image API: making, finding, changing and deleting them."""

import pytest

from minova.conf import CONF
from minova.db import engine
from tests.functional.api.image.conftest import PATCH

ID = "70a599e0-31e7-49b7-b260-868f441e862b"
OLD_PATCH = "application/openstack-images-v2.0-json-patch"


@pytest.fixture
def option():
    """Set an option of [image] for this test."""
    changed = []

    def change(name, value):
        changed.append(name)
        CONF.set_override(name, value, "image")
    yield change
    for name in changed:
        CONF.clear_override(name, "image")


def test_versions(glance):
    for path, code in (("", 300), ("/versions", 200), ("/v1/images", 300)):
        answer = glance.ask("GET", path, root="")
        assert answer.status_int == code
        versions = answer.json["versions"]
        assert [v["id"] for v in versions if v["status"] == "CURRENT"] == ["v2.9"]
        assert {v["links"][0]["href"] for v in versions} == {"http://localhost/v2/"}
    assert glance.ask("GET", "").status_int == 404


def test_a_new_image(glance):
    answer = glance.ask("POST", "/images", {"name": "x", "os_type": "linux", "tags": ["b", "a", "b"]})
    assert answer.status_int == 201
    assert answer.headers["Location"] == f"http://localhost/v2/images/{answer.json['id']}"
    assert answer.headers["OpenStack-image-import-methods"] == "glance-direct"
    assert answer.headers["X-OpenStack-Request-Id"].startswith("req-")
    image = answer.json
    assert {name: image[name] for name in image if name not in ("id", "created_at", "updated_at")} == {
        "name": "x", "os_type": "linux", "tags": ["a", "b"], "status": "queued", "visibility": "shared",
        "owner": "p", "protected": False, "os_hidden": False, "min_disk": 0, "min_ram": 0, "size": None,
        "virtual_size": None, "checksum": None, "os_hash_algo": None, "os_hash_value": None,
        "disk_format": None, "container_format": None, "schema": "/v2/schemas/image",
        "self": f"/v2/images/{image['id']}", "file": f"/v2/images/{image['id']}/file"}
    assert glance.do("GET", image["self"][3:]) == image


def test_an_id_of_ones_own(glance):
    assert glance.make(id=ID.upper())["id"] == ID
    assert glance.refused("POST", "/images", {"id": ID}) == (409, f"Image ID {ID} already exists!")


@pytest.mark.parametrize("body, code, message", [
    ({"status": "active"}, 403, "Attribute 'status' is read-only."),
    ({"self": "x"}, 403, "Attribute 'self' is read-only."),
    ({"locations": []}, 403, "Attribute 'locations' is read-only."),
    ({"deleted": True}, 403, "Attribute 'deleted' is reserved."),
    ({"os_glance_x": "1"}, 403, "Attribute 'os_glance_x' is reserved."),
    ({"owner": "q"}, 403, "You are not permitted to create images owned by 'q'."),
    ({"visibility": "public"}, 403, "You are not authorized to complete publicize_image action."),
    ({"x" * 256: "1"}, 400, "Custom property should not be greater than 255 characters."),
    ([], 400, None), ({"name": 1}, 400, None), ({"disk_format": "floppy"}, 400, None),
    ({"min_disk": -1}, 400, None), ({"min_ram": 2 ** 31}, 400, None), ({"tags": [""]}, 400, None),
    ({"visibility": "secret"}, 400, None), ({"custom": 1}, 400, None), ({"id": "x"}, 400, None),
    (b"{", 400, "Malformed request body"),
])
def test_what_cannot_be_made(glance, admin, body, code, message):
    status, said = glance.refused("POST", "/images", body)
    assert status == code
    assert said == message if message else said.startswith("Provided object does not match schema 'image': ")
    assert admin.names() == []


def test_an_administrator_makes_public_images_and_for_others(glance, admin):
    image = admin.make(visibility="public", owner="q")
    assert (image["visibility"], image["owner"]) == ("public", "q")
    assert glance.names() == ["cirros"]


def test_patch(glance):
    image = glance.make(a="1", b="2")
    changed = glance.patch(
        image, {"op": "replace", "path": "/name", "value": "new"}, {"op": "remove", "path": "/a"},
        {"op": "replace", "path": "/b", "value": "3"}, {"op": "add", "path": "/c~1d~0e", "value": "4"},
        {"op": "add", "path": "/min_ram", "value": 64}, {"op": "replace", "path": "/tags", "value": ["t"]},
        {"op": "replace", "path": "/os_hidden", "value": True})
    assert "a" not in changed
    assert (changed["name"], changed["b"], changed["c/d~e"], changed["min_ram"], changed["tags"],
            changed["os_hidden"]) == ("new", "3", "4", 64, ["t"], True)
    assert glance.do("GET", f"/images/{image['id']}") == changed
    assert glance.patch(image) == changed


def test_the_old_form_of_patches(glance):
    image = glance.make(a="1")

    def patch(*changes):
        return glance.ask("PATCH", f"/images/{image['id']}", list(changes), Content_Type=OLD_PATCH)
    assert patch({"replace": "/name", "value": "new"}, {"add": "/b", "value": "2"}).json["b"] == "2"
    assert patch({"remove": "/a"}).status_int == 200
    assert patch({"add": "/b", "value": "2"}).json["message"] == "Property b already present."
    assert patch({"add": "/x", "remove": "/y"}).status_int == 400


@pytest.mark.parametrize("change, code, message", [
    ({"op": "replace", "path": "/no", "value": "x"}, 409, "Property no does not exist."),
    ({"op": "remove", "path": "/no"}, 409, "Property no does not exist."),
    ({"op": "remove", "path": "/name"}, 403, "Property name may not be removed."),
    ({"op": "replace", "path": "/id", "value": ID}, 403, "Attribute 'id' is read-only."),
    ({"op": "replace", "path": "/status", "value": "active"}, 403, "Attribute 'status' is read-only."),
    ({"op": "remove", "path": "/checksum"}, 403, "Attribute 'checksum' is read-only."),
    ({"op": "add", "path": "/location", "value": "x"}, 403, "Attribute 'location' is reserved."),
    ({"op": "replace", "path": "/owner", "value": "q"}, 403, "Owner can't be updated by non admin."),
    ({"op": "replace", "path": "/visibility", "value": "public"}, 403,
     "You are not authorized to complete publicize_image action."),
    ({"op": "move", "path": "/name"}, 400,
     "Invalid operation: `move`. It must be one of the following: add, remove, replace."),
    ({"path": "/name"}, 400,
     "Unable to find `op` in JSON Schema change. It must be one of the following: add, remove, replace."),
    ({"op": "add", "value": "x"}, 400, "Unable to find 'path' in JSON Schema change"),
    ({"op": "add", "path": "/x"}, 400, 'Operation "add" requires a member named "value".'),
    ({"op": "add", "path": "x", "value": ""}, 400, 'Pointer `x` does not start with "/".'),
    ({"op": "add", "path": "/", "value": ""}, 400, "Pointer `/` does not contains valid token."),
    ({"op": "add", "path": "/x~2", "value": ""}, 400,
     'Pointer `/x~2` contains "~" not part of a recognized escape sequence.'),
    ({"op": "add", "path": "/tags/-", "value": "x"}, 400,
     "Invalid JSON pointer for this resource: '/tags/-'"),
    ("x", 400, "Operations must be JSON objects."),
])
def test_patches_that_are_refused_change_nothing(glance, change, code, message):
    image = glance.make()
    first = {"op": "replace", "path": "/name", "value": "new"}
    assert glance.refused("PATCH", f"/images/{image['id']}", [first, change],
                          Content_Type=PATCH) == (code, message)
    assert glance.do("GET", f"/images/{image['id']}") == image


def test_patches_have_a_type_of_their_own(glance):
    answer = glance.ask("PATCH", f"/images/{glance.make()['id']}", [], Content_Type="application/json")
    assert answer.status_int == 415
    assert answer.headers["Accept-Patch"] == f"{OLD_PATCH}, {PATCH}"


def test_delete(glance):
    image = glance.make(protected=True)
    path = f"/images/{image['id']}"
    assert glance.refused("DELETE", path) == (
        403, f"Image {image['id']} is protected and cannot be deleted.")
    glance.patch(image, {"op": "replace", "path": "/protected", "value": False})
    assert glance.ask("DELETE", path).status_int == 204
    assert glance.refused("DELETE", path) == (404, f"Failed to find image {image['id']} to delete")
    assert glance.refused("GET", path) == (404, f"No image found with ID {image['id']}")


def test_what_others_see_and_may_do(glance, admin):
    stranger = glance.of("v", "q")
    private, public = glance.make(name="private"), glance.make(name="public")
    admin.patch(public, {"op": "replace", "path": "/visibility", "value": "public"})
    community = glance.make(name="community", visibility="community")
    assert stranger.names() == ["public"]
    assert stranger.names("?visibility=community") == ["community"]
    assert sorted(stranger.names("?visibility=all")) == ["community", "public"]
    assert stranger.names("?visibility=shared") == stranger.names("?owner=p&visibility=private") == []
    assert sorted(admin.names()) == ["community", "private", "public"]
    rename = [{"op": "replace", "path": "/name", "value": "mine"}]
    for method, path, body, headers in (
            ("GET", "", None, {}), ("PATCH", "", rename, {"Content_Type": PATCH}), ("DELETE", "", None, {}),
            ("GET", "/file", None, {}), ("PUT", "/file", b"x", {"Content_Type": "application/octet-stream"}),
            ("PUT", "/stage", b"x", {"Content_Type": "application/octet-stream"}),
            ("POST", "/import", {"method": {"name": "glance-direct"}}, {}),
            ("POST", "/actions/deactivate", None, {}), ("POST", "/actions/reactivate", None, {}),
            ("PUT", "/tags/t", None, {}), ("DELETE", "/tags/t", None, {}), ("GET", "/members", None, {}),
            ("POST", "/members", {"member": "q"}, {}), ("PUT", "/members/q", {"status": "accepted"}, {}),
            ("GET", "/members/q", None, {}), ("DELETE", "/members/q", None, {})):
        status, _ = stranger.refused(method, f"/images/{private['id']}{path}", body, **headers)
        assert status == 404, (method, path)
        if method == "GET" and path in ("", "/file"):
            assert stranger.ask(method, f"/images/{community['id']}{path}").status_int in (200, 204)
            continue
        for seen in (public, community):
            status, _ = stranger.refused(method, f"/images/{seen['id']}{path}", body, **headers)
            assert status == (404 if (method, path) == ("GET", "/members/q") else 403), (method, path)
    assert glance.do("GET", f"/images/{private['id']}") == private


def test_nobodys_image_is_not_everybodys_to_change(glance, admin):
    image = admin.make(visibility="public")
    admin.patch(image, {"op": "replace", "path": "/owner", "value": None})
    assert glance.refused("DELETE", f"/images/{image['id']}")[0] == 403
    admin.do("DELETE", f"/images/{image['id']}")


def test_filters(glance):
    glance.make(name="a", content=b"12345", os_type="linux", tags=["x", "y"], min_ram=64)
    glance.make(name="b", content=b"1", os_type="linux", tags=["x"], disk_format="qcow2", protected=True)
    glance.make(name="c", os_type="windows", os_hidden=True)
    glance.make(name="d")
    md5 = "827ccb0eea8a706c4c34a16891f84e7b"
    for query, names in (
            ("", "dba"), ("name=a", "a"), ("name=in:a,d", "da"), ("status=queued", "d"),
            ("status=in:queued,active", "dba"), ("tag=x", "ba"), ("tag=x&tag=y", "a"), ("tag=z", ""),
            ("os_type=linux", "ba"), ("os_type=linux&name=b", "b"), ("nosuch=1", ""), ("%00=1", ""),
            ("size_min=2", "a"), ("size_min=1&size_max=4", "b"), ("min_ram=64", "a"),
            ("disk_format=qcow2", "b"),
            (f"checksum={md5}", "a"), ("protected=true", "b"), ("protected=false", "da"),
            ("os_hidden=true", "c"), ("owner=p&visibility=shared", "dba"), ("owner=q", ""),
            ("created_at=gt:2015-01-01T00:00:00Z", "dba"), ("updated_at=lt:2015-01-01T00:00:00Z", ""),
            ("sort=name:asc", "abd"), ("sort=disk_format:desc,name:asc", "adb"), ("sort_key=size", "abd"),
            ("sort_key=status&sort_key=name&sort_dir=asc", "abd"), ("sort_key=name&sort_dir=desc", "dba"),
            ("limit=0", ""), ("limit=2", "db")):
        assert "".join(glance.names("?" + query)) == names, query


@pytest.mark.parametrize("query, message", [
    ("limit=x", "limit param must be an integer"), ("limit=-1", "limit param must be positive"),
    ("marker=nosuch", "Invalid marker. Image could not be found."),
    ("sort_key=x", "Invalid sort key: x. It must be one of the following: name, status, container_format, "
                   "disk_format, size, id, created_at, updated_at."),
    ("sort_dir=up", "Invalid sort direction: up"),
    ("sort=name&sort_key=name", "Old and new sorting syntax cannot be combined"),
    ("sort_key=name&sort_dir=asc&sort_dir=asc", "Number of sort dirs does not match the number of sort keys"),
    ("visibility=x", "Invalid visibility value: x"), ("member_status=x", "Invalid status: x"),
    ("os_hidden=x", "Invalid value 'x' for 'os_hidden' filter. Valid values are 'true' or 'false'."),
    ("size_min=x", "Unable to filter using the specified range."),
    ("created_at=at:2015-01-01", "Unable to filter by unknown operator 'at'."),
    ("created_at=gt:soon", "Invalid time: soon"),
    ("changes-since=2015-01-01", 'The "changes-since" filter is no longer available on v2.'),
])
def test_queries_that_make_no_sense(glance, query, message):
    assert glance.refused("GET", "/images?" + query) == (400, message)


@pytest.mark.parametrize("sort", ["", "&sort=name:asc", "&sort=disk_format:desc,size:asc", "&sort_key=size"])
def test_pages_cover_everything_once(glance, sort):
    for number in range(7):
        glance.make(name=f"i{number % 3}", disk_format=("raw", None)[number % 2])
    everything = [image["id"] for image in glance.do("GET", f"/images?limit=100{sort}")["images"]]
    assert len(everything) == 7
    page = glance.do("GET", f"/images?limit=3{sort}")
    found = []
    while True:
        assert page["first"].startswith("/v2/images?limit=3") and "marker" not in page["first"]
        found += [image["id"] for image in page["images"]]
        if "next" not in page:
            break
        page = glance.do("GET", page["next"][3:])
    assert found == everything


def test_the_size_of_a_page(glance, option):
    for _ in range(3):
        glance.make()
    option("limit_param_default", 2)
    assert len(glance.names()) == 2
    option("api_limit_max", 1)
    assert len(glance.names("?limit=100")) == 1


def test_a_list_is_one_statement(glance):
    for number in range(3):
        glance.make(name=str(number), tags=["a", "b"])
    with engine.count_statements() as few:
        assert len(glance.names("?limit=1&tag=a")) == 1
    with engine.count_statements() as many:
        assert len(glance.names("?tag=a")) == 3
    assert few.count == many.count == 1


def test_quotas(glance, option):
    option("image_property_quota", 2)
    option("image_tag_quota", 1)
    image = glance.make(a="1", b="2", tags=["t"])
    assert glance.refused("POST", "/images", {"a": "1", "b": "2", "c": "3"}) == (
        413, "The limit has been exceeded on the number of allowed image properties. "
             "Attempted: 3, Maximum: 2")
    for method, path, body in (("PATCH", "", [{"op": "add", "path": "/c", "value": "3"}]),
                               ("PUT", "/tags/more", None)):
        assert glance.refused(method, f"/images/{image['id']}{path}", body, Content_Type=PATCH)[0] == 413
    glance.do("PUT", f"/images/{image['id']}/tags/t")


def test_tags(glance):
    image = glance.make()
    path = f"/images/{image['id']}/tags"
    for tag in ("b", "a", "b", "%C3%A9%20x"):
        assert glance.ask("PUT", f"{path}/{tag}").status_int == 204
    assert glance.do("GET", f"/images/{image['id']}")["tags"] == ["a", "b", "é x"]
    assert glance.ask("DELETE", f"{path}/a").status_int == 204
    assert glance.refused("DELETE", f"{path}/a")[0] == 404
    assert glance.refused("PUT", f"{path}/{'x' * 256}")[0] == 400


def test_schemas(glance):
    for name in ("image", "images", "member", "members"):
        assert glance.do("GET", f"/schemas/{name}")["name"] == name
    assert glance.refused("GET", "/schemas/task")[0] == 404
    shown = set(glance.make())
    assert shown <= set(glance.do("GET", "/schemas/image")["properties"])


def test_errors_are_html_unless_json_is_asked_for(glance):
    answer = glance.ask("GET", "/images/%3Cx%3E", Accept="")
    assert (answer.status_int, answer.content_type) == (404, "text/html")
    assert "No image found with ID &lt;x&gt;<br />" in answer.text
    answer = glance.ask("GET", "/images/%3Cx%3E")
    assert answer.json == {"code": "404 Not Found", "title": "Not Found",
                           "message": "No image found with ID <x>"}


def test_bodies_are_small(glance):
    assert glance.ask("POST", "/images", b"x" * 200000).status_int == 413
    assert glance.ask("PUT", "/images/x/members/file", b"x" * 200000).status_int == 413
