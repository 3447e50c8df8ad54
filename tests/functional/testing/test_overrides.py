"""Options that are different for a while are afterwards as they were."""

import pytest

from minova.conf import CONF
from minova.testing.overrides import overridden


def test_what_somebody_else_has_set_is_set_again(configured):
    before = CONF.quota_instances
    # Others may have left its default as an override.
    CONF.clear_override('vcpus', 'fake')
    CONF.set_override('quota_instances', 7)
    try:
        with overridden({'quota_instances': 3, 'fake.vcpus': 2}):
            assert (CONF.quota_instances, CONF.fake.vcpus) == (3, 2)
        assert (CONF.quota_instances, CONF.fake.vcpus) == (7, 64)
        # Nobody had set the other one, and a default goes on being one.
        CONF.set_default('vcpus', 5, 'fake')
        assert CONF.fake.vcpus == 5
        CONF.clear_default('vcpus', 'fake')
    finally:
        CONF.clear_override('quota_instances')
    assert CONF.quota_instances == before


def test_an_option_that_cannot_be_set_leaves_nothing_changed(configured):
    with pytest.raises(ValueError), overridden({'quota_instances': 3, 'fake.vcpus': 'many'}):
        raise AssertionError('not reached')
    assert (CONF.quota_instances, CONF.fake.vcpus) == (10, 64)
