"""Which projects may use a private flavor."""

import pytest


@pytest.fixture
def private(client):
    assert client.post("/flavors", {"flavor": {
        "id": "x", "name": "x", "ram": 1, "vcpus": 1, "disk": 0,
        "os-flavor-access:is_public": False}}).status == 200
    return client


def act(client, name: str, tenant: str, flavor="x", **kwargs):
    return client.post(f"/flavors/{flavor}/action", {name: {"tenant": tenant}}, **kwargs)


def test_access_is_given_and_taken(private):
    assert private.get("/flavors/x", user="demo", project="p").status == 404
    assert act(private, "addTenantAccess", "p").json == {
        "flavor_access": [{"flavor_id": "x", "tenant_id": "p"}]}
    assert private.get("/flavors/x", user="demo", project="p").status == 200
    assert private.get("/flavors/x", user="demo", project="q").status == 404
    assert act(private, "addTenantAccess", "q").json["flavor_access"][1]["tenant_id"] == "q"
    assert act(private, "removeTenantAccess", "p").json == {
        "flavor_access": [{"flavor_id": "x", "tenant_id": "q"}]}
    assert private.get("/flavors/x", user="demo", project="p").status == 404


def test_what_cannot_be_given_or_taken(private):
    act(private, "addTenantAccess", "p")
    answer = act(private, "addTenantAccess", "p")
    assert (answer.status, answer.message) == (
        409, "Flavor access already exists for flavor x and project p combination.")
    answer = act(private, "removeTenantAccess", "q")
    assert (answer.status, answer.message) == (
        404, "Flavor access not found for x / q combination.")
    assert act(private, "addTenantAccess", "p", flavor="nosuch").status == 404


def test_public_flavors_are_refused_since_2_7(client):
    assert act(client, "addTenantAccess", "p", flavor="1", version="2.6").status == 200
    answer = act(client, "addTenantAccess", "q", flavor="1", version="2.7")
    assert (answer.status, answer.message) == (409, "Can not add access to a public flavor.")
    assert act(client, "removeTenantAccess", "p", flavor="1", version="2.7").status == 200


def test_the_list_is_for_those_who_see_a_private_flavor(private):
    assert private.get("/flavors/x/os-flavor-access").json == {"flavor_access": []}
    assert private.get("/flavors/x/os-flavor-access", user="demo", project="p").status == 404
    answer = private.get("/flavors/1/os-flavor-access")
    assert (answer.status, answer.message) == (
        404, "Access list not available for public flavors.")


def test_members_may_not_act(private):
    for name, rule in (("addTenantAccess", "add_tenant_access"),
                       ("removeTenantAccess", "remove_tenant_access")):
        answer = act(private, name, "p", user="demo", project="p")
        assert (answer.status, answer.message) == (
            403, f"Policy doesn't allow os_compute_api:os-flavor-access:{rule} to be performed.")


def test_whether_it_is_public_is_shown_everywhere(private):
    assert private.get("/flavors/x").json["flavor"]["os-flavor-access:is_public"] is False
    flavors = private.get("/flavors/detail?is_public=None").json["flavors"]
    assert [f["os-flavor-access:is_public"] for f in flavors] == [True] * 5 + [False]
