"""A cloud for clients: started as its users start it, and what somebody needs to know to log in."""

import functools
import json
import os
import pathlib
import subprocess
import sys

import keystoneauth1.session
from keystoneauth1 import loading

from minova.cloud import folder
from tests.functional.processes import DEADLINE, ROOT, eventually

IMAGE, NETWORK, PUBLIC = "cirros", "private", "public"      # what a cloud begins with
HOSTS = ("alpha", "beta", "gamma")


# What these tests want to be different from a cloud as it is by default: two hosts and one to spare, which
# take no time; consoles of each kind; no quota on what every test needs.
CONFIGURATION = f"""
[DEFAULT]
quota_instances = -1
quota_cores = -1
quota_ram = -1
quota_key_pairs = -1
[fake]
hosts = {','.join(HOSTS)}
boot_seconds = 0
action_seconds = 0
transition_seconds =
[spice]
enabled = true
[rdp]
enabled = true
[serial_console]
enabled = true
[mks]
enabled = true
"""


_COMMAND = [sys.executable, "-c", "import sys; from minova.cmd.cloud import main; sys.exit(main())"]


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, sys.path)])}


class Cloud:
    """`minova-cloud`, as a context manager.

    It begins as all clouds do, and is the same for all tests: they need names of their own, and nothing else.
    """

    def __init__(self, path: pathlib.Path):
        self.path = path
        self._environments: dict[str, dict[str, str]] = {}
        state = folder.Folder(str(path))
        state.complete()
        with open(state.config, "a") as config:
            config.write(CONFIGURATION)

    def __enter__(self) -> "Cloud":
        ready = self.path / "ready.json"
        with open(self.path / "output", "wb") as output:
            self._popen = subprocess.Popen(
                [*_COMMAND, "--state-dir", str(self.path), "--free-ports", "--ready-file", str(ready),
                 "--quiet"],
                cwd=self.path, env=_environment(), stdout=output, stderr=output, stdin=subprocess.DEVNULL)

        def is_ready() -> bool:
            assert self._popen.poll() is None, (self.path / "output").read_text()
            return ready.exists()
        try:
            eventually(is_ready, f"a cloud that serves ({self.path})")
            self._told = json.loads(ready.read_text())
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *exc_info) -> None:
        self._popen.terminate()
        try:
            self._popen.wait(DEADLINE)
        finally:
            self._popen.kill()
            self._popen.wait()

    @property
    def log(self) -> str:
        """What the cloud has written to its log so far."""
        return (self.path / "minova-cloud.log").read_text()

    @property
    def auth_url(self) -> str:
        return self._told["auth_url"]

    @property
    def clouds_yaml(self) -> str:
        """The path of a clouds.yaml, in which the clouds are minova-USER."""
        return self._told["clouds_yaml"]

    def environment(self, user: str = "demo") -> dict[str, str]:
        """The environment variables that clients read, as `minova-cloud env` prints them, and a home."""
        if user not in self._environments:
            self._environments[user] = self._print_environment(user)
        return dict(self._environments[user])

    def _print_environment(self, user: str) -> dict[str, str]:
        printed = subprocess.run([*_COMMAND, "env", "--json", "--user", user, "--state-dir", str(self.path)],
                                 env=_environment(), capture_output=True, text=True, check=True)
        variables = json.loads(printed.stdout)
        # Some clients ask the file, and the file alone, when they know of one.
        del variables["OS_CLIENT_CONFIG_FILE"]
        return variables | {"HOME": str(self.path)}

    def session(self, user: str = "demo") -> keystoneauth1.session.Session:
        """A session of keystoneauth that is logged in."""
        auth = {name.removeprefix("OS_").lower(): value for name, value in self.environment(user).items()}
        loader = loading.get_plugin_loader("password")
        known = {option.dest for option in loader.get_options()}
        plugin = loader.load_from_options(**{name: auth[name] for name in known & set(auth)})
        return keystoneauth1.session.Session(plugin)

    @functools.cached_property
    def _admin(self) -> keystoneauth1.session.Session:
        return self.session("admin")

    def endpoint(self, service: str) -> str:
        """Where the catalog says that a service is."""
        return self._admin.get_endpoint(service_type=service)

    def compute(self, method: str, path: str, body: dict | None = None, **kwargs) -> dict:
        """Ask the compute API as the administrator: to prepare, and to look, beside the client in test."""
        answer = self._admin.request(path, method, json=body, endpoint_filter={"service_type": "compute"},
                                     **kwargs)
        return json.loads(answer.text or "null")

    def server(self, name: str) -> dict:
        """The server of this name or id, whosever it is."""
        found = self.compute("GET", f"/servers/detail?all_tenants=1&name=^{name}$")["servers"]
        return found[0] if found else self.compute("GET", f"/servers/{name}")["server"]

    def until(self, name: str, status: str) -> dict:
        """Wait for a server to have this status, and nothing more to do."""
        def reached() -> dict | None:
            server = self.server(name)
            assert server["status"] != "ERROR" or status == "ERROR", server.get("fault")
            return server if (server["status"], server["OS-EXT-STS:task_state"]) == (status, None) else None
        return eventually(reached, f"server {name} {status}")

    def until_gone(self, name: str) -> None:
        eventually(lambda: not self.compute("GET", f"/servers/detail?all_tenants=1&name=^{name}$")["servers"],
                   f"server {name} gone")

    def simulate(self, **settings) -> None:
        """Change how the simulated hosts behave: see docs/simulation.md."""
        self.compute("POST", "/os-minova-simulator", {"simulator": settings})
