"""tools/tempest: what it makes for Tempest fits together, without running that."""

import configparser
import importlib.util
import pathlib
import types

import pytest
import yaml

from minova.identity import passwords, users_file
from minova.identity.directory import Scope

ROOT = pathlib.Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def run():
    pytest.importorskip("openstack")
    spec = importlib.util.spec_from_file_location("tempest_run", ROOT / "tools" / "tempest" / "run.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read(text: str) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None)
    parser.read_string(text)
    return parser


def test_accounts_are_those_of_the_cloud(run, tmp_path):
    path = tmp_path / "users.yaml"
    path.write_text(yaml.safe_dump(run.users()))
    directory = users_file.load(str(path))
    by_name = {user.name: user for user in directory.users.values()}
    for account in run.accounts():
        user = by_name.pop(account["username"])
        assert passwords.matches(account["password"], user.password)
        project = directory.find_project(name=account["project_name"], domain_id="default")
        granted = directory.grants[user.id, Scope("project", project.id)]
        assert list(granted) == account["roles"]
    assert set(by_name) <= {users_file.SERVICE_USER}


def test_the_configuration_of_the_cloud(run, tmp_path):
    config = read(run.nova_conf(tmp_path))
    assert config["DEFAULT"]["state_path"] == str(tmp_path)
    assert [config["fake"][name] for name in ("boot_seconds", "action_seconds", "transition_seconds")] == [
        "0.3", "0.2", ""]


def test_the_configuration_of_tempest(run, tmp_path):
    network = types.SimpleNamespace(
        find_network=lambda name, ignore_missing: types.SimpleNamespace(id=f"id-of-{name}"),
        extensions=lambda: [types.SimpleNamespace(alias=alias) for alias in ("router", "quotas")])
    config = read(run.tempest_conf(tmp_path, "http://127.0.0.1:5000/v3", network))
    assert config["identity"]["uri_v3"] == "http://127.0.0.1:5000/v3"
    assert config["network"]["public_network_id"] == "id-of-public"
    assert config["network-feature-enabled"]["api_extensions"] == "quotas,router"
    images = [config["compute"][name] for name in ("image_ref", "image_ref_alt")]
    assert images == [image["id"] for image in run.fixture()["images"]]
    for name in ("auth", "oslo_concurrency"):
        assert str(tmp_path) in " ".join(config[name].values())
