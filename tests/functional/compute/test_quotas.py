"""That quotas are counted exactly, whoever asks at the same time."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from minova import exception
from minova.compute import quotas
from minova.context import RequestContext
from minova.db import engine
from minova.db import quotas as db

USED = ('instances', 'cores', 'ram')


def reserve(user='u', project='p', **deltas):
    with engine.writer() as conn:
        quotas.reserve(conn, project, user, deltas)


def reserve_servers(min_count, max_count, vcpus=1, memory_mb=512, user='u'):
    with engine.writer() as conn:
        return quotas.reserve_servers(conn, 'p', user, vcpus, memory_mb, min_count, max_count)


def used(owner=db.PROJECT, project='p'):
    return db.get_usages(project, owner)[owner]


@pytest.fixture
def configured_database(configured, database):
    return database


@pytest.fixture
def quota_database(configured, embedded_database):
    return embedded_database


def test_concurrent_requests_fill_the_quota_exactly(configured_database):
    """Five users of one project, none of whom has been counted before."""
    @engine.retry_on_conflict
    def take(i):
        try:
            reserve(user=f'u{i % 5}', instances=1, cores=2, floating_ips=1)
            return 1
        except exception.OverQuota:
            return 0

    @engine.retry_on_conflict
    def give(user):
        with engine.writer() as conn:
            quotas.release(conn, 'p', user, {'instances': 1, 'cores': 2, 'floating_ips': 1})

    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(take, range(24)))
        assert sum(taken) == 10
        assert (used()['instances'], used()['cores'], used()['floating_ips']) == (10, 20, 10)
        of_users = [used(f'u{i}') for i in range(5)]
        assert sum(u['instances'] for u in of_users) == 10
        assert [u['floating_ips'] for u in of_users] == [0] * 5
        list(pool.map(give, [f'u{i % 5}' for i, one in enumerate(taken) if one]))
    assert used() == dict.fromkeys((*db.COUNTED, 'fixed_ips'), 0)
    assert used('u0') == dict.fromkeys((*db.COUNTED, 'fixed_ips'), 0)


def test_over_quota_tells_what_there_was(configured_database):
    reserve(instances=9, cores=5, ram=100)
    with pytest.raises(exception.OverQuota) as caught:
        reserve(instances=2, cores=16, ram=100)
    assert caught.value.kwargs == {
        'overs': ['cores', 'instances'],
        'quotas': {'instances': 10, 'cores': 20, 'ram': 51200},
        'usages': {'instances': 9, 'cores': 5, 'ram': 100},
        'headroom': {'instances': 1, 'cores': 15, 'ram': 51100}}
    assert [used()[r] for r in USED] == [9, 5, 100]


def test_reserving_costs_three_statements(quota_database):
    reserve(instances=1)
    with engine.count_statements() as statements:
        reserve(instances=1, cores=1, ram=512)
    assert statements.count == 3
    with engine.count_statements() as statements:
        reserve_servers(1, 5)
    assert statements.count == 3
    with engine.count_statements() as statements, engine.writer() as conn:
        quotas.release(conn, 'p', 'u', {'instances': 1})
    assert statements.count == 2


@pytest.mark.parametrize('min_count, max_count, got', [(1, 1, 1), (1, 10, 10), (1, 11, 10),
                                                       (10, 15, 10)])
def test_servers_are_clipped_to_the_quota(quota_database, min_count, max_count, got):
    assert reserve_servers(min_count, max_count) == got
    assert [used()[r] for r in USED] == [got, got, got * 512]


def test_servers_are_clipped_by_cores_and_ram(quota_database):
    assert reserve_servers(1, 10, vcpus=8) == 2
    assert reserve_servers(1, 10, memory_mb=20480) == 2
    assert [used()[r] for r in USED] == [4, 18, 2 * 512 + 40960]


def test_too_many_servers(quota_database):
    db.set_limits('p', {'cores': 2, 'ram': 4096})
    reserve(cores=2, ram=4096)
    with pytest.raises(exception.TooManyInstances) as caught:
        reserve_servers(1, 1)
    assert caught.value.message == (
        'Quota exceeded for cores, ram: Requested 1, 512, but already used 2, 4096 of 2, 4096 '
        'cores, ram')
    with pytest.raises(exception.TooManyInstances) as caught:
        reserve_servers(11, 12, user='other')
    assert caught.value.message == (
        'Quota exceeded for cores, instances, ram: Requested 12, 11-12, 6144, but already used '
        '2, 0, 4096 of 2, 10, 4096 cores, instances, ram')
    assert [used()[r] for r in USED] == [0, 2, 4096]


def test_an_unlimited_resource_does_not_count(quota_database):
    db.set_limits('p', {'instances': -1, 'ram': -1})
    assert reserve_servers(1, 50) == 20
    with engine.writer() as conn:
        rooms = quotas.get_rooms(conn, 'p', 'u', ['ram', 'cores'])
    assert rooms['ram'].left == sys.maxsize
    assert rooms['cores'] == (20, 20)


def test_the_limit_of_a_user_comes_before_that_of_the_project(quota_database):
    db.set_limits('p', {'instances': 2}, 'u')
    assert reserve_servers(1, 5) == 2
    assert reserve_servers(1, 50, user='other') == 8
    with pytest.raises(exception.OverQuota) as caught:
        reserve(user='third', instances=1)
    assert caught.value.kwargs['usages'] == {'instances': 10}


def test_limits_come_from_the_nearest_that_has_one(quota_database):
    assert quotas.get_limits('p')[0]['cores'] == 20
    db.set_class_limits('default', {'cores': 30, 'ram': 1})
    db.set_class_limits('gold', {'cores': 40})
    assert quotas.get_limits('p')[0]['cores'] == 30
    assert quotas.get_limits('p', quota_class='gold')[0]['cores'] == 40
    db.set_limits('p', {'cores': 50})
    db.set_limits('p', {'cores': 5}, 'u')
    of_project, of_user = quotas.get_limits('p', 'u', 'gold')
    assert (of_project['cores'], of_user['cores'], of_user['ram']) == (50, 5, 1)
    db.delete_limits('p', ['cores'], 'u')
    assert quotas.get_limits('p', 'u')[1]['cores'] == 50


def test_limits_and_usages_are_looked_up_together(configured_database):
    assert db.get_limits_and_counted('p') == (db.get_limits('p')[0], db.get_counted('p'))
    reserve(instances=1, cores=4)
    reserve(project='other', instances=2)
    db.set_class_limits('default', {'cores': 30, 'ram': 1})
    db.set_class_limits('gold', {'cores': 40})
    db.set_limits('p', {'instances': 50})
    db.set_limits('p', {'cores': 5}, 'u')
    for quota_class in (None, 'gold'):
        with engine.count_statements() as seen:
            found = db.get_limits_and_counted('p', quota_class)
        assert seen.count == 1
        assert found == (db.get_limits('p', quota_class=quota_class)[0], db.get_counted('p'))
    assert found[0] == {'cores': 40, 'ram': 1, 'instances': 50}
    assert (found[1]['instances'], found[1]['cores'], found[1]['ram']) == (1, 4, 0)


def test_release_never_goes_below_nothing(quota_database):
    reserve(instances=1, cores=4)
    with engine.writer() as conn:
        quotas.release(conn, 'p', 'u', {'instances': 3, 'cores': 1})
    assert [used()[r] for r in USED] == [0, 3, 0]
    assert [used('u')[r] for r in USED] == [0, 3, 0]


def test_a_user_without_a_name_is_counted_once(quota_database):
    reserve(user='', instances=3)
    with engine.writer() as conn:
        quotas.release(conn, 'p', '', {'instances': 1})
    assert used()['instances'] == 2


def test_what_is_over_may_become_less(quota_database):
    reserve(cores=15)
    db.set_limits('p', {'cores': 10})
    reserve(cores=-1)
    assert used()['cores'] == 14


def test_simple_limits(quota_database):
    context = RequestContext(user_id='u', project_id='p', is_admin=False)
    db.set_limits('p', {'injected_files': 2})
    quotas.check(context, {'metadata_items': 128, 'injected_files': 2})
    with pytest.raises(exception.OverQuota) as caught:
        quotas.check(context, {'metadata_items': 129, 'injected_files': 3})
    assert caught.value.kwargs['overs'] == ['injected_files', 'metadata_items']
    assert caught.value.kwargs['quotas']['metadata_items'] == 128
