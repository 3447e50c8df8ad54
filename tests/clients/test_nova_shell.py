"""The `nova` shell of python-novaclient: every command that it has at 2.1 and at 2.12."""

import pathlib
import re

import pytest

from tests.clients import documents
from tests.clients.cloud import HOSTS, IMAGE, NETWORK, Cloud
from tests.clients.registry import require
from tests.clients.shells import Shell
from tests.functional.processes import eventually

pytestmark = require("python-novaclient")

# Nova itself does not have these at 2.12, or they are no requests to it.
NOT_RUN = {
    "ssh": "runs ssh to an address of the server",
    "help": "asks nothing", "bash-completion": "asks nothing",
}


@pytest.fixture(scope="module", params=["2.1", "2.12"])
def nova(request, cloud: Cloud):
    with Shell("nova", cloud.environment("admin") | {"OS_COMPUTE_API_VERSION": request.param}) as shell:
        shell.version = request.param
        yield shell


@pytest.fixture
def server(nova, cloud, name) -> str:
    """The name of a server that runs, and is deleted after the test."""
    nova(f"boot {name} --image {IMAGE} --flavor m1.tiny --nic net-name={NETWORK}")
    cloud.until(name, "ACTIVE")
    yield name
    for each in cloud.compute("GET", f"/servers?name=^{name}$")["servers"]:
        cloud.compute("DELETE", f"/servers/{each['id']}")


def table(text: str) -> list[dict[str, str]]:
    """The rows of the first table in what a command printed."""
    lines = [[cell.strip() for cell in line.strip("| ").split(" | ")]
             for line in text.splitlines() if line.startswith("|")]
    return [dict(zip(lines[0], line, strict=False)) for line in lines[1:]]


def properties(text: str) -> dict[str, str]:
    """A table of properties and their values."""
    return {row["Property"]: row.get("Value", "") for row in table(text)}


def column(text: str, name: str) -> list[str]:
    return [row[name] for row in table(text)]


def test_boot_with_everything_by_name(nova, cloud, name, tmp_path):
    nova("keypair-add", f"key-{name}")
    tmp_path.joinpath("motd").write_text("hello\n")
    shown = properties(nova(
        f"boot {name} --image {IMAGE} --flavor m1.small --nic net-name={NETWORK} --key-name key-{name}"
        f" --meta role=web --file /etc/motd={tmp_path / 'motd'} --user-data {tmp_path / 'motd'}"
        " --security-groups default --config-drive true --admin-pass secret! --access-ip-v4 192.0.2.7"
        " --availability-zone nova"))
    assert shown["status"] in ("BUILD", "ACTIVE") and shown["adminPass"] == "secret!"
    cloud.until(name, "ACTIVE")
    shown = properties(nova("show", name))
    assert shown["image"].startswith(f"{IMAGE} (") and shown["flavor"] == "m1.small (2)"
    assert shown["key_name"] == f"key-{name}" and shown["metadata"] == '{"role": "web"}'
    assert shown["accessIPv4"] == "192.0.2.7" and shown["config_drive"] == "True"
    assert shown["security_groups"] == "default" and re.match(r"\d+\.", shown[f"{NETWORK} network"])
    nova("keypair-delete", f"key-{name}")
    nova("delete", name)
    cloud.until_gone(name)


def test_several_at_once(nova, cloud, name):
    reservation = properties(nova(f"boot {name} --image {IMAGE} --flavor 1 --nic net-name={NETWORK}"
                                  " --min-count 2 --return-reservation-id"))["reservation_id"]
    for number in (1, 2):
        cloud.until(f"{name}-{number}", "ACTIVE")
    listed = column(nova("list", "--reservation-id", reservation, "--sort", "display_name:asc"), "Name")
    assert listed == [f"{name}-1", f"{name}-2"]
    nova("delete", *listed)
    cloud.until_gone(f"{name}-1")


def test_polling(nova, cloud, server):
    """The client asks until it is done, every five seconds: here it is at the first time, or the second."""
    for command, end in (
            (f"reboot --poll {server}", "Finished"), (f"rebuild --poll {server} {IMAGE}", "Finished"),
            (f"image-create --poll {server} {server}-image", "100% complete")):
        assert end in nova(command)
        cloud.until(server, "ACTIVE")


def test_versions_that_there_are_not(nova):
    for version in ("2.13", "2.60"):
        assert "The valid version range is '2.1' to '2.12'" in nova.refused(
            f"--os-compute-api-version {version} list")
    nova("--os-compute-api-version 2.latest list")


def test_boot_from_a_volume(nova, cloud, name):
    image, = (image["id"] for image in cloud.compute("GET", f"/images?name={IMAGE}")["images"])
    nova(f"boot {name} --flavor m1.tiny --nic net-name={NETWORK} --block-device source=image,id={image},"
         "dest=volume,size=1,bootindex=0,shutdown=remove")
    cloud.until(name, "ACTIVE")
    assert len(table(nova("volume-attachments", name))) == 1
    assert "Attempt to boot from volume" in properties(nova("show", name))["image"]
    nova("delete", name)
    cloud.until_gone(name)


def test_list(nova, cloud, server):
    assert column(nova("list", "--name", server), "Name") == [server]
    row, = table(nova("list", "--name", server, "--fields", "name,status,flavor,OS-EXT-SRV-ATTR:host"))
    assert row["Name"] == server and row["Status"] == "ACTIVE" and row["OS-EXT-SRV-ATTR: Host"] in HOSTS
    for words in (("--status", "ACTIVE"), ("--flavor", "m1.tiny"), ("--image", IMAGE), ("--all-tenants",),
                  ("--minimal",), ("--limit", "-1"), ("--tenant", cloud.session("admin").get_project_id())):
        assert server in nova("list", *words), words
    assert server not in nova("list", "--status", "ERROR")
    assert len(table(nova("list", "--limit", "1"))) == 1


def test_power(nova, cloud, server):
    for command, status in (
            ("stop", "SHUTOFF"), ("start", "ACTIVE"), ("pause", "PAUSED"), ("unpause", "ACTIVE"),
            ("suspend", "SUSPENDED"), ("resume", "ACTIVE"), ("reboot", "ACTIVE"),
            ("reboot --hard", "ACTIVE")):
        nova(command, server)
        cloud.until(server, status)
    assert "Cannot 'unpause' instance" in nova.refused("unpause", server)


def test_lock(nova, cloud, server):
    for command, locked in (("lock", "True"), ("unlock", "False")):
        nova(command, server)
        # What 2.9 and later show.
        assert properties(nova("--os-compute-api-version 2.12 show", server))["locked"] == locked


def test_rescue(nova, cloud, server):
    assert properties(nova("rescue", server, "--password", "rescued"))["adminPass"] == "rescued"
    cloud.until(server, "RESCUE")
    nova("unrescue", server)
    cloud.until(server, "ACTIVE")


def test_resize(nova, cloud, server):
    for last in ("resize-revert", "resize-confirm"):
        nova("resize", server, "m1.small")
        cloud.until(server, "VERIFY_RESIZE")
        nova(last, server)
        cloud.until(server, "ACTIVE")
    assert properties(nova("show", server))["flavor"] == "m1.small (2)"


def test_rebuild(nova, cloud, server):
    shown = properties(nova("rebuild", server, IMAGE, "--rebuild-password", "again", "--name", f"{server}-b",
                            "--meta", "built=twice"))
    assert shown["adminPass"] == "again" and shown["metadata"] == '{"built": "twice"}'
    cloud.until(f"{server}-b", "ACTIVE")
    nova("update", f"{server}-b", "--name", server)
    assert properties(nova("show", server, "--minimal"))["flavor"] == "1"


def test_shelve(nova, cloud, server):
    nova("shelve", server)
    eventually(lambda: cloud.server(server)["status"].startswith("SHELVED"), "a shelved server")
    if cloud.server(server)["status"] == "SHELVED":
        nova("shelve-offload", server)
    cloud.until(server, "SHELVED_OFFLOADED")
    nova("unshelve", server)
    cloud.until(server, "ACTIVE")


def test_images(nova, cloud, server):
    nova("image-create", server, f"{server}-image", "--metadata", "made=by-hand")
    cloud.until(server, "ACTIVE")
    nova("backup", server, f"{server}-backup", "daily", "1")
    cloud.until(server, "ACTIVE")
    images = {image["name"]: image for image in cloud.compute("GET", "/images/detail")["images"]}
    assert images[f"{server}-image"]["metadata"]["made"] == "by-hand"
    assert images[f"{server}-backup"]["metadata"]["backup_type"] == "daily"


def test_metadata(nova, server):
    nova("meta", server, "set", "a=1", "b=2")
    nova("meta", server, "delete", "a")
    assert properties(nova("show", server))["metadata"] == '{"b": "2"}'


def test_passwords(nova, server):
    assert nova("get-password", server).strip() == ""
    nova("clear-password", server)
    nova("set-password", server, stdin="hunter2\nhunter2\n")


def test_consoles(nova, server):
    assert nova("console-log", server, "--length", "5").strip()
    for command, kind in (("get-vnc-console", ["novnc"]), ("get-spice-console", ["spice-html5"]),
                          ("get-rdp-console", ["rdp-html5"]), ("get-serial-console", [])):
        assert "://" in table(nova(command, server, *kind))[0]["Url"], command
    if nova.version == "2.12":
        assert table(nova("get-mks-console", server))[0]["Type"] == "webmks"


def test_diagnostics(nova, server):
    assert "cpu0_time" in properties(nova("diagnostics", server))


def test_security_groups(nova, cloud, server):
    cloud.session("admin").post("/security-groups", json={"security_group": {"name": f"group-{server}"}},
                                endpoint_filter={"service_type": "network", "version": "2.0"})
    nova("add-secgroup", server, f"group-{server}")
    assert sorted(column(nova("list-secgroup", server), "Name")) == ["default", f"group-{server}"]
    nova("remove-secgroup", server, f"group-{server}")
    assert column(nova("list-secgroup", server), "Name") == ["default"]


def test_interfaces(nova, cloud, server):
    first, = table(nova("interface-list", server))
    nova("interface-attach", server, "--net-id", first["Net ID"])
    port, = {row["Port ID"] for row in table(nova("interface-list", server))} - {first["Port ID"]}
    nova("interface-detach", server, port)
    eventually(lambda: table(nova("interface-list", server)) == [first], "an interface less")
    nova("reset-network", server)
    nova("refresh-network", server)


def test_volumes(nova, cloud, server):
    def volume() -> str:
        return cloud.compute("POST", "/os-volumes", {"volume": {"size": 1}})["volume"]["id"]
    first, second = volume(), volume()
    assert properties(nova("volume-attach", server, first, "auto"))["volumeId"] == first
    eventually(lambda: cloud.server(server)["os-extended-volumes:volumes_attached"], "an attached volume")
    nova("volume-update", server, first, second)
    eventually(lambda: column(nova("volume-attachments", server), "VOLUME ID") == [second], "another volume")
    nova("volume-detach", server, second)
    eventually(lambda: not table(nova("volume-attachments", server)), "no volume")


def test_actions(nova, server):
    rows = table(nova("instance-action-list", server))
    assert column(nova("instance-action-list", server), "Action") == ["create"]
    assert properties(nova("instance-action", server, rows[0]["Request_ID"]))["action"] == "create"


def test_deleting(nova, cloud, server):
    assert "Cannot 'restore' instance" in nova.refused("restore", cloud.server(server)["id"])
    nova("reset-state", server)
    cloud.until(server, "ERROR")
    nova("reset-state", "--active", server)
    cloud.until(server, "ACTIVE")
    nova("force-delete", server)
    cloud.until_gone(server)


def test_what_is_not_there(nova):
    assert "No server with a name or ID of 'nosuch' exists" in nova.refused("show", "nosuch")
    assert "No Image matching nosuch" in nova.refused("boot", "x", "--image", "nosuch", "--flavor", "1")


def test_flavors(nova, new, cloud):
    name = new("flavor")
    nova(f"flavor-create {name} auto 256 1 1 --ephemeral 1 --swap 64 --is-public False")
    nova("flavor-key", name, "set", "hw:cpu_policy=shared")
    shown = properties(nova("flavor-show", name))
    assert shown["ram"] == "256" and shown["extra_specs"] == '{"hw:cpu_policy": "shared"}'
    nova("flavor-key", name, "unset", "hw:cpu_policy")
    project = cloud.session("demo").get_project_id()
    nova("flavor-access-add", name, project)
    assert column(nova("flavor-access-list", "--flavor", name), "Tenant_ID") == [project]
    nova("flavor-access-remove", name, project)
    assert name in column(nova("flavor-list", "--all", "--extra-specs"), "Name")
    nova("flavor-delete", name)
    assert name not in nova("flavor-list", "--all")


def test_keypairs(nova, new, tmp_path):
    name = new("key")
    assert "BEGIN" in nova("keypair-add", name)
    public = nova("keypair-show", name).partition("Public key: ")[2].strip()
    tmp_path.joinpath("key.pub").write_text(public)
    nova("keypair-add", f"{name}-b", "--pub-key", tmp_path / "key.pub")
    assert {name, f"{name}-b"} <= set(column(nova("keypair-list"), "Name"))
    for each in (name, f"{name}-b"):
        nova("keypair-delete", each)
    assert name not in nova("keypair-list")


def test_aggregates(nova, new):
    name = new("aggregate")
    nova("aggregate-create", name, "zone-a")
    nova("aggregate-add-host", name, HOSTS[0])
    nova("aggregate-set-metadata", name, "ssd=true")
    row, = table(nova("aggregate-show", name))
    assert row["Hosts"] == f"'{HOSTS[0]}'" and "'ssd=true'" in row["Metadata"]
    assert "zone-a" in column(nova("availability-zone-list"), "Name")
    nova("aggregate-remove-host", name, HOSTS[0])
    nova("aggregate-update", name, "--name", f"{name}-b", "--availability-zone", "zone-b")
    assert f"{name}-b" in column(nova("aggregate-list"), "Name")
    nova("aggregate-delete", f"{name}-b")


def test_server_groups(nova, new):
    name = new("group")
    group, = table(nova("server-group-create", name, "affinity"))
    assert table(nova("server-group-get", group["Id"])) == [group] and "affinity" in group["Policies"]
    assert name in column(nova("server-group-list"), "Name")
    nova("server-group-delete", group["Id"])
    assert name not in nova("server-group-list", "--all-projects")


def test_quotas(nova, cloud):
    project = cloud.session("demo").get_project_id()
    before = table(nova("quota-defaults", "--tenant", project))
    nova("quota-update", project, "--instances", "7", "--force")
    quotas = {row["Quota"]: row["Limit"] for row in table(nova("quota-show", "--tenant", project))}
    assert quotas["instances"] == "7"
    nova("quota-delete", "--tenant", project)
    assert table(nova("quota-show", "--tenant", project)) == before
    nova("quota-class-update", "silver", "--cores", "3")
    assert {row["Quota"]: row["Limit"] for row in table(nova("quota-class-show", "silver"))}["cores"] == "3"


def test_usage_and_limits(nova, cloud, server):
    assert "Usage from" in nova("usage")
    assert table(nova("usage-list"))
    assert "Cores" in nova("limits", "--reserved")
    nova("instance-usage-audit-log")


def test_services(nova):
    assert set(HOSTS) <= set(column(nova("service-list", "--binary", "nova-compute"), "Host"))
    nova("service-disable", HOSTS[2], "--reason", "repair")
    row, = table(nova("service-list", "--host", HOSTS[2], "--binary", "nova-compute"))
    assert row["Status"] == "disabled" and row["Disabled Reason"] == "repair"
    nova("service-enable", HOSTS[2])
    if nova.version == "2.12":
        assert table(nova("service-force-down", HOSTS[2]))[0]["Forced down"] == "True"
        nova("service-force-down", "--unset", HOSTS[2])


def test_a_service_is_deleted(nova):
    assert "Service 12345 not found" in nova.refused("service-delete", "12345")


def test_hypervisors(nova, server):
    rows = table(nova("hypervisor-list"))
    assert len(rows) == len(HOSTS)
    name = rows[0]["Hypervisor hostname"]
    assert properties(nova("hypervisor-show", name))["hypervisor_hostname"] == name
    assert "is not supported" in nova.refused("hypervisor-uptime", name)
    assert properties(nova("hypervisor-stats"))["count"] == "3"
    assert any(table(nova("hypervisor-servers", row["Hypervisor hostname"])) for row in rows)


def test_agents(nova, new):
    agent = properties(nova("agent-create", new("os"), "x86", "1", "http://192.0.2.1/a", "a" * 32, "xen"))
    number = agent["agent_id"]
    nova("agent-modify", number, "2", "http://192.0.2.1/b", "b" * 32)
    assert number in column(nova("agent-list"), "Agent_id")
    nova("agent-delete", number)


def test_migration(nova, cloud, server):
    nova("migrate", server)
    cloud.until(server, "VERIFY_RESIZE")
    nova("resize-confirm", server)
    cloud.until(server, "ACTIVE")
    here = cloud.server(server)
    there = next(host for host in HOSTS if host != here["OS-EXT-SRV-ATTR:host"])
    nova("live-migration", server, there)
    eventually(lambda: cloud.server(server)["OS-EXT-SRV-ATTR:host"] == there, "a server that moved")
    assert here["id"] in column(nova("migration-list"), "Instance UUID")


@pytest.fixture
def host(nova, cloud, server) -> str:
    """The host of `server`, for what is done with hosts; it works again afterwards."""
    yield cloud.server(server)["OS-EXT-SRV-ATTR:host"]
    cloud.simulate(hosts={host: "up" for host in HOSTS})


def test_evacuation(nova, cloud, server, host):
    cloud.simulate(hosts={host: "down"})
    nova("evacuate", server)
    eventually(lambda: cloud.server(server)["OS-EXT-SRV-ATTR:host"] != host, "an evacuated server")


def test_all_servers_of_a_host(nova, cloud, server, host):
    nova("host-meta", host, "set", "moved=yes")
    assert cloud.server(server)["metadata"] == {"moved": "yes"}
    accepted = table(nova("host-evacuate-live", host, "--max-servers", "100"))
    assert {row["Live Migration Accepted"] for row in accepted} == {"True"}
    eventually(lambda: cloud.server(server)["OS-EXT-SRV-ATTR:host"] != host, "a server that moved")
    cloud.until(server, "ACTIVE")
    here = cloud.server(server)["OS-EXT-SRV-ATTR:host"]
    cloud.simulate(hosts={here: "down"})
    assert {row["Evacuate Accepted"] for row in table(nova("host-evacuate", here))} == {"True"}
    eventually(lambda: cloud.server(server)["OS-EXT-SRV-ATTR:host"] != here, "an evacuated server")
    cloud.until(server, "ACTIVE")
    here = cloud.server(server)["OS-EXT-SRV-ATTR:host"]
    assert "True" in column(nova("host-servers-migrate", here), "Migration Accepted")
    cloud.until(server, "VERIFY_RESIZE")


def test_versions(nova):
    printed = nova("version-list")
    assert "2.12" in printed and "CURRENT" in printed


def test_as_documented(cloud):
    listed = documents.run("python-novaclient", "sh", cloud).rpartition("| ID ")[2]
    assert "| first |" in listed
    cloud.until("first", "ACTIVE")


def test_every_command_is_run(nova):
    """By the tests above: who knows a new one finds here that nothing runs it."""
    offered = set(re.findall(r"^    ([a-z][a-z-]+)", nova("help"), re.M))
    source = pathlib.Path(__file__).read_text()
    run = set(re.findall(r'\(\s*f?"([a-z-]+)', source))
    missing = {command for command in offered - run - set(NOT_RUN)
               if "is not supported" not in nova.attempt(command).stderr}
    assert not missing
