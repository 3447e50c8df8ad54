"""The embedded volume service, on every kind of database."""

import threading

import pytest

from minova import context, exception
from minova.db import counting
from minova.volume import embedded

SERVER = "5e000000-0000-4000-8000-000000000001"
OTHER_SERVER = "5e000000-0000-4000-8000-000000000002"
MINE = context.RequestContext(user_id="u", project_id="p", is_admin=False, overwrite=False)
THEIRS = context.RequestContext(user_id="v", project_id="q", is_admin=False, overwrite=False)
NOBODYS = context.RequestContext(user_id="w", is_admin=False, overwrite=False)
ADMIN = context.RequestContext(user_id="a", project_id="a", is_admin=True, overwrite=False)


@pytest.fixture
def volumes(database):
    return embedded.API()


def make(volumes, size=1, who=MINE, **values):
    return volumes.create(who, size, "name", None, **values)["id"]


def status(volumes, volume_id):
    return volumes.get(ADMIN, volume_id)["status"]


def test_a_volume_begins_as_creating_and_is_available(volumes):
    made = volumes.create(MINE, 2, "n", "d", volume_type="fast", metadata={"k": "v"})
    assert made["status"] == "creating"
    found = volumes.get(MINE, made["id"])
    assert found == made | {"status": "available"}
    assert (found["size"], found["metadata"], found["bootable"]) == (2, {"k": "v"}, False)


def test_projects_do_not_see_one_another(volumes):
    volume_id = make(volumes)
    assert [v["id"] for v in volumes.get_all(MINE)] == [volume_id]
    assert volumes.get_all(THEIRS) == volumes.get_all(ADMIN) == []
    assert volumes.get(ADMIN, volume_id)["project_id"] == "p"
    for act in (volumes.get, volumes.delete, volumes.reserve_volume, volumes.begin_detaching):
        with pytest.raises(exception.VolumeNotFound):
            act(THEIRS, volume_id)
    assert status(volumes, volume_id) == "available"


def test_who_is_in_no_project_sees_nothing(volumes):
    volume_id = make(volumes)
    volumes.create_snapshot(MINE, volume_id, "s", None)
    with pytest.raises(exception.VolumeNotFound):
        volumes.get(NOBODYS, volume_id)
    assert volumes.get_all(NOBODYS) == volumes.get_all_snapshots(NOBODYS, all_projects=True) == []


def test_lists_are_newest_first_and_cost_one_statement(volumes):
    ids = [make(volumes) for _ in range(5)]
    with counting.count_statements() as statements:
        assert [v["id"] for v in volumes.get_all(MINE, 2, 1)] == [ids[3], ids[2]]
    assert statements.count == 1


def test_the_way_into_a_server_and_back(volumes):
    volume_id = make(volumes)
    volumes.reserve_volume(MINE, volume_id)
    assert status(volumes, volume_id) == "attaching"
    volumes.attach(MINE, volume_id, SERVER, "/dev/vdb")
    volumes.attach(MINE, volume_id, SERVER, "/dev/vdb")
    volume = volumes.get(MINE, volume_id)
    assert (volume["status"], volume["attach_status"]) == ("in-use", "attached")
    assert (volume["instance_uuid"], volume["mountpoint"]) == (SERVER, "/dev/vdb")
    volumes.detach(MINE, volume_id, OTHER_SERVER)
    assert status(volumes, volume_id) == "in-use"
    volumes.begin_detaching(MINE, volume_id)
    assert status(volumes, volume_id) == "detaching"
    volumes.roll_detaching(MINE, volume_id)
    volumes.detach(MINE, volume_id, SERVER)
    volume = volumes.get(MINE, volume_id)
    assert (volume["status"], volume["attach_status"]) == ("available", "detached")
    assert (volume["instance_uuid"], volume["mountpoint"]) == (None, None)


def test_what_the_state_forbids(volumes):
    volume_id = make(volumes)
    with pytest.raises(exception.InvalidVolume):
        volumes.begin_detaching(MINE, volume_id)
    with pytest.raises(exception.InvalidVolume):
        volumes.attach(MINE, volume_id, SERVER, "/dev/vdb")
    volumes.reserve_volume(MINE, volume_id)
    with pytest.raises(exception.InvalidVolume) as error:
        volumes.reserve_volume(MINE, volume_id)
    assert error.value.message == (f"Invalid volume: volume '{volume_id}' status must be "
                                   "'available'. Currently in 'attaching'")
    with pytest.raises(exception.InvalidInput) as error:
        volumes.delete(MINE, volume_id)
    assert error.value.message == (
        "Invalid input received: Invalid volume: Volume status must be available or error, "
        "but current status is: attaching")
    volumes.unreserve_volume(MINE, volume_id)
    volumes.delete(MINE, volume_id)
    with pytest.raises(exception.VolumeNotFound):
        volumes.get(MINE, volume_id)
    with pytest.raises(exception.VolumeNotFound):
        volumes.delete(MINE, volume_id)


def test_only_one_of_many_gets_it(volumes):
    volume_id, won, lost = make(volumes), [], []

    def contend():
        try:
            volumes.reserve_volume(MINE, volume_id)
            won.append(1)
        except exception.InvalidVolume:
            lost.append(1)

    threads = [threading.Thread(target=contend) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(won), len(lost)) == (1, 7)


def test_snapshots(volumes):
    volume_id = make(volumes, 3)
    made = volumes.create_snapshot(MINE, volume_id, "s", None)
    assert made["status"] == "creating"
    snapshot = volumes.get_snapshot(MINE, made["id"])
    assert (snapshot["status"], snapshot["volume_size"]) == ("available", 3)
    assert volumes.get_all_snapshots(MINE) == [snapshot]
    assert volumes.get_all_snapshots(THEIRS) == []
    with pytest.raises(exception.SnapshotNotFound):
        volumes.get_snapshot(THEIRS, made["id"])
    with pytest.raises(exception.InvalidInput) as error:
        volumes.delete(MINE, volume_id)
    assert error.value.message.endswith("Volume still has 1 dependent snapshots.")
    with pytest.raises(exception.InvalidInput) as error:
        make(volumes, 2, snapshot=snapshot)
    assert "cannot be smaller than the snapshot size 3GB" in error.value.message
    copy = volumes.get(MINE, make(volumes, 4, snapshot=snapshot))
    assert (copy["snapshot_id"], copy["bootable"]) == (made["id"], False)
    volumes.delete_snapshot(MINE, made["id"])
    with pytest.raises(exception.SnapshotNotFound):
        volumes.delete_snapshot(MINE, made["id"])
    volumes.delete(MINE, volume_id)


def test_a_snapshot_of_a_volume_in_use_takes_force(volumes):
    volume_id = make(volumes)
    volumes.reserve_volume(MINE, volume_id)
    for force in (False, True):
        with pytest.raises(exception.InvalidInput):
            volumes.create_snapshot(MINE, volume_id, None, None, force=force)
    volumes.attach(MINE, volume_id, SERVER, "/dev/vdb")
    with pytest.raises(exception.InvalidInput):
        volumes.create_snapshot(MINE, volume_id, None, None)
    assert volumes.create_snapshot(MINE, volume_id, None, None, force=True)["volume_size"] == 1


def test_what_comes_of_a_bootable_volume_is_bootable(volumes):
    volume_id = make(volumes, image_id="70a599e0-31e7-49b7-b260-868f441e862b")
    assert volumes.get(MINE, volume_id)["bootable"] is True
    snapshot = volumes.create_snapshot(MINE, volume_id, None, None)
    assert volumes.get(MINE, make(volumes, snapshot=snapshot))["bootable"] is True


def test_quotas_are_exact_whoever_asks_at_the_same_time(configured, volumes):
    """Thirty want one of ten volumes; then all go."""
    def together(act, things):
        done = []

        def one(thing):
            try:
                done.append(act(thing))
            except exception.VolumeLimitExceeded:
                done.append(None)
        threads = [threading.Thread(target=one, args=(thing,)) for thing in things]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(done) == len(threads)
        return [each for each in done if each is not None]

    ids = together(lambda _: make(volumes, 2), range(30))
    assert len(ids) == len(volumes.get_all(MINE)) == 10

    def used():
        quotas = volumes.get_quotas(MINE, "p")
        return quotas["volumes"]["in_use"], quotas["gigabytes"]["in_use"]
    assert used() == (10, 20)
    # Each is deleted by two at once, and comes back once.
    for act in (lambda i: volumes.create_snapshot(MINE, ids[i % 10], None, None) and i,
                lambda i: _deleted(volumes, ids[i % 10])):
        together(act, range(10))
    together(lambda i: _deleted(volumes, ids[i % 10], cascade=True), range(20))
    assert volumes.get_all(MINE) == volumes.get_all_snapshots(MINE) == []
    assert used() == (0, 0)


def _deleted(volumes, volume_id, **kwargs):
    try:
        volumes.delete(MINE, volume_id, **kwargs)
    except (exception.InvalidInput, exception.VolumeNotFound):
        return None
    return volume_id


def test_a_type_that_goes_while_a_volume_of_it_comes(volumes):
    """Either the volume is there and the type stays, or neither."""
    for n in range(5):
        made = volumes.create_type(ADMIN, f"t{n}")
        results = {}

        def create(made=made, results=results):
            try:
                results["created"] = make(volumes, volume_type=made["name"],
                                          volume_type_id=made["id"])
            except exception.VolumeTypeNotFound:
                results["created"] = None

        def delete(made=made, results=results):
            try:
                volumes.delete_type(ADMIN, made["id"])
                results["deleted"] = True
            except exception.VolumeTypeInUse:
                results["deleted"] = False
        threads = [threading.Thread(target=target) for target in (create, delete)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert (results["created"] is None) == results["deleted"]
