"""openstacksdk: its cloud layer, and its proxies."""

import datetime
from collections.abc import Iterator

import pytest

from tests.clients import documents
from tests.clients.cloud import HOSTS, IMAGE, NETWORK, PUBLIC
from tests.clients.registry import require
from tests.functional.processes import eventually

pytestmark = require("openstacksdk")

CONTENT = b"minova" * 10000


def connect(cloud, user: str):
    import openstack
    config = openstack.config.OpenStackConfig(config_files=[cloud.clouds_yaml])
    return openstack.connection.Connection(config=config.get_one(f"minova-{user}"))


@pytest.fixture(scope="module")
def demo(cloud) -> Iterator:
    with connect(cloud, "demo") as connection:
        yield connection


@pytest.fixture(scope="module")
def admin(cloud) -> Iterator:
    with connect(cloud, "admin") as connection:
        yield connection


@pytest.fixture
def server(demo, cloud, name) -> Iterator:
    """A server that runs, made by the proxy of compute, and deleted after the test."""
    server = demo.compute.create_server(
        name=name, image_id=demo.image.find_image(IMAGE).id, flavor_id=demo.compute.find_flavor("m1.tiny").id,
        networks=[{"uuid": demo.network.find_network(NETWORK).id}], metadata={"role": "web"})
    cloud.until(name, "ACTIVE")
    yield demo.compute.get_server(server)
    demo.compute.delete_server(server, ignore_missing=True)
    demo.compute.wait_for_delete(server, interval=0.1)


# The cloud layer: calls that do what a person wants.

def test_create_server_with_auto_ip(demo, name):
    server = demo.create_server(name, image=IMAGE, flavor="m1.tiny", network=NETWORK, wait=True, auto_ip=True)
    kinds = [address["OS-EXT-IPS:type"] for address in server.addresses[NETWORK]]
    assert server.status == "ACTIVE" and sorted(kinds) == ["fixed", "floating"]
    public = demo.get_server(name).public_v4
    assert public.startswith("172.24.4.")
    assert demo.delete_server(name, wait=True, delete_ips=True)
    assert demo.get_server(name) is None
    assert public not in {ip.floating_ip_address for ip in demo.list_floating_ips()}


def test_boot_from_a_volume(demo, name):
    server = demo.create_server(name, image=IMAGE, flavor="m1.tiny", network=NETWORK, wait=True,
                                auto_ip=False, boot_from_volume=True, volume_size=1, terminate_volume=True)
    volume = demo.get_volume(server.attached_volumes[0].id)
    assert volume.attachments[0]["server_id"] == server.id and volume.is_bootable
    assert demo.delete_server(name, wait=True)
    eventually(lambda: not demo.get_volume(volume.id), "a volume that goes with its server")


def test_a_build_that_takes_its_time(demo, cloud, name):
    cloud.simulate(transitions={"build": 0.5})
    try:
        server = demo.create_server(name, image=IMAGE, flavor="m1.tiny", network=NETWORK, auto_ip=False)
        assert server.status == "BUILD"
        server = demo.compute.wait_for_server(server, interval=0.1)
        assert server.status == "ACTIVE" and server.addresses
    finally:
        cloud.simulate(transitions={"build": 0})
    demo.delete_server(name, wait=True)


def test_a_build_that_fails(demo, cloud, name):
    from openstack import exceptions
    cloud.simulate(failures={"build": {"next": 1, "message": "No space left on device"}})
    with pytest.raises(exceptions.SDKException, match="Error in creating the server"):
        demo.create_server(name, image=IMAGE, flavor="m1.tiny", network=NETWORK, wait=True)
    server = demo.get_server(name)
    assert server.status == "ERROR" and server.fault["message"] == "No space left on device"
    demo.delete_server(name, wait=True)


def test_images_are_uploaded_and_downloaded(demo, new, tmp_path):
    name, file = new("image"), tmp_path / "image"
    file.write_bytes(CONTENT)
    image = demo.create_image(name, filename=str(file), disk_format="raw", container_format="bare", wait=True,
                              validate_checksum=True, meta={"made": "by-hand"})
    assert image.status == "active" and image.size == len(CONTENT)
    demo.download_image(name, output_path=str(tmp_path / "again"))
    assert tmp_path.joinpath("again").read_bytes() == CONTENT
    # The same content is not sent twice.
    again = demo.create_image(name, filename=str(file), disk_format="raw", container_format="bare",
                              validate_checksum=True)
    assert again.id == image.id
    assert demo.delete_image(name, wait=True)


def test_a_network_of_ones_own(demo, name):
    network = demo.create_network(name)
    subnet = demo.create_subnet(name, cidr="192.168.60.0/24", subnet_name=name)
    router = demo.create_router(name, ext_gateway_net_id=demo.get_network(PUBLIC).id)
    demo.add_router_interface(router, subnet_id=subnet.id)
    group = demo.create_security_group(name, "web servers")
    demo.create_security_group_rule(group.id, 80, 80, "tcp", "0.0.0.0/0")
    demo.create_keypair(name)
    demo.create_server(name, image=IMAGE, flavor="m1.tiny", network=name, key_name=name, wait=True,
                       security_groups=[name], auto_ip=True)
    server = demo.get_server(name)
    assert server.private_v4.startswith("192.168.60.") and server.public_v4.startswith("172.24.4.")
    assert [each["name"] for each in server.security_groups] == [name]
    demo.delete_server(name, wait=True, delete_ips=True)
    demo.delete_keypair(name)
    demo.delete_security_group(name)
    demo.remove_router_interface(router, subnet_id=subnet.id)
    assert demo.delete_router(name) and demo.delete_network(network.id)


def test_volumes_are_attached(demo, server, name):
    volume = demo.create_volume(1, name=name, wait=True)
    demo.attach_volume(server, volume, wait=True)
    assert demo.get_volume(name).status == "in-use"
    demo.detach_volume(server, demo.get_volume(name), wait=True)
    snapshot = demo.create_volume_snapshot(volume.id, name=name, wait=True)
    assert demo.delete_volume_snapshot(snapshot.id, wait=True)
    assert demo.delete_volume(name, wait=True)


def test_searching(demo, server, name):
    assert [found.id for found in demo.search_servers(filters={"metadata": {"role": "web"}})] == [server.id]
    assert demo.get_server(name, bare=True).id == server.id
    assert demo.get_flavor_by_ram(512).name == "m1.tiny"
    assert {"nova"} <= set(demo.list_availability_zone_names())
    assert demo.get_compute_limits().max_total_instances == -1


def test_as_documented(cloud):
    assert documents.run("openstacksdk", "python", cloud).startswith("172.24.4.")


# The proxy of compute.

@pytest.mark.parametrize("there, back, status", [
    ("stop_server", "start_server", "SHUTOFF"), ("pause_server", "unpause_server", "PAUSED"),
    ("suspend_server", "resume_server", "SUSPENDED"), ("rescue_server", "unrescue_server", "RESCUE"),
    ("shelve_server", "unshelve_server", "SHELVED_OFFLOADED")])
def test_states(demo, cloud, server, there, back, status):
    getattr(demo.compute, there)(server)
    cloud.until(server.name, status)
    getattr(demo.compute, back)(server)
    cloud.until(server.name, "ACTIVE")


def test_resize_rebuild_reboot(demo, cloud, server):
    small = demo.compute.find_flavor("m1.small")
    for last in (demo.compute.revert_server_resize, demo.compute.confirm_server_resize):
        demo.compute.resize_server(server, small)
        cloud.until(server.name, "VERIFY_RESIZE")
        last(server)
        cloud.until(server.name, "ACTIVE")
    demo.compute.rebuild_server(server, image=demo.image.find_image(IMAGE).id, name=server.name)
    cloud.until(server.name, "ACTIVE")
    demo.compute.reboot_server(server, "HARD")
    cloud.until(server.name, "ACTIVE")


def test_attributes(demo, server, name):
    assert demo.compute.set_server_metadata(server, b="2").metadata == {"b": "2"}
    assert demo.compute.get_server_metadata(server).metadata == {"role": "web", "b": "2"}
    demo.compute.delete_server_metadata(server, ["b"])
    assert demo.compute.get_server_metadata(server).metadata == {"role": "web"}
    assert demo.compute.update_server(server, name=f"{name}-b").name == f"{name}-b"
    demo.compute.update_server(server, name=name)
    assert demo.compute.get_server_console_output(server)["output"]
    assert demo.compute.create_console(server, "novnc")["url"].startswith("http")
    assert [action.action for action in demo.compute.server_actions(server)] == ["create"]
    interface, = demo.compute.server_interfaces(server)
    assert interface.net_id == demo.network.find_network(NETWORK).id
    demo.compute.lock_server(server)
    demo.compute.unlock_server(server)


def test_pages(demo, server):
    image, network = demo.image.find_image(IMAGE).id, demo.network.find_network(NETWORK).id
    names = [f"{server.name}-{number}" for number in range(4)]
    for name in names:
        demo.compute.create_server(name=name, image_id=image, flavor_id="1", networks=[{"uuid": network}])
    found = list(demo.compute.servers(name=f"^{server.name}", limit=2, sort_key="display_name",
                                      sort_dir="asc"))
    assert [each.name for each in found] == [server.name, *names]
    for each in found[1:]:
        demo.compute.delete_server(each)
    for each in found[1:]:
        demo.compute.wait_for_delete(each, interval=0.1)


def test_ports_and_addresses(demo, server):
    network = demo.network.find_network(NETWORK)
    port = demo.network.create_port(network_id=network.id, name=server.name)
    demo.compute.create_server_interface(server, port_id=port.id)
    assert demo.network.get_port(port).device_id == server.id
    public = demo.network.find_network(PUBLIC)
    floating = demo.network.create_ip(floating_network_id=public.id, port_id=port.id)
    addresses = demo.compute.get_server(server).addresses[NETWORK]
    assert floating.floating_ip_address in {address["addr"] for address in addresses}
    demo.network.delete_ip(floating)
    demo.compute.delete_server_interface(port.id, server)
    eventually(lambda: len(list(demo.compute.server_interfaces(server))) == 1, "an interface less")
    demo.network.delete_port(port)


def test_volume_attachments(demo, cloud, server, new):
    volume = demo.block_storage.create_volume(name=new("volume"), size=1)
    demo.block_storage.wait_for_status(volume, "available", interval=0.1)
    attachment = demo.compute.create_volume_attachment(server, volume_id=volume.id, device="/dev/sdb")
    assert attachment.volume_id == volume.id
    demo.block_storage.wait_for_status(volume, "in-use", interval=0.1)
    assert [each.volume_id for each in demo.compute.volume_attachments(server)] == [volume.id]
    assert demo.compute.get_volume_attachment(server, volume.id).device == "/dev/sdb"
    demo.compute.delete_volume_attachment(server, volume.id)
    demo.block_storage.wait_for_status(volume, "available", interval=0.1)
    demo.block_storage.delete_volume(volume)


def test_images_of_a_server(demo, cloud, server, new):
    image = demo.compute.create_server_image(server, new("image"), metadata={"made": "by-hand"}, wait=True)
    assert image.status == "active" and image.properties["made"] == "by-hand"
    cloud.until(server.name, "ACTIVE")
    demo.compute.backup_server(server, f"{image.name}-backup", "daily", 1)
    cloud.until(server.name, "ACTIVE")
    backup = demo.image.find_image(f"{image.name}-backup", ignore_missing=False)
    for each in (image, backup):
        demo.image.delete_image(each)


def test_security_groups_and_password(demo, cloud, server, new):
    group = demo.network.create_security_group(name=new("group"))
    demo.compute.add_security_group_to_server(server, group)
    demo.compute.fetch_server_security_groups(server)
    assert {each["name"] for each in server.security_groups} == {"default", group.name}
    demo.compute.remove_security_group_from_server(server, group)
    demo.network.delete_security_group(group)
    demo.compute.change_server_password(server, "hunter2")
    cloud.until(server.name, "ACTIVE")
    demo.compute.clear_server_password(server)


def test_the_administrator_moves_servers(admin, cloud, server):
    admin.compute.migrate_server(server)
    cloud.until(server.name, "VERIFY_RESIZE")
    admin.compute.confirm_server_resize(server)
    here = cloud.until(server.name, "ACTIVE")["OS-EXT-SRV-ATTR:host"]
    there = next(host for host in HOSTS if host != here)
    admin.compute.live_migrate_server(server, host=there, block_migration=False, disk_over_commit=False,
                                      force=True)
    eventually(lambda: cloud.server(server.name)["OS-EXT-SRV-ATTR:host"] == there, "a server that moved")
    cloud.until(server.name, "ACTIVE")
    assert server.id in {migration.server_id for migration in admin.compute.migrations()}
    cloud.simulate(hosts={there: "down"})
    try:
        admin.compute.evacuate_server(server, on_shared_storage=False)
        eventually(lambda: cloud.server(server.name)["OS-EXT-SRV-ATTR:host"] != there, "a server elsewhere")
    finally:
        cloud.simulate(hosts={there: "up"})
    cloud.until(server.name, "ACTIVE")
    admin.compute.reset_server_state(server, "error")
    assert admin.compute.get_server(server).status == "ERROR"
    admin.compute.reset_server_state(server, "active")
    assert admin.compute.get_server_diagnostics(server)
    assert admin.compute.get_server_action(
        next(iter(admin.compute.server_actions(server))), server).events


def test_flavors_keys_groups(demo, admin, new):
    flavor = admin.compute.create_flavor(name=new("flavor"), ram=256, vcpus=1, disk=1)
    admin.compute.create_flavor_extra_specs(flavor, {"hw:cpu_policy": "shared"})
    assert admin.compute.get_flavor_extra_specs_property(flavor, "hw:cpu_policy") == "shared"
    assert flavor.id in {each.id for each in demo.compute.flavors()}
    admin.compute.update_flavor_extra_specs_property(flavor, "hw:cpu_policy", "dedicated")
    admin.compute.delete_flavor_extra_specs_property(flavor, "hw:cpu_policy")
    assert admin.compute.fetch_flavor_extra_specs(flavor).extra_specs == {}
    hidden = admin.compute.create_flavor(name=new("flavor"), ram=256, vcpus=1, disk=1, is_public=False)
    admin.compute.flavor_add_tenant_access(hidden, demo.current_project_id)
    access, = admin.compute.get_flavor_access(hidden)
    assert access["tenant_id"] == demo.current_project_id
    admin.compute.flavor_remove_tenant_access(hidden, demo.current_project_id)
    admin.compute.delete_flavor(hidden)
    admin.compute.delete_flavor(flavor)
    key = demo.compute.create_keypair(name=new("key"))
    assert "PRIVATE KEY" in key.private_key
    demo.compute.delete_keypair(key)
    group = demo.compute.create_server_group(name=new("group"), policies=["affinity"])
    assert group.id in {each.id for each in demo.compute.server_groups()}
    demo.compute.delete_server_group(group)


def test_the_administrators_part(admin, new):
    assert {each.name for each in admin.compute.hypervisors()} == set(HOSTS)
    assert set(HOSTS) <= {each.host for each in admin.compute.services(binary="nova-compute")}
    aggregate = admin.compute.create_aggregate(name=new("aggregate"), availability_zone="zone-s")
    admin.compute.add_host_to_aggregate(aggregate, HOSTS[1])
    assert admin.compute.get_aggregate(aggregate.id).hosts == [HOSTS[1]]
    admin.compute.remove_host_from_aggregate(aggregate, HOSTS[1])
    admin.compute.delete_aggregate(aggregate)
    service = next(admin.compute.services(binary="nova-compute", host=HOSTS[2]))
    assert admin.compute.disable_service(service, HOSTS[2], "nova-compute", "repair").status == "disabled"
    assert admin.compute.enable_service(service, HOSTS[2], "nova-compute").status == "enabled"
    hypervisor = admin.compute.find_hypervisor(HOSTS[0], ignore_missing=False)
    assert admin.compute.get_hypervisor(hypervisor).name == HOSTS[0]


def test_quotas_limits_usage(demo, admin, server):
    project = admin.identity.find_project("demo")
    assert admin.compute.update_quota_set(project, server_groups=7).server_groups == 7
    admin.compute.revert_quota_set(project)
    assert admin.compute.get_quota_set(project).server_groups == 10
    assert admin.compute.get_quota_set_defaults(project).server_groups == 10
    assert demo.compute.get_limits().absolute.instances_used >= 1
    now = datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)
    day = {"start": now - datetime.timedelta(hours=12), "end": now + datetime.timedelta(hours=12)}
    assert project.id in {usage.project_id for usage in admin.compute.usages(**day)}
    assert demo.compute.get_usage(project, **day).total_hours > 0
    assert {zone.name for zone in demo.compute.availability_zones()} >= {"nova"}
    assert "os-keypairs" in {extension.alias for extension in demo.compute.extensions()}


def test_users_and_projects(demo, admin):
    assert {user.name for user in admin.identity.users()} >= {"admin", "demo"}


def test_what_is_refused(demo, admin, server):
    from openstack import exceptions
    with pytest.raises(exceptions.ForbiddenException, match="os_compute_api:os-hypervisors"):
        list(demo.compute.hypervisors())
    with pytest.raises(exceptions.ConflictException, match="Cannot 'unpause' instance"):
        demo.compute.unpause_server(server)
    with pytest.raises(exceptions.NotFoundException):
        demo.compute.get_server("nosuch")
    assert server.id not in {each.id for each in admin.compute.servers()}
    assert server.id in {each.id for each in admin.compute.servers(all_projects=True)}


# The proxies of image, network and block storage.

def test_image_proxy(demo, admin, new):
    image = demo.image.create_image(new("image"), data=CONTENT, disk_format="raw", container_format="bare")
    assert demo.image.get_image(image).checksum
    assert demo.image.download_image(image).content == CONTENT
    demo.image.update_image(image, min_disk=1)
    demo.image.add_tag(image, "small")
    found = demo.image.get_image(image)
    assert (found.min_disk, found.tags) == (1, ["small"])
    member = demo.image.add_member(image, member_id=admin.current_project_id)
    assert member.status == "pending"
    admin.image.update_member(admin.current_project_id, image.id, status="accepted")
    assert [each.status for each in demo.image.members(image)] == ["accepted"]
    demo.image.delete_image(image)


def test_block_storage_proxy(demo, admin, new):
    volume = demo.block_storage.create_volume(name=new("volume"), size=1)
    volume = demo.block_storage.wait_for_status(volume, "available", interval=0.1)
    demo.block_storage.extend_volume(volume, 2)
    eventually(lambda: demo.block_storage.get_volume(volume).size == 2, "a volume that grew")
    demo.block_storage.set_volume_metadata(volume, a="1")
    assert demo.block_storage.get_volume(volume).metadata == {"a": "1"}
    assert demo.block_storage.get_limits().absolute.total_volumes_used >= 1
    assert list(demo.block_storage.types())
    assert volume.id not in {each.id for each in admin.block_storage.volumes()}
    demo.block_storage.delete_volume(volume)
    demo.block_storage.wait_for_delete(volume, interval=0.1)
