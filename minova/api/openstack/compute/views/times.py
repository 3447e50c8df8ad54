"""How administrative resources write times."""

import datetime


def microseconds(time: datetime.datetime | None) -> str | None:
    """A naive time as '2015-10-15T12:00:00.000000'; None stays None."""
    return time and time.isoformat(timespec='microseconds')
