"""Security groups, their rules, and the servers in them."""

import threading

import pytest
import sqlalchemy as sa

from minova import compute, exception
from minova.context import RequestContext
from minova.db import engine
from minova.db import tables as t

IMAGE = "70a599e0-31e7-49b7-b260-868f441e862b"
RULE = {"ip_protocol": "tcp", "from_port": 80, "to_port": 81, "cidr": "10.0.0.0/8"}


@pytest.fixture
def member(client):
    return client.as_user("demo", "blue")


def make(client, name="web"):
    answer = client.post("/os-security-groups", {
        "security_group": {"name": name, "description": "d"}})
    assert answer.status == 200
    return answer.json["security_group"]


def add_rule(client, group, **values):
    return client.post("/os-security-group-rules", {
        "security_group_rule": {"parent_group_id": group["id"], **values}})


def boot(client, **attributes):
    answer = client.post("/servers", {"server": {
        "name": "s", "imageRef": IMAGE, "flavorRef": "1", **attributes}})
    assert answer.status == 202
    return answer.json["server"]


def shown(client, server):
    found = client.get(f"/servers/{server['id']}").json["server"].get("security_groups")
    [listed] = client.get("/servers/detail").json["servers"]
    assert listed.get("security_groups") == found
    return found and [group["name"] for group in found]


def groups(client, query=""):
    return [g["name"] for g in client.get(f"/os-security-groups{query}").json["security_groups"]]


# ---- groups

def test_the_default_group_is_there_as_soon_as_anybody_looks(member):
    assert groups(member) == ["default"]
    [group] = member.get("/os-security-groups").json["security_groups"]
    assert (group["description"], group["tenant_id"], group["rules"]) == ("default", "blue", [])
    for answer, what in ((member.delete(f"/os-security-groups/{group['id']}"), "delete"),
                         (member.put(f"/os-security-groups/{group['id']}", {"security_group": {
                             "name": "x", "description": "y"}}), "update")):
        assert (answer.status, answer.message) == (
            400, f"Unable to {what} system group 'default'")


def test_whose_groups_are_whose(client, member):
    group = make(member)
    stranger = member.as_user("demo", "red")
    path = f"/os-security-groups/{group['id']}"
    assert stranger.get(path).status == stranger.delete(path).status == 404
    assert client.get(path).json["security_group"] == group
    assert groups(member) == ["default", "web"]
    assert groups(stranger) == ["default"]
    assert groups(member, "?all_tenants=1") == ["default", "web"]
    for query in ("?all_tenants=1", "?all_tenants", "?all_tenants=0"):
        assert sorted(groups(client, query)) == ["default", "default", "default", "web"], query


def test_names_are_unique_in_a_project(member):
    make(member)
    answer = member.post("/os-security-groups", {
        "security_group": {"name": "web", "description": "d"}})
    assert (answer.status, answer.message) == (400, "Security group web already exists")
    other = make(member, "db")
    answer = member.put(f"/os-security-groups/{other['id']}", {
        "security_group": {"name": "web", "description": "d"}})
    assert (answer.status, answer.message) == (
        400, "Security group web already exists for project blue.")
    make(member.as_user("demo", "red"))


def test_the_quota_counts_the_default_group(client, member):
    assert client.put("/os-quota-sets/blue", {"quota_set": {"security_groups": 2}}).status == 200
    group = make(member)
    answer = member.post("/os-security-groups", {
        "security_group": {"name": "db", "description": "d"}})
    assert (answer.status, answer.message) == (403, "Quota exceeded, too many security groups.")
    assert member.delete(f"/os-security-groups/{group['id']}").status == 202
    make(member, "db")


@pytest.mark.parametrize("query, expected", [
    ("?limit=1", ["a"]), ("?offset=1", ["b", "default"]), ("?limit=1&offset=1", ["b"]),
    ("?limit=0", ["a", "b", "default"]), ("?offset=9", []),
])
def test_part_of_the_list(member, query, expected):
    make(member, "b")
    make(member, "a")
    assert groups(member, query) == expected


def test_nonsensical_parts_of_the_list(member):
    answer = member.get("/os-security-groups?limit=x")
    assert (answer.status, answer.message) == (
        400, "Invalid input received: limit must be an integer")
    answer = member.get("/os-security-groups?offset=-1")
    assert (answer.status, answer.message) == (400, "Invalid input received: offset must be >= 0")


@pytest.mark.parametrize("body", [[1], "x", 5, {"security_group": []}, {"security_group": "x"}])
def test_bodies_that_are_no_groups(member, body):
    assert member.post("/os-security-groups", body).status == 400


def test_the_list_costs_the_same_whatever_there_is(member):
    def cost():
        with engine.count_statements() as statements:
            groups(member)
        return statements.count

    make(member)
    before = cost()
    for i in range(5):
        add_rule(member, make(member, f"g{i}"), **RULE)
    assert cost() == before == 3


def test_a_project_gets_one_default_group(database, configured):
    def work():
        context = RequestContext(user_id="u", project_id="blue", overwrite=False)
        compute.SecurityGroupAPI().get_all(context)

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with engine.reader() as conn:
        assert conn.execute(sa.select(sa.func.count()).select_from(t.security_groups)).scalar() == 1
        counted = conn.execute(sa.select(t.quota_usages.c.security_groups)).scalars().all()
    assert counted == [1, 1]


# ---- rules

def test_the_life_of_a_rule(member):
    group, source = make(member), make(member, "db")
    answer = add_rule(member, group, **RULE)
    rule = answer.json["security_group_rule"]
    assert (answer.status, rule) == (200, {
        "id": rule["id"], "parent_group_id": group["id"], "ip_protocol": "tcp", "from_port": 80,
        "to_port": 81, "group": {}, "ip_range": {"cidr": "10.0.0.0/8"}})
    answer = add_rule(member, group, group_id=source["id"])
    let_in = answer.json["security_group_rule"]
    assert (let_in["group"], let_in["ip_range"], let_in["ip_protocol"]) == (
        {"name": "db", "tenant_id": "blue"}, {}, None)
    shown = member.get(f"/os-security-groups/{group['id']}").json["security_group"]
    assert shown["rules"] == [rule, let_in]
    answer = add_rule(member, group, **RULE)
    assert (answer.status, answer.message) == (
        400, f"This rule already exists in group {group['id']}")
    assert member.delete(f"/os-security-groups/{source['id']}").status == 202
    path = f"/os-security-group-rules/{rule['id']}"
    assert member.as_user("demo", "red").delete(path).status == 404
    assert member.delete(path).status == 202
    answer = member.delete(path)
    assert (answer.status, answer.message) == (404, f"Rule ({rule['id']}) not found")
    assert member.get(f"/os-security-groups/{group['id']}").json["security_group"]["rules"] == []


@pytest.mark.parametrize("values, status, message", [
    ({"cidr": "10.0.0.0/8"}, 400, "Not enough parameters to build a valid rule."),
    (RULE | {"cidr": "10.0.0.0/0"}, 400, "Bad prefix for network in cidr 10.0.0.0/0"),
    (RULE | {"cidr": "x"}, 400, "x is not a valid ip network."),
    (RULE | {"group_id": 9999}, 404, "Security group 9999 not found."),
    (RULE | {"group_id": "x"}, 400, "Security group id should be integer"),
    (RULE | {"parent_group_id": None}, 400, "Security group id should be integer"),
    (RULE | {"parent_group_id": 9999}, 404, "Security group 9999 not found."),
])
def test_rules_that_cannot_be(member, values, status, message):
    answer = add_rule(member, make(member), **values)
    assert (answer.status, answer.message) == (status, message)


def test_the_quota_of_rules(client, member):
    limits = {"quota_set": {"security_group_rules": 1}}
    assert client.put("/os-quota-sets/blue", limits).status == 200
    group = make(member)
    assert add_rule(member, group, **RULE).status == 200
    answer = add_rule(member, group, **RULE | {"to_port": 90})
    assert (answer.status, answer.message) == (
        403, "Quota exceeded, too many security group rules.")


def test_new_projects_begin_with_the_default_rules(client, member):
    assert client.post("/os-security-group-default-rules", {
        "security_group_default_rule": RULE}).status == 200
    [group] = member.get("/os-security-groups").json["security_groups"]
    assert [r["ip_range"] for r in group["rules"]] == [{"cidr": "10.0.0.0/8"}]
    assert member.get("/os-security-group-default-rules").status == 403


# ---- servers

def test_servers_in_groups(member):
    group = make(member)
    server = boot(member, security_groups=[{"name": "web"}, {"name": "default"}, {"name": "web"}])
    assert server["security_groups"] == [{"name": "web"}, {"name": "default"}]
    assert shown(member, server) == ["web", "default"]
    path = f"/servers/{server['id']}"
    found = member.get(f"{path}/os-security-groups").json["security_groups"]
    assert [g["name"] for g in found] == ["default", "web"]
    answer = member.delete(f"/os-security-groups/{group['id']}")
    assert (answer.status, answer.message) == (400, "Security group is still in use")
    assert member.put(f"/os-security-groups/{group['id']}", {
        "security_group": {"name": "www", "description": "d"}}).status == 200
    assert shown(member, server) == ["www", "default"]
    for name in ("www", "default"):
        assert member.post(f"{path}/action", {"removeSecurityGroup": {"name": name}}).status == 202
    assert shown(member, server) is None
    assert member.post(f"{path}/action", {"addSecurityGroup": {"name": "www"}}).status == 202
    assert shown(member, server) == ["www"]
    assert member.delete(path).status == 204
    assert member.delete(f"/os-security-groups/{group['id']}").status == 202


def test_groups_of_other_projects(client, member):
    make(member.as_user("demo", "red"))
    server = boot(member)
    answer = member.post(f"/servers/{server['id']}/action", {"addSecurityGroup": {"name": "web"}})
    assert (answer.status, answer.message) == (
        404, "Security group web not found for project blue.")
    answer = member.post("/servers", {"server": {
        "name": "s", "imageRef": IMAGE, "flavorRef": "1", "security_groups": [{"name": "web"}]}})
    assert (answer.status, answer.message) == (
        400, "Security group web not found for project blue.")
    path = f"/servers/{server['id']}/os-security-groups"
    assert member.as_user("demo", "red").get(path).status == 404


def test_a_server_is_put_into_a_group_once(database, configured):
    from tests.functional.servers import add_server
    context = RequestContext(user_id="u", project_id="blue", overwrite=False)
    api, server = compute.SecurityGroupAPI(), {"uuid": add_server()}
    api.get_all(context)
    outcomes = []

    def work():
        try:
            api.add_to_instance(context, server, "default")
            outcomes.append("added")
        except exception.SecurityGroupExistsForInstance:
            outcomes.append("there")

    threads = [threading.Thread(target=work) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["added"] + ["there"] * 4
