"""The image API in this process."""

import pytest
import webob

from minova import jsonutils, wsgi

PATCH = "application/openstack-images-v2.1-json-patch"
OCTETS = "application/octet-stream"


class Glance:
    """Sends requests of one user of one project through the paste pipeline of the image API."""

    def __init__(self, app, user="u", project="p"):
        self.app, self.user, self.project = app, user, project

    def of(self, user, project):
        return Glance(self.app, user, project)

    def ask(self, method, path, body=None, root="/v2", **headers):
        headers = {"X-Auth-Token": f"{self.user}:{self.project}", "Accept": "application/json",
                   **{name.replace("_", "-"): value for name, value in headers.items()}}
        request = webob.Request.blank(root + path, method=method, headers=headers)
        if body is not None:
            request.body = body if isinstance(body, bytes) else jsonutils.dump_as_bytes(body)
        return request.get_response(self.app)

    def do(self, method, path, body=None, **headers):
        """What was asked for; it must work."""
        answer = self.ask(method, path, body, **headers)
        assert answer.status_int < 300, answer.text
        return answer.json if answer.content_type == "application/json" else answer.body

    def refused(self, method, path, body=None, **headers):
        """(status, message) of what must not work."""
        answer = self.ask(method, path, body, **headers)
        assert answer.status_int >= 400, answer.text
        return answer.status_int, answer.json["message"]

    def make(self, content=None, **values):
        """A new image, with its formats, and with that content."""
        image = self.do("POST", "/images", {
            "name": "cirros", "disk_format": "raw", "container_format": "bare", **values})
        if content is not None:
            self.do("PUT", f"/images/{image['id']}/file", content, Content_Type=OCTETS)
        return self.do("GET", f"/images/{image['id']}")

    def patch(self, image, *changes):
        return self.do("PATCH", f"/images/{image['id']}", list(changes), Content_Type=PATCH)

    def names(self, query=""):
        return [image["name"] for image in self.do("GET", f"/images{query}")["images"]]


@pytest.fixture(scope="session")
def image_app(minova_configured):
    return wsgi.Loader().load_app("image")


@pytest.fixture
def glance(image_app, minova_database):
    """The API for a member of project p, over a clean SQLite database."""
    return Glance(image_app)


@pytest.fixture
def admin(glance):
    return glance.of("admin", "admin")
