"""What a list costs: a number of SQL statements that does not depend on how much there is."""

import shutil
import time

import pytest

from minova import compute
from minova.api.openstack.compute import APIRouterV21
from minova.compute import zones
from minova.conf import CONF
from minova.db import engine
from minova.db.counting import count_statements
from tests.functional.matrix import operations

IMAGE = "70a599e0-31e7-49b7-b260-868f441e862b"
FEW, MANY = 1, 20

#: List -> the SQL statements that it takes.
STATEMENTS = {
    "/servers": 1,
    "/servers/detail": 2,
    "/servers/detail?all_tenants=1": 2,
    "/os-volumes_boot": 1,
    "/servers/{server_id}/ips": 1,
    "/servers/{server_id}/metadata": 1,
    "/servers/{server_id}/os-instance-actions": 2,
    "/servers/{server_id}/os-security-groups": 3,
    "/servers/{server_id}/os-virtual-interfaces": 2,
    "/servers/{server_id}/os-volume_attachments": 2,
    "/servers/{server_id}/consoles": 2,
    "/flavors": 1,
    "/flavors/detail": 1,
    "/flavors/{flavor_id}/os-extra_specs": 1,
    "/flavors/{flavor_id}/os-flavor-access": 2,
    "/images": 1,
    "/images/detail": 1,
    "/images/{image_id}/metadata": 1,
    "/os-keypairs": 1,
    "/os-server-groups": 3,
    "/os-security-groups": 3,
    "/os-security-group-default-rules": 1,
    "/os-volumes": 1,
    "/os-volumes/detail": 1,
    "/os-snapshots": 1,
    "/os-snapshots/detail": 1,
    "/os-networks": 1,
    "/os-tenant-networks": 1,
    "/os-floating-ip-pools": 1,
    "/os-floating-ips": 1,
    "/os-floating-ips-bulk": 1,
    "/os-floating-ip-dns": 1,
    "/os-simple-tenant-usage": 1,
    "/os-simple-tenant-usage?detailed=1": 1,
    "/os-simple-tenant-usage/admin": 1,
    "/os-agents": 1,
    "/os-aggregates": 2,
    "/os-availability-zone": 2,
    "/os-availability-zone/detail": 2,
    "/os-hosts": 2,
    "/os-hosts/host0": 2,
    "/os-hypervisors": 1,
    "/os-hypervisors/detail": 1,
    "/os-hypervisors/host/servers": 2,
    "/os-services": 2,
    "/os-migrations": 1,
    "/os-cloudpipe": 2,
}

#: What is got without an id, but is no list of rows.
SINGLE = {
    "/extensions", "/limits", "/os-cells", "/os-cells/capacities", "/os-cells/detail",
    "/os-cells/info", "/os-baremetal-nodes", "/os-fping", "/os-hypervisors/statistics",
    "/os-instance_usage_audit_log", "/servers/{server_id}/diagnostics",
    "/servers/{server_id}/os-interface", "/servers/{server_id}/os-server-password",
}


class Filler:
    """Makes `count` of everything that there are lists of."""

    def __init__(self, client, count: int):
        self.client = client
        self.numbers = range(count)

    def fill(self) -> dict[str, str]:
        """Make it; what the variables of STATEMENTS stand for."""
        for project in ("admin", "other0"):
            self.do("PUT", f"/os-quota-sets/{project}", {"quota_set": dict.fromkeys((
                "instances", "cores", "ram", "key_pairs", "server_groups", "security_groups",
                "floating_ips", "metadata_items"), -1)})
        self.deployment()
        self.things()
        return self.servers()

    def do(self, method: str, path: str, body=None, **kwargs):
        answer = self.client.request(method, path, body, **kwargs)
        assert answer.status < 300, f"{method} {path}: {answer.status} {answer.text}"
        return answer

    def make(self, path: str, **body) -> dict:
        return next(iter(self.do("POST", path, body).json.values()))

    def deployment(self) -> None:
        make = self.make
        make("/flavors", flavor={"name": "private", "id": "private", "ram": 1, "vcpus": 1,
                                 "disk": 0, "os-flavor-access:is_public": False})
        for n in self.numbers:
            make("/flavors", flavor={"name": f"f{n}", "id": f"f{n}", "ram": 1, "vcpus": 1,
                                     "disk": 0})
            make("/flavors/private/os-extra_specs", extra_specs={f"key{n}": "x"})
            make("/flavors/private/action", addTenantAccess={"tenant": f"p{n}"})
            make("/os-agents", agent={
                "hypervisor": f"h{n}", "os": "linux", "architecture": "x86", "version": "1",
                "md5hash": "0" * 32, "url": "http://localhost/"})
            aggregate = make("/os-aggregates", aggregate={
                "name": f"a{n}", "availability_zone": f"zone{n}"})
            make(f"/os-aggregates/{aggregate['id']}/action", add_host={"host": f"host{n}"})
            make("/os-security-group-default-rules", security_group_default_rule={
                "ip_protocol": "TCP", "from_port": n + 1, "to_port": n + 1, "cidr": "10.0.0.0/8"})
            make("/os-networks", network={"label": f"n{n}", "cidr": f"10.20.{n}.0/24"})
            make("/os-floating-ips-bulk", floating_ips_bulk_create={
                "ip_range": f"172.24.{n}.0/30", "pool": f"pool{n}", "interface": "eth0"})
            self.do("PUT", f"/os-floating-ip-dns/d{n}.example.org", {
                "domain_entry": {"scope": "public", "project": "p"}})

    def things(self) -> None:
        make = self.make
        for n in self.numbers:
            make("/os-keypairs", keypair={"name": f"k{n}"})
            make("/os-server-groups", server_group={"name": f"s{n}", "policies": ["affinity"]})
            group = make("/os-security-groups", security_group={
                "name": f"g{n}", "description": "d"})
            make("/os-security-group-rules", security_group_rule={
                "parent_group_id": group["id"], "ip_protocol": "tcp", "from_port": 1,
                "to_port": 2, "cidr": "10.0.0.0/8"})
            volume = make("/os-volumes", volume={"size": 1})
            make("/os-snapshots", snapshot={"volume_id": volume["id"]})
            make("/os-floating-ips", pool=f"pool{n}")
            make("/os-cloudpipe", cloudpipe={"project_id": f"other{n}"})

    def servers(self) -> dict[str, str]:
        make, names = self.make, [f"g{n}" for n in self.numbers]
        networks = {network["label"]: network["id"]
                    for network in self.client.get("/os-networks").json["networks"]}
        first = make("/servers", server={
            "name": "first", "imageRef": IMAGE, "flavorRef": "1",
            "metadata": {f"k{n}": "v" for n in self.numbers},
            "security_groups": [{"name": name} for name in names]})["id"]
        for n in self.numbers:
            server = make("/servers", server={"name": f"s{n}", "imageRef": IMAGE, "flavorRef": "1",
                                              "security_groups": [{"name": f"g{n}"}]})["id"]
            self.do("POST", "/servers", {"server": {
                "name": "elsewhere", "imageRef": IMAGE, "flavorRef": "1",
                "availability_zone": "zone0:host0"}}, project=f"p{n}")
            volume = make("/os-volumes", volume={"size": 1})
            make(f"/servers/{first}/os-volume_attachments",
                 volumeAttachment={"volumeId": volume["id"]})
            self.do("POST", f"/servers/{first}/consoles")
            self.do("POST", f"/servers/{first}/action", {"reboot": {"type": "SOFT"}})
            self.do("POST", f"/servers/{first}/action", {
                "addFixedIp": {"networkId": networks[f"n{n}"]}})
            self.do("POST", f"/servers/{server}/action", {"resize": {"flavorRef": "2"}})
            image = self.do("POST", f"/servers/{first}/action", {"createImage": {
                "name": f"i{n}", "metadata": {f"k{n}": "v" * 30 for n in self.numbers}}})
        return {"server_id": first, "flavor_id": "private",
                "image_id": image.headers["Location"].rpartition("/")[2]}


@pytest.fixture(scope="module")
def deployment(configured):
    overrides = (("hosts", [f"host{n}" for n in range(MANY)], "fake"),
                 ("nodes", [], "fake"), ("services", ["nova-compute", "nova-console"], "fake"),
                 ("vpn_image_id", IMAGE, None), ("service_down_time", 10**6, None),
                 ("quota_volumes", -1, None), ("quota_snapshots", -1, None))
    before = [(name, (getattr(CONF, group) if group else CONF)[name], group)
              for name, _, group in overrides]
    for override in overrides:
        CONF.set_override(*override)
    yield
    for override in before:
        CONF.set_override(*override)


@pytest.fixture(scope="module")
def filled(deployment, loaded_client, database_files, tmp_path_factory):
    """Two databases, with little and with much in them: [(URL, what variables stand for)]."""
    made = []
    for count in (FEW, MANY):
        path = tmp_path_factory.mktemp("lists") / "minova.sqlite"
        shutil.copyfile(database_files, path)
        engine.configure(f"sqlite:///{path}")
        CONF.set_override("hosts", [f"host{n}" for n in range(count)], "fake")
        backend = compute.backend()
        backend.start()
        try:
            made.append((f"sqlite:///{path}", Filler(loaded_client, count).fill()))
        finally:
            # Signs of life would be counted, too.
            backend.stop()
            engine.configure(None)
    # What was launched in this very second is in nobody's usage yet, as in Nova.
    time.sleep(1)
    return made


def test_no_list_is_left_out(configured):
    got = {name.removeprefix("GET ").partition(" ")[0]
           for name in operations.loaded(APIRouterV21()) if name.startswith("GET ")}
    counted = {path.partition("?")[0] for path in STATEMENTS}
    assert {path for path in got if "{id}" not in path} - counted == SINGLE


@pytest.mark.parametrize("path", STATEMENTS)
def test_list(path, filled, loaded_client):
    costs, lengths = [], []
    for url, variables in filled:
        engine.configure(url)
        try:
            filled_path = path.format(**variables)
            loaded_client.get(filled_path)      # what is done once per process
            zones.changed()                     # what is done once in a second
            with count_statements() as counted:
                answer = loaded_client.get(filled_path)
        finally:
            engine.configure(None)
        assert answer.status == 200, answer.text
        costs.append(counted.count)
        lengths.append(len(answer.text))
    assert costs == [STATEMENTS[path]] * 2, "\n".join(counted.statements)
    # There is really more in the longer list.
    assert lengths[1] > 2 * lengths[0]
