"""Writes docs/states.md from the table of actions: `python -m minova.compute.states_doc > docs/states.md`."""

import sys

from minova.compute import actions, states

_INTRO = """\
# The states of a server

This page is written by `python -m minova.compute.states_doc` from the table in `minova/compute/actions.py`,
which the API and the manager work by. Do not edit it; a test compares the two.

A server has a **vm_state**, what it is, and a **task_state**, what is being done to it: nothing
(`None`), most of the time. Clients see a **status** made of both. An action is accepted in certain
states, in one transaction that gives the server its first task; whoever comes second finds a task there
and is answered 409 `Cannot 'stop' instance ... while it is in task_state powering-off`. When the work is
done the server has its new vm_state and no task.
"""

_VM_STATES = (
    states.ACTIVE, states.BUILDING, states.PAUSED, states.SUSPENDED, states.STOPPED, states.RESCUED,
    states.RESIZED, states.SOFT_DELETED, states.DELETED, states.ERROR, states.SHELVED,
    states.SHELVED_OFFLOADED)


def page() -> str:
    return '\n'.join([
        _INTRO, '## Drawn\n', _diagram(), '## Actions\n', *_actions(),
        '## Who may, and what else is needed\n', *_conditions(), '## Status\n', *_statuses()]) + '\n'


def _rows(head: tuple[str, ...], rows) -> list[str]:
    lines = [head, tuple('---' for _ in head), *rows]
    return ['| ' + ' | '.join(row) + ' |' for row in lines] + ['']


def _actions() -> list[str]:
    return [
        'Tasks are in the order in which a server has them; the first is there when the request is answered.'
        '\nWhere it ends in one or the other, what the server was before, the hypervisor or the'
        '\nconfiguration decides.\n',
        *_rows(('Action', 'Accepted in vm_state', 'with task_state', 'Tasks', 'Ends', 'Fails to'), (
            (_name(key, action), _list(action.vm_states), _list(action.task_states),
             ', '.join(f'`{task}`' for task in action.tasks if task) or 'none',
             _ends(action),
             (f'`{action.failed}`' if action.failed else 'as before') if action.task_state else '')
            for key, action in actions.ALL.items()))]


def _conditions() -> list[str]:
    return [
        'A locked server refuses what the second column says to all but administrators.\n',
        *_rows(('Action', 'Locks', 'On a host', 'Was active once', 'Recorded as', 'with the events'), (
            (_name(key, action), *('yes' if each else '' for each in (
                action.locks, action.host, action.launched)),
             action.record or '', ', '.join(action.events) if action.record else '')
            for key, action in actions.ALL.items()))]


def _statuses() -> list[str]:
    def rows():
        for vm_state in _VM_STATES:
            yield f'`{vm_state}`', '', states.status(vm_state, None)
            for task_state, shown in states.by_task(vm_state).items():
                yield f'`{vm_state}`', f'`{task_state}`', shown
    return _rows(('vm_state', 'task_state', 'Status'), rows())


def _diagram() -> str:
    edges: dict[tuple[str, str], list[str]] = {('[*]', states.BUILDING): ['create'],
                                               (states.BUILDING, states.ACTIVE): ['']}
    for action in actions.ALL.values():
        for end in action.ends:
            for start in sorted(action.vm_states or ()):
                stays = action.stays_stopped and start == states.STOPPED
                if start != end and action.task_state and not stays:
                    names = edges.setdefault((start, end), [])
                    if action.name not in names:
                        names.append(action.name)
    lines = ['```mermaid', 'stateDiagram-v2']
    for (start, end), names in edges.items():
        label = f' : {", ".join(names)}' if names != [''] else ''
        lines.append(f'    {_node(start)} --> {_node(end)}{label}')
    lines += ['```', '',
              'From every state `delete` and `forceDelete` lead to `deleted`, `delete` to `soft-delete`'
              '\nif [DEFAULT]reclaim_instance_interval is set, `os-resetState` to `active` or '
              '`error`, and work'
              '\nthat fails to what the table says. Actions that end where they began are not drawn.', '']
    return '\n'.join(lines)


def _node(vm_state: str) -> str:
    return vm_state.replace('-', '_')


def _name(key: str, action: actions.Action) -> str:
    kind = key.removeprefix(f'{action.name.upper()}_').lower()
    return f'{action.name} ({kind})' if key.startswith(('REBOOT_', 'SOFT_')) else action.name


def _ends(action: actions.Action) -> str:
    ends = ' or '.join(f'`{end}`' for end in action.ends) or 'as before'
    return ends + (f'; `{states.STOPPED}` stays' if action.stays_stopped else '')


def _list(allowed) -> str:
    if allowed is actions.ANY:
        return 'any'
    return ', '.join(f'`{each}`' for each in sorted(allowed, key=str))


if __name__ == '__main__':
    sys.stdout.write(page())
