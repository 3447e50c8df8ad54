"""Many workers that all change the same two rows: python -m tests.functional.db.contender ...

Arguments: a database URL, `green` or `threads`, the number of workers and of rounds per worker.
Each round is a transaction that waits between its statements, which lets the others run into it.
Prints the transactions done per second.
"""

import sys
import time

url, kind, workers, rounds = *sys.argv[1:3], *map(int, sys.argv[3:5])
if kind == "green":
    import eventlet
    eventlet.monkey_patch(psycopg=False)  # as the service does

import random  # noqa: E402
import threading  # noqa: E402

import sqlalchemy as sa  # noqa: E402

from minova.conf import CONF  # noqa: E402
from minova.db import engine  # noqa: E402
from minova.db import tables as t  # noqa: E402

c = t.quota_usages.c
failures = []


def wait():
    time.sleep(random.choice([0, 0, 0, 0.001]))


@engine.retry_on_conflict
def transfer():
    """Count in both rows; on SQLite by reading and writing, as a transaction has it for itself."""
    with engine.writer() as conn:
        for user in ("a", "b"):
            value = c.instances + 1
            if engine.is_embedded():
                value = 1 + conn.execute(sa.select(c.instances).where(c.user_id == user)).scalar()
                wait()
            conn.execute(t.quota_usages.update().where(c.user_id == user).values(instances=value))
            wait()


def look():
    with engine.reader() as conn:
        one, other = conn.execute(sa.select(c.instances).order_by(c.user_id)).scalars().all()
        wait()
    if one != other:
        failures.append(f"saw half of a transaction: {one}, {other}")


def work():
    try:
        for _ in range(rounds):
            transfer()
            look()
    except BaseException as error:
        failures.append(repr(error))
        raise


CONF.set_override("sqlite_synchronous", False, "database")
CONF.set_override("max_pool_size", 10, "database")
engine.configure(url)
began = time.monotonic()
threads = [threading.Thread(target=work, daemon=True) for _ in range(workers)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(round(workers * rounds / (time.monotonic() - began)))
sys.exit("\n".join(failures) or 0)
