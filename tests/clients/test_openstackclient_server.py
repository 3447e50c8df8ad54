"""`openstack server ...` of python-openstackclient."""

import re
from collections.abc import Iterator

import pytest

from tests.clients import documents
from tests.clients.cloud import IMAGE, NETWORK, PUBLIC
from tests.clients.registry import require
from tests.functional.processes import eventually

pytestmark = require("python-openstackclient")

CREATE = f"server create --image {IMAGE} --flavor m1.tiny --network {NETWORK}"


def delete(cloud, name: str) -> None:
    for server in cloud.compute("GET", f"/servers?all_tenants=1&name=^{name}$")["servers"]:
        cloud.compute("DELETE", f"/servers/{server['id']}")
    cloud.until_gone(name)


@pytest.fixture
def server(openstack, cloud, name) -> Iterator[str]:
    """The name of a server that runs, and is deleted after the test."""
    openstack(CREATE, name)
    cloud.until(name, "ACTIVE")
    yield name
    delete(cloud, name)


def test_create_with_everything_by_name(openstack, cloud, name, new, tmp_path):
    key, group, file = new("key"), new("group"), tmp_path / "motd"
    file.write_text("hello\n")
    openstack(f"keypair create {key}")
    openstack(f"security group create {group}")
    shown = openstack.json(
        f"server create --wait --image {IMAGE} --flavor m1.small --network {NETWORK} --key-name {key}"
        f" --security-group {group} --property role=web --user-data {file}"
        f" --availability-zone nova --use-config-drive {name}")
    assert (shown["status"], shown["name"], shown["key_name"]) == ("ACTIVE", name, key)
    assert shown["image"].startswith(f"{IMAGE} (") and shown["flavor"].startswith("m1.small (")
    assert shown["properties"] == {"role": "web"} and shown["config_drive"] == "True"
    assert [each["name"] for each in shown["security_groups"]] == [group]
    assert list(shown["addresses"]) == [NETWORK] and shown["adminPass"]
    openstack(f"server delete --wait {name}")
    openstack(f"security group delete {group}")
    openstack(f"keypair delete {key}")


def test_a_build_that_fails(openstack, cloud, name):
    cloud.simulate(failures={"build": {"next": 1, "message": "No space left on device"}})
    openstack.refused(f"{CREATE} --wait {name}")
    shown = openstack.json(f"server show {name}")
    assert shown["status"] == "ERROR" and shown["fault"]["message"] == "No space left on device"
    openstack(f"server delete --wait {name}")


def test_list(openstack, admin, server):
    row, = openstack.json(f"server list --name {server}")
    assert (row["Name"], row["Status"], row["Image"], row["Flavor"]) == (server, "ACTIVE", IMAGE, "m1.tiny")
    assert re.match(r"\d+\.", row["Networks"][NETWORK][0])
    row, = openstack.json(f"server list --long --name {server}")
    assert (row["Power State"], row["Availability Zone"], row["Task State"]) == (1, "nova", None)
    for words in ("--status ACTIVE", f"--image {IMAGE}", "--flavor m1.tiny", "--limit 1000",
                  "--name-lookup-one-by-one"):
        assert server in openstack(f"server list {words}"), words
    assert server not in openstack("server list --status ERROR")
    assert server in admin("server list --all-projects --project demo")
    assert server not in admin("server list")


def test_usage(openstack, server):
    hours = openstack.json("usage show --start 2020-01-01")["CPU Hours"]
    assert float(hours) >= 0


def test_show(openstack, server):
    shown = openstack.json(f"server show {server}")
    assert shown["OS-EXT-STS:vm_state"] == "active" and shown["flavor"].startswith("m1.tiny")
    assert "Running" in openstack(f"server show {server}")
    assert "nosuch" in openstack.refused("server show nosuch")


def test_power(openstack, cloud, server):
    for command, status in (
            ("server stop", "SHUTOFF"), ("server start", "ACTIVE"),
            ("server pause", "PAUSED"), ("server unpause", "ACTIVE"),
            ("server suspend", "SUSPENDED"), ("server resume", "ACTIVE"),
            ("server reboot", "ACTIVE"), ("server reboot --hard", "ACTIVE"),
            ("server rescue --password secret", "RESCUE"), ("server unrescue", "ACTIVE"),
            ("server shelve --offload", "SHELVED_OFFLOADED"), ("server unshelve", "ACTIVE")):
        openstack(command, server)
        cloud.until(server, status)
    assert "Cannot 'unpause' instance" in openstack.refused(f"server unpause {server}")


def test_lock(openstack, cloud, server):
    openstack(f"server lock {server}")
    assert "is locked" in openstack.refused(f"server stop {server}")
    openstack(f"server unlock {server}")
    openstack(f"server stop {server}")
    cloud.until(server, "SHUTOFF")


def test_resize(openstack, cloud, server):
    openstack(f"server resize --flavor m1.small --wait {server}")
    openstack(f"server resize confirm {server}")
    assert cloud.until(server, "ACTIVE")["flavor"]["id"] == "2"
    openstack(f"server resize --flavor m1.tiny {server}")
    cloud.until(server, "VERIFY_RESIZE")
    openstack(f"server resize revert {server}")
    assert cloud.until(server, "ACTIVE")["flavor"]["id"] == "2"


def test_rebuild(openstack, cloud, server):
    shown = openstack.json(
        f"server rebuild --image {IMAGE} --name {server}-b --property built=twice {server}")
    assert shown["properties"] == {"built": "twice"}
    cloud.until(f"{server}-b", "ACTIVE")
    openstack(f"server set --name {server} {server}-b")


def test_images(openstack, cloud, server):
    image = openstack.json(f"server image create --name {server}-image --property made=by-hand {server}")
    assert image["name"] == f"{server}-image" and image["properties"]["made"] == "by-hand"
    cloud.until(server, "ACTIVE")
    image = openstack.json(f"server backup create --name {server}-backup --type daily --rotate 1 {server}")
    assert image["name"] == f"{server}-backup"
    cloud.until(server, "ACTIVE")
    openstack(f"image delete {server}-image {server}-backup")


def test_properties(openstack, server):
    openstack(f"server set --property a=1 --property b=2 {server}")
    openstack(f"server unset --property a {server}")
    assert openstack.json(f"server show {server}")["properties"] == {"b": "2"}


def test_state_and_password(openstack, admin, cloud, server):
    identity = cloud.server(server)["id"]
    admin(f"server set --state error --auto-approve {identity}")
    cloud.until(server, "ERROR")
    admin(f"server set --state active --auto-approve {identity}")
    openstack(f"server set --password hunter2 {server}")
    cloud.until(server, "ACTIVE")


def test_security_groups(openstack, new, server):
    def groups() -> list[str]:
        return sorted(each["name"] for each in openstack.json(f"server show {server}")["security_groups"])
    group = new("group")
    openstack(f"security group create {group}")
    openstack(f"server add security group {server} {group}")
    assert groups() == ["default", group]
    openstack(f"server remove security group {server} {group}")
    assert groups() == ["default"]
    openstack(f"security group delete {group}")


def addresses(openstack, server: str, network: str = NETWORK) -> list[str]:
    return openstack.json(f"server show {server}")["addresses"].get(network, [])


def test_fixed_ip(openstack, server):
    before = addresses(openstack, server)
    openstack(f"server add fixed ip {server} {NETWORK}")
    added, = eventually(lambda: set(addresses(openstack, server)) - set(before), "an address more")
    openstack(f"server remove fixed ip {server} {added}")
    eventually(lambda: addresses(openstack, server) == before, "an address less")


def test_floating_ip(openstack, server):
    address = openstack.json(f"floating ip create {PUBLIC}")["floating_ip_address"]
    openstack(f"server add floating ip {server} {address}")
    assert address in addresses(openstack, server)
    openstack(f"server remove floating ip {server} {address}")
    assert address not in addresses(openstack, server)
    openstack(f"floating ip delete {address}")


def test_networks_and_ports(openstack, new, server):
    network, port = new("network"), new("port")
    openstack(f"network create {network}")
    openstack(f"subnet create --network {network} --subnet-range 192.168.77.0/24 {network}-v4")
    openstack(f"server add network {server} {network}")
    assert addresses(openstack, server, network)[0].startswith("192.168.77.")
    openstack(f"server remove network {server} {network}")
    eventually(lambda: not addresses(openstack, server, network), "a network less")
    openstack(f"port create --network {network} {port}")
    openstack(f"server add port {server} {port}")
    assert addresses(openstack, server, network)[0].startswith("192.168.77.")
    openstack(f"server remove port {server} {port}")
    eventually(lambda: not addresses(openstack, server, network), "a port less")
    openstack(f"port delete {port}")
    openstack(f"network delete {network}")


def test_volumes(openstack, new, server):
    def has(status: str):
        return lambda: openstack.json(f"volume show {volume}")["status"] == status
    volume = new("volume")
    openstack(f"volume create --size 1 {volume}")
    eventually(has("available"), "a volume")
    openstack(f"server add volume --device /dev/vdb {server} {volume}")
    eventually(has("in-use"), "an attached volume")
    row, = openstack.json(f"server volume list {server}")
    assert row["Device"] == "/dev/sdb"      # as in Nova: only the letter counts
    assert "2.85" in openstack.refused(f"server volume set --delete-on-termination {server} {volume}")
    assert "2.85" in openstack.refused(f"server volume update --delete-on-termination {server} {volume}")
    openstack(f"server remove volume {server} {volume}")
    eventually(has("available"), "a volume that is free")
    openstack(f"volume delete {volume}")


def test_consoles(openstack, server):
    assert openstack(f"console log show --lines 5 {server}").strip()
    for kind in ("novnc", "spice", "rdp", "serial", "mks"):
        assert "://" in openstack.json(f"console url show --{kind} {server}")["url"], kind


def test_events(openstack, admin, cloud, server):
    row, = openstack.json(f"server event list --long {server}")
    assert row["Action"] == "create"
    # Before 2.51 members do not see the events of an action, and the client expects that there are some.
    shown = admin.json(f"server event show {cloud.server(server)['id']} {row['Request ID']}")
    assert shown["action"] == "create" and shown["events"][0]["result"] == "Success"


def test_migration(admin, cloud, server):
    identity = cloud.server(server)["id"]
    for last in ("server migration confirm", "server migrate confirm", "server migration revert",
                 "server migrate revert"):
        admin(f"server migrate {identity}")
        cloud.until(server, "VERIFY_RESIZE")
        admin(f"{last} {identity}")
        cloud.until(server, "ACTIVE")
    assert identity in {row["Server UUID"] for row in admin.json("server migration list")}


def test_evacuation(admin, cloud, server):
    identity, host = (cloud.server(server)[key] for key in ("id", "OS-EXT-SRV-ATTR:host"))
    cloud.simulate(hosts={host: "down"})
    try:
        admin(f"server evacuate {identity}")
        eventually(lambda: cloud.server(server)["OS-EXT-SRV-ATTR:host"] != host, "an evacuated server")
    finally:
        cloud.simulate(hosts={host: "up"})


def test_groups(openstack, cloud, new, name):
    group = new("group")
    created = openstack.json(f"server group create --policy anti-affinity {group}")
    assert group in {row["Name"] for row in openstack.json("server group list")}
    openstack(f"{CREATE} --hint group={created['id']} {name}")
    cloud.until(name, "ACTIVE")
    assert openstack.json(f"server group show {group}")["members"] == [cloud.server(name)["id"]]
    delete(cloud, name)
    openstack(f"server group delete {group}")


def test_boot_from_a_volume(openstack, cloud, name):
    openstack(f"{CREATE} --boot-from-volume 1 {name}")
    cloud.until(name, "ACTIVE")
    assert openstack.json(f"server show {name}")["image"].startswith("N/A")
    delete(cloud, name)


def test_several(openstack, cloud, name):
    openstack(f"{CREATE} --min 2 --max 2 {name}")
    for number in (1, 2):
        cloud.until(f"{name}-{number}", "ACTIVE")
    openstack(f"server delete {name}-1 {name}-2")
    cloud.until_gone(f"{name}-[12]")


@pytest.mark.parametrize("command, version", [
    ("server migration show {} 1", "2.24"),
    ("server migration abort {} 1", "2.24"), ("server migration force complete {} 1", "2.22"),
    ("server share list {}", "2.97"), ("server share show {} x", "2.97"), ("server add share {} x", "2.97"),
    ("server remove share {} x", "2.97")])
def test_what_needs_a_later_nova(openstack, server, command, version):
    """The client says so, and asks nothing."""
    assert version in openstack.refused(command.format(server))


def test_as_documented(cloud):
    assert "172.24.4." in documents.run("python-openstackclient", "sh", cloud)
    delete(cloud, "second")


def test_a_dump(openstack, server):
    assert "There is no such action" in openstack.refused(f"server dump create {server}")


def test_restore(openstack, cloud, server):
    """Of a server that was not deleted; those that were are gone at once, in a cloud as it is by default."""
    assert "Cannot 'restore' instance" in openstack.refused(f"server restore {cloud.server(server)['id']}")
