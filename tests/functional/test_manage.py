"""minova-manage, as an operator runs it."""

import json
import os
import subprocess
import sys

import pytest

from tests.functional.processes import ROOT, free_port


@pytest.fixture
def manage(tmp_path):
    """Return a function that runs minova-manage with options of [DEFAULT] and [database]."""

    def run(*args: str, **database: str) -> subprocess.CompletedProcess:
        lines = ["[DEFAULT]", f"state_path = {tmp_path}/state", "[database]"]
        lines += [f"{key} = {value}" for key, value in database.items()]
        config = tmp_path / "nova.conf"
        config.write_text("\n".join(lines) + "\n")
        return subprocess.run(
            [sys.executable, "-c", "import sys; from minova.cmd.manage import main; "
             "sys.exit(main())", "--config-file", str(config), *args],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=60,
        )

    return run


def test_db_sync_and_version(manage):
    assert "minova-manage db sync" in manage("db", "version").stdout
    assert manage("db", "sync").returncode == 0
    version = manage("db", "version").stdout
    assert version.strip().isdigit()
    assert manage("db", "sync").returncode == 0
    assert manage("db", "version").stdout == version


def test_unknown_version_is_one_line(manage):
    result = manage("db", "sync", "--version", "nosuch")
    assert result.returncode == 1
    assert result.stderr.startswith("minova-manage: ")
    assert "nosuch" in result.stderr and result.stderr.count("\n") == 1


def test_unreachable_database_is_one_line_without_the_password(manage):
    url = f"mysql+pymysql://minova:secret@127.0.0.1:{free_port()}/minova"
    result = manage("db", "version", connection=url)
    assert result.returncode == 1
    assert result.stderr.startswith("minova-manage: ") and result.stderr.count("\n") == 1
    assert "secret" not in result.stderr


@pytest.mark.parametrize("url", ["nonsense", "oracle://x/y", "mysql://u:secret@secret@h/x",
                                 "sqlite:////proc/nosuch/minova.sqlite"])
@pytest.mark.parametrize("args", [["db", "sync"], ["db", "version"], ["flavor", "list"]])
def test_an_impossible_database_is_one_line(manage, url, args):
    result = manage(*args, connection=url)
    assert "Traceback" not in result.stderr and "secret" not in result.stderr
    if args != ["db", "version"] or "sqlite" not in url:    # of no file there is no version
        assert (result.returncode, result.stderr.count("\n")) == (1, 1), result.stderr
        assert result.stderr.startswith("minova-manage: ")


def test_missing_configuration_is_one_line(manage, tmp_path):
    result = manage("--config-file", str(tmp_path / "nosuch"), "db", "version")
    assert result.returncode == 1
    assert str(tmp_path / "nosuch") in result.stderr and result.stderr.count("\n") == 1


@pytest.mark.parametrize("args", [[], ["db"], ["routes"], ["nosuch"]])
def test_incomplete_command_shows_its_usage(manage, args):
    result = manage(*args)
    assert result.returncode == 2
    assert result.stderr.startswith("usage: minova-manage")


def test_routes_in_both_formats(manage):
    rows = json.loads(manage("routes", "list", "--format", "json").stdout)
    [detail] = [row for row in rows if row["path"] == "/servers/detail"]
    assert {key: detail[key] for key in ("method", "action", "controller", "extension", "package",
                                         "versions", "policy", "schema")} == {
        "method": "GET", "action": "detail", "controller": "ServersController",
        "extension": "servers", "package": "minova", "versions": "2.1-", "schema": [],
        "policy": ["os_compute_api:servers:detail",
                   "os_compute_api:servers:detail:get_all_tenants"]}
    table = manage("routes", "list").stdout.splitlines()
    assert len(table) == len(rows) + 1 and table[0].startswith("PATH ")
    assert any(line.split()[:3] == ["/servers/detail", "GET", "detail"] for line in table)


def test_a_reader_that_has_seen_enough_is_no_error(manage, tmp_path):
    manage("db", "version")
    reader, writer = os.pipe()
    os.close(reader)
    result = subprocess.run(
        [sys.executable, "-c", "import sys; from minova.cmd.manage import main; sys.exit(main())",
         "--config-file", str(tmp_path / "nova.conf"), "routes", "list"],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=writer, stderr=subprocess.PIPE,
        text=True, timeout=60)
    os.close(writer)
    assert (result.returncode, result.stderr) == (1, "")


def test_routes_are_searched_by_their_paths(manage):
    table = manage("routes", "list", "--match", "/servers/{id}/action").stdout.splitlines()[1:]
    actions = {line.split()[2]: line.split()[4:8] for line in table}
    assert actions["pause"] == ["PauseServerController._pause",
                                "os_compute_api:os-pause-server:pause", "-", "os-pause-server"]
    assert actions["changePassword"][2] == "admin_password.change_password"
    assert "create" not in actions and len(actions) > 30


def test_images_are_imported_once(manage, tmp_path):
    declared = tmp_path / "images.yaml"
    declared.write_text(
        "images:\n  - {id: 70a599e0-31e7-49b7-b260-868f441e862b, name: one}\n"
        "  - {id: 155d900f-4e14-4e4c-a73d-069cbf4541e6, name: two, min_ram: 64}\n")
    result = manage("image", "import", str(declared))
    assert (result.returncode, result.stdout.split()[0]) == (0, "2"), result.stderr
    assert manage("image", "import", str(declared)).stdout.startswith("0 imported, 2 were there")


@pytest.mark.parametrize("content", [None, "images: 1", "- {id: x, name: y}", "{", "- []"])
def test_a_bad_file_of_images_is_one_line(manage, tmp_path, content):
    declared = tmp_path / "images.yaml"
    if content is not None:
        declared.write_text(content)
    result = manage("image", "import", str(declared))
    assert result.returncode == 1
    assert result.stderr.startswith("minova-manage: The fixtures file ")
    assert result.stderr.count("\n") == 1
