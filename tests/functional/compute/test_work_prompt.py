"""[work]mode = prompt: the answer waits for its work, and not for long."""

import time

import pytest

from minova import compute
from minova.compute import work
from minova.testing.overrides import overridden
from minova.testing.simulator import Simulator
from tests.functional.processes import eventually


@pytest.fixture
def prompt(client):
    backend = compute.backend()
    backend.stop()
    with overridden({'work.mode': 'prompt', 'fake.enable_control': True}):
        work.start()
        yield client
        backend.stop()


def statuses(client):
    return [server['status'] for server in client.get('/servers/detail').json['servers']]


def test_what_is_quick_is_done_when_it_is_answered(prompt):
    for _ in range(5):
        assert prompt.boot()['status'] == 'ACTIVE'


def test_what_is_slow_is_answered_first(prompt):
    simulator = Simulator()
    simulator.transitions(build=3600)
    began = time.monotonic()
    prompt.boot(min_count=10)
    assert time.monotonic() - began < 4.5       # one patience for all ten: ten would be five seconds
    assert statuses(prompt) == ['BUILD'] * 10
    # Not all of them have begun: there are only so many threads.
    simulator.transitions(build=0)
    simulator.advance(3601)
    eventually(lambda: statuses(prompt) == ['ACTIVE'] * 10, 'ten servers')
