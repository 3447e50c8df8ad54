"""What is started for a measurement: a database, the servers over it, and the first server in it."""

import contextlib
import pathlib
import subprocess
import time
from collections.abc import Iterator

import cases
import population
import processes
import turns

from minova.db import engine


@contextlib.contextmanager
def database(state: pathlib.Path, url: str | None) -> Iterator[str]:
    """A new database, to which this process is bound; its URL."""
    chosen, remove = population.prepare(state, url)
    try:
        yield chosen
    finally:
        engine.configure(chosen)
        remove()


@contextlib.contextmanager
def filled(state: pathlib.Path, url: str | None, servers: int) -> Iterator[tuple]:
    """(minova-api over a new database with so many servers, the id of the one in the middle)."""
    with database(state, url) as chosen, processes.minova(state, chosen) as server:
        yield server, fill(server, servers)


def fill(server: processes.Process, servers: int) -> str:
    """Make one as clients make them, and copies of it; the id of the one in the middle."""
    answer = turns.fetch(server, cases.first_server())
    if not answer["status"].startswith("202"):
        raise RuntimeError(f"no server could be made: {answer}")
    wait_for_work()
    return population.multiply(servers, cases.PROJECT)


def wait_for_work() -> float:
    """Return when all work that was accepted is done; how many seconds that took."""
    begun = time.monotonic()
    while population.open_work():
        time.sleep(0.05)
    return time.monotonic() - begun


@contextlib.contextmanager
def baseline(state: pathlib.Path, revision: str, servers: int) -> Iterator[tuple]:
    """(minova-api of another revision over SQLite, with so many servers, the middle one, its URL)."""
    tree = state / "tree"
    state.mkdir()
    subprocess.run(["git", "worktree", "add", "--quiet", "--detach", str(tree), revision],
                   cwd=processes.ROOT, check=True)
    try:
        (state / "fixtures.yaml").write_text(population.FIXTURES)
        url = f"sqlite:///{state}/minova.sqlite"
        before = engine.url().render_as_string(hide_password=False)
        with processes.minova(state, url, tree=tree) as server:
            engine.configure(url)
            middle = fill(server, servers)
            engine.configure(before)
            yield server, middle, url
    finally:
        subprocess.run(["git", "worktree", "remove", "--force", str(tree)], cwd=processes.ROOT,
                       check=True)
