"""Resource: content types, microversions, actions, extensions, faults."""

import json

import pytest
import webob
import webob.exc

from minova.api import validation
from minova.api.openstack import compute, extensions, wsgi

HEADER = "X-OpenStack-Nova-API-Version"
SCHEMA = {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"],
          "additionalProperties": False}


class Things(wsgi.Controller):

    @extensions.expected_errors(())
    def index(self, req):
        return {"things": []}

    @wsgi.Controller.api_version("2.1", "2.3")
    def show(self, req, id):
        return {"old": id}

    @wsgi.Controller.api_version("2.5")         # noqa: F811
    def show(self, req, id):                    # noqa: F811
        return {"new": id}

    @wsgi.response(202)
    @validation.schema(SCHEMA)
    def create(self, req, body):
        answer = wsgi.ResponseObject({"thing": body})
        answer["Location"] = "http://here/1"
        return answer

    @wsgi.response(204)
    def delete(self, req, id):
        return None

    @extensions.expected_errors(404)
    def update(self, req, id, body):
        raise {"404": webob.exc.HTTPNotFound, "409": webob.exc.HTTPConflict, "500": KeyError}[id]()

    @wsgi.response(202)
    @wsgi.action("poke")
    def _poke(self, req, id, body):
        return {"poked": body["poke"]}

    @wsgi.action("busy")
    def _busy(self, req, id, body):
        raise webob.exc.HTTPRequestEntityTooLarge(
            explanation="Later.", headers={"Retry-After": "7"})


class Extra(wsgi.Controller):
    """An extension to Things."""

    @wsgi.extends
    def index(self, req, resp_obj):
        resp_obj.obj["extra"] = True

    @wsgi.Controller.api_version("2.5")
    @wsgi.extends
    def show(self, req, resp_obj, id):
        resp_obj.obj["extra"] = True

    @wsgi.extends(action="poke")
    def _poke(self, req, resp_obj, id, body):
        resp_obj.obj["seen"] = id

    @wsgi.action("stroke")
    def _stroke(self, req, id, body):
        return {"stroked": id}


class Before(wsgi.Controller):
    """A generator: runs before and after, or answers instead."""

    @wsgi.extends
    def index(self, req):
        if "stop" in req.GET:
            yield webob.Response(status=299)
            return
        resp_obj = yield
        resp_obj.obj["order"] = ["before"] + list(resp_obj.obj)


@pytest.fixture
def resource():
    made = wsgi.Resource(Things())
    for controller in (Before(), Extra()):
        made.register_actions(controller)
        made.register_extensions(controller)
    return made


def send(resource, ctx, action, method="GET", body=None, query="", legacy=False, project=None,
         content_type="application/json", headers=None, **variables):
    request = webob.Request.blank("/x?" + query, method=method, headers=headers or {})
    if body is not None:
        request.body = body if isinstance(body, bytes) else json.dumps(body).encode()
    request.environ["CONTENT_TYPE"] = content_type
    request.environ["nova.context"] = ctx
    if legacy:
        request.environ["minova.legacy_v2"] = True
    if project:
        variables["project_id"] = project
    request.environ["wsgiorg.routing_args"] = ((), {"action": action, "controller": resource,
                                                    **variables})
    return request.get_response(resource)


def message(answer) -> str:
    return next(iter(answer.json.values()))["message"]


# ---- bodies

@pytest.mark.parametrize("content_type, status", [
    ("application/json", 202), ("application/vnd.openstack.compute+json", 202),
    ("application/json; charset=utf-8", 202), ("text/plain", 415), ("", 415),
    ("APPLICATION/JSON", 415)])
def test_content_type_of_a_body(resource, ctx, content_type, status):
    answer = send(resource, ctx, "create", "POST", {"name": "n"}, content_type=content_type)
    assert answer.status_int == status
    if status == 415:
        assert answer.json == {"badMediaType": {"code": 415, "message": "Unsupported Content-Type"}}


@pytest.mark.parametrize("body", [b"{", b"\xff", b"[" * 100000, b'{"name": "\\ud800"}',
                                  b"\xef\xbb\xbf{}"])
def test_malformed_bodies(resource, ctx, body):
    answer = send(resource, ctx, "create", "POST", body)
    assert (answer.status_int, message(answer)) == (400, "Malformed request body")


@pytest.mark.parametrize("content_type", ["application/json", "text/plain"])
def test_nobody_reads_the_body_of_a_delete(resource, ctx, content_type):
    answer = send(resource, ctx, "delete", "DELETE", b"{", content_type=content_type, id="1")
    assert answer.status_int == 204


def test_answer_of_a_create(resource, ctx):
    answer = send(resource, ctx, "create", "POST", {"name": "n"})
    assert answer.json == {"thing": {"name": "n"}}
    assert answer.headers["Location"] == "http://here/1"
    assert answer.headers["Content-Type"] == "application/json"


def test_answer_without_a_body(resource, ctx):
    answer = send(resource, ctx, "delete", "DELETE", id="1")
    assert (answer.status_int, answer.body) == (204, b"")


def test_vendor_type_is_echoed(resource, ctx):
    vendor = "application/vnd.openstack.compute+json"
    assert send(resource, ctx, "index", headers={"Accept": vendor}).content_type == vendor
    assert send(resource, ctx, "index",
                headers={"Accept": "text/html"}).content_type == "application/json"


# ---- microversions

@pytest.mark.parametrize("version, expected", [
    (None, {"old": "1"}), ("2.1", {"old": "1"}), ("2.3", {"old": "1"}),
    ("2.5", {"new": "1", "extra": True}), ("latest", {"new": "1", "extra": True})])
def test_versioned_methods(resource, ctx, version, expected):
    headers = {HEADER: version} if version else {}
    answer = send(resource, ctx, "show", id="1", headers=headers)
    assert answer.json == expected
    assert answer.headers["Vary"] == HEADER
    assert answer.headers[HEADER] == {None: "2.1", "latest": "2.12"}.get(version, version)


def test_a_version_between_the_methods_is_404(resource, ctx):
    answer = send(resource, ctx, "show", id="1", headers={HEADER: "2.4"})
    assert answer.status_int == 404 and answer.headers[HEADER] == "2.4"


def test_the_body_and_the_project_are_looked_at_before_the_version(resource, ctx):
    def complaint(*args, **kwargs):
        return message(send(resource, ctx, "show", *args, headers={HEADER: "2.4"}, id="1", **kwargs))
    assert complaint("POST", b"{") == "Malformed request body"
    assert complaint("POST", {}, content_type="text/plain") == "Unsupported Content-Type"
    assert complaint(project="other").startswith("Malformed request URL")


def test_versions_that_are_not_offered(resource, ctx):
    answer = send(resource, ctx, "index", headers={HEADER: "2.13"})
    assert answer.status_int == 406
    assert message(answer) == ("Version 2.13 is not supported by the API. Minimum is 2.1 and "
                               "maximum is 2.12.")
    assert answer.headers[HEADER] == "2.13"


@pytest.mark.parametrize("version", ["2", "02.1", "2.01", "", "LATEST", "x", "2.1.1", "٢.١"])
def test_versions_that_are_none(resource, ctx, version):
    answer = send(resource, ctx, "index", headers={HEADER: version})
    assert answer.status_int == 400
    assert "is of invalid format. Must be of format MajorNum.MinorNum." in message(answer)
    assert "Vary" not in answer.headers and HEADER not in answer.headers


def test_clients_of_v2_have_no_microversions(resource, ctx):
    answer = send(resource, ctx, "show", id="1", legacy=True, headers={HEADER: "2.5"})
    assert answer.json == {"old": "1"}
    assert "Vary" not in answer.headers and HEADER not in answer.headers


def test_overlapping_versions_are_refused_when_they_are_declared():
    with pytest.raises(ValueError, match="overlap"):
        class Broken(wsgi.Controller):
            @wsgi.Controller.api_version("2.1", "2.4")
            def show(self, req): ...

            @wsgi.Controller.api_version("2.4")     # noqa: F811
            def show(self, req): ...                # noqa: F811


@pytest.mark.parametrize("decorator", [
    wsgi.response(202), wsgi.action("poke"), wsgi.extends, wsgi.extends(action="poke"),
    extensions.expected_errors(404), validation.schema(SCHEMA)])
def test_decorators_above_the_versions_are_refused(decorator):
    with pytest.raises(ValueError, match="@api_version must stand above @.* of refused"):
        @decorator
        @wsgi.Controller.api_version("2.1")
        def refused(self, req): ...


# ---- actions

def act(resource, ctx, body, **kwargs):
    return send(resource, ctx, "action", "POST", body, id="1", **kwargs)


def test_actions_and_what_extends_them(resource, ctx):
    answer = act(resource, ctx, {"poke": "x"})
    assert (answer.status_int, answer.json) == (202, {"poked": "x", "seen": "1"})
    assert act(resource, ctx, {"stroke": None}).json == {"stroked": "1"}


@pytest.mark.parametrize("body, status, text", [
    ({}, 400, "Malformed request body"), ({"poke": 1, "stroke": 1}, 400, "Malformed request body"),
    ({"nosuch": 1}, 400, "There is no such action: nosuch"),
    ({"create": 1}, 400, "There is no such action: create"),
    ({"_poke": 1}, 400, "There is no such action: _poke"),
    (None, 404, None), (b"null", 404, None), (b"12", 404, None), (b"true", 404, None),
    (b'["poke"]', 404, None), (b"{", 400, "Malformed request body")])
def test_actions_that_are_none(resource, ctx, body, status, text):
    if body is None:
        body, status, text = b"", 400, "Malformed request body"
    answer = act(resource, ctx, body)
    assert answer.status_int == status
    if text:
        assert message(answer) == text


def test_an_action_of_another_content_type(resource, ctx):
    answer = act(resource, ctx, {"poke": 1}, content_type="text/plain")
    assert (answer.status_int, message(answer)) == (400, "There is no such action: None")


# ---- extensions

def test_extensions_add_before_and_after(resource, ctx):
    assert send(resource, ctx, "index").json == {
        "things": [], "extra": True, "order": ["before", "things", "extra"]}


def test_an_extension_may_answer_instead(resource, ctx):
    assert send(resource, ctx, "index", query="stop=1").status_int == 299


# ---- faults

def test_an_error_that_is_expected(resource, ctx):
    answer = send(resource, ctx, "update", "PUT", {}, id="404")
    assert answer.json == {"itemNotFound": {
        "code": 404, "message": "The resource could not be found."}}
    assert answer.headers["Content-Type"] == "application/json; charset=UTF-8"


def test_an_error_that_is_not_expected_is_a_500(resource, ctx):
    answer = send(resource, ctx, "update", "PUT", {}, id="409")
    assert answer.status_int == 500
    assert message(answer).startswith("Unexpected API Error.")
    with pytest.raises(KeyError):       # for the fault wrapper
        send(resource, ctx, "update", "PUT", {}, id="500")


def test_retry_after(resource, ctx):
    answer = act(resource, ctx, {"busy": None})
    assert answer.headers["Retry-After"] == "7"
    assert answer.json == {"overLimit": {"code": 413, "message": "Later.", "retryAfter": "7"}}


def test_no_such_method(resource, ctx):
    assert send(resource, ctx, "nosuch").status_int == 404
    assert send(resource, ctx, "_poke").status_int == 404


def test_project_of_the_url(resource, ctx):
    assert send(resource, ctx, "index", project="p").status_int == 200
    answer = send(resource, ctx, "index", project="q")
    assert (answer.status_int, message(answer)) == (
        400, "Malformed request URL: URL's project_id 'q' doesn't match Context's project_id 'p'")


def test_query_that_is_no_utf8(resource, ctx):
    assert send(resource, ctx, "index", query="a=%ff").status_int == 400


# ---- loading

def test_black_and_white_lists(monkeypatch):
    from minova.conf import CONF
    CONF.set_override("extensions_blacklist", ["os-server-groups"], "osapi_v21")
    try:
        loaded = compute.APIRouterV21().loaded_extension_info.get_extensions()
    finally:
        CONF.clear_override("extensions_blacklist", "osapi_v21")
    assert "servers" in loaded and "os-server-groups" not in loaded
