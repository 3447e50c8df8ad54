"""What a real Neutron may say, and how it is asked."""

import datetime

import pytest
import requests

from minova import context, exception, jsonutils
from minova.network.contract import Query
from minova.network.neutron import client, info

ADMIN = context.get_admin_context()


class Service:
    """Answers with what it was given, one after the other, and notes what it was asked."""

    def __init__(self, *answers):
        self.answers, self.asked = list(answers), []

    def request(self, _context, method, path, **kwargs):
        self.asked.append((method, path, kwargs))
        status, body = self.answers.pop(0)
        answer = requests.Response()
        answer.status_code, answer.reason = status, "reason"
        answer._content = body if isinstance(body, bytes) else jsonutils.dump_as_bytes(body)
        return answer


def neutron(*answers):
    made = client.NeutronAPI.__new__(client.NeutronAPI)
    made.service = Service(*answers)
    return made


def error(kind, message="m"):
    return {"NeutronError": {"type": kind, "message": message, "detail": ""}}


@pytest.mark.parametrize("status, body, kind", [
    (409, error("OverQuota"), exception.neutron.OverQuota),
    (409, error("IpAddressInUse"), exception.neutron.IpAddressAlreadyAllocated),
    (409, error("ExternalIpAddressExhausted"), exception.neutron.IpAddressGenerationFailure),
    (409, error("SomethingNew"), exception.Conflict),
    (400, error("HTTPBadRequest"), exception.Invalid),
    (403, error("PolicyNotAuthorized"), exception.neutron.PolicyNotAuthorized),
    (412, error("RevisionNumberConstraintFailed"), exception.Conflict),
    (404, b"<html>", exception.neutron.PortNotFound),
    (401, {"error": {"code": 401, "message": "m"}}, exception.ServiceUnreachable),
    (500, b"oops", exception.ServiceUnreachable),
    (503, error("ServiceUnavailable"), exception.ServiceUnreachable),
])
def test_errors(status, body, kind):
    with pytest.raises(kind) as caught:
        neutron((status, body)).get(ADMIN, "port", "p")
    if isinstance(body, dict) and "NeutronError" in body and status < 500:
        assert caught.value.message == "m"


def test_lists_are_read_to_their_end():
    api = neutron((200, {"ports": [{"id": "a", "tenant_id": "p"}],
                         "ports_links": [{"rel": "next", "href": "http://x/ports?marker=a"}]}),
                  (200, {"ports": [{"id": "b", "tenant_id": "p"}],
                         "ports_links": [{"rel": "previous", "href": "http://x"}]}))
    assert [port["id"] for port in api.find(ADMIN, "port", project_id="p")] == ["a", "b"]
    assert [kwargs["params"] for _, _, kwargs in api.service.asked] == [
        [("tenant_id", "p")], [("tenant_id", "p"), ("marker", "a")]]
    limited = neutron((200, {"ports": [{"id": "a"}], "ports_links": [{"rel": "next", "href": ""}]}))
    assert len(limited.get_all(ADMIN, "port", Query(limit=1, sorts=[("project_id", "desc")]))) == 1
    assert limited.service.asked[0][2]["params"] == [
        ("sort_key", "tenant_id"), ("sort_dir", "desc"), ("limit", "1")]


def test_long_filters_are_asked_in_parts():
    api = neutron(*[(200, {"networks": []})] * 3)
    assert api.find(ADMIN, "network", id=[str(number) for number in range(120)]) == []
    assert [len(kwargs["params"]) for _, _, kwargs in api.service.asked] == [50, 50, 20]
    assert neutron().find(ADMIN, "network", id=[]) == []       # is not asked at all


def test_things_of_each_version():
    old = {"id": "g", "tenant_id": "p", "security_group_rules": [{"id": "r", "tenant_id": "p"}]}
    thing = neutron((200, {"security_group": old})).get(ADMIN, "security_group", "g")
    assert (thing["project_id"], thing["created_at"]) == ("p", None)
    assert thing["security_group_rules"][0]["project_id"] == "p"
    new = {"id": "n", "project_id": "p", "tenant_id": "p", "created_at": "2026-01-02T03:04:05Z"}
    assert neutron((200, {"network": new})).get(ADMIN, "network", "n")["created_at"] == (
        datetime.datetime(2026, 1, 2, 3, 4, 5))


def test_a_port_is_bound_only_as_it_was_seen():
    api = neutron((200, {"port": {"id": "p"}}))
    api.update(ADMIN, "port", "p", {"device_id": "s"}, revision=7)
    assert api.service.asked == [("PUT", "/ports/p", {
        "json": {"port": {"device_id": "s"}}, "headers": {"If-Match": "revision_number=7"}})]


def test_ids_are_no_paths():
    api = neutron((404, error("PortNotFound")))
    with pytest.raises(exception.neutron.PortNotFound):
        api.get(ADMIN, "port", "../networks/x?y")
    assert api.service.asked[0][1] == "/ports/..%2Fnetworks%2Fx%3Fy"


def test_several_are_made_together():
    api = neutron((201, {"networks": [{"id": "a"}, {"id": "b"}]}))
    assert len(api.create(ADMIN, "network", [
        {"name": "a", "project_id": "p"}, {"name": "b", "project_id": "p"}])) == 2
    assert api.service.asked[0][2]["json"] == {"networks": [
        {"name": "a", "tenant_id": "p"}, {"name": "b", "tenant_id": "p"}]}


def test_quotas_and_routers():
    api = neutron((200, {"quota": {"port": {"limit": 5, "used": 1, "reserved": 0}}}), (200, {"quota": {}}),
                  (200, {"quota": {}}), (204, b""), (200, {"quotas": [{"tenant_id": "p"}]}),
                  (200, {"id": "r", "subnet_id": "s"}), (200, {"id": "r", "port_id": "p"}))
    assert api.get_quotas(ADMIN, "p")["port"]["used"] == 1
    api.get_default_quotas(ADMIN)
    api.update_quotas(ADMIN, "p", {"port": 6})
    api.delete_quotas(ADMIN, "p")
    assert api.get_projects_with_quotas(ADMIN) == ["p"]
    api.service.answers.insert(0, (200, {"subnet": {"id": "s"}}))
    assert api.add_router_interface(ADMIN, "r", "s", None)["subnet_id"] == "s"
    api.service.answers.insert(0, (200, {"port": {"id": "p"}}))
    api.remove_router_interface(ADMIN, "r", None, "p")
    assert [(method, path) for method, path, _ in api.service.asked] == [
        ("GET", "/quotas/p/details.json"), ("GET", "/quotas/default/default"), ("PUT", "/quotas/p"),
        ("DELETE", "/quotas/p"), ("GET", "/quotas"), ("GET", "/subnets/s"),
        ("PUT", "/routers/r/add_router_interface"), ("GET", "/ports/p"),
        ("PUT", "/routers/r/remove_router_interface")]


def test_ports_stay_in_their_order():
    time = datetime.datetime(2026, 1, 1)
    ports = [{"id": each, "created_at": made} for each, made in (
        ("a", None), ("b", time), ("c", time + datetime.timedelta(1)), ("d", time))]
    assert [port["id"] for port in info.in_order(ports, ["c", "x", "a"])] == ["c", "a", "b", "d"]
