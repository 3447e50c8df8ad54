"""python-novaclient as a library, at 2.1 and at 2.12."""

import datetime

import pytest

from tests.clients import documents
from tests.clients.cloud import HOSTS, IMAGE, NETWORK
from tests.clients.registry import require
from tests.functional.processes import eventually

pytestmark = require("python-novaclient")


@pytest.fixture(scope="module", params=["2.1", "2.12"])
def nova(request, cloud):
    from novaclient import client
    return client.Client(request.param, session=cloud.session("admin"))


@pytest.fixture(scope="module")
def demo(cloud):
    from novaclient import client
    return client.Client("2.1", session=cloud.session("demo"))


@pytest.fixture
def boot(nova, cloud, name):
    """Boot a server of this name; it and those with the same beginning are deleted after the test."""
    def boot(**values):
        server = nova.servers.create(
            name, nova.glance.find_image(IMAGE), nova.flavors.find(name="m1.tiny"),
            nics=[{"net-id": nova.neutron.find_network(NETWORK).id}], **values)
        cloud.until(name, "ACTIVE")
        return nova.servers.get(server.id)
    yield boot
    for server in nova.servers.list(search_opts={"name": f"^{name}$"}):
        server.delete()
    cloud.until_gone(name)


def test_servers(nova, boot, name):
    server = boot(meta={"a": "1"}, userdata="#!/bin/sh\n", files={"/etc/motd": "hello"}, config_drive=True)
    assert server.networks[NETWORK] and server.metadata == {"a": "1"} and server.config_drive
    assert server.interface_list()[0].fixed_ips
    assert [found.id for found in nova.servers.list(search_opts={"name": name})] == [server.id]
    assert server.update(name=f"{name}-b").name == f"{name}-b"
    assert server.update(name=name).name == name
    nova.servers.set_meta(server, {"b": "2"})
    nova.servers.set_meta_item(server, "c", "3")
    nova.servers.delete_meta(server, ["a"])
    assert nova.servers.get(server).metadata == {"b": "2", "c": "3"}
    assert server.diagnostics()[1] and server.get_console_output()
    console, = server.get_vnc_console("novnc").values()
    assert console["url"].startswith("http")
    assert [group.name for group in server.list_security_group()] == ["default"]
    server.change_password("hunter2")


@pytest.mark.parametrize("there, back, status", [
    ("stop", "start", "SHUTOFF"), ("pause", "unpause", "PAUSED"), ("suspend", "resume", "SUSPENDED"),
    ("rescue", "unrescue", "RESCUE"), ("shelve", "unshelve", "SHELVED_OFFLOADED")])
def test_states(boot, cloud, there, back, status):
    server = boot()
    getattr(server, there)()
    cloud.until(server.name, status)
    getattr(server, back)()
    cloud.until(server.name, "ACTIVE")


def test_pages(nova, boot, cloud, name):
    boot(min_count=1)
    for number in range(2):
        nova.servers.create(f"{name}-{number}", nova.glance.find_image(IMAGE), "1",
                            nics=[{"net-id": nova.neutron.find_network(NETWORK).id}])
    opts = {"name": f"^{name}"}
    first = nova.servers.list(search_opts=opts, limit=2)
    rest = nova.servers.list(search_opts=opts, marker=first[-1].id)
    assert len(first) == 2 and len(rest) == 1
    # -1: the client asks for page after page.
    everything = nova.servers.list(search_opts=opts, limit=-1, sort_keys=["display_name"], sort_dirs=["asc"])
    assert [server.name for server in everything] == [name, f"{name}-0", f"{name}-1"]
    for server in everything[1:]:
        cloud.until(server.name, "ACTIVE")
        server.delete()
        cloud.until_gone(server.name)


def test_resize_rebuild_reboot(nova, boot, cloud):
    server = boot()
    for last in ("revert_resize", "confirm_resize"):
        server.resize("2")
        cloud.until(server.name, "VERIFY_RESIZE")
        getattr(server, last)()
        cloud.until(server.name, "ACTIVE")
    server.rebuild(server.image["id"], name=server.name)
    cloud.until(server.name, "ACTIVE")
    for kind in ("SOFT", "HARD"):
        server.reboot(kind)
        cloud.until(server.name, "ACTIVE")


def test_images(nova, boot, cloud):
    server = boot()
    image = server.create_image(f"{server.name}-image", {"made": "by-hand"})
    cloud.until(server.name, "ACTIVE")
    assert nova.glance.find_image(f"{server.name}-image").id == image
    server.backup(f"{server.name}-backup", "daily", 1)
    cloud.until(server.name, "ACTIVE")
    assert nova.glance.find_image(f"{server.name}-backup").backup_type == "daily"


def test_addresses(nova, boot):
    server = boot()
    attached = server.interface_attach(None, nova.neutron.find_network(NETWORK).id, None)
    assert len(server.interface_list()) == 2
    server.interface_detach(attached.port_id)
    eventually(lambda: len(server.interface_list()) == 1, "an interface less")


def test_volumes(nova, boot, cloud):
    server = boot()
    volume = cloud.compute("POST", "/os-volumes", {"volume": {"size": 1}})["volume"]["id"]
    assert nova.volumes.create_server_volume(server.id, volume, "/dev/vdb").volumeId == volume
    assert nova.volumes.get_server_volume(server.id, volume).id == volume
    assert [each.id for each in nova.volumes.get_server_volumes(server.id)] == [volume]
    nova.volumes.delete_server_volume(server.id, volume)
    eventually(lambda: not nova.volumes.get_server_volumes(server.id), "a detached volume")


def test_moves(nova, boot, cloud):
    server = boot()
    server.migrate()
    cloud.until(server.name, "VERIFY_RESIZE")
    server.confirm_resize()
    cloud.until(server.name, "ACTIVE")
    here = getattr(nova.servers.get(server), "OS-EXT-SRV-ATTR:host")
    there = next(host for host in HOSTS if host != here)
    server.live_migrate(host=there, block_migration=False, disk_over_commit=False)
    eventually(lambda: cloud.server(server.name)["OS-EXT-SRV-ATTR:host"] == there, "a server that moved")
    assert server.id in {migration.instance_uuid for migration in nova.migrations.list()}


def test_actions_and_locks(nova, demo, boot, cloud):
    server = boot()
    action, = nova.instance_action.list(server)
    assert nova.instance_action.get(server, action.request_id).action == "create"
    server.lock()
    server.unlock()
    server.reset_state("error")
    assert nova.servers.get(server).status == "ERROR"
    server.reset_state("active")
    server.reset_network()
    server.clear_password()
    assert server.get_password() == ""
    server.force_delete()


def test_flavors(nova, new, cloud):
    flavor = nova.flavors.create(new("flavor"), 256, 1, 1, is_public=False)
    flavor.set_keys({"hw:cpu_policy": "shared"})
    assert nova.flavors.get(flavor).get_keys() == {"hw:cpu_policy": "shared"}
    flavor.unset_keys(["hw:cpu_policy"])
    project = cloud.session("demo").get_project_id()
    nova.flavor_access.add_tenant_access(flavor, project)
    assert [access.tenant_id for access in nova.flavor_access.list(flavor=flavor)] == [project]
    nova.flavor_access.remove_tenant_access(flavor, project)
    assert flavor.id in {each.id for each in nova.flavors.list(is_public=None)}
    flavor.delete()


def test_keypairs(nova, new):
    pair = nova.keypairs.create(new("key"))
    assert "PRIVATE KEY" in pair.private_key
    imported = nova.keypairs.create(new("key"), public_key=pair.public_key)
    assert imported.fingerprint == nova.keypairs.get(pair.name).fingerprint
    assert {pair.name, imported.name} <= {each.name for each in nova.keypairs.list()}
    for each in (pair, imported):
        nova.keypairs.delete(each.name)


def test_aggregates_and_zones(nova, new):
    aggregate = nova.aggregates.create(new("aggregate"), "zone-n")
    nova.aggregates.add_host(aggregate, HOSTS[0])
    nova.aggregates.set_metadata(aggregate, {"ssd": "true"})
    assert "zone-n" in {zone.zoneName for zone in nova.availability_zones.list()}
    found = nova.aggregates.get(aggregate.id)
    assert found.hosts == [HOSTS[0]] and found.metadata["ssd"] == "true"
    nova.aggregates.remove_host(aggregate, HOSTS[0])
    nova.aggregates.delete(aggregate)


def test_hosts_and_services(nova):
    assert {each.hypervisor_hostname for each in nova.hypervisors.list()} == set(HOSTS)
    assert nova.hypervisors.search(HOSTS[0])[0].hypervisor_hostname == HOSTS[0]
    assert nova.hypervisor_stats.statistics().count == len(HOSTS)
    assert set(HOSTS) <= {service.host for service in nova.services.list(binary="nova-compute")}
    assert nova.services.disable_log_reason(HOSTS[2], "nova-compute", "repair").disabled_reason == "repair"
    assert nova.services.enable(HOSTS[2], "nova-compute").status == "enabled"


def test_quotas_limits_usage(nova, cloud):
    project = cloud.session("demo").get_project_id()
    assert nova.quotas.update(project, instances=7).instances == 7
    nova.quotas.delete(project)
    assert nova.quotas.get(project).instances == nova.quotas.defaults(project).instances
    assert nova.quota_classes.update("bronze", cores=3).cores == 3
    assert {limit.name for limit in nova.limits.get().absolute} >= {"maxTotalCores", "totalCoresUsed"}


def test_usage(nova, boot, cloud):
    project, now = boot().tenant_id, datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)
    hour = now - datetime.timedelta(hours=1), now + datetime.timedelta(hours=1)
    assert project in {usage.tenant_id for usage in nova.usage.list(*hour)}
    assert nova.usage.get(project, *hour).total_vcpus_usage > 0


def test_server_groups(nova, new, boot):
    group = nova.server_groups.create(new("group"), ["anti-affinity"])
    server = boot(scheduler_hints={"group": group.id})
    assert nova.server_groups.get(group.id).members == [server.id]
    assert group.id in {each.id for each in nova.server_groups.list()}
    server.delete()
    nova.server_groups.delete(group.id)


def test_as_documented(cloud):
    assert documents.run("python-novaclient", "python", cloud).startswith("[")


def test_versions_and_events(nova, boot):
    assert nova.versions.get_current().version == "2.12"
    server = boot()
    event = {"name": "network-changed", "server_uuid": server.id}
    assert nova.server_external_events.create([event])[0]["status"] == "completed"


def test_refusals(nova, demo, boot):
    from novaclient import exceptions
    with pytest.raises(exceptions.NotFound):
        nova.servers.get("nosuch")
    with pytest.raises(exceptions.Forbidden, match="os_compute_api:os-hypervisors"):
        demo.hypervisors.list()
    with pytest.raises(exceptions.NotFound):
        demo.servers.get(boot().id)
