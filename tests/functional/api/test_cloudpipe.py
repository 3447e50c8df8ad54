"""Cloudpipes: servers that are a project's VPN."""

import pytest

from minova.conf import CONF
from minova.db import engine
from minova.db import tables as t

IMAGE = "155d900f-4e14-4e4c-a73d-069cbf4541e6"


@pytest.fixture
def vpn_image():
    CONF.set_override("vpn_image_id", IMAGE)
    yield
    CONF.clear_override("vpn_image_id")


def test_a_project_has_one_cloudpipe(client, vpn_image):
    assert client.get("/os-cloudpipe").json == {"cloudpipes": []}
    first, again, other = (
        client.post("/os-cloudpipe", {"cloudpipe": {"project_id": project}}).json["instance_id"]
        for project in ("p", "p", "q"))
    assert first == again != other
    found = client.get("/os-cloudpipe").json["cloudpipes"]
    assert {c["project_id"]: c["instance_id"] for c in found} == {"p": first, "q": other}
    assert all("internal_ip" in c for c in found)
    server = client.get(f"/servers/{first}", project="p", user="demo").json["server"]
    assert (server["name"], server["user_id"]) == ("p-vpn", "project-vpn")
    assert server["key_name"] == "p-vpn"


def test_without_an_image_there_is_none(client):
    answer = client.post("/os-cloudpipe", {"cloudpipe": {}})
    assert answer.status == 400
    assert client.get("/servers?all_tenants=1").json == {"servers": []}


def test_configure_project(client):
    with engine.writer() as conn:
        ids = conn.execute(t.networks.select().where(t.networks.c.hidden.is_(False))).all()
        assert len(ids) == 2
        conn.execute(t.networks.update().where(t.networks.c.id == ids[0].id).values(
            project_id="admin"))
    answer = client.put("/os-cloudpipe/configure-project", {
        "configure_project": {"vpn_ip": "192.0.2.1", "vpn_port": "2000"}})
    assert (answer.status, answer.json) == (202, None)
    with engine.reader() as conn:
        rows = conn.execute(t.networks.select().where(t.networks.c.id.in_([i.id for i in ids]))
                            .order_by(t.networks.c.id)).all()
    assert (rows[0].vpn_public_address, rows[0].vpn_public_port) == ("192.0.2.1", 2000)
    assert rows[1].vpn_public_address is None


def test_bad_bodies(client):
    good = {"vpn_ip": "192.0.2.1", "vpn_port": 2000}
    answer = client.put("/os-cloudpipe/x", {"configure_project": good})
    assert (answer.status, answer.message) == (400, "Unknown action x")
    for change in ({"vpn_ip": "x"}, {"vpn_port": 65536}, {"vpn_port": ""}, {"x": 1}):
        answer = client.put("/os-cloudpipe/configure-project",
                            {"configure_project": {**good, **change}})
        assert answer.status == 400, change
    assert client.post("/os-cloudpipe", {}).message == "'cloudpipe' is a required property"


def test_administrators_only(client):
    for answer in (
            client.get("/os-cloudpipe", user="demo"),
            client.post("/os-cloudpipe", {"cloudpipe": {}}, user="demo"),
            client.put("/os-cloudpipe/configure-project", {"configure_project": {
                "vpn_ip": "192.0.2.1", "vpn_port": 1}}, user="demo")):
        assert (answer.status, answer.message) == (
            403, "Policy doesn't allow os_compute_api:os-cloudpipe to be performed.")
