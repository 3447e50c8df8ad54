"""Real minova-api processes for tests, each on an address and with a state of its own."""

import contextlib
import http.client
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
_RUN = "import sys; from minova.cmd.{module} import main; sys.exit(main())"
DEADLINE = 30.0  # seconds until something that should happen counts as failed


def free_port(host: str = "127.0.0.1") -> int:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as sock:
        sock.bind((host, 0))
        return sock.getsockname()[1]


def eventually(condition, what: str):
    """Return what `condition()` returns as soon as that is true."""
    end = time.monotonic() + DEADLINE
    while time.monotonic() < end:
        result = condition()
        if result:
            return result
        time.sleep(0.02)
    raise AssertionError(f"{what}: not within {DEADLINE} s")


class Process:
    """A console script with a configuration file of its own, as a context manager.

    :param folder: for configuration, state and output; kept from one process to the next
    :param options: those of [DEFAULT], and other sections as dicts
    """

    def __init__(self, folder: pathlib.Path, module: str = "api", **options):
        self.folder = folder
        options.setdefault("osapi_compute_listen_port", 0)
        options.setdefault("state_path", folder / "state")
        self.config = folder / "nova.conf"
        self.configure(**options)
        self._module = module
        self._output = folder / "output"

    def configure(self, **options) -> None:
        """Write the configuration file anew."""
        sections = {"DEFAULT": {}}
        for key, value in options.items():
            if isinstance(value, dict):
                sections[key] = value
            else:
                sections["DEFAULT"][key] = value
        lines = []
        for section, values in sections.items():
            lines += [f"[{section}]", *(f"{key} = {value}" for key, value in values.items())]
        self.config.write_text("\n".join(lines) + "\n")

    def start(self) -> "Process":
        path = os.pathsep.join([str(ROOT), str(self.folder), *filter(None, sys.path)])
        with open(self._output, "wb") as output:
            self.popen = subprocess.Popen(
                [sys.executable, "-c", _RUN.format(module=self._module)]
                + ["--config-file", str(self.config)],
                cwd=self.folder,
                env={**os.environ, "PYTHONPATH": path},
                stdout=output,
                stderr=output,
            )
        return self

    def __enter__(self) -> "Process":
        self.start()
        try:
            eventually(self._is_up, f"a service that serves ({self._output})")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *exc_info) -> None:
        if self.popen.poll() is None:
            self.popen.terminate()
            try:
                self.popen.wait(DEADLINE)
            finally:
                self.popen.kill()
                self.popen.wait()

    def _is_up(self) -> bool:
        assert self.popen.poll() is None, self.output
        return "Serving osapi_compute at " in self.output

    @property
    def port(self) -> int:
        """The port that the process has been given by the kernel."""
        return int(re.search(r"Serving osapi_compute at \S+:(\d+)/", self.output)[1])

    @property
    def output(self) -> str:
        """All that the process has written to stdout and stderr so far."""
        return self._output.read_text()

    def signal(self, number: int) -> None:
        os.kill(self.popen.pid, number)

    def stop(self) -> int:
        """SIGTERM. Return the exit status."""
        self.signal(signal.SIGTERM)
        return self.popen.wait(DEADLINE)

    def connect(self, host: str = "127.0.0.1") -> http.client.HTTPConnection:
        return http.client.HTTPConnection(host, self.port, timeout=DEADLINE)

    def get(self, path: str = "/", **headers) -> tuple[int, bytes]:
        """GET on a connection of its own. Return status and body."""
        with contextlib.closing(self.connect()) as connection:
            connection.request("GET", path, headers=headers)
            response = connection.getresponse()
            return response.status, response.read()
