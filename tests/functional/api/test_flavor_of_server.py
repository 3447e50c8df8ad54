"""A flavor that is deleted while servers have it."""

SERVER = {"name": "s", "imageRef": "70a599e0-31e7-49b7-b260-868f441e862b", "flavorRef": "x"}


def test_servers_keep_it_and_nobody_else_gets_it(client):
    client.post("/flavors", {"flavor": {"id": "x", "name": "x", "ram": 64, "vcpus": 1, "disk": 1}})
    server_id = client.post("/servers", {"server": SERVER}).json["server"]["id"]
    assert [s["id"] for s in client.get("/servers?flavor=x").json["servers"]] == [server_id]
    assert client.get("/servers?flavor=1").json == {"servers": []}
    assert client.delete("/flavors/x").status == 202
    assert client.get(f"/servers/{server_id}").json["server"]["flavor"]["id"] == "x"
    assert client.get("/servers?flavor=x").json == {"servers": []}
    answer = client.post("/servers", {"server": SERVER})
    assert (answer.status, answer.message) == (400, "Invalid flavorRef provided.")
    assert client.delete(f"/servers/{server_id}").status == 204
