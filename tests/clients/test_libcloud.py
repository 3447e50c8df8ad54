"""apache-libcloud's driver of OpenStack."""

import urllib.parse

import pytest

from tests.clients import documents
from tests.clients.cloud import IMAGE, NETWORK, PUBLIC
from tests.clients.registry import require
from tests.functional.processes import eventually

pytestmark = require("apache-libcloud")


def connect(cloud, user: str):
    from libcloud.compute.providers import get_driver
    from libcloud.compute.types import Provider

    server = urllib.parse.urlsplit(cloud.auth_url)
    return get_driver(Provider.OPENSTACK)(
        user, user, ex_tenant_name=user, ex_domain_name="Default", ex_tenant_domain_id="default",
        ex_force_auth_url=f"{server.scheme}://{server.netloc}", ex_force_auth_version="3.x_password",
        # 2.2 is how libcloud calls what asks Glance, Neutron and Cinder, too.
        ex_force_service_region="RegionOne", api_version="2.2")


@pytest.fixture(scope="module")
def driver(cloud):
    return connect(cloud, "demo")


def by_name(things, name: str):
    return next(thing for thing in things if thing.name == name)


@pytest.fixture
def node(driver, cloud, name):
    """A node that runs, and is destroyed after the test."""
    node = driver.create_node(
        name=name, image=by_name(driver.list_images(), IMAGE), size=by_name(driver.list_sizes(), "m1.tiny"),
        networks=[by_name(driver.ex_list_networks(), NETWORK)], ex_metadata={"role": "web"})
    assert node.extra["password"]
    (node, addresses), = driver.wait_until_running(
        [node], wait_period=0.2, timeout=30, ssh_interface="private_ips")
    assert addresses
    yield node
    assert driver.destroy_node(node)
    cloud.until_gone(name)


def test_what_there_is(driver):
    assert IMAGE in {image.name for image in driver.list_images()}
    assert {("m1.tiny", 512), ("m1.small", 2048)} <= {(size.name, size.ram) for size in driver.list_sizes()}
    assert driver.list_locations()
    assert {NETWORK, PUBLIC} <= {network.name for network in driver.ex_list_networks()}
    assert f"{NETWORK}-subnet" in {subnet.name for subnet in driver.ex_list_subnets()}
    image = by_name(driver.list_images(), IMAGE)
    assert driver.get_image(image.id).name == IMAGE


def test_as_documented(cloud):
    assert IMAGE in documents.run("apache-libcloud", "python", cloud)


def test_node(driver, cloud, node, name):
    assert node.name == name and node.private_ips
    assert name in {each.name for each in driver.list_nodes()}
    assert driver.ex_get_node_details(node.id).extra["metadata"] == {"role": "web"}
    assert driver.ex_set_metadata(node, {"role": "db"}) == {"role": "db"}
    assert driver.ex_get_metadata(node) == {"role": "db"}
    assert driver.ex_get_console_output(node)["output"]


@pytest.mark.parametrize("there, back, status", [
    ("ex_stop_node", "ex_start_node", "SHUTOFF"), ("ex_pause_node", "ex_unpause_node", "PAUSED"),
    ("ex_suspend_node", "ex_resume_node", "SUSPENDED"), ("ex_rescue", "ex_unrescue", "RESCUE")])
def test_states(driver, cloud, node, there, back, status):
    assert getattr(driver, there)(node)
    cloud.until(node.name, status)
    assert getattr(driver, back)(node)
    cloud.until(node.name, "ACTIVE")


def test_reboot(driver, cloud, node):
    for reboot in (driver.reboot_node, driver.ex_soft_reboot_node, driver.ex_hard_reboot_node):
        assert reboot(node)
        cloud.until(node.name, "ACTIVE")


def test_resize(driver, cloud, node):
    small = by_name(driver.list_sizes(), "m1.small")
    for last in (driver.ex_revert_resize, driver.ex_confirm_resize):
        assert driver.ex_resize(node, small)
        cloud.until(node.name, "VERIFY_RESIZE")
        assert last(node)
        cloud.until(node.name, "ACTIVE")
    assert driver.ex_get_node_details(node.id).extra["flavorId"] == small.id


def test_rename_and_password(driver, cloud, node, name):
    assert driver.ex_set_server_name(node, f"{name}-b").name == f"{name}-b"
    driver.ex_set_server_name(node, name)
    driver.ex_set_password(node, "hunter2")
    cloud.until(name, "ACTIVE")


def test_image_of_a_node(driver, cloud, node, new):
    image = driver.create_image(node, new("image"))
    cloud.until(node.name, "ACTIVE")
    assert image.name in {each.name for each in driver.list_images()}
    assert driver.delete_image(image)


def test_key_pairs(driver, new):
    pair = driver.create_key_pair(new("key"))
    assert "PRIVATE KEY" in pair.private_key
    imported = driver.import_key_pair_from_string(new("key"), pair.public_key)
    assert imported.fingerprint == pair.fingerprint == driver.get_key_pair(pair.name).fingerprint
    assert {pair.name, imported.name} <= {each.name for each in driver.list_key_pairs()}
    assert driver.delete_key_pair(pair) and driver.delete_key_pair(imported)


def test_volumes(driver, cloud, node, new):
    volume = driver.create_volume(1, new("volume"))

    def has(state: str):
        return lambda: driver.ex_get_volume(volume.id).state == state
    eventually(has("available"), "a volume")
    assert driver.attach_volume(node, volume, "/dev/vdb")
    eventually(has("inuse"), "an attached volume")
    attached = by_name(driver.list_volumes(), volume.name)
    assert attached.extra["attachments"][0]["server_id"] == node.id
    assert driver.detach_volume(attached)
    eventually(has("available"), "a volume that is free")
    snapshot = driver.create_volume_snapshot(volume, new("snapshot"))
    assert snapshot.id in {each.id for each in driver.ex_list_snapshots()}
    eventually(lambda: driver.ex_get_snapshot(snapshot.id).state == "available", "a snapshot")
    assert driver.destroy_volume_snapshot(snapshot)
    eventually(lambda: not driver.list_volume_snapshots(volume), "no snapshot")
    assert driver.destroy_volume(volume)


def test_security_groups(driver, new):
    group = driver.ex_create_security_group(new("group"), "web servers")
    rule = driver.ex_create_security_group_rule(group, "tcp", 80, 81, cidr="192.0.2.0/24")
    found = by_name(driver.ex_list_security_groups(), group.name)
    assert rule.id in {each.id for each in found.rules}
    assert driver.ex_delete_security_group_rule(rule)
    assert driver.ex_delete_security_group(group)


def test_floating_ips(driver, cloud, node):
    assert PUBLIC in {pool.name for pool in driver.ex_list_floating_ip_pools()}
    floating = driver.ex_create_floating_ip(PUBLIC)
    assert driver.ex_attach_floating_ip_to_node(node, floating)
    # Whether an address is public is for libcloud a question of its range; 172.24.4.0/24 is not.
    assert floating.ip_address in driver.ex_get_node_details(node.id).private_ips
    assert driver.ex_detach_floating_ip_from_node(node, floating)
    assert driver.ex_delete_floating_ip(floating)
    assert driver.ex_get_floating_ip(floating.ip_address) is None


def test_networks_and_ports(driver, cloud, node, new):
    network = driver.ex_create_network(new("network"))
    subnet = driver.ex_create_subnet(new("subnet"), network, "192.168.91.0/24")
    port = driver.ex_create_port(network, name=new("port"))
    assert driver.ex_attach_port_interface(node, port)
    eventually(lambda: port.id in {each.id for each in driver.ex_get_node_ports(node)}, "a port more")
    assert driver.ex_detach_port_interface(node, port)
    eventually(lambda: port.id not in {each.id for each in driver.ex_get_node_ports(node)}, "a port less")
    router = driver.ex_create_router(new("router"))
    assert driver.ex_add_router_subnet(router, subnet)
    assert driver.ex_del_router_subnet(router, subnet)
    assert driver.ex_delete_router(router)
    for each in driver.ex_list_ports():
        if each.id == port.id:
            assert driver.ex_delete_port(each)
    assert driver.ex_delete_subnet(subnet) and driver.ex_delete_network(network)


def test_quotas(cloud):
    driver, project = connect(cloud, "admin"), cloud.session("demo").get_project_id()
    assert driver.ex_get_quota_set(project).instances.limit == -1
    assert driver.ex_get_volume_quotas(project).volumes.limit == 10
    assert driver.ex_get_network_quotas(project).network.limit == 100


def test_server_groups(driver, new):
    group = driver.ex_add_server_group(new("group"), "affinity")
    assert group.id in {each.id for each in driver.ex_list_server_groups()}
    assert driver.ex_del_server_group(group)
