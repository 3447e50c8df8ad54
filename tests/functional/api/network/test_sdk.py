"""openstacksdk, unmodified, against the network and compute APIs of a real process."""

import contextlib
import re

import pytest

from tests.functional import processes

openstack = pytest.importorskip("openstack")
IMAGE = "5f0c7d1e-0a3b-4c52-9a51-c1220571e500"


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    """A process with the fixtures that minova comes with, and the identity API to log in at."""
    with processes.Process(
            tmp_path_factory.mktemp("network"), enabled_apis="osapi_compute,identity,network,image",
            identity_listen_port=0, network_listen_port=0, image_listen_port=0,
            auth_strategy="keystone", network_api_class="embedded_neutron",
            fake={"boot_seconds": 0, "action_seconds": 0}) as process:
        processes.eventually(lambda: process.output.count("Serving ") == 4, "all four APIs")
        yield process


def connection(process, name):
    """What somebody has who writes Python."""
    url = re.search(r"Serving identity at (\S+)", process.output)[1]
    return contextlib.closing(openstack.connect(
        auth_url=f"{url}v3", username=name, password=name, project_name=name,
        user_domain_name="Default", project_domain_name="Default"))


@pytest.fixture(scope="module")
def cloud(service):
    with connection(service, "demo") as conn:
        yield conn


@pytest.fixture
def admin(service):
    with connection(service, "admin") as conn:
        yield conn


@pytest.fixture
def private(cloud):
    return cloud.network.find_network("private", ignore_missing=False)


@pytest.fixture
def subnet(cloud):
    """On a network of the project's own, connected to the outside."""
    network = cloud.network.create_network(name="blue")
    subnet = cloud.network.create_subnet(
        network_id=network.id, name="blue", cidr="10.7.0.0/24", ip_version=4)
    public = cloud.network.find_network("public", ignore_missing=False)
    router = cloud.network.create_router(
        name="blue", external_gateway_info={"network_id": public.id})
    cloud.network.add_interface_to_router(router, subnet=subnet)
    yield subnet
    cloud.network.remove_interface_from_router(router, subnet=subnet)
    cloud.network.delete_router(router)
    cloud.network.delete_network(network)


def boot(cloud, **values):
    server = cloud.compute.create_server(name="web", image_id=IMAGE, flavor_id="1", **values)
    return cloud.compute.wait_for_server(server, interval=0.05, wait=processes.DEADLINE)


def delete(cloud, server):
    cloud.compute.delete_server(server)
    cloud.compute.wait_for_delete(server, interval=0.05, wait=processes.DEADLINE)


def test_nouns(cloud, subnet):
    assert {n.name for n in cloud.network.networks()} == {"private", "public", "blue"}
    assert [n.name for n in cloud.network.networks(is_router_external=True)] == ["public"]
    assert cloud.network.find_extension("router").alias == "router"
    renamed = cloud.network.update_subnet(subnet, name="sub", dns_nameservers=["9.9.9.9"])
    assert cloud.network.get_subnet(renamed).dns_nameservers == ["9.9.9.9"]
    assert [s.id for s in cloud.network.subnets(cidr="10.7.0.0/24")] == [subnet.id]
    assert cloud.network.find_subnet("sub").id == subnet.id
    assert cloud.network.get_quota(cloud.current_project_id).networks == 100
    assert cloud.network.get_quota(cloud.current_project_id, details=True).networks["used"] == 1
    with pytest.raises(openstack.exceptions.NotFoundException, match="Network .* could not be found"):
        cloud.network.get_network("00000000-0000-0000-0000-000000000000")
    with pytest.raises(openstack.exceptions.ConflictException, match="ports still in use"):
        cloud.network.delete_network(subnet.network_id, ignore_missing=False)


def test_pages(cloud):
    groups = [cloud.network.create_security_group(name=f"page{n}") for n in range(3)]
    found = [g.name for g in cloud.network.security_groups(limit=2, sort_key="name")]
    assert found == sorted(found) and len(found) == 4
    for group in groups:
        cloud.network.delete_security_group(group)


def test_a_server_with_a_port_and_two_networks(cloud, subnet, private):
    port = cloud.network.create_port(network_id=subnet.network_id, name="eth")
    server = boot(cloud, networks=[{"port": port.id}, {"uuid": private.id}])
    assert set(server.addresses) == {"blue", "private"}
    assert server.addresses["blue"][0]["addr"] == port.fixed_ips[0]["ip_address"]
    assert {p.network_id for p in cloud.network.ports(device_id=server.id)} == {
        private.id, subnet.network_id}
    delete(cloud, server)
    assert cloud.network.get_port(port.id).status == "DOWN"
    mine = cloud.current_project_id
    assert [p.id for p in cloud.network.ports(project_id=mine, device_owner="")] == [port.id]
    cloud.network.delete_port(port)


def test_a_security_group_by_uuid(cloud, private):
    group = cloud.network.create_security_group(name="web")
    cloud.network.create_security_group_rule(
        security_group_id=group.id, direction="ingress", protocol="tcp", port_range_min=80,
        port_range_max=80, remote_ip_prefix="0.0.0.0/0")
    other = cloud.network.create_security_group(name="ssh")
    server = boot(cloud, networks=[{"uuid": private.id}], security_groups=[{"name": group.id}])
    cloud.compute.add_security_group_to_server(server, other)
    assert [g["name"] for g in cloud.compute.get_server(server).security_groups] == ["web", "ssh"]
    [port] = cloud.network.ports(device_id=server.id)
    assert port.security_group_ids == [group.id, other.id]
    cloud.compute.remove_security_group_from_server(server, other)
    cloud.network.delete_security_group(other, ignore_missing=False)
    delete(cloud, server)
    cloud.network.delete_security_group(group, ignore_missing=False)


def test_interfaces(cloud, subnet, private):
    server = boot(cloud, networks=[{"uuid": private.id}])
    made = cloud.compute.create_server_interface(server, net_id=subnet.network_id)
    assert {i.port_id for i in cloud.compute.server_interfaces(server)} >= {made.port_id}
    assert "blue" in cloud.compute.get_server(server).addresses
    cloud.compute.delete_server_interface(made, server, ignore_missing=False)
    assert list(cloud.compute.get_server(server).addresses) == ["private"]
    delete(cloud, server)


def test_a_server_with_a_floating_ip(cloud, private):
    server = cloud.create_server(
        "web", image=IMAGE, flavor="1", network=private.id, auto_ip=True, wait=True,
        timeout=processes.DEADLINE)
    kinds = {a["OS-EXT-IPS:type"]: a["addr"] for a in server.addresses["private"]}
    assert kinds["floating"].startswith("172.24.4.") and kinds["fixed"].startswith("10.0.0.")
    assert cloud.get_server(server.id).public_v4 == kinds["floating"]
    [floating] = cloud.network.ips()
    assert floating.floating_ip_address == kinds["floating"] and floating.status == "ACTIVE"
    assert cloud.delete_server(server.id, wait=True, timeout=processes.DEADLINE, delete_ips=True)
    assert list(cloud.network.ips()) == []


def test_what_administrators_do(admin):
    network = admin.network.create_network(
        name="outside", is_router_external=True, provider_network_type="flat",
        provider_physical_network="physnet1")
    assert network.provider_network_type == "flat"
    admin.network.update_quota("q", networks=3)
    assert admin.network.get_quota("q").networks == 3
    admin.network.delete_quota("q")
    admin.network.delete_network(network, ignore_missing=False)
