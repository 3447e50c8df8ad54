"""The column types, which mean the same on SQLite, PostgreSQL and MariaDB.

Times are naive and in UTC, to the microsecond. Text compares by code point, upper and lower case
apart.
"""

import datetime

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator

from minova import jsonutils

Uuid = sa.String(36)
Name = sa.String(255)


def utcnow() -> datetime.datetime:
    """The time, as the columns of type DateTime hold it."""
    return datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)


class DateTime(TypeDecorator):
    """A naive time in UTC, to the microsecond."""

    impl = sa.DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect):
        if dialect.name == "mysql":
            from sqlalchemy.dialects.mysql import DATETIME
            return dialect.type_descriptor(DATETIME(fsp=6))
        return dialect.type_descriptor(sa.DateTime())


class LongText(TypeDecorator):
    """Text of up to 16 MiB."""

    impl = sa.Text
    cache_ok = True

    def load_dialect_impl(self, dialect):
        if dialect.name == "mysql":
            from sqlalchemy.dialects.mysql import MEDIUMTEXT
            return dialect.type_descriptor(MEDIUMTEXT())
        return dialect.type_descriptor(sa.Text())


class Json(LongText):
    """Plain data, kept as JSON text. None is NULL."""

    cache_ok = True

    def process_bind_param(self, value, dialect):
        return None if value is None else jsonutils.dumps(value)

    def process_result_value(self, value, dialect):
        return None if value is None else jsonutils.loads(value)


#: JSON as text, written and read by whoever uses the column (`jsonutils`): for tables whose rows
#: are read by the thousand, and most of what is read is not looked at.
JsonText = LongText
