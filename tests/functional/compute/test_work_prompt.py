"""[work]mode = prompt: the answer waits for its work, and not for long."""

import time

import pytest

from minova import compute
from minova.conf import CONF
from tests.functional.processes import eventually


@pytest.fixture
def prompt(client):
    backend = compute.backend()
    backend.stop()
    CONF.set_override('mode', 'prompt', 'work')
    backend.start()
    yield client
    backend.stop()
    CONF.set_override('mode', 'inline', 'work')


def statuses(client):
    return [server['status'] for server in client.get('/servers/detail').json['servers']]


def test_what_is_quick_is_done_when_it_is_answered(prompt):
    for _ in range(5):
        assert prompt.boot()['status'] == 'ACTIVE'


def test_what_is_slow_is_answered_first(prompt):
    before = CONF.fake.boot_seconds
    CONF.set_override('boot_seconds', 3.0, 'fake')
    try:
        began = time.monotonic()
        prompt.boot(min_count=5)
        assert time.monotonic() - began < 2.5       # one patience for all five
        assert statuses(prompt) == ['BUILD'] * 5
        eventually(lambda: statuses(prompt) == ['ACTIVE'] * 5, 'five servers')
    finally:
        CONF.set_override('boot_seconds', before, 'fake')
