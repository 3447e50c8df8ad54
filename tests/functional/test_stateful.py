"""Two projects and an administrator do what they like; the service and a model of it agree.

The model knows of a server its state, its flavor and its lock, and of a project what it may have. It
is written down here from what Nova does, not from minova's table of states.
"""

import collections
import dataclasses

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from minova.conf import CONF
from tests.functional.api.test_server_actions import IMAGE

QUOTA = 3                       # servers of a project
SIZES = {'1': (1, 512), '2': (1, 2048), '3': (2, 4096)}
USERS = {'alice': ('alice', 'blue'), 'bob': ('bob', 'green'), 'admin': ('admin', 'blue')}

# Action -> (body, {state before: state after}).
SIMPLE = {
    'os-start': (None, {'stopped': 'active'}),
    'os-stop': (None, {'active': 'stopped', 'error': 'stopped'}),
    'pause': (None, {'active': 'paused'}),
    'unpause': (None, {'paused': 'active'}),
    'suspend': (None, {'active': 'suspended'}),
    'resume': (None, {'suspended': 'active'}),
    'rescue': (None, dict.fromkeys(('active', 'stopped', 'error'), 'rescued')),
    'unrescue': (None, {'rescued': 'active'}),
    'reboot': ({'type': 'HARD'}, dict.fromkeys(
        ('active', 'stopped', 'paused', 'suspended', 'error'), 'active')),
    'rebuild': ({'imageRef': IMAGE}, {'active': 'active', 'stopped': 'stopped', 'error': 'active'}),
    'shelve': (None, dict.fromkeys(
        ('active', 'stopped', 'paused', 'suspended'), 'shelved_offloaded')),
    'unshelve': (None, {'shelved_offloaded': 'active'}),
    'changePassword': ({'adminPass': 'x'}, {'active': 'active'}),
}
ANSWERS = {'rescue': 200}
done: collections.Counter = collections.Counter()      # what was accepted in this run
_client = None


@dataclasses.dataclass
class Server:
    project: str
    state: str = 'active'
    flavor: str = '1'
    before: tuple | None = None     # (state, flavor) of before a resize
    lock: str | None = None         # whose lock it is


class World(RuleBasedStateMachine):

    def __init__(self):
        super().__init__()
        self.servers: dict[str, Server] = {}

    def teardown(self):
        self.check_quotas()
        for uuid in self.servers:
            assert _client.delete(f'/servers/{uuid}').status == 204

    def ask(self, who: str, method: str, path: str, body=None):
        user, project = USERS[who]
        return _client.request(method, path, body, user=user, project=project)

    def used(self, project: str) -> tuple[int, int]:
        """(servers, cores), as the quotas count them: the larger of both sizes during a resize."""
        own = [s for s in self.servers.values() if s.project == project]
        cores = [max(SIZES[flavor][0] for flavor in (s.flavor, (s.before or (None, s.flavor))[1]))
                 for s in own]
        return len(own), sum(cores)

    @initialize()
    def begin(self):
        self.create('alice', '1')
        self.create('bob', '2')

    def act(self, data, who: str, name: str, argument, ends: dict[str, str], answer: int = 202,
            among: list[str] | None = None) -> str | None:
        """Try it on some server, and compare with the model; the server's id if it is accepted."""
        uuid = data.draw(st.sampled_from(among or list(self.servers)), label='server')
        server = self.servers[uuid]
        got = self.ask(who, 'POST', f'/servers/{uuid}/action', {name: argument})
        if who != 'admin' and server.project != USERS[who][1]:
            assert got.status == 404
        elif server.lock and who != 'admin':
            assert got.status == 409 and got.message in (
                f'Instance {uuid} is locked',
                f"Instance {uuid} is in an invalid state for '{name}'")
        elif server.state not in ends:
            assert got.status == 409, (name, server, got)
            off_host = server.state == 'shelved_offloaded' and name in ('os-start', 'os-stop')
            assert ('is not ready' if off_host else f'vm_state {server.state}') in got.message
        else:
            assert got.status == answer, (name, server, got)
            return uuid
        return None

    # ---- what they do

    @rule(who=st.sampled_from(sorted(USERS)), flavor=st.sampled_from(sorted(SIZES)))
    def create(self, who, flavor):
        project = USERS[who][1]
        got = self.ask(who, 'POST', '/servers', {'server': {
            'name': 'x', 'imageRef': IMAGE, 'flavorRef': flavor}})
        if self.used(project)[0] >= QUOTA:
            assert got.status == 403 and got.message.startswith('Quota exceeded for instances')
        else:
            assert got.status == 202, got
            self.servers[got.json['server']['id']] = Server(project, flavor=flavor)

    @precondition(lambda self: self.servers)
    @rule(data=st.data(), times=st.integers(1, 8))
    def do_something(self, data, times):
        """One thing after the other to one server; half of it should be possible."""
        uuid = data.draw(st.sampled_from(list(self.servers)), label='server')
        server = self.servers[uuid]
        for _ in range(times):
            names, people = sorted(SIMPLE), sorted(USERS)
            if data.draw(st.booleans(), label='sensible'):
                names = [name for name in names if server.state in SIMPLE[name][1]] or names
                people = [who for who in people if USERS[who][1] == server.project]
            name = data.draw(st.sampled_from(names), label='action')
            argument, ends = SIMPLE[name]
            if self.act(data, data.draw(st.sampled_from(people), label='who'), name, argument,
                        ends, ANSWERS.get(name, 202), [uuid]):
                server.state = ends[server.state]
                done[name] += 1

    @precondition(lambda self: any(s.flavor != '3' for s in self.servers.values()))
    @rule(data=st.data(), who=st.sampled_from(sorted(USERS)))
    def resize(self, data, who):
        small = [u for u, s in self.servers.items() if s.flavor != '3']
        uuid = self.act(data, who, 'resize', {'flavorRef': '3'},
                        dict.fromkeys(('active', 'stopped'), 'resized'), among=small)
        if uuid:
            server = self.servers[uuid]
            server.before = server.state, server.flavor
            server.state, server.flavor = 'resized', '3'

    @precondition(lambda self: self.servers)
    @rule(data=st.data(), who=st.sampled_from(sorted(USERS)), confirm=st.booleans())
    def end_resize(self, data, who, confirm):
        name = 'confirmResize' if confirm else 'revertResize'
        uuid = self.act(data, who, name, None, {'resized': ''}, 204 if confirm else 202)
        if uuid:
            server = self.servers[uuid]
            if not confirm:
                server.state, server.flavor = server.before
            else:
                server.state = 'active'     # what runs on a fake hypervisor is running
            server.before = None

    @precondition(lambda self: self.servers)
    @rule(data=st.data(), who=st.sampled_from(sorted(USERS)), unlock=st.booleans())
    def lock(self, data, who, unlock):
        uuid = data.draw(st.sampled_from(list(self.servers)), label='server')
        server, project = self.servers[uuid], USERS[who][1]
        got = self.ask(who, 'POST', f'/servers/{uuid}/action',
                       {'unlock' if unlock else 'lock': None})
        if who != 'admin' and server.project != project:
            assert got.status == 404
            return
        kind = 'owner' if server.project == project else 'admin'
        if unlock and who != 'admin' and server.lock not in (None, kind):
            assert got.status == 403
            return
        assert got.status == 202
        if unlock:
            server.lock = None
        elif not (server.lock and kind == 'owner'):
            server.lock = kind

    @precondition(lambda self: self.servers)
    @rule(data=st.data(), to=st.sampled_from(['active', 'error']))
    def reset_state(self, data, to):
        uuid = data.draw(st.sampled_from(
            [u for u, s in self.servers.items() if s.state not in ('resized', 'shelved_offloaded')]
            or [None]), label='server')
        if uuid:
            got = self.ask('admin', 'POST', f'/servers/{uuid}/action',
                           {'os-resetState': {'state': to}})
            assert got.status == 202
            self.servers[uuid].state = to

    @precondition(lambda self: self.servers)
    @rule(data=st.data(), who=st.sampled_from(sorted(USERS)))
    def delete(self, data, who):
        uuid = data.draw(st.sampled_from(list(self.servers)), label='server')
        server = self.servers[uuid]
        got = self.ask(who, 'DELETE', f'/servers/{uuid}')
        if who != 'admin' and server.project != USERS[who][1]:
            assert got.status == 404
        elif server.lock and who != 'admin':
            assert got.status == 409
        else:
            assert got.status == 204
            del self.servers[uuid]

    # ---- what is true at any time

    @invariant()
    def everything_is_as_expected(self):
        listed = self.ask('admin', 'GET', '/servers/detail?all_tenants=1').json['servers']
        assert {s['id']: (s['tenant_id'], s['OS-EXT-STS:vm_state'], s['OS-EXT-STS:task_state'],
                          s['flavor']['id']) for s in listed} == {
            uuid: (s.project, s.state, None, s.flavor) for uuid, s in self.servers.items()}

    def check_quotas(self):
        for who in ('alice', 'bob'):
            absolute = self.ask(who, 'GET', '/limits').json['limits']['absolute']
            assert (absolute['totalInstancesUsed'], absolute['totalCoresUsed']) == self.used(
                USERS[who][1])


@pytest.fixture
def world(client):
    global _client
    _client = client
    done.clear()
    CONF.set_override('quota_instances', QUOTA)
    yield World
    CONF.clear_override('quota_instances')


def test_the_service_does_what_the_model_does(world):
    # Chance may bring runs in which hardly anything is done: then there are more of them.
    for _round in range(10):
        run_state_machine_as_test(world, settings=settings(
            max_examples=6, stateful_step_count=12, deadline=None, database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck)))
        if len(done) > 3:
            break
    assert len(done) > 3, done
