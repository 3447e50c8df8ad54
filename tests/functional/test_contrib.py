"""What is under contrib/ works: other WSGI servers serve the API, the unit names what there is."""

import configparser
import contextlib
import http.client
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys

import pytest

from tests.functional.processes import DEADLINE, ROOT, eventually, free_port

CONTRIB = ROOT / "contrib"
IMAGE = "5f0c7d1e-0a3b-4c52-9a51-c1220571e500"
BODY = json.dumps({"server": {"name": "web", "flavorRef": "1", "imageRef": IMAGE}})


def program(name: str) -> str:
    """The program of this environment. Skips the test without it."""
    beside = pathlib.Path(sys.executable).parent / name
    found = str(beside) if beside.exists() else shutil.which(name)
    return found or pytest.skip(f"{name} is not installed")


@contextlib.contextmanager
def running(command: list[str], folder: pathlib.Path, **environ: str):
    """Run another WSGI server over an empty minova; the file of its output."""
    config = folder / "nova.conf"
    config.write_text(f"[DEFAULT]\nstate_path = {folder}/state\n[fake]\nboot_seconds = 0\n")
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, sys.path)]),
           "OS_MINOVA_CONFIG_FILE": str(config), **environ}
    with open(folder / "output", "wb") as output:
        process = subprocess.Popen(command, cwd=folder, env=env, stdout=output, stderr=output)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(DEADLINE)
        finally:
            process.kill()


def boots_a_server(port: int, process, folder: pathlib.Path) -> None:
    def ask(path, method="GET", body=None):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=DEADLINE)
        with contextlib.closing(connection):
            connection.request(method, path, body, {"Content-Type": "application/json"})
            response = connection.getresponse()
            return response.status, json.loads(response.read() or b"null")

    def is_up() -> bool:
        assert process.poll() is None, (folder / "output").read_text()
        try:
            return ask("/")[0] == 200
        except (ConnectionRefusedError, http.client.HTTPException):
            return False

    eventually(is_up, "a server that serves")
    status, answer = ask("/v2.1/servers", "POST", BODY)
    assert status == 202, answer
    path = f"/v2.1/servers/{answer['server']['id']}"
    eventually(lambda: ask(path)[1]["server"]["status"] == "ACTIVE", "a server that is active")


def test_gunicorn(tmp_path):
    port = free_port()
    command = [program("gunicorn"), "-c", str(CONTRIB / "gunicorn.conf.py")]
    with running(command, tmp_path, MINOVA_BIND=f"127.0.0.1:{port}") as process:
        boots_a_server(port, process, tmp_path)
    assert process.returncode == 0, (tmp_path / "output").read_text()


def test_uwsgi(tmp_path):
    port = free_port()
    ini = tmp_path / "uwsgi.ini"
    text = (CONTRIB / "uwsgi.ini").read_text()
    assert "127.0.0.1:8774" in text
    ini.write_text(text.replace("127.0.0.1:8774", f"127.0.0.1:{port}"))
    with running([program("uwsgi"), "--ini", str(ini)], tmp_path) as process:
        boots_a_server(port, process, tmp_path)
    assert process.returncode == 0, (tmp_path / "output").read_text()


def test_the_unit_starts_what_is_installed():
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str
    unit.read(CONTRIB / "systemd" / "minova-api.service")
    service = unit["Service"]
    assert service["Type"] == "notify" and service["KillMode"] == "mixed"
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg")
    script = pathlib.PurePath(service["ExecStart"].split()[0]).name
    assert f"{script} =" in setup["options.entry_points"]["console_scripts"]


def test_the_unit_is_in_order(tmp_path):
    analyze = shutil.which("systemd-analyze") or pytest.skip("systemd-analyze is not installed")
    text = (CONTRIB / "systemd" / "minova-api.service").read_text()
    unit = tmp_path / "minova-api.service"
    unit.write_text(text.replace("/opt/minova/bin/minova-api", "/bin/true"))
    result = subprocess.run([analyze, "verify", str(unit)], capture_output=True, text=True)
    assert "minova-api.service" not in result.stderr


def test_the_container_has_a_configuration_that_is_accepted(tmp_path):
    from minova.conf import opts
    known = {group: {opt.name for opt in found} for group, found in opts.list_opts()}
    parser = configparser.ConfigParser(default_section="none", interpolation=None)
    parser.read(CONTRIB / "docker" / "nova.conf")
    for group in parser.sections():
        assert set(parser[group]) <= known[group]
    docker = (CONTRIB / "docker" / "Dockerfile").read_text()
    for line in docker.splitlines():
        if line.startswith("COPY contrib"):
            assert (ROOT / line.split()[1]).exists()
