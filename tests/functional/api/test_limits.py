"""/limits, with what is used of them."""

import pytest

from minova.compute import quotas
from minova.db import engine
from minova.db import quotas as db

LIMITS = {'maxServerMeta': 128, 'maxImageMeta': 128, 'maxPersonality': 5,
          'maxPersonalitySize': 10240, 'maxTotalKeypairs': 100, 'maxSecurityGroups': 10,
          'maxSecurityGroupRules': 20, 'maxServerGroups': 10, 'maxServerGroupMembers': 10,
          'maxTotalCores': 20, 'maxTotalInstances': 10, 'maxTotalRAMSize': 51200,
          'maxTotalFloatingIps': 10}
NOTHING_USED = {'totalCoresUsed': 0, 'totalInstancesUsed': 0, 'totalRAMUsed': 0,
                'totalFloatingIpsUsed': 0, 'totalSecurityGroupsUsed': 0,
                'totalServerGroupsUsed': 0}


@pytest.fixture
def member(client):
    return client.as_user('demo', 'p')


def use(project, **deltas):
    with engine.writer() as conn:
        quotas.reserve(conn, project, 'demo', deltas)


def test_limits(member):
    answer = member.get('/limits')
    assert (answer.status, answer.json) == (
        200, {'limits': {'rate': [], 'absolute': {**LIMITS, **NOTHING_USED}}})


def test_limits_follow_what_is_set_and_used(member):
    use('p', instances=2, cores=4, ram=1024, floating_ips=1)
    db.set_limits('p', {'cores': -1, 'metadata_items': 7})
    with engine.count_statements() as statements:
        absolute = member.get('/limits').json['limits']['absolute']
    assert statements.count == 1
    assert absolute == {
        **LIMITS, 'maxTotalCores': -1, 'maxServerMeta': 7, 'maxImageMeta': 7, **NOTHING_USED,
        'totalInstancesUsed': 2, 'totalCoresUsed': 4, 'totalRAMUsed': 1024,
        'totalFloatingIpsUsed': 1}


def test_limits_are_not_those_of_a_user(member):
    db.set_limits('p', {'cores': 1}, 'demo')
    assert member.get('/limits').json['limits']['absolute']['maxTotalCores'] == 20


def test_only_administrators_name_a_project(client, member):
    use('p', instances=3)
    for project in ('p', 'other'):
        answer = member.get(f'/limits?tenant_id={project}')
        assert (answer.status, answer.message) == (
            403, "Policy doesn't allow os_compute_api:os-used-limits to be performed.")
    absolute = client.get('/limits?tenant_id=p&reserved=1').json['limits']['absolute']
    assert absolute['totalInstancesUsed'] == 3
    assert client.get('/limits?reserved=x').json['limits']['absolute']['totalInstancesUsed'] == 0


def test_limits_are_those_of_the_project_that_is_named(client):
    use('p', instances=3)
    db.set_limits('p', {'cores': 7, 'metadata_items': 5})
    with engine.count_statements() as statements:
        absolute = client.get('/limits?tenant_id=p').json['limits']['absolute']
    assert statements.count == 1
    assert absolute == {**LIMITS, 'maxTotalCores': 7, 'maxServerMeta': 5, 'maxImageMeta': 5,
                        **NOTHING_USED, 'totalInstancesUsed': 3}


def test_limits_have_no_other_method(client):
    assert client.post('/limits', {}).status == 404
