"""Periods of audit."""

import datetime

import pytest

from minova import audit_period

T = datetime.datetime


@pytest.mark.parametrize(("period", "before", "beginning", "end"), [
    ("month", T(2012, 7, 5, 10), T(2012, 6, 1), T(2012, 7, 1)),
    ("month", T(2012, 2, 1), T(2012, 1, 1), T(2012, 2, 1)),
    ("month", T(2012, 1, 5), T(2011, 12, 1), T(2012, 1, 1)),
    ("month@15", T(2012, 1, 5), T(2011, 11, 15), T(2011, 12, 15)),
    ("year", T(2012, 7, 5), T(2011, 1, 1), T(2012, 1, 1)),
    ("year@8", T(2012, 7, 5), T(2010, 8, 1), T(2011, 8, 1)),
    ("day", T(2012, 3, 1, 7), T(2012, 2, 29), T(2012, 3, 1)),
    ("day@9", T(2012, 3, 1, 7), T(2012, 2, 28, 9), T(2012, 2, 29, 9)),
    ("hour", T(2012, 1, 1, 0, 5), T(2011, 12, 31, 23), T(2012, 1, 1)),
    ("hour@30", T(2012, 1, 1, 0, 5), T(2011, 12, 31, 22, 30), T(2011, 12, 31, 23, 30)),
])
def test_last_completed(period, before, beginning, end):
    assert audit_period.last_completed(before, period) == (beginning, end)


def test_an_offset_that_there_is_not():
    with pytest.raises(ValueError):
        audit_period.last_completed(T(2012, 2, 5), "month@31")
