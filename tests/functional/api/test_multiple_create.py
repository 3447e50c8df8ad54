"""min_count and max_count."""

import pytest


@pytest.mark.parametrize("counts, text", [
    ({"min_count": ""}, "Invalid input received: min_count must be an integer"),
    ({"max_count": ""}, "Invalid input received: max_count must be an integer"),
    ({"min_count": "2", "max_count": 1}, "min_count must be <= max_count")])
def test_counts_that_are_none(client, counts, text):
    image = client.get("/images").json["images"][0]["id"]
    answer = client.post("/servers", {"server": {"name": "s", "imageRef": image, "flavorRef": "1", **counts}})
    assert (answer.status, answer.message) == (400, text)


def test_servers_are_numbered_when_there_are_several_of_them_in_the_end(client):
    image = client.get("/images").json["images"][0]["id"]
    body = {"server": {"name": "s", "imageRef": image, "flavorRef": "1", "max_count": 3}}
    for room, names in ((1, ["s"]), (3, ["s", "s-1", "s-2"])):
        assert client.put("/os-quota-sets/admin", {"quota_set": {"instances": room}}).status == 200
        assert client.post("/servers", body).status == 202
        servers = client.get("/servers/detail", version="2.3").json["servers"]
        assert sorted(server["name"] for server in servers) == names
        assert sorted(server["OS-EXT-SRV-ATTR:hostname"] for server in servers) == names
