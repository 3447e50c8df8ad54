"""gophercloud: the program in gophercloud/ is built and run."""

import os
import pathlib
import subprocess

import pytest

from tests.clients.cloud import IMAGE, NETWORK, PUBLIC
from tests.clients.registry import GOPATH, require
from tests.clients.shells import outside

pytestmark = require("gophercloud")

SOURCES = sorted((pathlib.Path(__file__).parent / "gophercloud").glob("*.go"))


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    folder = tmp_path_factory.mktemp("go")
    built = subprocess.run(
        ["go", "build", "-o", folder / "program", *SOURCES], capture_output=True, text=True, timeout=300,
        env={**os.environ, "GO111MODULE": "off", "GOPATH": str(GOPATH), "GOFLAGS": ""})
    assert built.returncode == 0, built.stderr
    return folder / "program"


def run(program: pathlib.Path, cloud, name: str, **environment: str) -> subprocess.CompletedProcess:
    # Here a domain is a default, of users and of projects.
    environment = outside(**cloud.environment("demo") | {"OS_DOMAIN_NAME": "Default"} | environment)
    return subprocess.run([program, name, IMAGE, "m1.tiny", "m1.small", NETWORK, PUBLIC], timeout=120,
                          capture_output=True, text=True, env=environment)


def test_from_login_to_delete(program, cloud, name):
    ran = run(program, cloud, name)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.splitlines() == [
        "logged in", "created 5", "listed 5 on 3 pages", "resized true", "changed web 1", "deleted 5",
        "addresses 2 192.168.70.20", "attached true", "gone", "refused true"]


def test_a_wrong_password(program, cloud, name):
    ran = run(program, cloud, name, OS_PASSWORD="wrong")
    assert ran.returncode == 1 and "Authentication failed" in ran.stderr
