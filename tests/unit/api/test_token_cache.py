"""What is kept of tokens that were asked about."""

import time

from minova.api import token_cache


def test_for_so_long(monkeypatch):
    cache = token_cache.TokenCache()
    now = time.monotonic()
    monkeypatch.setattr(time, 'monotonic', lambda: now)
    cache.set('one', b'1', time=10)
    cache.set('none', b'0', time=-1)
    assert (cache.get('one'), cache.get('none'), cache.get('other')) == (b'1', None, None)
    monkeypatch.setattr(time, 'monotonic', lambda: now + 10)
    assert cache.get('one') is None


def test_within_bounds():
    cache = token_cache.TokenCache()
    for number in range(token_cache._MOST + 5):
        cache.set(str(number), b'x', time=60)
    assert len(cache._kept) == token_cache._MOST
    assert cache.get('4') is None and cache.get('5') == b'x'


def test_forgotten_when_a_token_ends():
    cache = token_cache.TokenCache()
    cache.set('one', b'1', time=60)
    cache.clear()
    assert cache.get('one') is None


def test_handed_to_what_comes_next():
    seen = {}
    token_cache.Middleware(lambda environ, start_response: seen.update(environ))({}, None)
    assert seen == {token_cache.ENVIRON: token_cache.shared}
