"""What docs/security.md promises: secrets stay in, nobody is believed unasked, limits hold."""

import base64
import contextlib
import http.client
import json
import signal
import socket
import ssl

import pytest
import webob
from oslo_db import exception as db_exc

from minova import wsgi
from minova.conf import CONF
from minova.db import engine
from minova.db import tables as t
from tests.functional.processes import DEADLINE, ROOT, Process, eventually
from tests.functional.test_processes import certificate  # noqa: F401 - a fixture

IMAGE = "5f0c7d1e-0a3b-4c52-9a51-c1220571e500"


# ---- secrets


def call(process: Process, method: str, path: str, body=None) -> tuple[int, dict]:
    with contextlib.closing(process.connect()) as connection:
        connection.request(method, "/v2.1" + path, json.dumps(body) if body else None, {
            "Content-Type": "application/json", "X-OpenStack-Nova-API-Version": "2.6"})
        response = connection.getresponse()
        return response.status, json.loads(response.read() or b"null")


def test_secrets_are_neither_in_the_log_nor_in_the_report(tmp_path):
    """Everything that is secret goes through once, at debug level, with failures on the way."""
    secrets = {
        "adminPass": "pass-of-the-server", "changed": "changed-password", "rescue": "rescue-pass",
        "rebuild": "rebuild-password", "file": "content-of-a-file", "user": "user-data-secret",
        "shared": "secret-of-the-proxy"}
    options = {"fake": {"boot_seconds": 0, "action_seconds": 0},
               "neutron": {"metadata_proxy_shared_secret": secrets["shared"]}, "debug": True}
    with Process(tmp_path, default_log_levels="", **options) as process:
        _status, pair = call(process, "POST", "/os-keypairs", {"keypair": {"name": "mine"}})
        secrets["private key"] = pair["keypair"]["private_key"].splitlines()[1]
        encoded = {name: base64.b64encode(secrets[name].encode()).decode()
                   for name in ("file", "user")}
        status, answer = call(process, "POST", "/servers", {"server": {
            "name": "web", "flavorRef": "1", "imageRef": IMAGE, "key_name": "mine",
            "adminPass": secrets["adminPass"], "user_data": encoded["user"],
            "personality": [{"path": "/etc/x", "contents": encoded["file"]}]}})
        assert status == 202, answer
        path = f"/servers/{answer['server']['id']}"

        def act(body, status="ACTIVE") -> None:
            assert call(process, "POST", path + "/action", body)[0] in (200, 202), body
            eventually(lambda: call(process, "GET", path)[1]["server"]["status"] == status, status)

        eventually(lambda: call(process, "GET", path)[1]["server"]["status"] == "ACTIVE", "ACTIVE")
        act({"changePassword": {"adminPass": secrets["changed"]}})
        act({"rescue": {"adminPass": secrets["rescue"]}}, "RESCUE")
        act({"unrescue": None})
        act({"rebuild": {"imageRef": IMAGE, "adminPass": secrets["rebuild"]}})
        # Refused, in whatever words: none of them may be those of the body.
        for body in ({"changePassword": {"adminPass": secrets["changed"], "x": 1}},
                     {"rescue": {"adminPass": secrets["rescue"], "nosuch": 1}}):
            assert call(process, "POST", path + "/action", body)[0] == 400
        token = call(process, "POST", path + "/remote-consoles", {
            "remote_console": {"protocol": "vnc", "type": "novnc"}})[1]
        secrets["console token"] = token["remote_console"]["url"].rpartition("token=")[2]
        process.signal(signal.SIGUSR2)
        eventually(lambda: "metadata_proxy_shared_secret" in process.output, "a report")
        output = process.output
    assert "DEBUG" in output
    encoded_too = {f"{name} (encoded)": text for name, text in encoded.items()}
    found = [name for name, text in {**secrets, **encoded_too}.items() if text in output]
    assert not found


def test_errors_of_the_database_do_not_say_what_was_written(database):
    row = {"uuid": "0e44cc9c-e052-415d-afbf-469b0d384170", "method": "x", "args": "a-password"}
    with pytest.raises(db_exc.DBDuplicateEntry) as caught:
        with engine.writer() as conn:
            conn.execute(t.work_items.insert().values(row))
            conn.execute(t.work_items.insert().values(row))
    assert "a-password" not in str(caught.value)


# ---- links


@pytest.fixture
def links(client, tmp_path):
    """Return a function that asks for a link, perhaps through a paste file with the proxy filter."""

    def ask(behind_proxy: bool = False, **headers) -> str:
        paste = (ROOT / "etc" / "api-paste.ini").read_text()
        if behind_proxy:
            paste = paste.replace("= metrics compute_req_id", "= http_proxy_to_wsgi compute_req_id")
            for line in ("[filter:http_proxy_to_wsgi]",
                         "paste.filter_factory = oslo_middleware.http_proxy_to_wsgi"
                         ":HTTPProxyToWSGI.factory"):
                assert f"#{line}" in paste
                paste = paste.replace(f"#{line}", line)
        path = tmp_path / "paste.ini"
        path.write_text(paste)
        app = wsgi.Loader(str(path)).load_app("osapi_compute")
        request = webob.Request.blank("/v2.1/flavors", base_url="http://api.example.org", headers={
            name.replace("_", "-"): value for name, value in headers.items()})
        return request.get_response(app).json["flavors"][0]["links"][0]["href"]

    yield ask
    for name in ("osapi_compute_link_prefix", "osapi_glance_link_prefix"):
        CONF.clear_override(name)


PROXY = {"X_Forwarded_Proto": "https", "X_Forwarded_Host": "evil.example.org",
         "Forwarded": "proto=https;host=evil.example.org"}


def test_links_are_those_that_the_client_used(links):
    assert links().startswith("http://api.example.org/v2.1/")


def test_headers_of_a_proxy_are_ignored_without_the_filter(links):
    assert links(**PROXY).startswith("http://api.example.org/")


def test_headers_of_a_proxy_are_ignored_until_that_is_switched_on(links):
    assert links(behind_proxy=True, **PROXY).startswith("http://api.example.org/")
    CONF.set_override("enable_proxy_headers_parsing", True, "oslo_middleware")
    try:
        assert links(behind_proxy=True, X_Forwarded_Proto="https",
                     X_Forwarded_Host="public.example.org").startswith(
                         "https://public.example.org/v2.1/")
    finally:
        CONF.clear_override("enable_proxy_headers_parsing", "oslo_middleware")


def test_a_configured_prefix_wins(links, client):
    CONF.set_override("osapi_compute_link_prefix", "https://cloud.example.org/compute")
    CONF.set_override("osapi_glance_link_prefix", "https://cloud.example.org/image")
    assert links(**PROXY).startswith("https://cloud.example.org/compute/v2.1/")
    image = client.get("/images").json["images"][0]
    hrefs = {link["rel"]: link["href"] for link in image["links"]}
    assert hrefs["self"].startswith("https://cloud.example.org/compute/v2.1/")
    assert hrefs["alternate"].startswith("https://cloud.example.org/image/")


# ---- TLS


def test_clients_without_a_certificate_are_refused(tmp_path, certificate):  # noqa: F811
    cert_file, key_file = map(str, certificate)
    with Process(tmp_path, enabled_ssl_apis="osapi_compute", ssl_cert_file=cert_file,
                 ssl_key_file=key_file, ssl_ca_file=cert_file) as process:
        def status(known: bool) -> int:
            context = ssl.create_default_context(cafile=cert_file)
            if known:
                context.load_cert_chain(cert_file, key_file)
            connection = http.client.HTTPSConnection(
                "127.0.0.1", process.port, context=context, timeout=DEADLINE)
            with contextlib.closing(connection):
                connection.request("GET", "/v2.1/servers")
                return connection.getresponse().status

        assert status(known=True) == 200
        with pytest.raises((ssl.SSLError, ConnectionError, http.client.HTTPException)):
            status(known=False)
        assert status(known=True) == 200


# ---- limits


def raw(process: Process, data: bytes) -> bytes:
    """What comes back for these bytes, until the other side closes or has answered."""
    with socket.create_connection(("127.0.0.1", process.port), timeout=DEADLINE) as sock:
        with contextlib.suppress(ConnectionError):
            sock.sendall(data)
        received = b""
        with contextlib.suppress(ConnectionError, TimeoutError):
            while b"\r\n\r\n" not in received:
                chunk = sock.recv(65536)
                if not chunk:
                    break
                received += chunk
        return received


@pytest.fixture(scope="module")
def process(tmp_path_factory):
    with Process(tmp_path_factory.mktemp("limits"), max_header_line=8192,
                 max_url_len=4096) as process:
        yield process


@pytest.mark.parametrize(("data", "status"), [
    (b"GET /v2.1/?x=%s HTTP/1.1\r\nHost: a\r\n\r\n" % (b"x" * 5000), b"414"),
    (b"GET /v2.1/ HTTP/1.1\r\nHost: a\r\nX-Long: %s\r\n\r\n" % (b"x" * 9000), b"400"),
    (b"GET /v2.1/ HTTP/1.1\r\nHost: a\r\n%s\r\n" % (b"X-Many: y\r\n" * 9000), b"431"),
    (b"POST /v2.1/servers HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
     b"Content-Length: 114689\r\n\r\n" + b" " * 114689, b"413"),
    (b"POST /v2.1/servers HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", b"400"),
    (b"POST /v2.1/servers HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n", b"400"),
])
def test_what_is_too_much_is_refused_and_the_service_goes_on(process, data, status):
    assert raw(process, data).split(b" ", 2)[1] == status
    assert process.get("/v2.1/servers")[0] == 200


def test_a_body_without_an_end_is_cut_off(process):
    chunk = b"4000\r\n" + b"x" * 0x4000 + b"\r\n"
    answer = raw(process, b"POST /v2.1/servers HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
                 b"Content-Type: application/json\r\n\r\n" + chunk * 10 + b"0\r\n\r\n")
    assert answer.split(b" ", 2)[1] == b"413"
    assert process.get("/v2.1/servers")[0] == 200


# ---- rates


def with_rate_limit(tmp_path, settings: str = "") -> dict[str, str]:
    paste = (ROOT / "etc" / "api-paste.ini").read_text()
    changed = paste.replace("sizelimit noauth2 osapi", "sizelimit noauth2 ratelimit osapi")
    assert changed != paste
    if settings:
        changed = changed.replace("requests = 20\nburst = 100", settings)
    (tmp_path / "paste.ini").write_text(changed)
    return {"api_paste_config": tmp_path / "paste.ini"}


def test_who_asks_too_often_is_told_when_to_come_back(tmp_path):
    options = with_rate_limit(tmp_path, "requests = 1\nburst = 5")
    with Process(tmp_path, **options) as process, contextlib.closing(process.connect()) as connection:
        def ask(user: str) -> tuple[int, str | None]:
            connection.request("GET", "/v2.1/flavors", headers={"X-Auth-Token": f"{user}:blue"})
            response = connection.getresponse()
            response.read()
            return response.status, response.getheader("Retry-After")

        # However slow this machine is: as many as the bucket holds, and one a second more.
        answers = [ask("alice") for _ in range(50)]
        assert answers[:5] == [(200, None)] * 5
        assert (429, "1") in answers and {status for status, _after in answers} == {200, 429}
        assert ask("bob")[0] == 200


def test_a_rate_that_is_no_number_is_one_line(tmp_path):
    process = Process(tmp_path, **with_rate_limit(tmp_path, "requests = many\nburst = 5"))
    assert process.start().popen.wait(DEADLINE) == 1
    assert process.output == ("minova-api: Invalid input received: requests = many of the rate limit is "
                              "not a number from 1 on\n")
