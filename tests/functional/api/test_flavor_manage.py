"""Creating and deleting flavors."""

import pytest

MINIMAL = {"name": "f", "ram": 256, "vcpus": 1, "disk": 3}


def create(client, user="admin", **values):
    return client.post("/flavors", {"flavor": {**MINIMAL, **values}}, user=user)


def test_defaults_and_a_new_id(client):
    flavor = create(client).json["flavor"]
    assert len(flavor["id"]) == 36
    assert flavor["links"][0]["href"].endswith(f"/flavors/{flavor['id']}")
    assert {k: v for k, v in flavor.items() if k not in ("id", "links")} == {
        "name": "f", "ram": 256, "vcpus": 1, "disk": 3, "swap": "", "rxtx_factor": 1.0,
        "OS-FLV-EXT-DATA:ephemeral": 0, "OS-FLV-DISABLED:disabled": False,
        "os-flavor-access:is_public": True}
    assert client.get(f"/flavors/{flavor['id']}").json["flavor"] == flavor


def test_everything_may_be_given_and_numbers_as_text(client):
    values = {"id": 99.5, "ram": "512", "vcpus": "2", "disk": "0", "swap": "16", "rxtx_factor": "2.5",
              "OS-FLV-EXT-DATA:ephemeral": 4, "os-flavor-access:is_public": "no"}
    flavor = create(client, **values).json["flavor"]
    assert (flavor["id"], flavor["ram"], flavor["vcpus"], flavor["disk"]) == ("99.5", 512, 2, 0)
    assert (flavor["swap"], flavor["rxtx_factor"]) == (16, 2.5)
    assert flavor["OS-FLV-EXT-DATA:ephemeral"] == 4
    assert flavor["os-flavor-access:is_public"] is False


def test_id_and_name_are_taken(client):
    assert create(client, id="x").status == 200
    answer = create(client, id="x", name="g")
    assert (answer.status, answer.message) == (409, "Flavor with ID x already exists.")
    answer = create(client, id="y")
    assert (answer.status, answer.message) == (409, "Flavor with name f already exists.")
    assert create(client, id="x").message == "Flavor with ID x already exists."


def test_what_was_deleted_is_free_again(client):
    create(client, id="x")
    assert client.delete("/flavors/x").status == 202
    assert client.get("/flavors/x").status == 404
    answer = client.delete("/flavors/x")
    assert (answer.status, answer.message) == (404, "Flavor x could not be found.")
    assert create(client, id="x").status == 200


@pytest.mark.parametrize("values, field", [
    ({"name": ""}, "name"), ({"name": " f"}, "name"), ({"name": "f" * 256}, "name"),
    ({"id": " x"}, "id"), ({"id": ""}, "id"), ({"id": "x/y"}, "id"), ({"id": True}, "id"),
    ({"ram": 0}, "ram"), ({"ram": "x"}, "ram"), ({"ram": -1}, "ram"), ({"ram": 1.5}, "ram"),
    ({"vcpus": 0}, "vcpus"), ({"disk": -1}, "disk"), ({"swap": "-1"}, "swap"),
    ({"rxtx_factor": 0}, "rxtx_factor"), ({"rxtx_factor": "0.0"}, "rxtx_factor"),
    ({"os-flavor-access:is_public": "perhaps"}, "os-flavor-access:is_public"),
    ({"nosuch": 1}, "flavor"),
])
def test_bad_values(client, values, field):
    answer = create(client, **values)
    assert answer.status == 400
    assert answer.message.startswith(f"Invalid input for field/attribute {field}. Value: ")


@pytest.mark.parametrize("values, message", [
    ({"ram": 2 ** 31}, "ram must be <= 2147483647"),
    ({"swap": ""}, "swap must be an integer"),
    ({"OS-FLV-EXT-DATA:ephemeral": ""}, "ephemeral must be an integer"),
    ({"OS-FLV-EXT-DATA:ephemeral": 2 ** 31}, "ephemeral must be <= 2147483647"),
    ({"id": 10 ** 300}, "flavor id has 301 characters, more than 255."),
    ({"rxtx_factor": 1e39}, "'rxtx_factor' argument must be a float between 0 and 3.40282e+38"),
    ({"rxtx_factor": 10 ** 400}, "'rxtx_factor' argument must be a float between 0 and 3.40282e+38"),
])
def test_values_out_of_range(client, values, message):
    answer = create(client, **values)
    assert (answer.status, answer.message) == (400, f"Invalid input received: {message}")


def test_members_may_not(client):
    for answer in (create(client, user="demo"), client.delete("/flavors/1", user="demo")):
        assert (answer.status, answer.message) == (
            403, "Policy doesn't allow os_compute_api:os-flavor-manage to be performed.")
    assert client.get("/flavors/1").status == 200


def test_the_other_ways_to_write_are_not_there(client):
    assert client.put("/flavors/1", {"flavor": {}}).message == "There is no such action: update"
    for name in ("create", "delete"):
        answer = client.post("/flavors/1/action", {name: {}})
        assert (answer.status, answer.message) == (400, f"There is no such action: {name}")


def test_clients_of_v2_may_send_what_is_not_known_and_blanks(client):
    flavor = {**MINIMAL, "name": " f ", "id": "x", "nosuch": 1}
    answer = client.post("/flavors", {"flavor": flavor, "too": 2}, root="/v2")
    assert answer.status == 200
    assert answer.json["flavor"]["name"] == "f"
    assert "X-OpenStack-Nova-API-Version" not in answer.headers
    answer = client.post("/flavors", {"flavor": {**flavor, "name": "  "}}, root="/v2")
    assert answer.status == 400
