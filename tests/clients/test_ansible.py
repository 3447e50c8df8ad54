"""Ansible's collection openstack.cloud: ansible/site.yml builds, changes and destroys three servers."""

import json
import pathlib
import subprocess
import sys

import pytest
import yaml

from tests.clients.registry import ansible_python, require
from tests.clients.shells import outside

pytestmark = require("Ansible openstack.cloud")

PLAYBOOK = pathlib.Path(__file__).parent / "ansible" / "site.yml"


@pytest.fixture
def play(cloud, tmp_path, new):
    """Run the playbook, or its tasks with some tags; the names of tasks that changed something."""
    tmp_path.joinpath("image").write_bytes(b"\0" * 65536)
    tmp_path.joinpath("key.pub").write_text(_public_key(cloud))
    tmp_path.joinpath("clouds.yaml").write_text(_clouds_yaml(cloud))
    prefix = new("site")
    environment = outside(
        OS_CLIENT_CONFIG_FILE=str(tmp_path / "clouds.yaml"), HOME=str(tmp_path),
        ANSIBLE_STDOUT_CALLBACK="ansible.posix.json", ANSIBLE_LOCALHOST_WARNING="false",
        ANSIBLE_INVENTORY_UNPARSED_WARNING="false", ANSIBLE_NOCOLOR="true", ANSIBLE_PIPELINING="true")

    def run(*tags: str, **variables) -> set[str]:
        variables |= {"prefix": prefix, "image_file": str(tmp_path / "image"), "python": ansible_python(),
                      "public_key_file": str(tmp_path / "key.pub")}
        ran = subprocess.run(
            [sys.executable, "-m", "ansible", "playbook", str(PLAYBOOK), "-e", json.dumps(variables),
             *(f"--tags={tag}" for tag in tags)],
            cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=300)
        assert ran.returncode == 0, ran.stdout + ran.stderr
        output = json.loads(ran.stdout[ran.stdout.index("{"):])
        assert output["stats"]["localhost"]["failures"] == 0
        return {task["task"]["name"] for play in output["plays"] for task in play["tasks"]
                if task["hosts"]["localhost"].get("changed")}

    run.prefix = prefix
    return run


def _public_key(cloud) -> str:
    """Some public key: of a pair that is forgotten again."""
    pair = cloud.compute("POST", "/os-keypairs", {"keypair": {"name": "for-ansible"}})["keypair"]
    cloud.compute("DELETE", "/os-keypairs/for-ansible")
    return pair["public_key"]


def _clouds_yaml(cloud) -> str:
    """The cloud's own, but for compute, where the endpoint of v2 ignores what Nova 12 has not.

    The collection sends `tags` with every server, which v2.1 refuses before 2.52.
    """
    clouds = yaml.safe_load(pathlib.Path(cloud.clouds_yaml).read_text())
    for known in clouds["clouds"].values():
        known["compute_endpoint_override"] = cloud.endpoint("compute").replace("/v2.1", "/v2")
    return yaml.safe_dump(clouds)


def test_build_change_destroy(play, cloud):
    def servers() -> list[dict]:
        return [cloud.server(f"{play.prefix}-{number}") for number in (1, 2, 3)]
    changed = play(state="present")
    assert {"The network", "The image", "The servers", "At the first server"} <= changed
    assert [server["status"] for server in servers()] == ["ACTIVE"] * 3
    assert [server["metadata"] for server in servers()] == [{"role": "web"}] * 3
    assert [server["key_name"] for server in servers()] == [play.prefix] * 3
    kinds = [address["OS-EXT-IPS:type"] for address in servers()[0]["addresses"][play.prefix]]
    assert sorted(kinds) == ["fixed", "floating"]

    assert play(state="present") == set()

    labels = {"role": "web", "tier": "front"}
    changed = play("servers", state="present", labels=labels, power="stop")
    assert changed == {"The servers", "The power of the last one"}
    assert [server["metadata"] for server in servers()] == [labels] * 3
    cloud.until(f"{play.prefix}-3", "SHUTOFF")

    assert "No servers" in play(state="absent")
    cloud.until_gone(f"{play.prefix}-[123]")
