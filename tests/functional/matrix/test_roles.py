"""Every operation, tried by everybody: who is allowed, and what others are told.

roles.yaml says what is expected. Whatever a member of another project does with the ids of the
owner's things, nothing of the owner's is shown or changed.
"""

import re
from pathlib import Path

import pytest
import sqlalchemy as sa
import webob
import yaml

from minova import jsonutils, wsgi
from minova.api.openstack.compute import APIRouterV21
from minova.conf import CONF
from minova.db import engine
from minova.db import tables as t
from tests.functional.matrix import operations, world

TABLE = yaml.safe_load((Path(__file__).parent / "roles.yaml").read_text())
ROWS = TABLE["operations"]
CROSSINGS = TABLE["crossings"]

#: Where the owner looks whether all is as it was.
VIEW = ("/servers/detail", "/images/detail", "/os-volumes/detail", "/os-snapshots/detail",
        "/os-keypairs", "/os-server-groups", "/os-security-groups", "/os-floating-ips",
        "/os-networks", "/os-quota-sets/blue", "/limits", "/flavors/detail",
        "/servers/{server}/os-volume_attachments", "/servers/{server}/os-security-groups",
        "/servers/{server}/os-instance-actions", "/servers/{server}/consoles")


def fill(value, things: dict):
    """`value` with things in the place of their names, however deep."""
    if isinstance(value, str):
        return value.format(**things) if "{" in value else value
    if isinstance(value, dict):
        return {key: fill(item, things) for key, item in value.items()}
    return [fill(item, things) for item in value] if isinstance(value, list) else value


class Operation:
    """One row, with what it takes to send it."""

    def __init__(self, name: str, things: dict):
        self.name = name
        self.things = things
        self.row = ROWS[name]
        request, _, version = name.partition(" from ")
        self.version = version or None
        self.method, path, *action = request.split(" ")
        self.path = self._fill_path(path) + fill(self.row.get("query", ""), things)
        self.body = fill(self.row.get("body"), things)
        if action:
            self.body = {action[0]: self.body}

    def _fill_path(self, path: str) -> str:
        """`path` with things in the place of its variables."""
        literal, filled = "", ""
        for segment in path.strip("/").split("/"):
            if segment.startswith("{"):
                value = self.row.get("id") if segment == "{id}" else None
                segment = fill(value or TABLE["ids"][literal], self.things)
            elif segment != "action":
                literal += f"/{segment}"
            filled += f"/{segment}"
        return filled

    @property
    def gives(self) -> int:
        return self.row.get("gives", 200)

    def prepare(self, api) -> None:
        """Do what the row wants done before."""
        for step in self.row.get("before", ()):
            (what, body), = step.items()
            if " " in what:
                method, path = fill(what, self.things).split(" ")
                answer = api.as_user(*world.ADMIN).request(
                    method, path, fill(body, self.things), version=world.LATEST)
            else:
                answer = api.as_user(*world.OWNER).post(
                    f"/servers/{self.things['server']}/action", {what: fill(body, self.things)})
            assert answer.status < 300, f"{what}: {answer.status} {answer.text}"

    def send(self, api, who: tuple[str, str]):
        return api.as_user(*who).request(self.method, self.path, self.body, version=self.version)

    @property
    def gives_administrators(self) -> int:
        return self.row.get("admin", 404 if self.row["may"] == "user" else self.gives)

    def send_anonymously(self, app, project: str = "") -> webob.Response:
        """Without a token, and without a project in the URL if that is possible."""
        if self.row.get("project_only"):
            project = project or "/admin"
        request = webob.Request.blank(f"/v2.1{project}{self.path}", method=self.method)
        if self.body is not None:
            request.body = jsonutils.dump_as_bytes(self.body)
            request.content_type = "application/json"
        if self.version:
            request.headers["X-OpenStack-Nova-API-Version"] = self.version
        return request.get_response(app)

    def assert_forbidden(self, answer) -> None:
        assert answer.status == 403, answer.text
        assert answer.message == (f"Policy doesn't allow os_compute_api:{self.row['rule']} "
                                  "to be performed.")


@pytest.fixture(params=ROWS)
def operation(request, things) -> Operation:
    return Operation(request.param, things)


def test_the_table_has_a_row_for_every_loaded_operation(deployment):
    assert sorted(ROWS) == sorted(operations.loaded(APIRouterV21()))


def test_the_owner(operation, api):
    operation.prepare(api)
    answer = operation.send(api, world.OWNER)
    if operation.row["may"] == "admin":
        operation.assert_forbidden(answer)
    else:
        assert answer.status == operation.gives, answer.text


def test_a_stranger(operation, api):
    operation.prepare(api)
    before = _Seen(api, operation.things)
    answer = operation.send(api, world.STRANGER)
    may = operation.row["may"]
    expected = operation.row.get("stranger", operation.gives if may == "anybody" else 404)
    if may == "admin" or expected == 403:
        operation.assert_forbidden(answer)
    else:
        assert answer.status == expected, answer.text
    before.assert_nothing_shown_or_changed(operation.method, answer)


def test_an_administrator(operation, api):
    operation.prepare(api)
    answer = operation.send(api, world.ADMIN)
    assert answer.status == operation.gives_administrators, answer.text


def test_nobody_is_the_administrator_without_authentication(operation, api):
    operation.prepare(api)
    answer = operation.send_anonymously(api.app)
    assert answer.status_int == operation.gives_administrators, answer.text


@pytest.fixture(scope="module")
def authenticated_app(deployment):
    """The application as auth_strategy = keystone has it."""
    CONF.import_group("keystone_authtoken", "keystonemiddleware.auth_token")
    CONF.set_override("auth_strategy", "keystone")
    CONF.set_override("auth_type", "none", "keystone_authtoken")
    CONF.set_override("www_authenticate_uri", "http://127.0.0.1:5000", "keystone_authtoken")
    yield wsgi.Loader().load_app("osapi_compute")
    CONF.clear_override("www_authenticate_uri", "keystone_authtoken")
    CONF.clear_override("auth_type", "keystone_authtoken")
    CONF.clear_override("auth_strategy")


def test_nobody_is_told_to_authenticate(operation, authenticated_app):
    for project in ("", "/blue"):
        assert operation.send_anonymously(authenticated_app, project).status_int == 401


@pytest.mark.parametrize("number", range(len(CROSSINGS)),
                         ids=[f"{n} {next(iter(row))}" for n, row in enumerate(CROSSINGS)])
def test_a_stranger_with_things_of_the_owner(number, things, api):
    (request, body), *gives = CROSSINGS[number].items()
    method, path = fill(request, things).split(" ")
    before = _Seen(api, things)
    answer = api.as_user(*world.STRANGER).request(method, path, fill(body, things))
    assert answer.status == (gives[0][1] if gives else 200), answer.text
    before.assert_nothing_shown_or_changed(method, answer)


class _Seen:
    """What there was before a stranger did something."""

    def __init__(self, api, things: dict):
        self.api = api
        self.things = things
        self.stored = self._stored()
        self.view = self._view()

    def assert_nothing_shown_or_changed(self, method: str, answer) -> None:
        if answer.status >= 400 or method == "GET":
            assert self._stored() == self.stored
        if answer.status < 300:
            shown = self.api.as_user(*world.STRANGER).get(
                f"/servers/{self.things['own_server']}").text
            found = re.search(self._anything_of_the_owner(), answer.text + shown)
            assert not found, f"{found[0]} in {answer.text} or {shown}"
        assert self._view() == self.view

    @staticmethod
    def _stored() -> dict[str, list]:
        """Every row of every table."""
        with engine.reader() as conn:
            return {table.name: conn.execute(sa.select(table).order_by(table.c.id)).all()
                    for table in t.metadata.sorted_tables}

    def _view(self) -> list:
        """What the owner sees."""
        owner = self.api.as_user(*world.OWNER)
        return [owner.get(path.format(**self.things)).json for path in VIEW]

    def _anything_of_the_owner(self) -> str:
        """A pattern that finds names and long ids of the owner's things."""
        ids = [value for name, value in self.things.items()
               if name not in ("image", "own_server", "free_network") and len(str(value)) > 16]
        return "|".join([world.MARK, *map(re.escape, ids)])
