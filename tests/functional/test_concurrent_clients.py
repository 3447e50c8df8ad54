"""Fifty clients on four workers: nothing is lost, nothing is done twice, and the quotas are exact."""

import collections
import http.client
import json
import random
import threading
import time

import pytest
import sqlalchemy as sa

from minova.db import engine
from minova.db import tables as t
from tests.functional.processes import Process, eventually

CLIENTS = 50
SECONDS, PATIENCE = 10, 120     # they go on at least so long, and at most, until ENOUGH was accepted
PAUSE = 0.2                     # seconds, at most, that a client leaves to the others, and to the work
ENOUGH = {'create': 20, 'asked to delete': 5, 'stop': 5}
IMAGE = '70a599e0-31e7-49b7-b260-868f441e862b'
# What clients ask for -> how it is recorded.
ACTIONS = {
    'os-stop': (None, 'stop'), 'os-start': (None, 'start'), 'pause': (None, 'pause'),
    'unpause': (None, 'unpause'), 'resize': ({'flavorRef': '2'}, 'resize'),
    'confirmResize': (None, 'confirmResize'), 'revertResize': (None, 'revertResize'),
    'reboot': ({'type': 'HARD'}, 'reboot'), 'shelve': (None, 'shelve'), 'unshelve': (None, 'unshelve'),
}
IMAGES = f"""\
images:
  - {{id: {IMAGE}, name: tiny, created_at: 2011-01-01T01:02:03Z, updated_at: 2011-01-01T01:02:03Z}}
"""


@pytest.fixture(params=['sqlite', 'postgresql'])
def service(request, tmp_path):
    """A service of four workers on each kind of database; it, and the URL of that."""
    if request.param == 'sqlite':
        url = f'sqlite:///{tmp_path}/state/minova.sqlite'
        database = {'sqlite_synchronous': False}
    else:
        url = request.getfixturevalue('database_servers').clean('postgresql')
        database = {'connection': url}
    (tmp_path / 'fixtures.yaml').write_text(IMAGES)
    with Process(tmp_path, osapi_compute_workers=4, database=database,
                 fixtures_file=tmp_path / 'fixtures.yaml', allow_resize_to_same_host=True,
                 fake={'boot_seconds': 0.05, 'action_seconds': 0.02}) as process:
        yield process, url
    engine.configure(None)


class Client(threading.Thread):
    """Does one thing after the other to its project's servers, until `done` is set."""

    def __init__(self, port: int, project: str, seed: int, done: threading.Event):
        super().__init__()
        self.random = random.Random(seed)
        self.connection = http.client.HTTPConnection('127.0.0.1', port, timeout=PATIENCE)
        self.project, self.done = project, done
        self.accepted: collections.Counter = collections.Counter()
        self.strange: list = []

    def ask(self, method: str, path: str, body=None):
        self.connection.request(
            method, f'/v2.1/{self.project}{path}', json.dumps(body) if body else None,
            {'X-Auth-Token': f'demo:{self.project}', 'Content-Type': 'application/json'})
        response = self.connection.getresponse()
        text = response.read()
        if response.status >= 500:
            self.strange.append((method, path, body, response.status, text))
        return response.status, json.loads(text) if text[:1] == b'{' else None

    def run(self):
        try:
            while not self.done.wait(self.random.uniform(0, PAUSE)):
                self.something()
        except Exception as error:
            self.strange.append(error)

    def something(self):
        _, listed = self.ask('GET', '/servers')
        servers = [server['id'] for server in listed['servers']]
        choice = self.random.random()
        if not servers or choice < 0.2:
            status, _ = self.ask('POST', '/servers', {'server': {
                'name': 'x', 'imageRef': IMAGE, 'flavorRef': '1'}})
            self.accepted['create'] += status == 202
        elif choice < 0.3:
            status, _ = self.ask('DELETE', f'/servers/{self.random.choice(servers)}')
            self.accepted['asked to delete'] += status == 204
        else:
            name = self.random.choice(list(ACTIONS))
            argument, record = ACTIONS[name]
            status, _ = self.ask('POST', f'/servers/{self.random.choice(servers)}/action',
                                 {name: argument})
            self.accepted[record] += status in (202, 204)


def test_fifty_clients_on_four_workers(service):
    process, url = service
    done = threading.Event()
    clients = [Client(process.port, ('blue', 'green')[n % 2], n, done) for n in range(CLIENTS)]
    for client in clients:
        client.start()
    _wait_until_enough(clients)
    done.set()
    for client in clients:
        client.join()
    assert not [each for client in clients for each in client.strange]
    engine.configure(url)
    eventually(lambda: _count(t.work_items) == 0, 'all work is done')
    accepted = _accepted(clients)
    assert not [kind for kind, number in ENOUGH.items() if accepted[kind] < number], accepted
    _nothing_is_lost(accepted)
    _nothing_is_done_twice()
    _counts_are_exact()


def _accepted(clients: list[Client]) -> collections.Counter:
    return sum((client.accepted for client in clients), collections.Counter())


def _wait_until_enough(clients: list[Client]) -> None:
    begun = time.monotonic()
    while (passed := time.monotonic() - begun) < PATIENCE:
        accepted = _accepted(clients)
        if passed >= SECONDS and all(accepted[kind] >= number for kind, number in ENOUGH.items()):
            return
        if not any(client.is_alive() for client in clients):
            return      # each has come upon something strange
        time.sleep(0.1)


def _rows(statement) -> list:
    with engine.reader() as conn:
        return conn.execute(statement).all()


def _count(table) -> int:
    return _rows(sa.select(sa.func.count()).select_from(table))[0][0]


def _nothing_is_lost(accepted) -> None:
    """What was accepted is recorded, and nothing else is; every server has come to rest."""
    a, i = t.instance_actions.c, t.instances.c
    recorded = dict(tuple(row) for row in _rows(
        sa.select(a.action, sa.func.count()).group_by(a.action)))
    deleted = recorded.pop('delete', 0)
    assert recorded == {k: v for k, v in accepted.items() if v and k != 'asked to delete'}
    assert deleted == len(_rows(sa.select(i.id).where(i.deleted != 0)))
    assert deleted <= accepted['asked to delete']
    assert not _rows(sa.select(i.uuid, i.vm_state, i.task_state).where(
        i.deleted == 0, sa.or_(i.task_state.is_not(None), i.vm_state == 'error')))


def _nothing_is_done_twice() -> None:
    """No part of an action is recorded a second time."""
    e = t.instance_actions_events.c
    assert not _rows(sa.select(e.action_id, e.event).group_by(e.action_id, e.event)
                     .having(sa.func.count() > 1))
    assert not _rows(sa.select(e.id).where(e.result != 'Success'))


def _counts_are_exact() -> None:
    """The quotas and the hosts count what there is."""
    i, u, n = t.instances.c, t.quota_usages.c, t.compute_nodes.c
    sums = (sa.func.count(), sa.func.sum(i.vcpus), sa.func.sum(i.memory_mb))
    there = {project: (count, int(cores), int(ram)) for project, count, cores, ram in _rows(
        sa.select(i.project_id, *sums).where(i.deleted == 0).group_by(i.project_id))}
    counted = {row[0]: tuple(row[1:]) for row in _rows(
        sa.select(u.project_id, u.instances, u.cores, u.ram).where(
            u.user_id == '', u.instances > 0))}
    assert counted == there
    assert all(count <= 10 for count, _, _ in there.values())
    holding = _rows(sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(i.vcpus), 0)).where(
        i.deleted == 0, i.host.is_not(None)))[0]
    resized = _rows(sa.select(sa.func.count()).where(i.deleted == 0, i.vm_state == 'resized'))[0][0]
    running, vcpus = _rows(sa.select(n.running_vms, n.vcpus_used))[0]
    # A server that was resized has a share for each of its sizes until that is confirmed.
    assert (running, vcpus) == (holding[0] + resized, holding[1] + resized)
