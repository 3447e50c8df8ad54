"""The clients: which there are, whether they are here, and what is done with them.

README's table is made of this by tools/clients.py.
"""

import dataclasses
import importlib.metadata
import importlib.resources
import json
import pathlib
import shutil
import subprocess
import sys
from collections.abc import Callable

import pytest

GOPATH = pathlib.Path("/usr/share/gocode")       # where Debian keeps the sources of Go libraries


@dataclasses.dataclass(frozen=True)
class Client:
    name: str
    version: Callable[[], str | None]       # None: it is not installed
    package: str                            # what to install
    modules: tuple[str, ...]                # of tests/clients
    exercised: str


def _distribution(name: str) -> Callable[[], str | None]:
    def version() -> str | None:
        try:
            return importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            return None
    return version


def _collection() -> str | None:
    """The version of Ansible's collection, where there is a Python that can run its modules."""
    return _collection_version() if ansible_python() else None


def _collection_version() -> str | None:
    try:
        manifest = importlib.resources.files("ansible_collections.openstack.cloud") / "MANIFEST.json"
        return json.loads(manifest.read_text())["collection_info"]["version"]
    except (ModuleNotFoundError, FileNotFoundError):
        return None


def ansible_python() -> str | None:
    """The Python for modules of openstack.cloud.

    Before 2.6 they need an openstacksdk before 4.15, which has `openstack.version`; python-openstackclient
    needs a later one. So there may be another Python below this one's environment, for the modules alone.
    """
    other = pathlib.Path(sys.prefix) / "ansible" / "bin" / "python"
    if other.exists():
        return str(other)
    version, sdk = _collection_version(), _distribution("openstacksdk")()
    if version and sdk and (_numbers(version) >= (2, 6) or _numbers(sdk) < (4, 15)):
        return sys.executable
    return None


def _numbers(version: str) -> tuple[int, int]:
    first, second = version.split(".")[:2]
    return int(first), int(second)


def _gophercloud() -> str | None:
    package = CLIENTS["gophercloud"].package.removeprefix("Debian: ")
    if not all(map(shutil.which, ("go", "dpkg-query"))) or not GOPATH.is_dir():
        return None
    query = subprocess.run(["dpkg-query", "-W", "-f", "${source:Upstream-Version}", package],
                           capture_output=True, text=True, timeout=60)
    return query.stdout or None


CLIENTS = {client.name: client for client in (
    Client("python-novaclient", _distribution("python-novaclient"), "pip: python-novaclient",
           ("test_novaclient", "test_nova_shell"),
           "every command of the `nova` shell at 2.1 and 2.12, and the library"),
    Client("python-openstackclient", _distribution("python-openstackclient"), "pip: python-openstackclient",
           ("test_openstackclient_server", "test_openstackclient_compute", "test_openstackclient_network",
            "test_openstackclient_identity", "test_openstackclient_image", "test_openstackclient_volume"),
           "`server create --wait` with everything by name; every command of compute; image, network, "
           "subnet, port, router, security group, floating ip, volume, snapshot, project, user, role, token"),
    Client("openstacksdk", _distribution("openstacksdk"), "pip: openstacksdk",
           ("test_openstacksdk",),
           "`create_server(wait=True, auto_ip=True)` and more of the cloud layer; the proxies of compute, "
           "image, network and block storage"),
    Client("Ansible openstack.cloud", _collection, "pip: ansible, and openstacksdk<4.15 for its modules",
           ("test_ansible",),
           "a playbook that builds, changes and destroys three servers with network, router, key, image and "
           "volume, and changes nothing when it runs again"),
    Client("apache-libcloud", _distribution("apache-libcloud"), "pip: apache-libcloud",
           ("test_libcloud",),
           "nodes from creating to destroying, images, key pairs, volumes, networks, floating ips"),
    Client("gophercloud", _gophercloud, "Debian: golang-github-gophercloud-gophercloud-dev",
           ("test_gophercloud",),
           "a program that logs in, creates, waits, lists page by page, resizes and deletes; a server with "
           "network, router, port, rules, floating ip and volume of its own"),
)}


def require(name: str) -> list[pytest.MarkDecorator]:
    """The `pytestmark` of a module about this client. Skips the module where the client is not installed."""
    client = CLIENTS[name]
    if client.version() is None:
        pytest.skip(f"{name}: not installed ({client.package})", allow_module_level=True)
    return [pytest.mark.xdist_group(name)]
