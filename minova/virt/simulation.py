"""How slow and how unreliable the simulated hypervisors are, by configuration and by command.

What an operator sets while the service runs is kept in the database, where all workers find it; it wins
over the configuration. It is looked for only where [fake]enable_control is set.
"""

import contextlib
import random
import threading
import time
from collections.abc import Iterator

from minova import exception, lives
from minova.conf import CONF
from minova.db import simulator as db

#: What can be made slow, or fail.
KINDS = ('build', 'delete', 'start', 'stop', 'reboot', 'pause', 'unpause', 'suspend', 'resume',
         'rescue', 'unrescue', 'restore', 'rebuild', 'snapshot', 'resize', 'confirm', 'revert',
         'migrate', 'password', 'attach', 'detach', 'swap')

_POLL_SECONDS = 0.1         # between looks at the clock while something takes its time
_MESSAGE = 'The simulated hypervisor was told to fail.'

_lock = threading.Lock()
_at_once = 0                # how many are inside at_once()
_configured_failures = {}   # kind -> how many are still to fail in this process


def parse_seconds(text) -> tuple[float, float]:
    """'2' or '1-5' as (shortest, longest). Raises ValueError."""
    low, _, high = str(text).partition('-')
    shortest = float(low)
    longest = float(high) if high else shortest
    if not 0 <= shortest <= longest < float('inf'):
        raise ValueError(f'{text!r} is neither a number of seconds nor a range of them')
    return shortest, longest


def parse_failure(failure: dict) -> dict:
    """{'next': how many, 'share': 0 to 1, 'message'}, all checked. Raises ValueError."""
    unknown = set(failure) - {'next', 'share', 'message'}
    if unknown:
        raise ValueError(f'A failure has no {", ".join(sorted(unknown))}.')
    number, share = failure.get('next', 0), failure.get('share', 0.0)
    if isinstance(number, bool) or not isinstance(number, int) or number < 0:
        raise ValueError('next must be a whole number of at least 0.')
    if isinstance(share, bool) or not isinstance(share, (int, float)) or not 0 <= share <= 1:
        raise ValueError('share must be a number from 0 to 1.')
    return {'next': number, 'share': float(share), 'message': str(failure.get('message') or _MESSAGE)}


def simulate(kind: str, host: str | None) -> None:
    """Take as long as `kind` takes, and fail if it is to fail.

    Raises VirtError, and HostIsDown when `host` was taken down: then nothing has happened.
    """
    settings = db.get_all() if CONF.fake.enable_control else {}
    if host in settings.get('hosts_down', ()):
        raise exception.HostIsDown(host=host)
    _wait(_seconds(kind, settings), settings)
    message = _failure(kind, settings)
    if message:
        raise exception.VirtError(message)


@contextlib.contextmanager
def at_once() -> Iterator[None]:
    """Inside, whatever begins in this process takes no time: a cloud is set up, not used."""
    global _at_once
    with _lock:
        _at_once += 1
    try:
        yield
    finally:
        with _lock:
            _at_once -= 1


def _seconds(kind: str, settings: dict) -> float:
    if _at_once:
        return 0.0
    default = CONF.fake.boot_seconds if kind == 'build' else CONF.fake.action_seconds
    configured = settings.get('transitions', {}).get(
        kind, CONF.fake.transition_seconds.get(kind, default))
    return random.uniform(*parse_seconds(configured))


def _wait(seconds: float, settings: dict) -> None:
    if seconds <= 0:
        return
    if not CONF.fake.enable_control:
        time.sleep(seconds)
        return
    end = now(settings) + seconds
    while now(settings) < end:
        time.sleep(min(_POLL_SECONDS, seconds))
        lives.check()
        settings = db.get_all()


def now(settings: dict) -> float:
    """Seconds on the simulated clock, which can be set forward and stopped."""
    clock = settings.get('clock') or {}
    frozen_at = clock.get('frozen_at')
    return (time.time() if frozen_at is None else frozen_at) + clock.get('offset', 0.0)


def _failure(kind: str, settings: dict) -> str | None:
    """What it fails with, if it does."""
    failure = settings.get('failures', {}).get(kind)
    if failure:
        if failure['next'] and db.take_failure(kind):
            return failure['message']
        return failure['message'] if random.random() < failure['share'] else None
    if random.random() < float(CONF.fake.failure_share.get(kind, 0)):
        return CONF.fake.failure_message
    return CONF.fake.failure_message if kind == 'build' and _take_configured() else None


def _take_configured() -> bool:
    with _lock:
        left = _configured_failures.setdefault('build', CONF.fake.fail_builds)
        _configured_failures['build'] = max(0, left - 1)
        return left > 0
