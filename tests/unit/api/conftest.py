import pytest

from minova import context, policy
from tests.functional.conftest import configured  # noqa: F401


@pytest.fixture(autouse=True)
def _configured(configured):  # noqa: F811
    """Controllers and policy read options."""


@pytest.fixture
def ctx():
    return context.RequestContext(user_id="u", project_id="p", is_admin=False, overwrite=False)


@pytest.fixture
def fresh_policy(monkeypatch):
    """Policy as nobody has read it yet; what a test makes of it is forgotten."""
    monkeypatch.setattr(policy, "_RELOAD_INTERVAL", 0.0)
    monkeypatch.setattr(policy, "_next_look", 0.0)
    policy.reset()
    yield policy
    policy.reset()
