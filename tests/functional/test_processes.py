"""The service as its operator sees it: processes, signals, sockets, log."""

import contextlib
import datetime
import http.client
import ipaddress
import json
import os
import pathlib
import re
import signal
import socket
import ssl
import subprocess
import sys
import threading

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.functional.processes import ROOT, Process, eventually

APPLICATION = '''
import json, os, pathlib, socket, time


def factory(global_config, **local_config):
    return answer


def answer(environ, start_response):
    path = environ["PATH_INFO"]
    if path == "/slow":
        pathlib.Path("begun").touch()
        time.sleep(1)
    if path == "/stuck":
        pathlib.Path("begun").touch()
        time.sleep(600)
    if path == "/fail":
        raise ValueError("this is a secret")
    nodelay = None
    if environ["SERVER_NAME"] != "":
        sock = environ["wsgi.input"].get_socket()
        if sock.family != socket.AF_UNIX:
            nodelay = sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
    body = json.dumps({
        "pid": os.getpid(),
        "scheme": environ["wsgi.url_scheme"],
        "nodelay": nodelay,
        "header": len(environ.get("HTTP_X_LONG", "")),
    }).encode()
    start_response("200 OK", [("Content-Type", "application/json")])
    return [body]
'''

PASTE = """
[app:osapi_compute]
paste.app_factory = tiny_application:factory

[app:second]
paste.app_factory = tiny_application:factory
"""


@pytest.fixture
def service(tmp_path):
    """Return a maker of Process objects that serve the tiny application above."""
    (tmp_path / "tiny_application.py").write_text(APPLICATION)
    (tmp_path / "paste.ini").write_text(PASTE)

    def make(**options) -> Process:
        options.setdefault("api_paste_config", tmp_path / "paste.ini")
        return Process(tmp_path, **options)

    return make


def fetch(process: Process, path: str = "/") -> dict:
    status, body = process.get(path)
    assert status == 200
    return json.loads(body)


def wait_for(path: pathlib.Path) -> None:
    eventually(path.exists, f"the file {path}")


def ended(process: Process) -> int:
    return process.start().popen.wait(30)


# ---- start and refusal to start


def test_start_says_where_it_serves_and_nothing_else(service):
    with service() as process:
        fetch(process)
        lines = [line for line in process.output.splitlines() if "GET /" not in line]
    assert len(lines) == 1
    assert lines[0].endswith(f"Serving osapi_compute at http://127.0.0.1:{process.port}/")


def test_port_taken_is_one_clear_line(service):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        process = service(osapi_compute_listen_port=port)
        assert ended(process) == 1
    assert process.output == (
        f"minova-api: Cannot listen on 127.0.0.1:{port}: Address already in use\n"
    )


def test_unknown_api_is_left_out_with_a_warning(service):
    with service(enabled_apis="nosuch,osapi_compute") as process:
        fetch(process)
        assert "WARNING" in process.output
        assert "Could not load paste app 'nosuch' from" in process.output


def test_nothing_but_unknown_apis_is_an_error(service):
    process = service(enabled_apis="nosuch")
    assert ended(process) == 1
    assert process.output.startswith("minova-api: There is no API to serve: Could not load paste")
    assert str(process.folder / "paste.ini") in process.output
    assert process.output.count("\n") == 1


def test_missing_paste_file_is_an_error(service, tmp_path):
    process = service(api_paste_config=tmp_path / "nosuch.ini")
    assert ended(process) == 1
    assert process.output == f"minova-api: Could not find config at {tmp_path}/nosuch.ini\n"


def test_malformed_option_is_an_error(service):
    process = service(osapi_compute_workers="many")
    assert ended(process) == 1
    assert process.output.startswith("minova-api: ")
    assert process.output.count("\n") == 1


def test_noauth_is_refused_on_a_public_address(service):
    process = service(osapi_compute_listen="0.0.0.0")
    assert ended(process) == 1
    assert process.output.startswith("minova-api: Refusing to serve osapi_compute on 0.0.0.0")


def test_noauth_on_a_public_address_when_it_is_meant(service):
    options = {"noauth2": {"allow_public_address": True}}
    with service(osapi_compute_listen="0.0.0.0", **options) as process:
        fetch(process)


def test_second_api_with_an_address_of_its_own(service):
    with service(enabled_apis="osapi_compute,second") as process:
        url = re.search(r"Serving second at http://127.0.0.1:(\d+)/", process.output)
        connection = http.client.HTTPConnection("127.0.0.1", int(url[1]), timeout=10)
        with contextlib.closing(connection):
            connection.request("GET", "/")
            other = json.load(connection.getresponse())
        assert other["pid"] == fetch(process)["pid"] == process.popen.pid


def test_compute_api_alone(service, tmp_path):
    with service(module="api_os_compute", enabled_apis="second") as process:
        fetch(process)
        assert "second" not in process.output


# ---- signals


@pytest.mark.parametrize("workers", [1, 2])
def test_sigterm_answers_what_is_in_progress(service, tmp_path, workers):
    answers = []
    with service(osapi_compute_workers=workers) as process:
        idle = process.connect()
        idle.connect()
        client = threading.Thread(target=lambda: answers.append(process.get("/slow")))
        client.start()
        wait_for(tmp_path / "begun")
        assert process.stop() == 0
        client.join()
        idle.close()
        with pytest.raises(ConnectionRefusedError):
            process.get()
    assert [status for status, _body in answers] == [200]


@pytest.mark.parametrize("workers", [1, 2])
def test_request_that_never_ends_does_not_keep_the_process(service, tmp_path, workers):
    with service(osapi_compute_workers=workers, graceful_shutdown_timeout=1) as process:
        with contextlib.closing(process.connect()) as connection:
            connection.request("GET", "/stuck")
            wait_for(tmp_path / "begun")
            assert process.stop() == 1


def test_interrupt_ends_cleanly(service):
    with service() as process:
        fetch(process)
        process.signal(signal.SIGINT)
        assert process.popen.wait(30) == 0
    assert "Traceback" not in process.output


@pytest.mark.parametrize("workers", [1, 2])
def test_sighup_changes_the_log_level_and_keeps_connections(service, workers):
    with service(osapi_compute_workers=workers) as process:
        with contextlib.closing(process.connect()) as connection:
            connection.request("GET", "/")
            pid = json.load(connection.getresponse())["pid"]
            assert "DEBUG" not in process.output
            options = {"api_paste_config": process.folder / "paste.ini", "debug": True}
            process.configure(osapi_compute_workers=workers, **options)
            process.signal(signal.SIGHUP)
            eventually(
                lambda: process.output.count("Caught SIGHUP") == (1 if workers == 1 else 3),
                "the signal in every process",
            )
            connection.request("GET", "/")
            assert json.load(connection.getresponse())["pid"] == pid
        fetch(process)
        eventually(lambda: re.search(r"DEBUG minova\.osapi", process.output), "a debug line")


def test_sighup_with_a_broken_file_changes_nothing(service):
    with service() as process:
        process.config.write_text("[DEFAULT\n")
        process.signal(signal.SIGHUP)
        eventually(lambda: "stays as it was" in process.output, "an error in the log")
        fetch(process)


def test_sigusr2_writes_a_report(service):
    with service() as process:
        process.signal(signal.SIGUSR2)
        eventually(lambda: "Guru Meditation" in process.output, "a report")
        eventually(lambda: "osapi_compute_listen_port = " in process.output, "options in it")
        fetch(process)


# ---- workers


def test_dead_worker_is_replaced(service):
    with service(osapi_compute_workers=2) as process:
        eventually(lambda: process.output.count("Started worker") == 2, "two workers")
        for _round in range(2):
            pid = fetch(process)["pid"]
            assert pid != process.popen.pid
            started = process.output.count("Started worker")
            os.kill(pid, signal.SIGKILL)
            eventually(
                lambda before=started: process.output.count("Started worker") == before + 1,
                "a new worker",
            )
        assert fetch(process)["pid"] != pid
        assert process.stop() == 0


def test_workers_end_when_their_parent_is_killed(service):
    with service(osapi_compute_workers=2) as process:
        fetch(process)
        process.signal(signal.SIGKILL)
        process.popen.wait()

        def refused() -> bool:
            try:
                with socket.create_connection(("127.0.0.1", process.port)):
                    return False
            except ConnectionRefusedError:
                return True

        eventually(refused, "workers that are gone")


# ---- sockets


def test_answers_are_not_held_back_by_nagle(service):
    with service() as process:
        assert fetch(process)["nodelay"] == 1


def test_ipv6(service):
    with service(osapi_compute_listen="::1") as process:
        with contextlib.closing(process.connect("::1")) as connection:
            connection.request("GET", "/")
            assert connection.getresponse().status == 200
        assert f"http://[::1]:{process.port}/" in process.output


def test_unix_socket(service, tmp_path):
    path = tmp_path / "api.sock"
    with socket.socket(socket.AF_UNIX) as stale:
        stale.bind(str(path))

    def connect() -> http.client.HTTPConnection:
        connection = http.client.HTTPConnection("localhost")
        connection.sock = socket.socket(socket.AF_UNIX)
        connection.sock.settimeout(10)
        connection.sock.connect(str(path))
        return connection

    with service(osapi_compute_listen=f"unix:{path}") as process:
        with contextlib.closing(connect()) as one, contextlib.closing(connect()) as two:
            for connection in (one, two, one):
                connection.request("GET", "/")
                assert json.load(connection.getresponse())["pid"] == process.popen.pid
        assert process.stop() == 0
    assert not path.exists()


@pytest.fixture
def certificate(tmp_path) -> tuple[pathlib.Path, pathlib.Path]:
    """Return the files of a certificate for 127.0.0.1 and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "minova")])
    now = datetime.datetime.now(datetime.timezone.utc)
    address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    cert_file, key_file = tmp_path / "cert.pem", tmp_path / "key.pem"
    cert_file.write_bytes(built.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return cert_file, key_file


def test_tls_and_a_client_that_says_nothing(service, certificate):
    cert_file, key_file = certificate
    options = {"ssl_cert_file": cert_file, "ssl_key_file": key_file}
    with service(enabled_ssl_apis="osapi_compute", **options) as process:
        with socket.create_connection(("127.0.0.1", process.port)):  # no handshake
            context = ssl.create_default_context(cafile=str(cert_file))
            connection = http.client.HTTPSConnection(
                "127.0.0.1", process.port, context=context, timeout=10
            )
            with contextlib.closing(connection):
                for _request in range(2):
                    connection.request("GET", "/")
                    answer = json.load(connection.getresponse())
        assert answer["scheme"] == "https"
        assert answer["nodelay"] == 1
        with pytest.raises(http.client.HTTPException):
            process.get()
        assert process.stop() == 0


def test_tls_without_a_certificate_is_an_error(service, tmp_path):
    process = service(enabled_ssl_apis="osapi_compute", ssl_cert_file=tmp_path / "nosuch")
    assert ended(process) == 1
    assert process.output.startswith("minova-api: Cannot serve by TLS: ")


# ---- limits and log


def test_long_header_and_long_url(service):
    with service(max_header_line=20000, max_url_len=1000) as process:
        assert json.loads(process.get("/", **{"X-Long": "x" * 19000})[1])["header"] == 19000
        assert process.get("/", **{"X-Long": "x" * 21000})[0] == 400
        assert process.get("/" + "x" * 900)[0] == 200
        assert process.get("/" + "x" * 1000)[0] == 414


def test_silent_connection_is_closed(service):
    with service(client_socket_timeout=1) as process:
        with socket.create_connection(("127.0.0.1", process.port), timeout=10) as sock:
            assert sock.recv(1) == b""


def test_connection_is_kept_unless_configured_otherwise(service):
    with service(wsgi_keep_alive=False) as process:
        with contextlib.closing(process.connect()) as connection:
            connection.request("GET", "/")
            assert connection.getresponse().getheader("Connection") == "close"


def test_failure_is_logged_and_kept_from_the_client(service):
    with service(wsgi_access_log=False) as process:
        status, body = process.get("/fail")
        assert (status, body) == (500, b"")
        eventually(lambda: "ValueError: this is a secret" in process.output, "a traceback")


def test_access_log_can_be_switched_off(service):
    with service(wsgi_access_log=False) as process:
        fetch(process)
        assert process.stop() == 0
        assert "GET /" not in process.output
    with service(wsgi_log_format="%(status_code)s for %(request_line)s") as process:
        fetch(process)
        assert process.stop() == 0
        assert "200 for GET / HTTP/1.1" in process.output


# ---- other WSGI servers


OTHER_SERVER = """
import socketserver, sys, threading, urllib.request
from wsgiref import simple_server
from minova.cmd import wsgi


class Server(socketserver.ThreadingMixIn, simple_server.WSGIServer):
    daemon_threads = True


application = wsgi.init_application()
server = simple_server.make_server("127.0.0.1", 0, application, server_class=Server)
threading.Thread(target=server.serve_forever, daemon=True).start()
url = f"http://127.0.0.1:{server.server_port}/v21/servers/detail"
print(urllib.request.urlopen(url).read().decode())
assert "eventlet" not in sys.modules, "eventlet was imported"
"""


def test_other_servers_serve_the_same_application_without_eventlet(tmp_path):
    config = tmp_path / "nova.conf"
    config.write_text(f"[DEFAULT]\nstate_path = {tmp_path}/state\n")
    env = {**os.environ, "OS_MINOVA_CONFIG_FILE": str(config), "PYTHONPATH": str(ROOT)}
    result = subprocess.run(
        [sys.executable, "-c", OTHER_SERVER],
        env=env, cwd=tmp_path, capture_output=True, text=True, timeout=120,
    )
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout) == {"servers": []}
