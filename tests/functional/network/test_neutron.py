"""The backend `neutron`, with the network API of another process as the real Neutron."""

import contextlib
import http.client
import json
import re
import subprocess
import sys
import textwrap
import uuid

import pytest

from minova import exception
from minova.network import neutron
from tests.functional import processes

pytest.importorskip("openstack")
IMAGE = "5f0c7d1e-0a3b-4c52-9a51-c1220571e500"
MEMBER, STRANGER, ADMIN = "u:p", "v:q", "admin:admin"


def options_of(address, **more):
    """What a compute service needs, to have its networks from the network API at `address`."""
    return {"network_api_class": "neutron", "fake": {"boot_seconds": 0},
            "neutron": {"auth_type": "admin_token", "endpoint": f"http://{address}", "token": ADMIN,
                        "endpoint_override": f"http://{address}"}, **more}


class Cloud:
    """A compute service, and the networks that it has from somewhere else."""

    def __init__(self, compute, networks):
        self.compute, self.networks = compute, networks

    def ask(self, path, method="GET", body=None, token=MEMBER):
        with contextlib.closing(self.compute.connect()) as connection:
            connection.request(method, f"/v2.1{path}", body and json.dumps(body), {
                "X-Auth-Token": token, "Content-Type": "application/json",
                "X-OpenStack-Nova-API-Version": "2.12"})
            answer = connection.getresponse()
            text = answer.read()
            return answer.status, json.loads(text) if text else None

    def refused(self, path, body, token=MEMBER):
        status, answer = self.ask(path, "POST", body, token)
        assert status >= 400, answer
        return status, next(iter(answer.values()))["message"]

    def neutron(self, method, path, body=None, token=ADMIN):
        """What was asked for, without the key around it; it must work."""
        with contextlib.closing(http.client.HTTPConnection(self.networks, timeout=30)) as connection:
            connection.request(method, f"/v2.0{path}", body and json.dumps(body), {"X-Auth-Token": token})
            answer = connection.getresponse()
            text = answer.read()
            assert answer.status < 300, text
            return next(iter(json.loads(text).values())) if text else None

    def named(self, noun, name):
        [found] = self.neutron("GET", f"/{noun}s?name={name}")
        return found

    def make(self, noun, token=MEMBER, **values):
        return self.neutron("POST", f"/{noun.replace('_', '-')}s", {noun: values}, token)

    def subnet(self, token=MEMBER, cidr="10.1.0.0/24", **values):
        """A subnet of a network of its own."""
        network = self.make("network", token, name=f"net-{uuid.uuid4().hex[:6]}")
        return self.make("subnet", token, network_id=network["id"], cidr=cidr, ip_version=4, **values) | {
            "label": network["name"]}

    def ports(self, server_id):
        return self.neutron("GET", f"/ports?device_id={server_id}")

    def create(self, token=MEMBER, **values):
        return self.ask("/servers", "POST", {"server": {
            "name": "web", "flavorRef": "1", "imageRef": IMAGE, **values}}, token)

    def boot(self, token=MEMBER, **values):
        status, made = self.create(token, **values)
        assert status == 202, made
        return self.wait(made["server"]["id"], token)

    def show(self, server_id, token=MEMBER):
        return self.ask(f"/servers/{server_id}", token=token)[1]["server"]

    def wait(self, server_id, token=MEMBER):
        def done():
            found = self.show(server_id, token)
            return found if found["status"] != "BUILD" else None
        return processes.eventually(done, f"{server_id} is built")

    def delete(self, server_id):
        assert self.ask(f"/servers/{server_id}", "DELETE")[0] == 204
        processes.eventually(lambda: self.ask(f"/servers/{server_id}")[0] == 404, f"{server_id} is gone")

    def addresses(self, server_id):
        return {label: [(each["addr"], each["OS-EXT-IPS:type"]) for each in found]
                for label, found in self.show(server_id)["addresses"].items()}


@pytest.fixture(scope="module")
def there(tmp_path_factory):
    """The address of a network API."""
    process = processes.Process(
        tmp_path_factory.mktemp("there"), enabled_apis="osapi_compute,network", network_listen_port=0,
        network_api_class="embedded_neutron")
    with process:
        yield processes.eventually(
            lambda: re.search(r"Serving network at http://([^/]+)/", process.output), "a network API")[1]


@pytest.fixture(scope="module")
def cloud(there, tmp_path_factory):
    with processes.Process(tmp_path_factory.mktemp("here"), **options_of(there)) as here:
        yield Cloud(here, there)


@pytest.fixture
def private(cloud):
    return cloud.named("network", "private")


def test_a_port_of_another_project_is_no_servers(cloud):
    server_id = cloud.boot()["id"]
    subnet = cloud.subnet(STRANGER, cidr="10.66.0.0/24")
    port = cloud.make("port", STRANGER, network_id=subnet["network_id"], device_id=server_id,
                      device_owner="compute:nova")
    [shown] = cloud.ask(f"/servers/{server_id}/os-interface")[1]["interfaceAttachments"]
    assert shown["port_id"] != port["id"]
    assert cloud.ask(f"/servers/{server_id}/os-interface/{port['id']}")[0] == 404
    status, _ = cloud.ask("/os-server-external-events", "POST", {"events": [
        {"name": "network-changed", "server_uuid": server_id}]}, ADMIN)
    assert status == 200
    cloud.delete(server_id)
    assert [each["id"] for each in cloud.ports(server_id)] == [port["id"]]
    cloud.neutron("DELETE", f"/ports/{port['id']}")
    cloud.neutron("DELETE", f"/networks/{subnet['network_id']}")


def test_the_only_network(cloud):
    server = cloud.boot()
    assert server["status"] == "ACTIVE", server
    [port] = cloud.ports(server["id"])
    assert (port["device_owner"], port["project_id"], port["status"]) == ("compute:nova", "p", "ACTIVE")
    assert port["binding:host_id"]
    [address] = server["addresses"]["private"]
    assert (address["addr"], address["OS-EXT-IPS-MAC:mac_addr"]) == (
        port["fixed_ips"][0]["ip_address"], port["mac_address"])
    assert server["security_groups"] == [{"name": "default"}]
    cloud.delete(server["id"])
    assert cloud.ports(server["id"]) == []


def test_which_network(cloud, private):
    blue = cloud.subnet()
    assert cloud.create()[0] == 409
    server = cloud.boot(networks=[{"uuid": private["id"]}, {"uuid": blue["network_id"],
                                                            "fixed_ip": "10.1.0.40"}])
    assert list(server["addresses"]) == ["private", blue["label"]]
    assert server["addresses"][blue["label"]][0]["addr"] == "10.1.0.40"
    found = cloud.ask(f"/servers/{server['id']}/os-virtual-interfaces")[1]["virtual_interfaces"]
    assert [vif["net_id"] for vif in found] == [private["id"], blue["network_id"]]
    cloud.delete(server["id"])
    cloud.neutron("DELETE", f"/networks/{blue['network_id']}")


def test_what_cannot_be_asked_for(cloud, private):
    def refused(*networks, token=MEMBER, **values):
        return cloud.refused("/servers", {"server": {
            "name": "web", "flavorRef": "1", "imageRef": IMAGE, "networks": list(networks),
            **values}}, token)

    blue, unknown = cloud.subnet(), str(uuid.uuid4())
    network_id = blue["network_id"]
    empty = cloud.make("network", name="empty")["id"]
    public = cloud.named("network", "public")["id"]
    bare = cloud.make("port", network_id=network_id, fixed_ips=[])["id"]
    used = cloud.make("port", network_id=network_id, device_id="x",
                      fixed_ips=[{"ip_address": "10.1.0.9"}])["id"]
    theirs = cloud.make("port", STRANGER, network_id=private["id"])["id"]
    secret = cloud.subnet(STRANGER)["network_id"]
    assert refused({"uuid": unknown}) == (400, f"Network {unknown} could not be found.")
    assert refused({"uuid": secret}) == (400, f"Network {secret} could not be found.")
    assert refused({"port": unknown}) == (400, f"Port id {unknown} could not be found.")
    assert refused({"port": theirs}) == (400, f"Port id {theirs} could not be found.")
    assert refused({"port": used}) == (409, f"Port {used} is still in use.")
    assert refused({"port": bare}) == (400, f"Port {bare} requires a FixedIP in order to be used.")
    assert refused({"uuid": empty}) == (
        400, f"Network {empty} requires a subnet in order to boot instances on.")
    assert refused({"uuid": public}) == (
        403, f"It is not allowed to create an interface on external network {public}")
    assert refused({"uuid": network_id, "fixed_ip": "10.9.0.1"}) == (
        400, f"Fixed IP address (10.9.0.1) does not exist in network ({network_id}).")
    assert refused({"uuid": network_id, "fixed_ip": "10.1.0.9"}) == (
        400, "Fixed IP address 10.1.0.9 is already in use on instance x.")
    assert refused({"uuid": network_id}, security_groups=[{"name": "nosuch"}]) == (
        400, "Security group nosuch not found for project p.")
    for port_id in (bare, used, theirs):
        cloud.neutron("DELETE", f"/ports/{port_id}")
    for each in (network_id, empty, secret):
        cloud.neutron("DELETE", f"/networks/{each}")


def test_a_network_that_is_full(cloud):
    subnet = cloud.subnet(cidr="10.1.0.0/30")
    port = cloud.make("port", network_id=subnet["network_id"])
    server = cloud.boot(networks=[{"uuid": subnet["network_id"]}])
    assert (server["status"], server["fault"]["message"], server["addresses"]) == (
        "ERROR", f"No fixed IP addresses available for network: {subnet['network_id']}", {})
    cloud.neutron("PUT", "/quotas/p", {"quota": {"port": 1}})
    other = cloud.subnet()
    server = cloud.boot(networks=[{"uuid": other["network_id"]}])
    assert server["fault"]["message"] == "Maximum number of ports exceeded"
    cloud.neutron("DELETE", "/quotas/p")
    cloud.neutron("DELETE", f"/ports/{port['id']}")
    for each in (subnet, other):
        cloud.neutron("DELETE", f"/networks/{each['network_id']}")


def test_interfaces_come_and_go(cloud, private):
    blue = cloud.subnet()
    server = cloud.boot(networks=[{"uuid": private["id"]}])
    path = f"/servers/{server['id']}/os-interface"

    def attach(**values):
        return cloud.ask(path, "POST", {"interfaceAttachment": values})

    status, made = attach(net_id=blue["network_id"], fixed_ips=[{"ip_address": "10.1.0.30"}])
    assert status == 200 and made["interfaceAttachment"]["fixed_ips"] == [
        {"subnet_id": blue["id"], "ip_address": "10.1.0.30"}]
    made_id = made["interfaceAttachment"]["port_id"]
    [first, second] = cloud.ports(server["id"])
    assert first["security_groups"] == second["security_groups"] and first["security_groups"]
    given = cloud.make("port", network_id=blue["network_id"])
    assert attach(port_id=given["id"])[0] == 200
    assert [address for address, _ in cloud.addresses(server["id"])[blue["label"]]] == [
        "10.1.0.30", given["fixed_ips"][0]["ip_address"]]
    assert attach(port_id=given["id"])[0] == 409
    assert attach(net_id=str(uuid.uuid4()))[0] == 400
    assert attach(port_id=str(uuid.uuid4()))[0] == 404
    assert attach(net_id=cloud.named("network", "public")["id"])[0] == 403
    assert attach()[0] == 409           # which of the networks?
    assert [port["port_id"] for port in cloud.ask(path)[1]["interfaceAttachments"]][1:] == [
        made_id, given["id"]]
    assert cloud.ask(f"{path}/{made_id}")[1]["interfaceAttachment"]["port_state"] == "ACTIVE"
    assert cloud.ask(path, token=STRANGER)[0] == 404
    for port_id in (made_id, given["id"]):
        assert cloud.ask(f"{path}/{port_id}", "DELETE")[0] == 202
    assert list(cloud.addresses(server["id"])) == ["private"]
    assert cloud.ask(f"{path}/{made_id}", "DELETE")[0] == 404
    left = cloud.neutron("GET", f"/ports?network_id={blue['network_id']}")
    assert [(port["id"], port["device_id"], port["binding:host_id"]) for port in left] == [
        (given["id"], "", "")]
    cloud.delete(server["id"])
    cloud.neutron("DELETE", f"/ports/{given['id']}")
    cloud.neutron("DELETE", f"/networks/{blue['network_id']}")


def test_more_addresses(cloud, private):
    server = cloud.boot(networks=[{"uuid": private["id"]}])
    path = f"/servers/{server['id']}/action"
    assert cloud.ask(path, "POST", {"addFixedIp": {"networkId": private["id"]}}, ADMIN)[0] == 202
    first, second = (address for address, _ in cloud.addresses(server["id"])["private"])
    assert cloud.ask(path, "POST", {"removeFixedIp": {"address": first}}, ADMIN)[0] == 202
    assert cloud.addresses(server["id"]) == {"private": [(second, "fixed")]}
    shown = cloud.ask(f"/os-fixed-ips/{second}", token=ADMIN)[1]["fixed_ip"]
    assert (shown["cidr"], shown["hostname"], shown["reserved"]) == ("10.0.0.0/24", "web", False)
    cloud.delete(server["id"])
    assert cloud.ask(f"/os-fixed-ips/{second}", token=ADMIN)[0] == 404


def test_floating_ips(cloud, private):
    assert cloud.ask("/os-floating-ip-pools")[1]["floating_ip_pools"] == [{"name": "public"}]
    fip = cloud.ask("/os-floating-ips", "POST", {"pool": "public"})[1]["floating_ip"]
    assert cloud.neutron("GET", f"/floatingips/{fip['id']}")["floating_ip_address"] == fip["ip"]
    assert cloud.ask("/os-floating-ips", "POST", {"pool": "none"})[0] == 404
    other = cloud.ask("/os-floating-ips", "POST")[1]["floating_ip"]
    server = cloud.boot(networks=[{"uuid": private["id"]}])
    path = f"/servers/{server['id']}/action"
    add, remove = ({action: {"address": fip["ip"]}} for action in ("addFloatingIp", "removeFloatingIp"))
    assert cloud.ask(path, "POST", add, STRANGER)[0] == 404
    assert cloud.ask(path, "POST", add)[0] == 202
    assert (fip["ip"], "floating") in cloud.addresses(server["id"])["private"]
    shown = cloud.ask(f"/os-floating-ips/{fip['id']}")[1]["floating_ip"]
    assert (shown["instance_id"], shown["pool"]) == (server["id"], "public")
    assert cloud.ask(f"/os-floating-ips/{fip['id']}", token=STRANGER)[0] == 404
    assert cloud.ask("/os-floating-ips", token=STRANGER)[1]["floating_ips"] == []
    assert cloud.ask("/os-floating-ips-bulk", token=ADMIN)[1]["floating_ip_info"][0]["pool"] == "public"
    second = cloud.boot(networks=[{"uuid": private["id"]}])
    assert cloud.ask(f"/servers/{second['id']}/action", "POST", add)[0] == 202
    assert (fip["ip"], "floating") in cloud.addresses(second["id"])["private"]
    assert len(cloud.addresses(server["id"])["private"]) == 1
    assert cloud.ask(f"/servers/{second['id']}/action", "POST", remove)[0] == 202
    assert len(cloud.addresses(second["id"])["private"]) == 1
    assert cloud.ask(f"/servers/{second['id']}/action", "POST", remove)[0] == 409
    blue = cloud.subnet()
    apart = cloud.boot(networks=[{"uuid": blue["network_id"]}])
    status, message = cloud.refused(f"/servers/{apart['id']}/action", add)
    assert status == 400 and "is not reachable from subnet" in message
    assert cloud.ask(path, "POST", add)[0] == 202
    for each in (fip, other):
        assert cloud.ask(f"/os-floating-ips/{each['id']}", "DELETE")[0] == 202
    assert len(cloud.addresses(server["id"])["private"]) == 1
    assert cloud.neutron("GET", "/floatingips") == []
    for each in (server, second, apart):
        cloud.delete(each["id"])
    cloud.neutron("DELETE", f"/networks/{blue['network_id']}")


def test_security_groups(cloud, private):
    web = cloud.ask("/os-security-groups", "POST", {"security_group": {
        "name": "web", "description": "d"}})[1]["security_group"]
    assert cloud.neutron("GET", f"/security-groups/{web['id']}")["project_id"] == "p"
    rule = cloud.ask("/os-security-group-rules", "POST", {"security_group_rule": {
        "parent_group_id": web["id"], "ip_protocol": "tcp", "from_port": 80, "to_port": 80,
        "cidr": "10.0.0.0/8"}})[1]["security_group_rule"]
    assert cloud.ask(f"/os-security-groups/{web['id']}")[1]["security_group"]["rules"] == [rule]
    assert cloud.ask(f"/os-security-groups/{web['id']}", token=STRANGER)[0] == 404
    server = cloud.boot(security_groups=[{"name": "web"}, {"name": "default"}],
                        networks=[{"uuid": private["id"]}])
    assert {group["name"] for group in server["security_groups"]} == {"web", "default"}
    assert len(cloud.ports(server["id"])[0]["security_groups"]) == 2
    path = f"/servers/{server['id']}/action"
    assert cloud.ask(path, "POST", {"removeSecurityGroup": {"name": "web"}})[0] == 202
    assert cloud.show(server["id"])["security_groups"] == [{"name": "default"}]
    assert cloud.ask(path, "POST", {"removeSecurityGroup": {"name": "web"}})[0] == 400
    assert cloud.ask(path, "POST", {"addSecurityGroup": {"name": web["id"]}})[0] == 202
    assert cloud.ask(f"/os-security-groups/{web['id']}", "DELETE")[0] == 400    # it is in use
    found = cloud.ask(f"/servers/{server['id']}/os-security-groups")[1]["security_groups"]
    assert {group["name"] for group in found} == {"web", "default"}
    cloud.delete(server["id"])
    assert cloud.ask(f"/os-security-groups/{web['id']}", "DELETE")[0] == 202


def test_networks(cloud, private):
    secret = cloud.subnet(STRANGER)
    labels = {network["label"] for network in cloud.ask("/os-networks")[1]["networks"]}
    assert labels == {"private", "public"}
    assert cloud.ask(f"/os-networks/{private['id']}")[1]["network"]["label"] == "private"
    assert cloud.ask(f"/os-networks/{secret['network_id']}")[0] == 404
    assert cloud.ask("/os-tenant-networks", token=STRANGER)[0] == 200
    cloud.neutron("DELETE", f"/networks/{secret['network_id']}")
    for method, path, body in (
            ("POST", "/os-networks", {"network": {"label": "x", "cidr": "10.9.0.0/24"}}),
            ("DELETE", f"/os-networks/{private['id']}", None),
            ("POST", f"/os-networks/{private['id']}/action", {"disassociate_host": None}),
            ("POST", "/os-floating-ips-bulk", {"floating_ips_bulk_create": {"ip_range": "10.9.0.1"}}),
            ("POST", "/os-fixed-ips/10.0.0.2/action", {"reserve": None}),
            ("GET", "/os-floating-ip-dns", None), ("GET", "/os-security-group-default-rules", None)):
        assert cloud.ask(path, method, body, ADMIN)[0] == 501, path


def test_the_login_is_needed_at_the_start(tmp_path):
    process = processes.Process(tmp_path, network_api_class="neutron").start()
    assert process.popen.wait(processes.DEADLINE) == 1
    [line] = [line for line in process.output.splitlines() if line.startswith("minova-api: ")]
    assert line == ("minova-api: [neutron] does not say how to reach a real service: neither cloud nor "
                    "auth_type is set")


def test_without_openstacksdk(monkeypatch):
    monkeypatch.setitem(sys.modules, "openstack", None)
    with pytest.raises(exception.ServiceNotConfigured, match="install minova with the extra openstack"):
        neutron.Backend()


def test_the_network_api_is_not_served_over_it(there, tmp_path):
    process = processes.Process(tmp_path, **options_of(there, enabled_apis="osapi_compute,network")).start()
    assert process.popen.wait(processes.DEADLINE) == 1
    assert "The network API needs ports of minova's own" in process.output


def run(cloud, program, *args):
    """What the program prints, which has `api`, `neutron`, `admin` and `member(project)` to begin with."""
    beginning = textwrap.dedent('''
        import sys
        from minova import config, context, exception, network
        from minova.network.contract import Query
        config.parse_args([], prog='x', config_files=[sys.argv[1]], config_dirs=[])
        api, neutron, admin = network.API(), network.NeutronAPI(), context.get_admin_context()
        def member(project):
            return context.RequestContext(user_id='x', project_id=project, is_admin=False, overwrite=False)
    ''')
    result = subprocess.run(
        [sys.executable, "-c", beginning + textwrap.dedent(program), str(cloud.compute.config), *args],
        text=True, env={"PYTHONPATH": str(processes.ROOT)}, capture_output=True, timeout=60)
    assert result.returncode == 0, result.stderr
    return result.stdout.splitlines()


def test_what_the_metadata_service_asks(cloud):
    blue = cloud.subnet(cidr="10.77.0.0/24", dns_nameservers=["8.8.8.8"])
    cloud.make("subnet", network_id=blue["network_id"], cidr="fd00:77::/64", ip_version=6)
    server = cloud.boot(networks=[{"uuid": blue["network_id"]}])
    assert [address["version"] for address in server["addresses"][blue["label"]]] == [4, 6]
    [port] = cloud.ports(server["id"])
    theirs = cloud.subnet(STRANGER, cidr="10.78.0.0/24")
    pretender = cloud.make("port", STRANGER, network_id=theirs["network_id"], device_id=server["id"],
                           device_owner="compute:nova", fixed_ips=[{"ip_address": "10.78.0.5"}])
    assert run(cloud, '''
        [found] = api.get_interfaces(admin, {'uuid': sys.argv[2]})
        print(found['vif_id'], found['mac'], found['mtu'])
        for subnet in found['subnets']:
            print(subnet['version'], *subnet['addresses'], subnet['gateway'], subnet['netmask'])
        print(api.get_server_by_fixed_ip(admin, '10.77.0.2'))
        for nothing in ('10.77.0.1', '10.77.0.9', 'x', '10.78.0.5'):
            try:
                api.get_server_by_fixed_ip(admin, nothing)
            except exception.FixedIpNotFoundForAddress as e:
                print(e)
    ''', server["id"]) == [
        f"{port['id']} {port['mac_address']} 1500",
        "4 10.77.0.2 10.77.0.1 255.255.255.0", "6 fd00:77::2 fd00:77::1 ffff:ffff:ffff:ffff::",
        server["id"], "Fixed ip not found for address 10.77.0.1.",
        "Fixed ip not found for address 10.77.0.9.", "Fixed ip not found for address x.",
        "Fixed ip not found for address 10.78.0.5."]
    cloud.neutron("DELETE", f"/ports/{pretender['id']}")
    cloud.neutron("DELETE", f"/networks/{theirs['network_id']}")
    cloud.delete(server["id"])
    cloud.neutron("DELETE", f"/networks/{blue['network_id']}")


def test_nobody_is_more_for_having_no_token(cloud, private):
    """What has no token is served with the login of an administrator, and may not more than before."""
    theirs = cloud.subnet(STRANGER)
    group = cloud.make("security_group", STRANGER, name="theirs")
    port = cloud.make("port", STRANGER, network_id=theirs["network_id"])
    fip = cloud.make("floatingip", STRANGER, floating_network_id=cloud.named("network", "public")["id"])
    public = cloud.named("network", "public")["id"]
    assert run(cloud, '''
        p, q = member('p'), member('q')
        def outcome(who, method, *args):
            try:
                method(who, *args)
            except exception.MinovaException as e:
                return type(e).__name__
            return 'done'
        network_id, port, fip, address, group, public = sys.argv[2:]
        for who in (p, q):
            print(sorted(n['label'] for n in api.get_all(who)), len(api.get_floating_ips_by_project(who)),
                  len(neutron.get_all(who, 'port', Query())))
        for who in (p, q):
            print(outcome(who, api.get, network_id), outcome(who, api.get_floating_ip, fip),
                  outcome(who, api.get_floating_ip_by_address, address),
                  outcome(who, api.validate_networks, [{'uuid': network_id}]),
                  outcome(who, api.validate_networks, [{'port': port}]))
        rule = {'security_group_id': group, 'direction': 'ingress', 'project_id': 'p'}
        for who in (p, q):
            print(outcome(who, neutron.create, 'security_group_rule', [rule]),
                  outcome(who, neutron.update, 'network', public, {'name': 'x'}),
                  outcome(who, neutron.update, 'security_group', group, {'name': 'x'}),
                  outcome(who, neutron.delete_quotas, 'q'), outcome(who, neutron.delete, 'floatingip', fip))
    ''', theirs["network_id"], port["id"], fip["id"], fip["floating_ip_address"], group["id"], public) == [
        "['private', 'public'] 0 0", str(sorted([theirs["label"], "private", "public"])) + " 1 1",
        "NetworkNotFound FloatingIpNotFound FloatingIpNotFoundForAddress NetworkNotFound PortNotFound",
        "done done done done done",
        "SecurityGroupNotFound NotAuthorized SecurityGroupNotFound NotAuthorized FloatingIPNotFound",
        "NotAuthorized NotAuthorized done NotAuthorized done"]
    cloud.neutron("DELETE", f"/ports/{port['id']}")
    cloud.neutron("DELETE", f"/networks/{theirs['network_id']}")
    cloud.neutron("DELETE", f"/security-groups/{group['id']}")


def test_with_a_keystone(minova_cloud, tmp_path):
    """Its own login finds Neutron in the catalog; members are known there by their tokens."""
    user = minova_cloud.user("admin")
    login = {"auth_type": "password", "auth_url": minova_cloud.auth_url, "username": user["name"],
             "password": user["password"], "project_name": user["project"],
             "user_domain_name": "Default", "project_domain_name": "Default"}
    members = minova_cloud.connection("demo")
    process = processes.Process(
        tmp_path, auth_strategy="keystone", network_api_class="neutron", fake={"boot_seconds": 0},
        keystone_authtoken=login, neutron=login | {"valid_interfaces": "public"})
    with process, contextlib.closing(members):
        cloud, token = Cloud(process, None), members.auth_token
        members.network.create_network(name="mine")
        with contextlib.closing(minova_cloud.connection("admin")) as admin:
            admin.network.create_network(name="theirs")
            labels = {network["label"] for network in cloud.ask("/os-networks", token=token)[1]["networks"]}
            assert "mine" in labels and "theirs" not in labels
            private = members.network.find_network("private")
            server = cloud.boot(token, networks=[{"uuid": private.id}])
            [port] = members.network.ports(device_id=server["id"])
            assert port.project_id == members.current_project_id
            assert server["addresses"]["private"][0]["addr"] == port.fixed_ips[0]["ip_address"]
            assert cloud.ask(f"/servers/{server['id']}", "DELETE", token=token)[0] == 204
            processes.eventually(
                lambda: not list(members.network.ports(device_id=server["id"])), "its port is gone")
