"""The filters around the API: authentication, faults, sizes, prefixes, policy."""

import io
import json
import os
import time

import pytest
import webob
import webob.exc
from oslo_policy import policy as oslo_policy

from minova import context, exception
from minova.api import auth, compute_req_id, sizelimit
from minova.api import openstack as api
from minova.api.openstack import auth as noauth
from minova.api.openstack import faults, urlmap
from minova.conf import CONF


def echo(environ, start_response):
    """An application that says who asked, and for what."""
    ctx = environ.get("nova.context")
    answer = webob.Response(json={
        "user": ctx and ctx.user_id, "project": ctx and ctx.project_id,
        "admin": ctx and ctx.is_admin, "roles": ctx and ctx.roles,
        "script": environ["SCRIPT_NAME"], "path": environ["PATH_INFO"],
        "body": len(environ["wsgi.input"].read())})
    return answer(environ, start_response)


def raiser(error):
    def application(environ, start_response):
        raise error
    return application


def send(app, path="/x", method="GET", environ=None, **headers):
    request = webob.Request.blank(path, method=method, headers={
        name.replace("_", "-"): value for name, value in headers.items()})
    request.environ.update(environ or {})
    return request.get_response(app)


# ---- noauth2

@pytest.mark.parametrize("token, user, project, admin", [
    (None, "admin", "admin", True), ("admin", "admin", "admin", True),
    ("admin:p", "admin", "p", True), ("u:p", "u", "p", False), ("u:", "u", "u", False),
    ("x:y:z", "x", "y:z", False)])
def test_noauth2(token, user, project, admin):
    headers = {"X-Auth-Token": token} if token else {}
    answer = send(noauth.NoAuthMiddleware(echo), "/servers", **headers).json
    assert (answer["user"], answer["project"], answer["admin"]) == (user, project, admin)
    assert answer["roles"] == (["admin"] if admin else [])


def test_noauth2_handshake():
    answer = send(noauth.NoAuthMiddleware(echo), "/", environ={"SCRIPT_NAME": "/v2.1"},
                  X_Auth_User="u", X_Auth_Project_Id="p")
    assert answer.status_int == 204
    assert answer.headers["X-Auth-Token"] == "u:p"
    assert answer.headers["X-Server-Management-Url"] == "http://localhost/v2.1/p"


# ---- keystone

def test_keystone_context():
    app = auth.NovaKeystoneContext(echo)
    answer = send(app, X_User_Id="u", X_Project_Id="p", X_Roles="member,Reader").json
    assert (answer["user"], answer["project"], answer["admin"]) == ("u", "p", False)
    assert send(app, X_User_Id="u", X_Project_Id="p", X_Roles="admin").json["admin"] is True


@pytest.mark.parametrize("headers", [
    {}, {"X_User_Id": "u"}, {"X_Project_Id": "p"}, {"X_Auth_Token": "admin:admin"}])
def test_keystone_without_identity_is_401(headers):
    answer = send(auth.NovaKeystoneContext(echo), **headers)
    assert answer.status_int == 401
    assert answer.json["unauthorized"]["code"] == 401


# ---- the id of the request, and the fault wrapper

def test_request_id_is_in_the_answer():
    seen = []

    def application(environ, start_response):
        seen.append(environ["openstack.request_id"])
        return echo(environ, start_response)

    answer = send(compute_req_id.ComputeReqIdMiddleware(application))
    assert seen[0].startswith("req-")
    assert answer.headers["x-compute-request-id"] == seen[0]
    assert answer.headers["X-OpenStack-Request-Id"] == seen[0]


@pytest.mark.parametrize("error", [
    KeyError("secret"), exception.MinovaException("secret"), RuntimeError("secret /etc/x")])
def test_nothing_internal_leaves(error):
    app = compute_req_id.ComputeReqIdMiddleware(api.FaultWrapper(raiser(error)))
    answer = send(app)
    assert answer.status_int == 500
    assert list(answer.json) == ["computeFault"]
    assert "secret" not in answer.text and type(error).__name__ not in answer.text
    assert answer.headers["x-compute-request-id"] in answer.json["computeFault"]["message"]


def test_errors_that_carry_a_code_keep_it():
    answer = send(api.FaultWrapper(raiser(exception.ImageNotFound(image_id="i"))))
    assert answer.status_int == 404
    assert list(answer.json) == ["itemNotFound"]
    answer = send(api.FaultWrapper(raiser(webob.exc.HTTPForbidden(explanation="No."))))
    assert answer.json == {"forbidden": {"code": 403, "message": "No."}}


@pytest.mark.parametrize("code, name", [
    (400, "badRequest"), (401, "unauthorized"), (403, "forbidden"), (404, "itemNotFound"),
    (405, "badMethod"), (406, "computeFault"), (409, "conflictingRequest"), (413, "overLimit"),
    (415, "badMediaType"), (429, "overLimit"), (500, "computeFault"), (501, "notImplemented"),
    (503, "serviceUnavailable")])
def test_fault_names(code, name):
    answer = send(faults.Fault(webob.exc.status_map[code](explanation="Why.")))
    assert answer.status_int == code
    assert answer.json == {name: {"code": code, "message": "Why."}}


# ---- the size of bodies

LIMIT = 114688


def limited():
    return sizelimit.RequestBodySizeLimiter(echo)


@pytest.mark.parametrize("size, status", [(0, 200), (LIMIT, 200), (LIMIT + 1, 413)])
def test_size_that_is_announced(size, status):
    answer = send(limited(), method="POST",
                  environ={"wsgi.input": io.BytesIO(b"x" * size), "CONTENT_LENGTH": str(size)})
    assert answer.status_int == status
    if status == 413:
        assert answer.content_type == "text/plain"
        assert answer.text == "413 Request Entity Too Large\n\nRequest is too large.\n\n   "


@pytest.mark.parametrize("size, status", [(0, 200), (LIMIT, 200), (LIMIT + 1, 413)])
def test_size_that_is_not(size, status):
    answer = send(limited(), method="POST", Transfer_Encoding="chunked", environ={
        "wsgi.input": io.BytesIO(b"x" * size), "wsgi.input_terminated": True})
    assert answer.status_int == status
    if status == 200:
        assert answer.json["body"] == size


@pytest.mark.parametrize("length", ["-1", "x", "1 2", "\xb2", "+5"])
def test_length_that_is_no_number(length):
    assert send(limited(), environ={"CONTENT_LENGTH": length}).status_int == 400


class BrokenInput:
    def read(self, size):
        raise OSError("unexpected end of file")


def test_broken_chunks():
    answer = send(limited(), method="POST", Transfer_Encoding="chunked", environ={
        "wsgi.input": BrokenInput(), "wsgi.input_terminated": True})
    assert answer.status_int == 400


# ---- prefixes

@pytest.mark.parametrize("path, script, rest", [
    ("/", "", "/"), ("/v2", "/v2", ""), ("/v2/", "/v2", "/"), ("/v2.1/x", "/v2.1", "/x"),
    ("/v21/x", "/v21", "/x"), ("/v20/x", "", "/v20/x"), ("//v2//a///b", "/v2", "/a/b"),
    ("/other", "", "/other")])
def test_urlmap(path, script, rest):
    app = urlmap.URLMap()
    for prefix in ("/", "/v2", "/v2.1", "/v21"):
        app.add(prefix, echo)
    answer = send(app, "/", environ={"PATH_INFO": path}).json
    assert (answer["script"], answer["path"]) == (script, rest)


# ---- policy

@pytest.fixture
def policy_file(fresh_policy, tmp_path):
    """Write rules into the policy file."""
    path = tmp_path / "policy.yaml"
    CONF.set_override("policy_file", str(path), "oslo_policy")
    fresh_policy.init()

    def write(rules: dict) -> None:
        path.write_text(json.dumps(rules))

    yield write
    CONF.clear_override("policy_file", "oslo_policy")


DETAIL = "os_compute_api:servers:detail"
ALL = "os_compute_api:servers:detail:get_all_tenants"


def person(roles=(), project="p"):
    return context.RequestContext(user_id="u", project_id=project, roles=list(roles),
                                  overwrite=False)


def test_default_rules(fresh_policy):
    assert person().can(DETAIL)
    assert person().can("admin_or_owner")
    assert person().can("admin_or_owner", {"project_id": "other"}, fatal=False) is False
    assert person(["admin"]).can(ALL)
    with pytest.raises(exception.PolicyNotAuthorized) as caught:
        person().can(ALL)
    assert caught.value.message == f"Policy doesn't allow {ALL} to be performed."


def test_a_rule_that_nobody_declared_is_a_mistake(fresh_policy):
    with pytest.raises(oslo_policy.PolicyNotRegistered):
        person(["admin"]).can("os_compute_api:nosuch")


def test_rules_are_overridden_by_the_file_and_read_again(fresh_policy, policy_file):
    assert person(["boss"]).can(ALL, fatal=False) is False
    policy_file({ALL: "role:boss"})
    fresh_policy.reset()
    assert person(["boss"]).can(ALL)
    assert person(["admin"]).can(ALL, fatal=False) is False
    policy_file({ALL: "role:chief", "context_is_admin": "role:boss"})
    later = time.time() + 10        # however coarse the clock of the file system is
    os.utime(CONF.oslo_policy.policy_file, (later, later))
    assert person(["boss"]).can(ALL, fatal=False) is False
    assert person(["chief"]).can(ALL)
    assert person(["boss"]).is_admin and not person(["admin"]).is_admin
