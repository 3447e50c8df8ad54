"""README's table of clients: it names those that tests/clients has, and says what came of their tests."""

import collections
import dataclasses
import importlib.util
import pathlib

from tests.clients.registry import CLIENTS

ROOT = pathlib.Path(__file__).resolve().parents[2]
_spec = importlib.util.spec_from_file_location("clients_table", ROOT / "tools" / "clients.py")
clients = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(clients)


def test_the_table_names_every_client_and_no_other():
    assert clients.named(clients.README.read_text()) == list(CLIENTS), "run tools/clients.py"


def test_every_module_belongs_to_a_client():
    modules = [name for client in CLIENTS.values() for name in client.modules]
    assert sorted(modules) == sorted(path.stem for path in (ROOT / "tests" / "clients").glob("test_*.py"))


def test_every_client_is_documented():
    text = (ROOT / "docs" / "clients.md").read_text()
    assert [name for name in CLIENTS if f"\n## {name}\n" not in text] == []


def test_results():
    client = dataclasses.replace(CLIENTS["openstacksdk"], version=lambda: "1.0")

    def result(client, **outcomes: int) -> str:
        return clients.result(client, collections.defaultdict(
            collections.Counter, {client.modules[0]: collections.Counter(outcomes)}))
    assert result(client, passed=3) == "3 tests passed"
    assert result(client, passed=3, skipped=1) == "3 tests passed, 1 skipped"
    assert result(client, passed=2, failed=1) == "1 of 3 tests failed"
    assert result(client) == "not run"
    absent = dataclasses.replace(client, version=lambda: None)
    assert result(absent, skipped=1) == "skipped: not installed (pip: openstacksdk)"
