"""Whatever a project does with images, it is not seen or changed by another one."""

from minova.api.image.app import ImageV2
from tests.functional import strangers
from tests.functional.api.image.conftest import OCTETS, PATCH

BODIES = {
    "PATCH /images/{image_id}": [[{"op": "replace", "path": "/name", "value": "theirs"}],
                                 [{"op": "add", "path": "/a", "value": "b"}]],
    "PUT /images/{image_id}/file": [b"theirs"], "PUT /images/{image_id}/stage": [b"theirs"],
    "POST /images/{image_id}/import": [{"method": {"name": "glance-direct"}}],
    "POST /images/{image_id}/actions/deactivate": [None],
    "POST /images/{image_id}/actions/reactivate": [None],
    "POST /images/{image_id}/members": [{"member": "q"}],
    "PUT /images/{image_id}/members/{member_id}": [{"status": "accepted"}],
    "PUT /images/{image_id}/tags/{tag}": [None]}


def kind(body) -> str:
    return OCTETS if isinstance(body, bytes) else PATCH if isinstance(body, list) else "application/json"


def test_strangers(glance):
    for visibility, content in (("shared", b"mine"), ("private", b"mine"), ("private", None)):
        image = glance.make(content, name="mine", visibility=visibility, tags=["t"])
        if visibility == "shared":
            glance.do("POST", f"/images/{image['id']}/members", {"member": "r"})
        before = glance.do("GET", f"/images/{image['id']}")
        stranger, others = glance.of("eve", "q"), {"member_id": "r", "tag": "t"}
        for method, path, body in strangers.attempts(ImageV2, {"images": image["id"]}, others, BODIES):
            answer = stranger.ask(method, path, body, Content_Type=kind(body))
            assert answer.status_int in (403, 404), (method, path, answer.text)
        for path in strangers.lists(ImageV2):
            assert image["id"] not in stranger.ask("GET", path).text
        assert glance.do("GET", f"/images/{image['id']}") == before
        if content:
            assert glance.do("GET", f"/images/{image['id']}/file") == content
