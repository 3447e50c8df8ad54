"""How security groups are named."""

import pytest

from minova import exception
from minova.compute.security_groups import SecurityGroupAPI


@pytest.mark.parametrize("value, expected", [(1, 1), ("12", 12), ("-1", -1)])
def test_ids(value, expected):
    assert SecurityGroupAPI().validate_id(value) == expected


@pytest.mark.parametrize("value", ["x", None, "", "1.5", 1.5, True, [], {}, " 1", "01"])
def test_what_is_no_id(value):
    with pytest.raises(exception.Invalid, match="Security group id should be integer"):
        SecurityGroupAPI().validate_id(value)
