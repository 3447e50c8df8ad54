"""Whether the database answers, for oslo.middleware's healthcheck."""

import logging

import sqlalchemy as sa
from oslo_middleware.healthcheck import pluginbase

from minova.db import engine

LOG = logging.getLogger(__name__)


class Database(pluginbase.HealthcheckBaseExtension):
    """The backend `minova_database` of [healthcheck]."""

    def healthcheck(self, server_port: int) -> pluginbase.HealthcheckResult:
        try:
            with engine.reader() as conn:
                conn.execute(sa.select(1))
        except Exception:   # whatever it is, the answer is the same; the reason is for the log
            LOG.exception("The database does not answer")
            return pluginbase.HealthcheckResult(available=False, reason="DATABASE UNAVAILABLE")
        return pluginbase.HealthcheckResult(available=True, reason="OK")
