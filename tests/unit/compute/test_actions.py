"""The table of actions is what Nova 12 has, and docs/states.md is written from it."""

from pathlib import Path

import pytest

from minova import context, exception
from minova.compute import actions, states, states_doc

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def member():
    return context.RequestContext(user_id="demo", project_id="p", is_admin=False, overwrite=False)


@pytest.fixture
def admin():
    return context.RequestContext(user_id="admin", project_id="p", is_admin=True, overwrite=False)


def server(**values):
    return {"uuid": "u", "locked": False, "host": "compute", "vm_state": "active",
            "task_state": None, "launched_at": "once"} | values


def test_the_page_is_current():
    assert (ROOT / "docs" / "states.md").read_text() == states_doc.page()


def test_every_state_that_the_table_names_is_one():
    known = {value for value in vars(states).values() if isinstance(value, str)}
    for action in actions.ALL.values():
        named = {*(action.vm_states or ()), *(action.task_states or ()), *action.tasks, *action.ends,
                 action.failed} - {None}
        assert named <= known, action


def test_the_work_of_every_action_is_a_method_of_the_manager():
    from minova.compute.manager import ComputeManager
    for action in actions.ALL.values():
        if action.work:
            assert callable(getattr(ComputeManager, action.work)), action


def test_whoever_has_a_task_is_refused_another(member):
    for action in (actions.STOP, actions.PAUSE, actions.RESIZE, actions.CREATE_IMAGE):
        with pytest.raises(exception.InstanceInvalidState) as e:
            actions.check(member, server(task_state="powering-off"), action)
        assert (e.value.kwargs["attr"], e.value.kwargs["state"]) == ("task_state", "powering-off")


def test_the_lock_comes_before_the_host_and_the_host_before_the_state(member, admin):
    everything_wrong = server(locked=True, host=None, vm_state="paused")
    with pytest.raises(exception.InstanceIsLocked):
        actions.check(member, everything_wrong, actions.STOP)
    with pytest.raises(exception.InstanceNotReady):
        actions.check(admin, everything_wrong, actions.STOP)


def test_a_lock_leaves_images_alone(member):
    actions.check(member, server(locked=True), actions.CREATE_IMAGE)
    actions.check(member, server(locked=True), actions.CREATE_BACKUP)


def test_what_was_never_active_is_not_rebuilt(member):
    never = server(vm_state="error", launched_at=None)
    with pytest.raises(exception.InstanceInvalidState) as e:
        actions.check(member, never, actions.REBUILD)
    assert e.value.kwargs["attr"] is None
    actions.check(member, never, actions.DELETE)
