"""kill -9 during 200 creates: nothing that was accepted is lost, nothing is done twice."""

import collections
import contextlib
import http.client
import json
import os
import pathlib
import signal
import threading
import time

import pytest

from tests.functional.processes import Process

IMAGE = "5f0c7d1e-0a3b-4c52-9a51-c1220571e500"
HEADERS = {"X-Auth-Token": "admin:admin", "Content-Type": "application/json"}
SERVERS = 200
CLIENTS = 8
PATIENCE = 120.0    # seconds for everything to be built after the restart


def children(pid: int) -> list[int]:
    path = pathlib.Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in path.read_text().split()]


def kill(process: Process) -> None:
    """As a loss of power: the launcher and all its workers at once, without a word."""
    pids = [process.popen.pid, *children(process.popen.pid)]
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
    process.popen.wait()
    for pid in pids[1:]:
        while is_running(pid):
            time.sleep(0.01)


def is_running(pid: int) -> bool:
    try:
        state = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def fetch(process: Process, path: str) -> dict:
    status, body = process.get(f"/v2.1{path}", **HEADERS)
    assert status == 200, body
    return json.loads(body)


class Creators:
    """Threads that create servers until all are asked for, or nobody answers any more."""

    def __init__(self, process: Process):
        self.accepted: list[str] = []
        self._process = process
        self._left = iter(range(SERVERS))
        self._lock = threading.Lock()
        self._threads = [threading.Thread(target=self._create) for _ in range(CLIENTS)]
        for thread in self._threads:
            thread.start()

    def _next(self) -> int | None:
        with self._lock:
            return next(self._left, None)

    def _create(self) -> None:
        with contextlib.closing(self._process.connect()) as connection:
            while (number := self._next()) is not None:
                body = json.dumps({"server": {
                    "name": f"s{number}", "flavorRef": "1", "imageRef": IMAGE}})
                try:
                    connection.request("POST", "/v2.1/servers", body, HEADERS)
                    response = connection.getresponse()
                    answer = json.loads(response.read())
                except (OSError, http.client.HTTPException):
                    connection.close()      # one worker of several may be gone
                    if self._process.popen.poll() is not None or self._killed:
                        return
                    continue
                assert response.status == 202, answer
                self.accepted.append(answer["server"]["id"])

    _killed = False

    def wait_for(self, count: int) -> None:
        while len(self.accepted) < count:
            assert any(thread.is_alive() for thread in self._threads)
            time.sleep(0.005)

    def join(self, killed: bool = False) -> None:
        self._killed = killed
        for thread in self._threads:
            thread.join()


def settled(process: Process) -> list[dict]:
    """All servers, when nothing is being built any more."""
    end = time.monotonic() + PATIENCE
    while True:
        servers = fetch(process, "/servers/detail?limit=1000")["servers"]
        states = collections.Counter(server["status"] for server in servers)
        if not states["BUILD"]:
            return servers
        assert time.monotonic() < end, states
        time.sleep(0.2)


def check(process: Process, accepted: list[str]) -> None:
    """What must hold after the storm."""
    servers = settled(process)
    assert set(accepted) <= {server["id"] for server in servers}
    assert len(set(accepted)) == len(accepted)
    addresses = []
    for server in servers:
        assert server["status"] == "ACTIVE" or (
            server["status"] == "ERROR" and server["fault"]["message"]), server
        addresses += [ip["addr"] for ips in server["addresses"].values() for ip in ips]
    active = [server for server in servers if server["status"] == "ACTIVE"]
    assert len(addresses) == len(set(addresses)) == len(active)
    # One claim each on the hosts, and the quotas count what is there.
    statistics = fetch(process, "/os-hypervisors/statistics")["hypervisor_statistics"]
    assert statistics["running_vms"] == statistics["vcpus_used"] == len(active)
    used = fetch(process, "/limits")["limits"]["absolute"]
    assert used["totalInstancesUsed"] == used["totalCoresUsed"] == len(servers)
    assert used["totalRAMUsed"] == 512 * len(servers)
    for server in active[:20]:
        found = fetch(process, f"/servers/{server['id']}/os-instance-actions")["instanceActions"]
        assert [action["action"] for action in found] == ["create"]
    # Nothing is left to be done.
    assert not any(server["OS-EXT-STS:task_state"] for server in servers)


def options(url: str, workers: int) -> dict:
    return {
        "osapi_compute_workers": workers, "quota_instances": -1, "quota_cores": -1, "quota_ram": -1,
        "osapi_max_limit": 1000, "wsgi_access_log": False,
        "database": {"connection": url, "sqlite_synchronous": False},
        "fake": {"boot_seconds": 0.3, "vcpus": 1000},
        "work": {"lease_seconds": 5},
    }


@pytest.mark.parametrize("workers", [1, 2])
def test_kill_all(database, tmp_path, workers):
    process = Process(tmp_path, **options(database, workers))
    with process:
        creators = Creators(process)
        creators.wait_for(SERVERS // 2)
        kill(process)
        creators.join(killed=True)
    assert SERVERS // 2 <= len(creators.accepted) < SERVERS
    with process:
        check(process, creators.accepted)
        assert process.stop() == 0


def test_kill_one_worker(database, tmp_path):
    """The others take over what it had begun; nobody starts the service again."""
    process = Process(tmp_path, **options(database, workers=2))
    with process:
        creators = Creators(process)
        creators.wait_for(SERVERS // 4)
        os.kill(children(process.popen.pid)[0], signal.SIGKILL)
        creators.join()
        assert len(creators.accepted) >= SERVERS - CLIENTS
        check(process, creators.accepted)
        assert process.stop() == 0
