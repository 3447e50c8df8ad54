"""The options: Liberty's defaults, safe ones where minova differs, and the generated sample."""

import configparser
import pathlib
import subprocess
import sys

import pytest
from oslo_config import cfg

from minova import conf
from minova.conf import opts, paths

ROOT = pathlib.Path(__file__).resolve().parents[3]


@pytest.fixture
def fresh():
    """Return a configuration of its own, read from nothing."""
    config = cfg.ConfigOpts()
    conf.register_opts(config)
    config([], project="minova", default_config_files=[], default_config_dirs=[])
    return config


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("api_paste_config", "api-paste.ini"),
        ("client_socket_timeout", 900),
        ("default_flavor", "m1.small"),
        ("instance_name_template", "instance-%08x"),
        ("max_header_line", 16384),
        ("multi_instance_display_name_template", "%(name)s-%(count)d"),
        ("osapi_compute_listen_port", 8774),
        ("osapi_hide_server_address_states", ["building"]),
        ("osapi_max_limit", 1000),
        ("quota_cores", 20),
        ("quota_fixed_ips", -1),
        ("quota_injected_file_content_bytes", 10240),
        ("quota_ram", 51200),
        ("tcp_keepidle", 600),
        ("wsgi_default_pool_size", 1000),
    ],
)
def test_defaults_of_liberty(fresh, name, value):
    assert fresh[name] == value


def test_defaults_are_safe(fresh):
    assert fresh.auth_strategy == "noauth2"
    assert fresh.osapi_compute_listen == fresh.metadata_listen == "127.0.0.1"
    assert not fresh.noauth2.allow_public_address
    assert fresh.enabled_apis == ["osapi_compute"]


def test_every_option_explains_itself():
    for group, options in opts.list_opts():
        for option in options:
            assert option.help and option.help.endswith((".", ")")), f"[{group}]{option.name}"


def test_groups_are_listed_once():
    groups = [group for group, _options in opts.list_opts()]
    assert groups == sorted(set(groups))


@pytest.mark.parametrize(
    ("environ", "path"),
    [
        ({"MINOVA_STATE_PATH": "/a", "XDG_STATE_HOME": "/b"}, "/a"),
        ({"XDG_STATE_HOME": "/b"}, "/b/minova"),
        ({"MINOVA_STATE_PATH": ""}, str(pathlib.Path.home() / ".local/state/minova")),
    ],
)
def test_state_path_follows_the_environment(environ, path):
    assert paths.default_state_path(environ) == path


def test_sample_is_what_the_generator_makes(tmp_path):
    made = tmp_path / "sample"
    # In a process of its own: who reads a configuration changes defaults of oslo.log.
    subprocess.run(
        [sys.executable, "-c", "from oslo_config import generator; generator.main()",
         f"--config-file={ROOT}/etc/minova-config-generator.conf", f"--output-file={made}"],
        check=True,
    )
    mine = _sections(made)
    assert mine.keys() >= {"DEFAULT", "database", "fake", "noauth2", "osapi_v21", "work"}
    kept = _sections(ROOT / "etc" / "nova.conf.sample")
    for group, _options in opts.list_opts():
        assert kept[group] == mine[group], f"[{group}]: run `tox -e genconfig`"


_READ_SAMPLE = """
import sys
from oslo_config import cfg
from minova import conf
from minova.conf import opts

config = cfg.ConfigOpts()
conf.register_opts(config)
config([f"--config-file={sys.argv[1]}"], project="minova")
for group, options in opts.list_opts():
    section = config if group == "DEFAULT" else config[group]
    for option in options:
        if section[option.dest] != option.default and not option.sample_default:
            print(group, option.dest)
"""


def test_sample_runs_as_it_stands():
    # In a process of its own: groups, with what is overridden in them, belong to all of a process.
    result = subprocess.run([sys.executable, "-c", _READ_SAMPLE, ROOT / "etc" / "nova.conf.sample"],
                            cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (result.returncode, result.stdout) == (0, ""), result.stderr


def _sections(path: pathlib.Path) -> dict[str, list[str]]:
    """Return the lines of each section, a sample being mostly comments."""
    sections: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in path.read_text().splitlines():
        if line.startswith("["):
            lines = sections.setdefault(line.strip("[]"), [])
        lines.append(line)
    parser = configparser.ConfigParser(strict=True, interpolation=None)
    parser.read(path)
    assert set(parser.sections()) | {"DEFAULT"} == set(sections)
    return sections
