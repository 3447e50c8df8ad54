"""Fifty clients that want addresses and volumes: nothing is given twice, and all of it comes back.

They work in threads of one process, and of two, on each kind of database.
"""

import collections
import json
import subprocess
import sys
import threading

import pytest
import sqlalchemy as sa

from minova import volume
from minova.db import engine
from minova.db import tables as t
from tests.functional import allocator

CLIENTS = 50
SHARED_VOLUMES = 5
#: The pool has fewer floating addresses than there are clients.
SCARCE = 30
DEADLINE = 240.0    # seconds for all that the clients do


@pytest.fixture
def shared(any_client) -> dict:
    """What the clients share: a server, volumes, and a pool of floating addresses."""
    def post(path, body, **kwargs):
        answer = any_client.post(path, body, **kwargs)
        assert answer.status < 300, answer.text
        return next(iter(answer.json.values()))

    member = {"user": "demo", "project": "blue"}
    unlimited = dict.fromkeys(("instances", "cores", "ram", "floating_ips"), -1)
    assert any_client.put("/os-quota-sets/blue", {"quota_set": unlimited}).status == 200
    volume.API().update_quotas(None, "blue", dict.fromkeys(("volumes", "gigabytes"), -1))
    post("/os-floating-ips-bulk", {"floating_ips_bulk_create": {
        "ip_range": "172.24.4.0/27", "pool": "scarce"}})
    server = post("/servers", {"server": {
        "name": "shared", "imageRef": allocator.IMAGE, "flavorRef": "1"}}, **member)
    volumes = [post("/os-volumes", {"volume": {"size": 1}}, **member)["id"]
               for _ in range(SHARED_VOLUMES)]
    return {"server": server["id"], "volumes": volumes}


@pytest.mark.parametrize("processes", [1, 2])
def test_allocation(database, shared, processes):
    before = _used()
    each = CLIENTS // processes
    running = [subprocess.Popen(
        [sys.executable, "-m", "tests.functional.allocator", database, str(n * each), str(each),
         json.dumps(shared)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for n in range(processes)]
    # Who waits for ever is ended, and so fails.
    watchdogs = [threading.Timer(DEADLINE, process.kill) for process in running]
    for watchdog in watchdogs:
        watchdog.start()
    try:
        told = [process.stdout.readline() for process in running]
        assert all(told), [process.communicate()[1] for process in running]
        _nothing_is_used_twice(shared, [json.loads(line) for line in told])
        for process in running:
            _, errors = process.communicate("\n")
            assert process.returncode == 0, errors
    finally:
        for watchdog in watchdogs:
            watchdog.cancel()
        for process in running:
            process.kill()
            process.wait()
    assert _used() == before


def _rows(*columns, where=True) -> list[tuple]:
    with engine.reader() as conn:
        return [tuple(row) for row in conn.execute(sa.select(*columns).where(where))]


def _nothing_is_used_twice(shared: dict, told: list[dict]) -> None:
    _each_once(t.fixed_ips.c.network_id, t.fixed_ips.c.address, count=CLIENTS + 1,
               where=t.fixed_ips.c.instance_uuid.is_not(None))
    _each_once(t.fixed_ips.c.virtual_interface_id, count=CLIENTS + 1,
               where=t.fixed_ips.c.instance_uuid.is_not(None))
    _each_once(t.virtual_interfaces.c.address, count=CLIENTS + 1)
    _each_once(t.virtual_interfaces.c.instance_uuid, count=CLIENTS + 1)

    f = t.floating_ips.c
    assert sum(one["floating"] for one in told) == SCARCE
    _each_once(f.fixed_ip_id, count=SCARCE, where=f.project_id == "blue")

    won = sum((collections.Counter(one["won"]) for one in told), collections.Counter())
    assert won == dict.fromkeys(shared["volumes"], 1)
    b = t.block_device_mappings.c
    attached = CLIENTS + allocator.SHARING + SHARED_VOLUMES
    _each_once(b.volume_id, count=attached, where=b.volume_id.is_not(None))
    _each_once(b.instance_uuid, b.device_name, count=attached, where=b.volume_id.is_not(None))
    v = t.volumes.c
    assert (sorted(_rows(v.uuid, v.instance_uuid, v.mountpoint, where=v.status == "in-use"))
            == sorted(_rows(b.volume_id, b.instance_uuid, b.device_name,
                            where=b.volume_id.is_not(None))))

    i, n, u = t.instances.c, t.compute_nodes.c, t.quota_usages.c
    sums = (sa.func.sum(i.vcpus), sa.func.sum(i.memory_mb))
    [(count, vcpus, memory, disk)] = _rows(
        sa.func.count(), *sums, sa.func.sum(i.root_gb + i.ephemeral_gb), where=i.deleted == 0)
    assert count == CLIENTS + 1
    assert _rows(n.running_vms, n.vcpus_used, n.memory_mb_used, n.local_gb_used) == [
        (count, vcpus, memory + 512, disk)]
    for user in ("", "demo"):
        assert _rows(u.instances, u.cores, u.ram, where=sa.and_(
            u.project_id == "blue", u.user_id == user)) == [(count, vcpus, memory)]
    made = 2 * CLIENTS + SHARED_VOLUMES
    assert _rows(u.floating_ips, u.volumes, u.gigabytes,
                 where=sa.and_(u.project_id == "blue", u.user_id == "")) == [(SCARCE, made, made)]


def _each_once(*columns, count: int, where=True) -> None:
    """There are `count` rows, and no two have the same values in the columns."""
    found = collections.Counter(_rows(*columns, where=where))
    assert not [values for values, times in found.items() if times > 1]
    assert len(found) == count


def _used() -> dict:
    """What is in use of everything that is allocated."""
    u, n, i, v = t.quota_usages.c, t.compute_nodes.c, t.instances.c, t.volumes.c
    return {
        "addresses": sorted(_rows(
            t.fixed_ips.c.address, where=sa.or_(t.fixed_ips.c.instance_uuid.is_not(None),
                                                t.fixed_ips.c.virtual_interface_id.is_not(None),
                                                t.fixed_ips.c.allocated))),
        "interfaces": sorted(_rows(t.virtual_interfaces.c.address)),
        "floating addresses": _rows(t.floating_ips.c.address, where=sa.or_(
            t.floating_ips.c.project_id.is_not(None), t.floating_ips.c.fixed_ip_id.is_not(None),
            t.floating_ips.c.host.is_not(None))),
        "block devices": sorted(_rows(
            t.block_device_mappings.c.instance_uuid, t.block_device_mappings.c.device_name,
            where=t.block_device_mappings.c.instance_uuid.in_(
                sa.select(i.uuid).where(i.deleted == 0)))),
        "volumes in block devices": _rows(
            t.block_device_mappings.c.volume_id,
            where=t.block_device_mappings.c.volume_id.is_not(None)),
        "volumes": sorted(_rows(v.uuid, v.status, v.instance_uuid, v.attach_status,
                                where=v.deleted == 0)),
        "servers": _rows(i.uuid, where=i.deleted == 0),
        "quotas": sorted(_rows(u.user_id, u.instances, u.cores, u.ram, u.floating_ips, u.volumes,
                               u.gigabytes, where=u.project_id == "blue")),
        "hosts": _rows(n.host, n.vcpus_used, n.memory_mb_used, n.local_gb_used, n.running_vms,
                       n.free_ram_mb, n.free_disk_gb),
        "work": _rows(t.work_items.c.id),
    }
