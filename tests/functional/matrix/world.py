"""What the projects own when the operations of the matrix are tried: one thing of each kind.

Everything is made through the API. Names begin with MARK, ids are remembered, so that an answer
that shows anything of it can be told.
"""

from tests.client import Answer, Client

OWNER = ("alice", "blue")
STRANGER = ("mallory", "green")
ADMIN = ("admin", "admin")

MARK = "of-blue"
IMAGE = "70a599e0-31e7-49b7-b260-868f441e862b"
LATEST = "2.12"


def build(client: Client) -> dict[str, str]:
    """Make the things. Their names in roles.yaml -> what stands for them in a URL."""
    return _Builder(client).things()


class _Builder:
    def __init__(self, client: Client):
        self.admin = client.as_user(*ADMIN)
        self.owner = client.as_user(*OWNER)
        self.stranger = client.as_user(*STRANGER)

    def things(self) -> dict[str, str]:
        things = {"image": IMAGE, "owner": OWNER[1], "stranger": STRANGER[1]}
        things |= self._of_the_deployment()
        things |= self._of_the_owner()
        things |= self._around_the_server(things)
        server = self._server(self.stranger, name="of-green")
        groups = self.stranger.get("/os-security-groups").json["security_groups"]
        things |= {"own_server": server["id"], "own_security_group": groups[0]["id"]}
        return things

    def _of_the_deployment(self) -> dict[str, str]:
        self._new(self.admin, "/flavors", flavor={
            "id": f"{MARK}-flavor", "name": f"{MARK}-flavor", "ram": 1024, "vcpus": 1, "disk": 2,
            "os-flavor-access:is_public": False})
        self._new(self.admin, f"/flavors/{MARK}-flavor/action",
                  addTenantAccess={"tenant": OWNER[1]})
        self._new(self.admin, f"/flavors/{MARK}-flavor/os-extra_specs", extra_specs={"key": "x"})
        self._new(self.admin, "/os-floating-ips-bulk", floating_ips_bulk_create={
            "ip_range": "172.24.4.0/28", "pool": "nova", "interface": "eth0"})
        for project in (OWNER[1], STRANGER[1]):
            self._new(self.admin, "/os-networks", network={
                "label": f"of-{project}-net", "project_id": project,
                "cidr": "10.11.0.0/26" if project == OWNER[1] else "10.12.0.0/26"})
        self.admin.put("/os-floating-ip-dns/example.org", {"domain_entry": {
            "scope": "public", "project": OWNER[1]}})
        self.admin.put("/os-floating-ip-dns/example.org/entries/www", {"dns_entry": {
            "ip": "172.24.4.9", "dns_type": "A"}})
        agent = self._new(self.admin, "/os-agents", agent={
            "hypervisor": "fake", "os": "linux", "architecture": "x86_64", "version": "1",
            "md5hash": "0" * 32, "url": "http://localhost/agent"})
        aggregate = self._new(self.admin, "/os-aggregates", aggregate={"name": "rack"})
        self._new(self.admin, f"/os-aggregates/{aggregate['id']}/action",
                  add_host={"host": "spare"})
        free = self._new(self.admin, "/os-aggregates", aggregate={"name": "empty"})
        rule = self._new(self.admin, "/os-security-group-default-rules",
                         security_group_default_rule={
                             "ip_protocol": "TCP", "from_port": 22, "to_port": 22,
                             "cidr": "10.0.0.0/8"})
        networks = self.admin.get("/os-networks").json["networks"]
        hypervisors = self.admin.get("/os-hypervisors").json["hypervisors"]
        services = self.admin.get("/os-services").json["services"]
        return {
            "flavor": f"{MARK}-flavor", "agent": agent["agent_id"], "aggregate": aggregate["id"],
            "empty_aggregate": free["id"], "default_rule": rule["id"],
            "network": _one(networks, label=f"{MARK}-net")["id"],
            "free_network": _one(networks, label="test_1")["id"],
            "hypervisor": _one(hypervisors, hypervisor_hostname="compute")["id"],
            "service": _one(services, binary="nova-cert")["id"],
            "free_address": "10.0.0.4", "free_floating_address": "172.24.4.14",
            "domain": "example.org"}

    def _of_the_owner(self) -> dict[str, str]:
        owner = self.owner
        key = self._new(owner, "/os-keypairs", keypair={"name": f"{MARK}-key"})
        group = self._new(owner, "/os-server-groups", server_group={
            "name": f"{MARK}-servers", "policies": ["affinity"]})
        security_group = self._new(owner, "/os-security-groups", security_group={
            "name": f"{MARK}-rules", "description": "d"})
        rule = self._new(owner, "/os-security-group-rules", security_group_rule={
            "parent_group_id": security_group["id"], "ip_protocol": "tcp", "from_port": 80,
            "to_port": 80, "cidr": "10.0.0.0/8"})
        server = self._server(
            owner, name=f"{MARK}-server", key_name=key["name"], metadata={"key": MARK},
            security_groups=[{"name": f"{MARK}-rules"}])
        volumes = [self._new(owner, "/os-volumes", volume={
            "size": 1, "display_name": f"{MARK}-volume"}) for _ in range(3)]
        snapshot = self._new(owner, "/os-snapshots", snapshot={
            "volume_id": volumes[0]["id"], "display_name": f"{MARK}-snapshot"})
        floating_ips = [self._new(owner, "/os-floating-ips", pool="nova") for _ in range(2)]
        own_image = self._do(owner, "POST", f"/servers/{server['id']}/action", {
            "createImage": {"name": f"{MARK}-image", "metadata": {"key": MARK}}})
        return {
            "keypair": key["name"], "server_group": group["id"],
            "security_group": security_group["id"], "security_group_rule": rule["id"],
            "security_group_name": f"{MARK}-rules",
            "server": server["id"], "snapshotted_volume": volumes[0]["id"],
            "volume": volumes[1]["id"], "attached_volume": volumes[2]["id"],
            "snapshot": snapshot["id"], "floating_ip": floating_ips[0]["id"],
            "floating_address": floating_ips[0]["ip"],
            "used_floating_address": floating_ips[1]["ip"],
            "own_image": own_image.headers["Location"].rpartition("/")[2]}

    def _around_the_server(self, things: dict[str, str]) -> dict[str, str]:
        url = f"/servers/{things['server']}"
        self._new(self.owner, f"{url}/os-volume_attachments", volumeAttachment={
            "volumeId": things["attached_volume"]})
        self._new(self.owner, f"{url}/consoles")
        consoles = self.owner.get(f"{url}/consoles").json["consoles"]
        self._new(self.owner, f"{url}/action", addFloatingIp={
            "address": things["used_floating_address"]})
        url_of_console = self._new(self.owner, f"{url}/action", **{
            "os-getRDPConsole": {"type": "rdp-html5"}})["url"]
        actions = self.owner.get(f"{url}/os-instance-actions").json["instanceActions"]
        addresses = self.owner.get(url).json["server"]["addresses"]
        label, fixed = next(iter(addresses.items()))
        return {
            "console": consoles[0]["console"]["id"],
            "console_token": url_of_console.partition("token=")[2],
            "request": _one(actions, action="create")["request_id"],
            "label": label, "fixed_address": fixed[0]["addr"]}

    def _server(self, client: Client, **values) -> dict:
        return self._new(client, "/servers", server={
            "imageRef": IMAGE, "flavorRef": "1", **values})

    def _new(self, client: Client, path: str, **body) -> dict | None:
        """What the answer to this POST shows."""
        answer = self._do(client, "POST", path, body or None).json
        return next(iter(answer.values())) if answer else None

    @staticmethod
    def _do(client: Client, method: str, path: str, body=None) -> Answer:
        answer = client.request(method, path, body)
        assert answer.status < 300, f"{method} {path}: {answer.status} {answer.text}"
        return answer


def _one(items: list[dict], **wanted) -> dict:
    return next(item for item in items
                if all(item[name] == value for name, value in wanted.items()))
