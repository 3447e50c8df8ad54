"""Addresses of servers, on each kind of database."""

import threading
import uuid

import pytest
import sqlalchemy as sa

from minova import exception, jsonutils, network
from minova.conf import CONF
from minova.context import RequestContext
from minova.db import engine
from minova.db import tables as t
from tests.functional.servers import add_server

CONTEXT = RequestContext(user_id="u", project_id="blue", is_admin=False, overwrite=False)
NETWORK = {"label": "small", "cidr": "10.5.0.0/29", "cidr_v6": "fd00:5::/64",
           "gateway": "10.5.0.1", "dhcp_start": "10.5.0.3"}


@pytest.fixture
def api(database, configured):
    network.load_fixtures([NETWORK])
    return network.API()


@pytest.fixture
def small(api):
    with engine.reader() as conn:
        return conn.execute(sa.select(t.networks.c.uuid)).scalar_one()


def ask(identity, fixed_ip=None):
    return [{"uuid": identity, "fixed_ip": fixed_ip, "port": None}]


def allocate(api, requested=None, instance_uuid=None):
    server = {"uuid": instance_uuid or str(uuid.uuid4()), "project_id": "blue", "host": None}
    return api.allocate_for_instance(CONTEXT, server, requested)


def addresses(network_info):
    return [ip["address"] for vif in network_info for ip in vif["ips"]]


def test_no_address_and_no_mac_is_given_twice(api):
    found, errors = [], []

    def work():
        try:
            for _ in range(6):
                found.append(allocate(api)[0])
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert len(found) == 48
    assert len({vif["ips"][0]["address"] for vif in found}) == 48
    assert len({vif["mac"] for vif in found}) == 48
    assert all(vif["mac"].startswith("fa:16:3e:") for vif in found)


@pytest.mark.parametrize("requested", [
    None, [], ask(None), ask("11111111-2222-4333-8444-555555555555"),
    ask("11111111-2222-4333-8444-555555555555", "10.0.0.9"),
])
def test_the_built_in_network_serves_who_asks_for_none_that_is_there(api, requested):
    api.validate_networks(CONTEXT, requested)
    [vif] = allocate(api, requested)
    assert vif["label"] == "private"
    assert [(ip["version"], ip["type"], ip["floating"]) for ip in vif["ips"]] == [(4, "fixed", [])]


def test_a_network_that_is_there_gives_its_own(api, small):
    [vif] = allocate(api, ask(small))
    assert (vif["id"], vif["label"], addresses([vif])) == (small, "small", ["10.5.0.3"])


def test_the_network_of_a_project_is_for_its_servers(api, small):
    for project, label in (("red", "private"), ("blue", "small")):
        api.associate(CONTEXT, small, project=project)
        assert [vif["label"] for vif in allocate(api, ask(small))] == [label]


def test_all_servers_can_be_kept_on_the_built_in_network(api, small):
    CONF.set_override("use_requested_networks", False)
    try:
        assert [vif["label"] for vif in allocate(api, ask(small))] == ["private"]
    finally:
        CONF.clear_override("use_requested_networks")


def test_a_full_network_waits_for_what_is_given_back(api, small):
    servers = [str(uuid.uuid4()) for _ in range(4)]
    given = [addresses(allocate(api, ask(small), server))[0] for server in servers]
    assert given == ["10.5.0.3", "10.5.0.4", "10.5.0.5", "10.5.0.6"]
    with pytest.raises(exception.NoMoreFixedIps):
        allocate(api, ask(small))
    api.deallocate_for_instance(CONTEXT, {"uuid": servers[1]})
    assert addresses(allocate(api, ask(small))) == ["10.5.0.4"]
    with pytest.raises(exception.NoMoreFixedIps):
        allocate(api, ask(small))


def test_an_address_that_is_asked_for(api, small):
    server = str(uuid.uuid4())
    assert addresses(allocate(api, ask(small, "10.5.0.4"), server)) == ["10.5.0.4"]
    with pytest.raises(exception.FixedIpAlreadyInUse) as error:
        api.validate_networks(CONTEXT, ask(small, "10.5.0.4"))
    assert error.value.message == (
        f"Fixed IP address 10.5.0.4 is already in use on instance {server}.")
    with pytest.raises(exception.FixedIpAlreadyInUse):
        allocate(api, ask(small, "10.5.0.4"))
    # The others come in turn and pass it over.
    assert [addresses(allocate(api, ask(small)))[0] for _ in range(3)] == [
        "10.5.0.3", "10.5.0.5", "10.5.0.6"]


def test_what_cannot_be_asked_for(api, small):
    with pytest.raises(exception.FixedIpInvalid):
        api.validate_networks(CONTEXT, ask(small, "x"))
    with pytest.raises(exception.FixedIpNotFoundForNetwork):
        api.validate_networks(CONTEXT, ask(small, "10.6.0.1"))
    with pytest.raises(exception.FixedIpNotFoundForNetwork):
        allocate(api, ask(small, "10.5.0.1"))       # the gateway's
    allocate(api, ask(small, "10.5.0.4"))
    with pytest.raises(exception.FixedIpAlreadyInUse):
        allocate(api, ask(small, "10.5.0.4"))


def test_a_server_keeps_what_it_has_when_asked_again(api):
    server = str(uuid.uuid4())
    first = allocate(api, None, server)
    assert allocate(api, None, server) == first


def test_ipv6_goes_with_the_interface(api, small):
    CONF.set_override("use_ipv6", True)
    try:
        [vif] = allocate(api, ask(small))
    finally:
        CONF.clear_override("use_ipv6")
    assert [ip["version"] for ip in vif["ips"]] == [4, 6]
    assert vif["ips"][1]["address"].startswith("fd00:5::")


def test_the_row_of_the_server_says_the_same_and_is_otherwise_left_alone(api):
    server = add_server()

    def row():
        with engine.reader() as conn:
            return conn.execute(sa.select(
                t.instances.c.network_info, t.instances.c.updated_at).where(
                    t.instances.c.uuid == server)).one()

    before = row()
    info = allocate(api, None, server)
    assert jsonutils.loads(row().network_info) == info
    api.deallocate_for_instance(CONTEXT, {"uuid": server})
    assert row().network_info == "[]"
    assert row().updated_at == before.updated_at


def test_an_allocation_costs_the_same_whatever_there_is(api, small):
    allocate(api)
    counts = []
    for _ in range(3):
        with engine.count_statements() as statements:
            allocate(api)
        counts.append(statements.count)
        for _ in range(5):
            allocate(api)
    assert counts == [8, 8, 8]


def test_a_transaction_that_fails_gives_nothing_away(api):
    with pytest.raises(RuntimeError), engine.writer():
        lost = addresses(allocate(api))
        raise RuntimeError
    assert addresses(allocate(api)) == lost


def test_an_address_that_is_reserved_after_it_was_asked_for(api, small):
    """Whoever builds the server finds that out too."""
    api.validate_networks(CONTEXT, ask(small, "10.5.0.4"))
    api.reserve_fixed_ip(CONTEXT, "10.5.0.4", True)
    for refused in (lambda: allocate(api, ask(small, "10.5.0.4")),
                    lambda: api.validate_networks(CONTEXT, ask(small, "10.5.0.4"))):
        with pytest.raises(exception.FixedIpNotFoundForNetwork) as error:
            refused()
        assert error.value.message == (
            f"Fixed IP address (10.5.0.4) does not exist in network ({small}).")
        assert isinstance(error.value, exception.NetworkError)
