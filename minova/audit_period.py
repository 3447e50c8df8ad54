"""The periods for which the usage of servers is audited ([DEFAULT]instance_usage_audit_period)."""

import datetime

from minova.conf import CONF


def last_completed(before: datetime.datetime,
                   period: str | None = None) -> tuple[datetime.datetime, datetime.datetime]:
    """(beginning, end) of the last period that was over at `before` (naive UTC).

    `period` is 'hour', 'day', 'month' or 'year', perhaps with an offset: 'hour@30' begins at half
    past, 'day@6' at 6 o'clock, 'month@15' on the 15th, 'year@4' in April. Raises ValueError for
    an offset that there is not, and OverflowError for a time before there was any.
    """
    unit, _, offset = (period or CONF.instance_usage_audit_period).partition('@')
    offset = int(offset or 0)
    end = _begin(unit, offset, before)
    if end > before:
        end = _previous(unit, end)
    return _previous(unit, end), end


def _begin(unit: str, offset: int, time: datetime.datetime) -> datetime.datetime:
    """When the period begins that has the offset in the unit of `time`."""
    hour = time.replace(minute=0, second=0, microsecond=0)
    if unit == 'hour':
        return hour.replace(minute=offset)
    if unit == 'day':
        return hour.replace(hour=offset)
    if unit == 'month':
        return hour.replace(day=offset or 1, hour=0)
    if unit == 'year':
        return hour.replace(month=offset or 1, day=1, hour=0)
    raise ValueError(f'there is no period {unit}')


def _previous(unit: str, time: datetime.datetime) -> datetime.datetime:
    if unit == 'hour':
        return time - datetime.timedelta(hours=1)
    if unit == 'day':
        return time - datetime.timedelta(days=1)
    if unit == 'year':
        return time.replace(year=time.year - 1)
    if time.month == 1:
        return time.replace(year=time.year - 1, month=12)
    return time.replace(month=time.month - 1)
