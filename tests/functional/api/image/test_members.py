"""Images that are shared."""

import pytest

from minova.conf import CONF


@pytest.fixture
def friend(glance):
    return glance.of("v", "q")


@pytest.fixture
def image(glance):
    image = glance.make(b"content")
    member = glance.do("POST", f"/images/{image['id']}/members", {"member": "q"})
    assert (member["member_id"], member["image_id"], member["status"], member["schema"]) == (
        "q", image["id"], "pending", "/v2/schemas/member")
    return image


def test_what_is_shared_is_listed_once_it_is_accepted(glance, friend, image):
    path = f"/images/{image['id']}"
    assert friend.do("GET", path) == image
    assert friend.ask("GET", f"{path}/file").body == b"content"
    assert friend.names() == []
    assert friend.names("?member_status=pending") == friend.names("?member_status=all") == ["cirros"]
    accepted = friend.do("PUT", f"{path}/members/q", {"status": "accepted"})
    assert accepted["status"] == "accepted"
    assert friend.names() == friend.names("?visibility=shared") == ["cirros"]
    friend.do("PUT", f"{path}/members/q", {"status": "rejected"})
    assert friend.names() == []
    assert friend.names("?member_status=rejected") == ["cirros"]
    assert glance.names() == ["cirros"]


def test_what_ends_it(glance, friend, image):
    path = f"/images/{image['id']}"
    assert glance.ask("DELETE", f"{path}/members/q").status_int == 204
    assert friend.refused("GET", path)[0] == 404
    assert glance.refused("DELETE", f"{path}/members/q") == (
        404, f"q not found in the member list of the image {image['id']}.")
    glance.do("POST", f"{path}/members", {"member": "q"})
    glance.patch(image, {"op": "replace", "path": "/visibility", "value": "private"})
    assert friend.refused("GET", path)[0] == 404
    glance.patch(image, {"op": "replace", "path": "/visibility", "value": "shared"})
    assert friend.ask("GET", path).status_int == 200


def test_who_sees_which_members(glance, friend, admin, image):
    path = f"/images/{image['id']}/members"
    glance.do("POST", path, {"member": "r"})
    for who, members in ((glance, ["q", "r"]), (admin, ["q", "r"]), (friend, ["q"])):
        found = who.do("GET", path)
        assert [member["member_id"] for member in found["members"]] == members
        assert found["schema"] == "/v2/schemas/members"
    assert friend.do("GET", f"{path}/q")["member_id"] == "q"
    assert friend.refused("GET", f"{path}/r")[0] == 404
    assert glance.do("GET", f"{path}/r")["member_id"] == "r"


def test_who_may_do_what(glance, friend, admin, image):
    path = f"/images/{image['id']}/members"
    accept = {"status": "accepted"}
    assert glance.refused("PUT", f"{path}/q", accept) == (
        403, f"Not allowed to update members for image {image['id']}.")
    assert friend.refused("POST", path, {"member": "r"}) == (
        403, f"Not allowed to create members for image {image['id']}.")
    assert friend.refused("DELETE", f"{path}/q") == (
        403, f"Not allowed to delete members for image {image['id']}.")
    assert admin.do("PUT", f"{path}/q", accept)["status"] == "accepted"
    glance.do("POST", path, {"member": "r"})
    assert friend.refused("PUT", f"{path}/r", accept)[0] == 404


def test_only_shared_images_have_members(glance, image):
    glance.patch(image, {"op": "replace", "path": "/visibility", "value": "private"})
    path = f"/images/{image['id']}/members"
    assert glance.refused("GET", path) == (
        403, f"Not allowed to list members for image {image['id']}: Only shared images have members.")
    assert glance.refused("GET", f"{path}/q") == (404, "Only shared images have members.")
    assert glance.refused("POST", path, {"member": "r"})[0] == 403
    assert glance.refused("DELETE", f"{path}/q")[0] == 403


@pytest.mark.parametrize("method, path, body, message", [
    ("POST", "", {}, "Member to be added not specified"),
    ("POST", "", {"member": ""}, "Member can't be empty"),
    ("POST", "", [], 'Expected a member in the form: {"member": "..."}'),
    ("POST", "", {"member": 1}, 'Expected a member in the form: {"member": "..."}'),
    ("PUT", "/q", {}, "Status not specified"),
    ("PUT", "/q", {"status": "maybe"},
     'Incorrect request: Status must be "pending", "accepted" or "rejected".'),
])
def test_bodies_that_make_no_sense(glance, image, method, path, body, message):
    assert glance.refused(method, f"/images/{image['id']}/members{path}", body) == (400, message)


def test_too_many_members_and_the_same_twice(glance, image):
    path = f"/images/{image['id']}/members"
    assert glance.refused("POST", path, {"member": "q"}) == (
        409, f"Member q is duplicated for image {image['id']}")
    CONF.set_override("image_member_quota", 1, "image")
    try:
        assert glance.refused("POST", path, {"member": "r"}) == (
            413, f"Image member limit exceeded for image {image['id']}: there may be 1.")
    finally:
        CONF.clear_override("image_member_quota", "image")


def test_shared_images_boot(minova_client, glance, friend, image):
    assert minova_client.as_user("v", "q").boot(imageRef=image["id"])["status"] == "ACTIVE"
