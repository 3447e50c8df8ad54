"""What an operator's other tools see of the service: systemd, load balancers, Prometheus, the log."""

import contextlib
import http.client
import json
import re
import socket

import pytest
import webob

from minova.db import engine
from tests.functional.processes import DEADLINE, Process, eventually


def get(port: int, path: str, method: str = "GET", **headers) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=DEADLINE)
    with contextlib.closing(connection):
        connection.request(method, path, headers=headers)
        response = connection.getresponse()
        return response.status, response.read().decode()


# ---- systemd


def test_systemd_is_told_that_it_serves(tmp_path, monkeypatch):
    path = tmp_path / "notify"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(path))
        systemd.settimeout(DEADLINE)
        monkeypatch.setenv("NOTIFY_SOCKET", str(path))
        with Process(tmp_path) as process:
            lines = systemd.recv(4096).decode().splitlines()
            assert lines == ["READY=1", f"STATUS=Serving http://127.0.0.1:{process.port}/"]
            assert process.get("/")[0] == 200


def test_systemd_that_is_gone_stops_nobody(tmp_path, monkeypatch):
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "nosuch"))
    with Process(tmp_path) as process:
        assert process.get("/")[0] == 200


# ---- healthcheck


def test_healthcheck(client):
    def ask(method="GET"):
        return webob.Request.blank("/healthcheck", method=method).get_response(client.app)

    assert (ask().status_int, ask().text.strip()) == (200, "OK")
    assert ask("HEAD").status_int == 204


def test_healthcheck_of_a_service_without_its_database(client, monkeypatch):
    def fail():
        raise RuntimeError("the database is away")

    monkeypatch.setattr(engine, "reader", fail)
    answer = webob.Request.blank("/healthcheck").get_response(client.app)
    assert (answer.status_int, answer.text.strip()) == (503, "DATABASE UNAVAILABLE")


# ---- Prometheus


def metrics_of(process: Process) -> dict[str, float]:
    port = int(re.search(r"Serving metrics at \S+:(\d+)/metrics", process.output)[1])
    status, text = get(port, "/metrics")
    assert status == 200
    return {name: float(value) for name, value in
            (line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))}


@pytest.mark.parametrize("workers", [1, 2])
def test_metrics_of_all_workers(tmp_path, workers):
    pytest.importorskip("prometheus_client")
    with Process(tmp_path, osapi_compute_workers=workers, metrics={"listen_port": 0}) as process:
        for _round in range(6):  # each on a connection of its own, so to any worker
            assert process.get("/v2.1/servers/detail")[0] == 200
        process.get("/v2.1/servers/nosuch")
        process.get("/v2.1/nosuch")
        count = "minova_request_seconds_count"
        detail = f'{count}{{method="GET",route="/servers/detail",status="200"}}'
        shown = metrics_of(process)
        assert shown[detail] == 6
        assert shown[f'{count}{{method="GET",route="/servers/{{id}}",status="404"}}'] == 1
        assert shown[f'{count}{{method="GET",route="none",status="404"}}'] == 1
        assert shown['minova_work_items{state="waiting"}'] == 0
        assert shown['minova_db_statement_seconds_count{verb="SELECT"}'] >= 6
        assert shown['minova_request_seconds_bucket{le="30.0",method="GET",'
                     'route="/servers/detail",status="200"}'] == 6
        assert process.stop() == 0


def test_nothing_is_measured_unless_configured(tmp_path):
    with Process(tmp_path) as process:
        assert process.get("/v2.1/servers")[0] == 200
        assert "metrics" not in process.output


# ---- the log


def test_every_line_of_a_request_says_whose_it_is(tmp_path):
    with Process(tmp_path, debug=True) as process:
        with contextlib.closing(process.connect()) as connection:
            def ask(path, **headers) -> str:
                connection.request("GET", path, headers=headers)
                response = connection.getresponse()
                response.read()
                return response.getheader("x-compute-request-id")

            identity = ask("/v2.1/blue/servers/nosuch", **{"X-Auth-Token": "alice:blue"})
            other = ask("/v2.1/blue/servers", **{"X-Auth-Token": "bob:green"})
            login = ask("/v2.1/")  # without a token: nobody is known
        eventually(lambda: login in process.output, "the last access line")
        lines = process.output.splitlines()
    mine = [line for line in lines if identity in line]
    assert any('"GET /v2.1/blue/servers/nosuch' in line for line in mine)
    assert all(re.search(rf"{identity} alice blue\b", line) for line in mine)
    assert all("bob green" in line for line in lines if other in line)
    access = [line for line in lines if '"GET /v2.1/ HTTP' in line]
    assert access and not any(name in access[0] for name in ("alice", "bob"))


def test_json_log(tmp_path):
    with Process(tmp_path, use_json=True) as process:
        process.get("/v2.1/blue/servers", **{"X-Auth-Token": "alice:blue"})
        process.stop()
        records = [json.loads(line) for line in process.output.splitlines()]
    access = next(r for r in records if "/v2.1/blue/servers" in r["message"])
    assert access["context"]["user_id" if "user_id" in access["context"] else "user"] == "alice"
    assert access["context"]["request_id"].startswith("req-")
