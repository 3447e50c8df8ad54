"""Secrets of the configuration, tokens and passwords of users: in no line of the log, nor in a report.

Those that servers are made with are in test_security.
"""

import contextlib
import http.client
import http.server
import json
import re
import signal
import threading

import pytest
import sqlalchemy as sa

from tests.databases import *  # noqa: F403
from tests.functional.processes import DEADLINE, Process, eventually

# keystoneauth tells what it sends, and every other library all it has to say.
LOUD = {"debug": True, "default_log_levels": ""}


def send(port: int, method: str, path: str, body=None, **headers) -> tuple[int, dict]:
    """Status and headers of the answer."""
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=DEADLINE)) as connection:
        connection.request(method, path, json.dumps(body) if body is not None else None, {
            "Content-Type": "application/json",
            **{name.replace("_", "-"): value for name, value in headers.items()}})
        response = connection.getresponse()
        response.read()
        return response.status, dict(response.getheaders())


def with_report(process: Process) -> str:
    """All output of the process, with the report that it writes on SIGUSR2."""
    process.signal(signal.SIGUSR2)
    # The configuration is the last part of it.
    eventually(lambda: re.search(r"^ +tcp_keepidle = ", process.output, re.M), "a report")
    assert "DEBUG" in process.output
    return process.output


def check(secrets: dict[str, str], output: str) -> None:
    assert all(len(secret) > 8 for secret in secrets.values())
    assert [name for name, secret in secrets.items() if secret in output] == []


class Keystone(http.server.BaseHTTPRequestHandler):
    """As much of a Keystone as auth_token asks: discovery, its own login, and what a token is worth."""

    protocol_version = "HTTP/1.1"
    SERVICE_TOKEN, USER_TOKEN = "token-of-the-service", "token-of-the-user"
    seen: list[str] = []

    def _answer(self, status: int, body: dict, **headers: str) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(data)),
                            **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(data)

    def _token(self, name: str) -> dict:
        return {"token": {
            "methods": ["password"], "user": {"id": name, "name": name, "domain": {"id": "d", "name": "d"}},
            "project": {"id": "blue", "name": "blue", "domain": {"id": "d", "name": "d"}},
            "roles": [{"id": "r", "name": "member"}], "audit_ids": ["x"],
            "catalog": [{"type": "identity", "id": "i", "name": "keystone", "endpoints": [
                {"id": interface, "interface": interface, "region": "x", "region_id": "x",
                 "url": f"http://127.0.0.1:{self.server.server_port}/v3"}
                for interface in ("public", "internal", "admin")]}],
            "issued_at": "2020-01-01T00:00:00.000000Z", "expires_at": "2100-01-01T00:00:00.000000Z"}}

    def do_GET(self) -> None:
        if not self.path.startswith("/v3/auth/tokens"):
            url = f"http://127.0.0.1:{self.server.server_port}/v3"
            self._answer(200, {"version": {"id": "v3.14", "status": "stable",
                                           "links": [{"rel": "self", "href": url}]}})
        elif self.headers["X-Subject-Token"] == self.USER_TOKEN:
            self._answer(200, self._token("alice"))
        else:
            self._answer(404, {"error": {"code": 404, "message": "no such token", "title": "Not Found"}})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.seen.append(json.loads(body)["auth"]["identity"]["password"]["user"]["password"])
        self._answer(201, self._token("nova"), X_Subject_Token=self.SERVICE_TOKEN)

    def log_message(self, *args) -> None:
        pass


@pytest.fixture
def keystone():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Keystone)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def test_secrets_of_the_configuration_and_tokens_of_a_keystone(tmp_path, keystone, database_servers):  # noqa: F811
    secrets = {"database": "password-of-the-database", "keystone": "password-of-nova-in-keystone",
               "neutron": "secret-of-the-metadata-proxy", "token": Keystone.USER_TOKEN,
               "service token": Keystone.SERVICE_TOKEN, "another token": "token-of-nobody-at-all"}
    url = sa.make_url(database_servers.clean("postgresql"))
    if not url.password:  # the server trusts us, and takes any
        url = url.set(password=secrets["database"])
    secrets["database"] = url.password
    options = {
        "auth_strategy": "keystone",
        "database": {"connection": url.render_as_string(hide_password=False)},
        "neutron": {"metadata_proxy_shared_secret": secrets["neutron"]},
        "keystone_authtoken": {
            "auth_type": "password", "auth_url": f"http://127.0.0.1:{keystone}/v3",
            "username": "nova", "password": secrets["keystone"], "project_name": "service",
            "user_domain_id": "d", "project_domain_id": "d"}}
    with Process(tmp_path, **LOUD, **options) as process:
        token = {"X_Auth_Token": Keystone.USER_TOKEN}
        assert send(process.port, "GET", "/v2.1/servers", **token)[0] == 200
        assert send(process.port, "GET", "/v2.1/nosuch", **token)[0] == 404
        assert send(process.port, "GET", "/v2.1/servers",
                    X_Auth_Token=secrets["another token"])[0] == 401
        assert send(process.port, "GET", "/v2.1/servers", X_Service_Token=secrets["another token"],
                    **token)[0] == 401
        assert Keystone.seen[-1] == secrets["keystone"]
        process.signal(signal.SIGHUP)       # the options are read, and may be logged, once more
        check(secrets, with_report(process))


def test_passwords_and_tokens_of_the_identity_service(tmp_path):
    users = tmp_path / "users.yaml"
    secrets = {"password": "password-of-alice", "wrong password": "password-of-mallory"}
    users.write_text(json.dumps({
        "domains": [{"name": "Default", "id": "default"}],
        "projects": [{"name": "blue"}, {"name": "service"}],
        "users": [{"name": "alice", "password": secrets["password"], "projects": {"blue": ["member"]}}]}))
    with Process(tmp_path, enabled_apis="osapi_compute,identity", auth_strategy="keystone",
                 identity_listen_port=0, identity={"users_file": users}, **LOUD) as process:
        port = int(re.search(r"Serving identity at http://[^:]+:(\d+)/", process.output)[1])

        def login(password: str) -> tuple[int, str]:
            status, headers = send(port, "POST", "/v3/auth/tokens", {"auth": {
                "identity": {"methods": ["password"], "password": {"user": {
                    "name": "alice", "domain": {"id": "default"}, "password": password}}},
                "scope": {"project": {"name": "blue", "domain": {"id": "default"}}}}})
            return status, headers.get("X-Subject-Token", "")

        assert login(secrets["wrong password"])[0] == 401
        status, secrets["token"] = login(secrets["password"])
        assert status == 201
        token = {"X_Auth_Token": secrets["token"]}
        assert send(process.port, "GET", "/v2.1/servers", **token)[0] == 200
        assert send(port, "GET", "/v3/auth/tokens", X_Subject_Token=secrets["token"], **token)[0] == 200
        assert send(port, "DELETE", "/v3/auth/tokens", X_Subject_Token=secrets["token"], **token)[0] == 204
        assert send(process.port, "GET", "/v2.1/servers", **token)[0] == 401
        keys = [path for path in process.folder.joinpath("state").rglob("*key*") if path.is_file()]
        assert keys
        secrets |= {f"{path.name} {i}": line for path in keys
                    for i, line in enumerate(path.read_text().split())}
        check(secrets, with_report(process))
