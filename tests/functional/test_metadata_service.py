"""The metadata service as a process: beside the compute API, and alone."""

import contextlib
import http.client
import json
import re

from tests.functional.processes import DEADLINE, Process, eventually

IMAGE = "5f0c7d1e-0a3b-4c52-9a51-c1220571e500"  # the one that every new minova has


class Alone(Process):
    """minova-api-metadata."""

    def __init__(self, folder, **options):
        super().__init__(folder, module="api_metadata", **options)

    def _is_up(self) -> bool:
        assert self.popen.poll() is None, self.output
        return "Serving metadata at " in self.output


def ask(process: Process, path: str, **headers) -> tuple[int, str]:
    port = int(re.search(r"Serving metadata at \S+:(\d+)/", process.output)[1])
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=DEADLINE)
    with contextlib.closing(connection):
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        return response.status, response.read().decode()


def post_server(process: Process) -> str:
    with contextlib.closing(process.connect()) as connection:
        connection.request("POST", "/v2.1/servers", headers={"Content-Type": "application/json"},
                           body=json.dumps({"server": {
                               "name": "web", "flavorRef": "1", "imageRef": IMAGE}}))
        return json.load(connection.getresponse())["server"]["id"]


def test_a_server_finds_itself(tmp_path):
    options = {"metadata_listen_port": 0, "use_forwarded_for": True, "metadata_workers": 1,
               "fake": {"boot_seconds": 0}}
    with Process(tmp_path, enabled_apis="osapi_compute,metadata", **options) as process:
        assert ask(process, "/")[1].endswith("2009-04-04\nlatest")
        assert ask(process, "/latest/meta-data/")[0] == 404
        server_id = post_server(process)

        def address() -> str | None:
            server = json.loads(process.get(f"/v2.1/servers/{server_id}")[1])["server"]
            return server["addresses"].get("private", [{"addr": None}])[0]["addr"]

        mine = {"X-Forwarded-For": eventually(address, "a server with an address")}
        assert ask(process, "/latest/meta-data/hostname", **mine) == (200, "web.novalocal")
        status, body = ask(process, "/openstack/latest/meta_data.json", **mine)
        assert (status, json.loads(body)["uuid"]) == (200, server_id)
    with Alone(tmp_path, **options) as process:
        assert ask(process, "/latest/meta-data/hostname", **mine) == (200, "web.novalocal")
        assert "osapi_compute at" not in process.output
        assert process.stop() == 0


def test_a_proxy_without_a_secret_is_one_clear_line(tmp_path):
    process = Alone(tmp_path, metadata_listen_port=0, neutron={"service_metadata_proxy": True})
    assert process.start().popen.wait(DEADLINE) == 1
    assert process.output.startswith("minova-api-metadata: [neutron]service_metadata_proxy needs")
    assert process.output.count("\n") == 1
