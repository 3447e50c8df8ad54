"""That transactions neither block each other for good nor lose what others wrote."""

import subprocess
import sys

import pytest
import sqlalchemy as sa

from minova.db import engine
from minova.db import tables as t


@pytest.mark.parametrize("kind, processes, workers, rounds", [
    ("green", 1, 50, 4),
    ("threads", 1, 20, 8),
    ("green", 4, 10, 4),
    ("threads", 4, 4, 8),
])
def test_contenders(database, kind, processes, workers, rounds):
    with engine.writer() as conn:
        conn.execute(t.quota_usages.insert(), [
            {"project_id": "p", "user_id": user} for user in ("a", "b")])
    engine.dispose()
    command = [sys.executable, "-m", "tests.functional.db.contender", database, kind,
               str(workers), str(rounds)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
               for _ in range(processes)]
    try:
        for process in running:
            _, errors = process.communicate(timeout=60)
            assert process.returncode == 0, errors
    finally:
        for process in running:
            process.kill()
            process.wait()
    with engine.reader() as conn:
        counted = conn.execute(sa.select(t.quota_usages.c.instances)).scalars().all()
    assert counted == [processes * workers * rounds] * 2
