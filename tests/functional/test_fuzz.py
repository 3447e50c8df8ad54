"""No request, however broken, is answered with an unexpected error.

CI sends a few thousand; MINOVA_FUZZ=100 sends a hundred times as many.
"""

import itertools
import json
import os
import socket

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from minova.api import openapi
from minova.api.openstack.compute import APIRouterV21
from tests.functional import fuzzing
from tests.functional.processes import Process

IMAGE = "70a599e0-31e7-49b7-b260-868f441e862b"
# Answers of 5xx that Nova gives too: what a deployment without the service behind it cannot do.
MEANT = (501, 503)

MORE = int(os.environ.get("MINOVA_FUZZ", 1))

FUZZ = {"deadline": None, "database": None, "print_blob": True,
        "suppress_health_check": list(HealthCheck)}


@pytest.fixture(scope="module")
def document(configured) -> dict:
    """What `minova-manage openapi` prints."""
    return json.loads(json.dumps(openapi.document(APIRouterV21())))


def furnish(client) -> dict[str, list[str]]:
    """Create one of each, so that paths lead somewhere; the ids by collection."""
    things = {
        "flavors": ["1", "2"], "images": [IMAGE], "os-hosts": ["compute"], "metadata": ["key"],
        "os-quota-sets": ["admin"], "os-quota-class-sets": ["default"], "os-keypairs": ["key"],
        "os-hypervisors": ["1"], "os-services": ["1", "enable", "disable"], "ips": ["private"],
        "os-extra_specs": ["key"], "os-simple-tenant-usage": ["admin"]}
    for collection, body in (
            ("servers", {"server": {"name": "fuzz", "flavorRef": "1", "imageRef": IMAGE,
                                    "metadata": {"key": "value"}}}),
            ("servers", {"server": {"name": "other", "flavorRef": "1", "imageRef": IMAGE}}),
            ("os-keypairs", {"keypair": {"name": "key"}}),
            ("os-server-groups", {"server_group": {"name": "group", "policies": ["affinity"]}}),
            ("os-security-groups", {"security_group": {"name": "web", "description": "d"}}),
            ("os-networks", {"network": {"label": "net", "cidr": "10.9.0.0/24"}}),
            ("os-volumes", {"volume": {"size": 1}}),
            ("os-agents", {"agent": {"hypervisor": "fake", "os": "x", "architecture": "x",
                                     "version": "1", "url": "http://x/x", "md5hash": "0" * 32}}),
            ("os-aggregates", {"aggregate": {"name": "rack", "availability_zone": "zone"}})):
        answer = client.post(f"/{collection}", body)
        assert answer.status in (200, 202), (collection, answer)
        thing = next(iter(answer.json.values()))
        things.setdefault(collection, []).append(str(thing.get("id") or thing.get("agent_id")
                                                     or thing["name"]))
    return things


def answer(app, request: fuzzing.Request) -> None:
    """Send `request`; the answer must be one that is meant, and well-formed."""
    seen = {}

    def start_response(status, headers, exc_info=None):
        seen.update(status=int(status.split()[0]), headers={k.lower(): v for k, v in headers})

    body = b"".join(app(request.environ(), start_response))
    assert seen["status"] < 500 or seen["status"] in MEANT, (seen["status"], body)
    for name, value in seen["headers"].items():
        assert not set(value) & {"\r", "\n", "\0"}, (name, value)
    if body and seen["headers"]["content-type"].split(";")[0].endswith("json"):
        json.loads(body)


def play(client, requests, examples: int) -> None:
    @settings(max_examples=examples, **FUZZ)
    @given(requests)
    def send(request):
        answer(client.app, request)

    send()


def test_every_operation_answers_something_that_is_meant(client, document):
    """A few requests to each; MINOVA_FUZZ multiplies them, for a long run by hand."""
    api = fuzzing.API(document, furnish(client))
    assert len(api.operations) > 150
    for path, method, operation in api.operations:
        play(client, api.to(path, method, operation), MORE * max(8, 4 * len(operation.get("x-actions", ()))))


def test_requests_on_every_database(any_client, document):
    play(any_client, fuzzing.API(document, furnish(any_client)).requests(), 300 * MORE)


@pytest.mark.parametrize("odd", ["a\0b", "9" * 40, "9" * 5000, "\ud800"],
                         ids=["nul", "number", "digits", "surrogate"])
def test_odd_variables_one_at_a_time(any_client, document, odd):
    """Each variable of each path, and then the query: the databases differ in what they refuse."""
    things = furnish(any_client)
    for path, methods in document["paths"].items():
        variables = [match.span() for match in fuzzing.VARIABLE.finditer(path)]
        for place in range(len(variables) + 1):
            url = path
            for index, (start, end) in reversed(list(enumerate(variables))):
                there = things.get(path[:start].rstrip("/").rpartition("/")[2], ["x"])[0]
                url = url[:start] + (odd if index == place else there) + url[end:]
            # A long run asks for one thing after the other: of several that are odd the first is refused.
            keys = [(key,) for key in fuzzing.QUERY_KEYS] if MORE > 1 else [fuzzing.QUERY_KEYS]
            queries = [fuzzing.query_of(names, odd) for names in keys] if place == len(variables) else [""]
            for method, query in itertools.product(methods, queries):
                answer(any_client.app, fuzzing.Request(
                    method.upper(), f"/v2.1{url}".encode("utf-8", "surrogatepass"), query,
                    {"CONTENT_TYPE": "application/json"}, fuzzing.encode({"x": odd})))


# ---- on a socket, where it is bytes

HEAD = (b"POST /v2.1/servers HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Auth-Token: admin:admin\r\n"
        b"Content-Type: application/json\r\n")
RAW = (
    b"", b"\r\n", b"\0" * 100, b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET /\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",    # a TLS handshake
    b"GET /%00%ff%zz HTTP/1.1\r\nHost: x\r\n\r\n", b"GET \xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET //evil HTTP/1.1\r\nHost: x\r\n\r\n", b"GET http://other/v2.1/servers HTTP/1.1\r\n\r\n",
    b"GET /v2.1/servers/%2e%2e/flavors HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /" + b"x" * 9000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET / HTTP/1.1\r\nX: " + b"x" * 20000 + b"\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 5000 + b"\r\n",
    b"GET / HTTP/1.1\r\nno colon\r\n\r\n", b"GET / HTTP/1.1\r\n: empty\r\n\r\n",
    HEAD + b"Content-Length: 10\r\n\r\n{}",                # less than was said
    HEAD + b"Content-Length: 1\r\n\r\n{} GARBAGE",          # more than was said
    HEAD + b"Content-Length: -1\r\n\r\n{}", HEAD + b"Content-Length: x\r\n\r\n{}",
    HEAD + b"Content-Length: 99999999999999999999\r\n\r\n{}",
    HEAD + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} ",
    HEAD + b"Content-Length: \xc2\xb2\r\n\r\n{}", HEAD + b"Content-Length: \r\n\r\n{}",
    HEAD + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
    HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
    HEAD + b"Transfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n",
    HEAD + b"Transfer-Encoding: chunked\r\n\r\nfffffffff\r\n{}",
    HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + b"2000\r\n" + b" " * 0x2000 + b"\r\n",
    HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
         + (b"8000\r\n" + b" " * 0x8000 + b"\r\n") * 8 + b"0\r\n\r\n",
    HEAD + b"Transfer-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
    HEAD + b"Expect: 100-continue\r\nContent-Length: 2\r\n\r\n{}",
    HEAD + b"Expect: tea\r\nContent-Length: 2\r\n\r\n{}",
    HEAD + b"X-Auth-Token: other:other\r\nContent-Length: 2\r\n\r\n{}",
)


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    options = {"client_socket_timeout": 5, "osapi_compute_workers": 1}
    with Process(tmp_path_factory.mktemp("fuzz"), **options) as process:
        yield process
        assert process.stop() == 0


def exchange(process: Process, data: bytes) -> bytes:
    """Everything that comes back for `data`."""
    with socket.create_connection(("127.0.0.1", process.port), timeout=20) as sock:
        answer = b""
        try:
            sock.sendall(data)
            sock.shutdown(socket.SHUT_WR)
        except OSError:
            pass        # a server may hang up on a client that breaks the rules
        try:
            while part := sock.recv(65536):
                answer += part
        except ConnectionError:
            pass
        return answer


def check_raw(process: Process, data: bytes) -> None:
    for line in exchange(process, data).split(b"\r\n"):
        if line.startswith(b"HTTP/1."):
            status = int(line.split()[1])
            assert status < 500 or status in MEANT or status == 505, (data[:200], line)


@pytest.mark.parametrize("data", RAW, ids=range(len(RAW)))
def test_raw(service, data):
    check_raw(service, data)
    assert service.get("/")[0] == 200
    assert "Traceback" not in service.output


def test_raw_noise(service):
    noise = st.one_of(st.binary(max_size=50), st.sampled_from(RAW))

    @settings(max_examples=150, **FUZZ)
    @example(b"GET / HTTP/1.1", 3, b"\r\n\r\n")
    @given(st.sampled_from(RAW), st.integers(0, 300), noise)
    def play(data, where, odd):
        check_raw(service, data[:where] + odd + data[where:])

    play()
    assert service.get("/")[0] == 200
    assert "Traceback" not in service.output
