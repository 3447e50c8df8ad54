"""How much accepted work there is, for those who watch over it."""

import sqlalchemy as sa

from minova.db import engine
from minova.db import tables as t
from minova.db.types import utcnow

_c = t.work_items.c


def depth() -> dict[str, int]:
    """Pieces of work: `running` (somebody has them), `waiting` (nobody has) and `later`."""
    later = sa.and_(_c.owner.is_(None), _c.not_before > utcnow())
    statement = sa.select(
        sa.func.count(),
        sa.func.coalesce(sa.func.sum(sa.case((_c.owner.is_not(None), 1), else_=0)), 0),
        sa.func.coalesce(sa.func.sum(sa.case((later, 1), else_=0)), 0))
    with engine.reader() as conn:
        total, running, delayed = conn.execute(statement).one()
    return {"running": int(running), "waiting": int(total - running - delayed),
            "later": int(delayed)}
