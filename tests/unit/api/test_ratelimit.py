"""The rate limit: buckets by client that fill again, and an answer that says when to come back."""

import pytest
import webob

from minova import context, exception
from minova.api import ratelimit


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def limiter(clock):
    return ratelimit.RateLimiter(webob.Response(), requests="2", burst="3", clock=clock)


def ask(limiter, user: str | None = None, address: str = "10.0.0.1") -> webob.Response:
    request = webob.Request.blank("/servers", environ={"REMOTE_ADDR": address})
    if user:
        request.environ["nova.context"] = context.RequestContext(
            user_id=user, project_id="p", overwrite=False)
    return request.get_response(limiter)


def statuses(limiter, count: int, **who) -> list[int]:
    return [ask(limiter, **who).status_int for _ in range(count)]


def test_a_burst_and_then_the_rate(limiter, clock):
    assert statuses(limiter, 5) == [200, 200, 200, 429, 429]
    clock.now += 0.5
    assert statuses(limiter, 2) == [200, 429]
    clock.now += 3600
    assert statuses(limiter, 4) == [200, 200, 200, 429]


def test_the_answer_says_when_to_come_back(limiter):
    statuses(limiter, 3)
    answer = ask(limiter)
    assert answer.headers["Retry-After"] == "1"
    assert answer.json == {"overLimit": {
        "code": 429, "message": "This request was rate-limited.", "retryAfter": "1"}}


def test_each_client_has_a_bucket_of_its_own(limiter):
    assert statuses(limiter, 4)[-1] == 429
    assert statuses(limiter, 3, address="10.0.0.2") == [200, 200, 200]
    # Who is known is counted by that, wherever from.
    assert statuses(limiter, 3, user="alice") == [200, 200, 200]
    assert ask(limiter, user="alice", address="10.0.0.3").status_int == 429
    assert ask(limiter, user="bob").status_int == 200


def test_no_more_clients_are_remembered_than_there_is_room_for(limiter, monkeypatch):
    monkeypatch.setattr(ratelimit, "_CLIENTS", 2)
    for address in ("10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.3", "10.0.0.3", "10.0.0.3"):
        last = ask(limiter, address=address).status_int
    assert last == 429 and len(limiter._buckets) == 2
    assert statuses(limiter, 3) == [200, 200, 200]


@pytest.mark.parametrize("settings", [
    {"requests": "many"}, {"requests": "0"}, {"burst": "-1"}, {"burst": "inf"}, {"requests": "nan"}])
def test_settings_that_make_no_sense(settings):
    with pytest.raises(exception.InvalidInput, match=f"{[*settings][0]} = {[*settings.values()][0]}"):
        ratelimit.RateLimiter(webob.Response(), **settings)
