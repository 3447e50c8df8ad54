"""Run the tests of tests/clients, and write README's table of clients from what came of them.

    python tools/clients.py [what pytest is to be given besides, -n auto for example]

The exit status is pytest's. A client that is not installed stays in the table, as skipped.
"""

import collections
import pathlib
import re
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.clients.registry import CLIENTS, Client  # noqa: E402

README = ROOT / "README.md"
BEGIN, END = "<!-- made by tools/clients.py -->", "<!-- until here -->"


class Outcomes:
    """A plugin of pytest that counts how tests end: {module: {outcome: number}}."""

    def __init__(self):
        self.modules = collections.defaultdict(collections.Counter)

    def pytest_runtest_logreport(self, report) -> None:
        if report.when == "call" or report.outcome != "passed":
            self.modules[pathlib.Path(report.nodeid.partition("::")[0]).stem][report.outcome] += 1


def result(client: Client, modules: dict[str, collections.Counter]) -> str:
    """What README says about the tests of a client."""
    if client.version() is None:
        return f"skipped: not installed ({client.package})"
    total = sum((modules[name] for name in client.modules), collections.Counter())
    if total["failed"]:
        return f"{total['failed']} of {total.total()} tests failed"
    if not total:
        return "not run"
    skipped = f", {total['skipped']} skipped" if total["skipped"] else ""
    return f"{total['passed']} test{'' if total['passed'] == 1 else 's'} passed{skipped}"


def table(modules: dict[str, collections.Counter]) -> str:
    rows = [("client", "version", "what is exercised", "result"), ("---",) * 4]
    rows += [(client.name, client.version() or "", client.exercised, result(client, modules))
             for client in CLIENTS.values()]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def named(readme: str) -> list[str]:
    """The clients that README's table names."""
    lines = readme[readme.index(BEGIN):readme.index(END)].splitlines()
    return [line.split("|")[1].strip() for line in lines if line.startswith("|")][2:]


def main(arguments: list[str]) -> int:
    outcomes = Outcomes()
    status = pytest.main(["-q", str(ROOT / "tests" / "clients"), *arguments], plugins=[outcomes])
    made = f"{BEGIN}\n{table(outcomes.modules)}\n{END}"
    README.write_text(re.sub(f"(?s){BEGIN}.*?{END}", lambda _: made, README.read_text()))
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
