"""The rooms of the house know whom they may know, as docs/architecture.md has it."""

import ast
import functools
import pathlib

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]

#: What belongs to no room: anybody may know it, and it knows no room.
COMMON = {"addresses", "audit_period", "conf", "config", "context", "drivers", "exception", "hooks",
          "http_head", "jsonutils", "lives", "log_format", "metrics", "policies", "policy", "policy_checks",
          "sd_notify", "sdk", "sockets", "version"}
KNOWS = {
    "db": set(),
    "virt": {"db"},
    "identity": {"db"},
    "image": {"db"}, "network": {"db"}, "volume": {"db"},
    # The fixtures are what a process of compute's begins with; they are put in through compute, too.
    "compute": {"db", "virt", "image", "network", "volume", "fixtures"},
    "fixtures": {"db", "virt", "identity", "image", "network", "volume", "compute"},
    "wsgi": set(),
    "service": {"wsgi"},
    "api": {"compute", "identity", "image", "network", "volume", "wsgi"},
    "cloud": {"db", "fixtures", "identity", "image"},
    "tracing": {"api", "compute", "image", "network", "virt", "volume", "wsgi"},
    "cmd": {"api", "cloud", "compute", "db", "identity", "image", "network", "service", "tracing", "volume",
            "wsgi"},
    "testing": {"api", "cloud", "compute", "db", "identity", "image", "network", "volume", "wsgi"},
}
#: Of these rooms the API sees the contract only: the package itself, and these modules of it.
CONTRACTS = {"compute": {"contract", "states"}, "image": {"contract"}, "network": {"contract"},
             "volume": {"contract"}}
KNOW_EVENTLET = ("minova.cmd", "minova.http_head", "minova.service", "minova.wsgi")
#: Below minova.db there is SQL. tracing measures it, and testing makes databases.
KNOW_SQL = ("minova.db", "minova.tracing", "minova.testing")


@functools.cache
def imports() -> dict[str, set[str]]:
    """{module: what it imports, names included}, imports inside of functions among them."""
    found = {}
    for path in (ROOT / "minova").rglob("*.py"):
        parts = path.relative_to(ROOT).with_suffix("").parts
        names = set()
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{path}: a relative import"
                names |= {f"{node.module}.{alias.name}" for alias in node.names}
        found[".".join(part for part in parts if part != "__init__")] = names
    return found


def room(name: str) -> str:
    return (name.split(".") + [""])[1]


def is_below(module: str, packages: tuple[str, ...]) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def test_every_room_is_in_the_list():
    assert {room(module) for module in imports()} - {""} == set(KNOWS) | COMMON


@pytest.mark.parametrize("name", sorted(KNOWS))
def test_whom_a_room_knows(name):
    allowed = KNOWS[name] | COMMON | {name}
    assert [f"{module} imports {each}" for module, names in imports().items() if room(module) == name
            for each in sorted(names) if each.startswith("minova.") and room(each) not in allowed] == []


def test_what_is_common_knows_no_room():
    assert [f"{module} imports {each}" for module, names in imports().items() if room(module) in COMMON
            for each in sorted(names) if room(each) in KNOWS and each.startswith("minova.")] == []


def test_the_api_knows_contracts_only():
    packages = {module for module in imports() if module.count(".") == 2}
    hidden = {module for module in packages
              if room(module) in CONTRACTS and module.split(".")[2] not in CONTRACTS[room(module)]}
    assert [f"{module} imports {each}" for module, names in imports().items() if room(module) == "api"
            for each in sorted(names) if is_below(each, tuple(hidden))] == []


@pytest.mark.parametrize("library, who", [("eventlet", KNOW_EVENTLET), ("sqlalchemy", KNOW_SQL)])
def test_who_knows_a_library(library, who):
    assert [module for module, names in imports().items()
            if library in {name.split(".")[0] for name in names} and not is_below(module, who)] == []


def test_the_tables_are_known_to_the_database_alone():
    assert [module for module, names in imports().items()
            if any(is_below(each, ("minova.db.tables",)) for each in names) and not is_below(
                module, KNOW_SQL)] == []
