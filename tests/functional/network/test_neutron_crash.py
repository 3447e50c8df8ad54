"""The backend `neutron` when things go wrong: no port is made twice, and none is left behind."""

import os
import signal
import threading

import pytest

from tests.functional import gate as gates
from tests.functional import processes
from tests.functional.network.test_neutron import (  # noqa: F401  (`there` is a fixture)
    ADMIN,
    MEMBER,
    Cloud,
    options_of,
    there,
)

pytest.importorskip("openstack")


@pytest.fixture
def gate(there):  # noqa: F811
    with gates.Gate(there) as gate:
        yield gate


@pytest.fixture
def cloud(gate, there, tmp_path):  # noqa: F811
    process = processes.Process(tmp_path, heal_instance_info_cache_interval=0, **options_of(gate.address))
    with process:
        yield Cloud(process, there)


def kill(cloud):
    os.kill(cloud.compute.popen.pid, signal.SIGKILL)
    cloud.compute.popen.wait()


def restart(cloud):
    cloud.compute.__enter__()


def is_gone(cloud, server_id):
    return cloud.ask(f"/servers/{server_id}")[0] == 404


def test_a_crash_makes_no_port_twice(cloud, gate):
    blue = cloud.subnet()
    given = cloud.make("port", network_id=blue["network_id"])
    private = cloud.named("network", "private")
    networks = [{"uuid": private["id"]}, {"uuid": private["id"]}, {"port": given["id"]},
                {"uuid": blue["network_id"]}]
    held = [gate.hold("POST", "/v2.0/ports")]
    status, made = cloud.create(networks=networks)
    server_id = made["server"]["id"]
    assert status == 202 and held[0].arrived.wait(processes.DEADLINE)
    assert len(cloud.ports(server_id)) == 1
    shown = cloud.show(server_id, ADMIN)
    assert (shown["OS-EXT-STS:task_state"], bool(shown["OS-EXT-SRV-ATTR:host"])) == ("networking", True)
    # Nobody waits for Neutron inside a transaction.
    assert cloud.ask("/os-keypairs", "POST", {"keypair": {"name": "k"}})[0] in (200, 201)
    kill(cloud)
    held.append(gate.hold("PUT", f"/v2.0/ports/{given['id']}"))
    restart(cloud)
    assert held[1].arrived.wait(processes.DEADLINE)
    kill(cloud)
    restart(cloud)
    server = cloud.wait(server_id)
    assert server["status"] == "ACTIVE", server
    ports = cloud.ports(server_id)
    assert [port["network_id"] for port in ports].count(private["id"]) == 2 and len(ports) == 4
    attached = cloud.ask(f"/servers/{server_id}/os-interface")[1]["interfaceAttachments"]
    assert [each["net_id"] for each in attached] == [
        private["id"], private["id"], blue["network_id"], blue["network_id"]]
    assert attached[2]["port_id"] == given["id"]
    held.append(gate.hold("DELETE", "/v2.0/ports"))
    assert cloud.ask(f"/servers/{server_id}", "DELETE")[0] == 204
    assert held[2].arrived.wait(processes.DEADLINE)
    kill(cloud)
    restart(cloud)
    processes.eventually(lambda: is_gone(cloud, server_id), "the server is gone")
    assert cloud.ports(server_id) == []
    left = cloud.neutron("GET", f"/ports/{given['id']}")
    assert (left["device_id"], left["device_owner"], left["fixed_ips"]) == ("", "", given["fixed_ips"])
    cloud.neutron("DELETE", f"/ports/{given['id']}")
    cloud.neutron("DELETE", f"/networks/{blue['network_id']}")


def test_a_server_that_is_deleted_while_it_is_built(cloud, gate):
    held = gate.hold("POST", "/v2.0/ports", undone=True)
    first = cloud.create()[1]["server"]["id"]
    assert held.arrived.wait(processes.DEADLINE)
    cloud.delete(first)
    held.let_go()
    processes.eventually(lambda: ("DELETE", "/v2.0/ports") in [
        (method, path[:11]) for method, path in gate.seen], "its port is deleted")
    assert cloud.ports(first) == []
    # The same when the process dies before it sees that.
    held = gate.hold("POST", "/v2.0/ports", undone=True)
    second = cloud.create()[1]["server"]["id"]
    assert held.arrived.wait(processes.DEADLINE)
    cloud.delete(second)
    kill(cloud)
    held.let_go()
    processes.eventually(lambda: cloud.ports(second), "Neutron makes the port")
    restart(cloud)
    processes.eventually(lambda: not cloud.ports(second), "the port is gone")


def test_a_server_that_is_deleted_while_it_gets_an_interface(cloud, gate):
    server = cloud.boot()
    held, answers = gate.hold("POST", "/v2.0/ports", undone=True), []

    def attach():
        answers.append(cloud.ask(f"/servers/{server['id']}/os-interface", "POST", {
            "interfaceAttachment": {"net_id": cloud.named("network", "private")["id"]}}))

    attaching = threading.Thread(target=attach)
    attaching.start()
    assert held.arrived.wait(processes.DEADLINE)
    cloud.delete(server["id"])
    held.let_go()
    attaching.join()
    assert answers[0][0] == 404
    assert cloud.ports(server["id"]) == []


def test_neutron_is_away(cloud, gate):
    server = cloud.boot()
    gate.refuses = True
    assert cloud.create()[0] == 503
    assert cloud.ask("/os-networks")[0] == 503
    assert cloud.ask("/os-floating-ips")[0] == 503
    assert cloud.show(server["id"])["addresses"] == server["addresses"]
    assert cloud.ask(f"/servers/{server['id']}", "DELETE")[0] == 204
    processes.eventually(lambda: cloud.show(server["id"])["status"] == "ERROR", "the server is in error")
    gate.refuses = False
    assert len(cloud.ports(server["id"])) == 1
    cloud.delete(server["id"])
    assert cloud.ports(server["id"]) == []


def test_a_build_without_neutron(cloud, gate):
    networks = [{"uuid": cloud.named("network", "private")["id"]}]
    held, answers = gate.hold("GET", "/v2.0/networks"), []
    creating = threading.Thread(target=lambda: answers.append(cloud.create(networks=networks)))
    creating.start()
    assert held.arrived.wait(processes.DEADLINE)
    gate.refuses = True
    held.let_go()
    creating.join()
    [(status, made)] = answers
    assert status == 202, made
    server = cloud.wait(made["server"]["id"])
    assert server["status"] == "ERROR" and "network service" in server["fault"]["message"]
    gate.refuses = False
    cloud.delete(server["id"])


def test_what_neutron_tells_servers_show(cloud):
    server, other = cloud.boot(), cloud.boot()
    [port] = cloud.ports(server["id"])
    fip = cloud.make("floatingip", port_id=port["id"],
                     floating_network_id=cloud.named("network", "public")["id"])
    assert len(cloud.addresses(server["id"])["private"]) == 1
    status, answer = cloud.ask("/os-server-external-events", "POST", {"events": [
        {"name": "network-changed", "server_uuid": server["id"], "tag": fip["id"]}]}, ADMIN)
    assert (status, answer["events"][0]["code"]) == (200, 200)
    processes.eventually(
        lambda: (fip["floating_ip_address"], "floating") in cloud.addresses(server["id"])["private"],
        "the server shows its floating address")
    assert cloud.show(other["id"])["updated"] == other["updated"]
    cloud.neutron("DELETE", f"/floatingips/{fip['id']}")
    for each in (server, other):
        cloud.delete(each["id"])


def test_what_nobody_tells(gate, there, tmp_path):  # noqa: F811
    options = options_of(gate.address, heal_instance_info_cache_interval=1)
    with processes.Process(tmp_path, **options) as process:
        cloud = Cloud(process, there)
        server, other = cloud.boot(), cloud.boot()
        gate.refuses, before = True, len(gate.seen)
        processes.eventually(lambda: len(gate.seen) > before, "somebody looks, in vain")
        gate.refuses = False
        [port] = cloud.ports(server["id"])
        fip = cloud.make("floatingip", port_id=port["id"],
                         floating_network_id=cloud.named("network", "public")["id"])
        processes.eventually(
            lambda: (fip["floating_ip_address"], "floating") in cloud.addresses(server["id"])["private"],
            "the server shows its floating address")
        cloud.neutron("DELETE", f"/ports/{port['id']}")
        processes.eventually(lambda: cloud.addresses(server["id"]) == {}, "the port is gone")
        assert cloud.show(other["id"])["addresses"] == other["addresses"]
        cloud.neutron("DELETE", f"/floatingips/{fip['id']}")
        for each in (server, other):
            cloud.delete(each["id"])


def test_ports_go_where_their_server_goes(gate, there, tmp_path):  # noqa: F811
    options = options_of(gate.address, fake={"boot_seconds": 0, "action_seconds": 0, "hosts": "one,two"})
    with processes.Process(tmp_path, **options) as process:
        cloud = Cloud(process, there)
        server = cloud.boot()
        path = f"/servers/{server['id']}/action"

        def is_at(host):
            shown = cloud.show(server["id"], ADMIN)
            return shown["OS-EXT-SRV-ATTR:host"] == host and not shown["OS-EXT-STS:task_state"]

        def host_of_port():
            return cloud.ports(server["id"])[0]["binding:host_id"]

        source = host_of_port()
        dest = "two" if source == "one" else "one"
        assert is_at(source)
        for action, host in (("migrate", dest), ("revertResize", source), ("migrate", dest),
                             ("confirmResize", dest)):
            assert cloud.ask(path, "POST", {action: None}, ADMIN)[0] in (202, 204)
            processes.eventually(lambda host=host: is_at(host), f"the server is at {host}")
            assert host_of_port() == host
        assert cloud.ask(path, "POST", {"os-migrateLive": {
            "host": source, "block_migration": False, "disk_over_commit": False}}, ADMIN)[0] == 202
        processes.eventually(lambda: is_at(source), "the server is back")
        assert host_of_port() == source
        cloud.delete(server["id"])
