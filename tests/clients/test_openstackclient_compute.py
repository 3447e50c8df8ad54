"""What python-openstackclient asks of compute beside servers."""

import importlib.metadata
import pathlib
import re

from tests.clients.cloud import HOSTS
from tests.clients.registry import require

pytestmark = require("python-openstackclient")

NOT_RUN = {
    "server ssh": "runs ssh to an address of the server",
    "console connection show": "takes the token of a console, and is for the proxies",
}


def names(rows: list[dict]) -> set[str]:
    return {row["Name"] for row in rows}


def test_flavors(admin, openstack, new):
    flavor = new("flavor")
    shown = admin.json(f"flavor create --ram 256 --disk 1 --ephemeral 1 --swap 64 --private {flavor}")
    assert (shown["ram"], shown["os-flavor-access:is_public"]) == (256, False)
    assert flavor not in names(openstack.json("flavor list"))
    admin(f"flavor set --property hw:cpu_policy=shared --project demo {flavor}")
    shown = openstack.json(f"flavor show {flavor}")
    assert shown["properties"] == {"hw:cpu_policy": "shared"}
    admin(f"flavor unset --property hw:cpu_policy --project demo {flavor}")
    assert flavor in names(admin.json("flavor list --all"))
    admin(f"flavor delete {flavor}")
    assert "No Flavor found" in admin.refused(f"flavor show {flavor}")
    assert "m1.tiny" in names(openstack.json("flavor list --long --min-ram 100"))


def test_a_member_makes_no_flavors(openstack, new):
    assert "os_compute_api:os-flavor-manage" in openstack.refused(f"flavor create {new('flavor')}")


def test_keypairs(openstack, new, tmp_path):
    key, imported = new("key"), new("key")
    openstack(f"keypair create --private-key {tmp_path / 'key'} {key}")
    assert "PRIVATE KEY" in tmp_path.joinpath("key").read_text()
    tmp_path.joinpath("key.pub").write_text(openstack(f"keypair show --public-key {key}"))
    created = openstack.json(f"keypair create --public-key {tmp_path / 'key.pub'} {imported}")
    assert created["fingerprint"] == openstack.json(f"keypair show {key}")["fingerprint"]
    assert {key, imported} <= names(openstack.json("keypair list"))
    openstack(f"keypair delete {key} {imported}")
    assert key not in openstack("keypair list")


def test_aggregates(admin, openstack, new):
    name = new("aggregate")
    created = admin.json(f"aggregate create --zone zone-c --property ssd=true {name}")
    assert created["availability_zone"] == "zone-c"
    admin(f"aggregate add host {name} {HOSTS[2]}")
    admin(f"aggregate set --name {name}-b --property rack=7 {name}")
    admin(f"aggregate unset --property ssd {name}-b")
    shown = admin.json(f"aggregate show {name}-b")
    assert shown["hosts"] == [HOSTS[2]] and shown["properties"] == {"rack": "7"}
    assert f"{name}-b" in names(admin.json("aggregate list --long"))
    assert "zone-c" in {row["Zone Name"] for row in openstack.json("availability zone list --compute")}
    admin(f"aggregate remove host {name}-b {HOSTS[2]}")
    assert "2.81" in admin.refused(f"aggregate cache image {name}-b cirros")
    admin(f"aggregate delete {name}-b")


def test_hypervisors(admin):
    rows = admin.json("hypervisor list --long")
    assert len(rows) == len(HOSTS) and {row["State"] for row in rows} == {"up"}
    shown = admin.json(f"hypervisor show {HOSTS[0]}")
    assert (shown["hypervisor_hostname"], shown["service_host"]) == (HOSTS[0], HOSTS[0])
    assert admin.json("hypervisor stats show")["count"] == len(HOSTS)


def test_hosts(admin):
    assert set(HOSTS) <= {row["Host Name"] for row in admin.json("host list")}
    assert admin.json(f"host show {HOSTS[0]}")[0]["Host"] == HOSTS[0]
    admin(f"host set --disable {HOSTS[2]}")
    admin(f"host set --enable {HOSTS[2]}")


def test_services(admin, openstack):
    assert set(HOSTS) <= {row["Host"] for row in admin.json("compute service list --service nova-compute")}
    admin(f"compute service set --disable --disable-reason repair {HOSTS[2]} nova-compute")
    row, = admin.json(f"compute service list --long --host {HOSTS[2]}")
    assert (row["Status"], row["Disabled Reason"]) == ("disabled", "repair")
    admin(f"--os-compute-api-version 2.11 compute service set --enable --down {HOSTS[2]} nova-compute")
    admin(f"--os-compute-api-version 2.11 compute service set --up {HOSTS[2]} nova-compute")
    assert "not found" in admin.refused("compute service delete 12345")
    assert "os_compute_api:os-services" in openstack.refused("compute service list")


def test_agents(admin, new):
    created = admin.json(f"compute agent create {new('os')} x86 1 http://192.0.2.1/a {'a' * 32} xen")
    agent = created["agent_id"]
    admin(f"compute agent set --agent-version 2 {agent}")
    assert str(agent) in {str(row["Agent ID"]) for row in admin.json("compute agent list")}
    admin(f"compute agent delete {agent}")


def quotas(rows: list[dict]) -> dict[str, int]:
    return {row["Resource"]: row["Limit"] for row in rows}


def test_quotas(admin, openstack):
    defaults = quotas(openstack.json("quota show"))
    admin("quota set --instances 7 --volumes 8 --networks 9 demo")
    found = quotas(openstack.json("quota show"))
    assert (found["instances"], found["volumes"], found["networks"]) == (7, 8, 9)
    assert quotas(openstack.json("quota show --default"))["volumes"] == 10
    assert {"instances", "volumes"} <= set(quotas(admin.json("quota show --usage demo")))
    demo = admin.json("project show demo")["id"]
    for kind, name, limit in (
            ("compute", "Instances", 7), ("volume", "Volumes", 8), ("network", "Networks", 9)):
        limits = {row["Project ID"]: row[name] for row in admin.json(f"quota list --{kind}")}
        assert limits[demo] == limit, kind
    admin("quota delete demo")
    assert quotas(openstack.json("quota show")) == defaults


def test_usage_and_limits(admin, openstack):
    assert isinstance(admin.json("usage list --start 2020-01-01"), list)
    absolute = {row["Name"]: row["Value"] for row in openstack.json("limits show --absolute")}
    assert absolute["instances"] == -1 and "instances_used" in absolute


def test_availability_zones(openstack):
    assert "nova" in {row["Zone Name"] for row in openstack.json("availability zone list")}


def test_versions_and_extensions(openstack):
    rows = openstack.json("versions show")
    assert {"identity", "compute", "image", "network"} <= {row["Service Type"] for row in rows}
    assert "os-keypairs" in {row["Alias"] for row in openstack.json("extension list --compute")}
    assert "router" in {row["Alias"] for row in openstack.json("extension list --network")}
    assert openstack.json("extension show router")["alias"] == "router"


def test_every_command_of_compute_is_run():
    """By these tests: who has a client that can more finds here that nothing runs it."""
    offered = {entry.name.replace("_", " ") for entry in importlib.metadata.entry_points(
        group="openstack.compute.v2")} - set(NOT_RUN)
    sources = [path.read_text() for path in pathlib.Path(__file__).parent.glob("test_openstackclient_*.py")]
    run = "\n".join(text for source in sources for text in re.findall(r'"([^"\n]+)', source))
    assert not {command for command in offered if not re.search(rf"^(?:\S+ \S+ )?{command}\b", run, re.M)}
