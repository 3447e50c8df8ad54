"""The processes of a benchmark: servers, and the CPU time that they have used."""

import contextlib
import http.client
import os
import pathlib
import signal
import socket
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
COMMAND = [sys.executable, "-c", "import sys; from minova.cmd.api import main; sys.exit(main())"]
_DEADLINE = 60.0

CONFIG = """\
[DEFAULT]
state_path = {state}
osapi_compute_listen = 127.0.0.1
osapi_compute_listen_port = {port}
osapi_compute_workers = {workers}
auth_strategy = noauth2
fixtures_file = {state}/fixtures.yaml
log_file = {state}/minova.log
quota_instances = -1
quota_cores = -1
quota_ram = -1
quota_fixed_ips = -1
private_network_cidr = 10.0.0.0/12

[database]
connection = {database}

[fake]
hosts = compute1,compute2,compute3,compute4
vcpus = 1000000
memory_mb = 1000000000
local_gb = 1000000000
boot_seconds = 0.1
action_seconds = 0.1
"""


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


class Process:
    """A server under measurement, as a context manager."""

    def __init__(self, command: list[str], port: int, environment: dict, tree: pathlib.Path = ROOT):
        self.command = command
        self.port = port
        self._environment = environment
        self._tree = tree

    def __enter__(self) -> "Process":
        self.popen = subprocess.Popen(self.command, cwd=self._tree, env=self._environment)
        self.first_answer()
        return self

    def __exit__(self, *exc_info) -> None:
        self.popen.send_signal(signal.SIGTERM)
        try:
            self.popen.wait(20)
        except subprocess.TimeoutExpired:
            self.popen.kill()
            self.popen.wait()

    def first_answer(self) -> None:
        """Wait until it answers; raises RuntimeError when it does not."""
        end = time.monotonic() + _DEADLINE
        while time.monotonic() < end:
            if self.popen.poll() is not None:
                break
            with contextlib.suppress(OSError, http.client.HTTPException):
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
                connection.request("GET", "/v2.1/", headers={"X-Auth-Token": "admin:admin"})
                connection.getresponse().read()
                connection.close()
                return
            time.sleep(0.005)
        raise RuntimeError(f"{self.command} does not answer on port {self.port}")

    def cpu_seconds(self) -> float:
        """What all its threads, and its workers, have used so far, to the microsecond."""
        return sum(map(_scheduled, self._family()))

    def rss_mib(self) -> list[float]:
        """The memory of each process that serves."""
        family = self._family()
        return [_resident(pid) for pid in family[1:] or family]

    def _family(self) -> list[int]:
        """The process, and its workers, if it has some."""
        pid = self.popen.pid
        children = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return [pid, *map(int, children)]


def _resident(pid: int) -> float:
    with open(f"/proc/{pid}/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2 ** 20


def _scheduled(pid: int) -> float:
    total = 0
    for path in pathlib.Path(f"/proc/{pid}/task").glob("*/schedstat"):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            total += int(path.read_text().split()[0])
    return total / 1e9


def environment(state: pathlib.Path, tree: pathlib.Path = ROOT) -> dict:
    """That of all processes: modules are compiled once, as with an installed package."""
    variables = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return variables | {"PYTHONPATH": str(tree), "PYTHONPYCACHEPREFIX": str(state / "pycache")}


def minova(state: pathlib.Path, database: str, workers: int = 1,
           tree: pathlib.Path = ROOT) -> Process:
    """minova-api, of the source in `tree`, with its state below `state`; `database` is its URL."""
    port = free_port()
    config = state / f"nova-{port}.conf"
    config.write_text(CONFIG.format(state=state, port=port, database=database, workers=workers))
    return Process([*COMMAND, "--config-file", str(config)], port, environment(state, tree), tree)


def bare(answer: pathlib.Path) -> Process:
    """The yardstick that gives the answer in this file (see bare.py)."""
    port = free_port()
    return Process([sys.executable, "-W", "ignore", str(HERE / "bare.py"), str(port), str(answer)],
                   port, environment(answer.parent))
