"""Flavors: list, detail, show."""

import pytest

from minova.compute import flavors as compute_flavors
from minova.db import counting

FLAVOR = {"ram": 256, "vcpus": 1, "disk": 3}


def ids(answer) -> list[str]:
    assert answer.status == 200, answer.text
    return [flavor["id"] for flavor in answer.json["flavors"]]


def create(client, flavorid: str, **values) -> dict:
    answer = client.post("/flavors", {"flavor": {
        "id": flavorid, "name": f"name-{flavorid}", **FLAVOR, **values}})
    assert answer.status == 200, answer.text
    return answer.json["flavor"]


def test_a_new_database_has_the_five_of_nova(client):
    assert ids(client.get("/flavors")) == ["1", "2", "3", "4", "5"]


def test_public_private_and_both_are_for_administrators(client):
    create(client, "private", **{"os-flavor-access:is_public": False})
    assert ids(client.get("/flavors")) == ["1", "2", "3", "4", "5"]
    assert ids(client.get("/flavors?is_public=False")) == ["private"]
    assert ids(client.get("/flavors?is_public=None")) == ["1", "2", "3", "4", "5", "private"]
    assert ids(client.get("/flavors?is_public=0", user="demo")) == ["1", "2", "3", "4", "5"]
    answer = client.get("/flavors?is_public=perhaps")
    assert (answer.status, answer.message) == (400, "Invalid is_public filter [perhaps]")


def test_numbers_filter_upwards(client):
    assert ids(client.get("/flavors?minRam=4096")) == ["3", "4", "5"]
    assert ids(client.get("/flavors/detail?minDisk=80")) == ["4", "5"]
    assert client.get("/flavors?minRam=x").message == "Invalid min_ram filter [x]"
    assert client.get("/flavors?minDisk=x").message == "Invalid minDisk filter [x]"


def test_sorting_by_any_column_both_ways(client):
    assert ids(client.get("/flavors?sort_key=memory_mb&sort_dir=desc")) == ["5", "4", "3", "2", "1"]
    assert ids(client.get("/flavors?sort_key=name")) == ["4", "3", "2", "1", "5"]
    # As Nova's database begins with them.
    assert ids(client.get("/flavors?sort_key=id")) == ["3", "1", "4", "5", "2"]
    assert ids(client.get("/flavors?sort_key=swap&sort_dir=desc")) == ["2", "5", "4", "1", "3"]
    answer = client.get("/flavors?sort_key=nosuch")
    assert (answer.status, answer.message) == (400, "Sort key supplied was not valid.")
    assert client.get("/flavors?sort_dir=up").status == 400


def test_pages_follow_one_another(client):
    page = client.get("/flavors/detail?limit=2&sort_key=vcpus")
    assert ids(page) == ["1", "2"]
    next_link = page.json["flavors_links"][0]["href"]
    assert "/flavors/detail?" in next_link and "marker=2" in next_link
    assert ids(client.get("/flavors/detail?limit=2&sort_key=vcpus&marker=2")) == ["3", "4"]
    assert ids(client.get("/flavors?limit=0")) == []


@pytest.mark.parametrize("query, message", [
    ("limit=-1", "Invalid input received: limit must be >= 0"),
    ("limit=x", "Invalid input received: limit must be an integer"),
    ("limit=1_0", "Invalid input received: limit must be an integer"),
    ("limit=%EF%BC%91", "Invalid input received: limit must be an integer"),
    ("minRam=1_0", "Invalid min_ram filter [1_0]"),
    ("marker=nosuch", "marker [nosuch] not found"),
])
def test_pages_that_cannot_be(client, query, message):
    answer = client.get(f"/flavors?{query}")
    assert (answer.status, answer.message) == (400, message)


def test_a_marker_that_is_not_seen_is_not_there(client):
    create(client, "private", **{"os-flavor-access:is_public": False})
    assert client.get("/flavors?marker=private", user="demo").status == 400


def test_lists_take_as_many_statements_whatever_their_length(client):
    with counting.count_statements() as few:
        client.get("/flavors/detail")
    for number in range(30):
        create(client, f"x{number}")
    with counting.count_statements() as many:
        assert len(ids(client.get("/flavors/detail"))) == 35
    assert few.count == many.count <= 2


def test_an_unknown_one(client):
    answer = client.get("/flavors/nosuch")
    assert (answer.status, answer.message) == (404, "Flavor nosuch could not be found.")


def test_declared_flavors_are_added_once_and_stay_deleted(client):
    items = [{"id": 6, "name": "c1", "ram": 64, "vcpus": 1, "extra_specs": {"a": 1},
              "is_public": False, "projects": ["p"]},
             {"id": "7", "name": "m1.tiny", "ram": 64, "vcpus": 1}]
    assert compute_flavors.load_fixtures(items) == 1
    flavor = client.get("/flavors/6", user="demo", project="p").json["flavor"]
    assert (flavor["name"], flavor["ram"], flavor["disk"]) == ("c1", 64, 0)
    assert client.get("/flavors/6/os-extra_specs").json == {"extra_specs": {"a": "1"}}
    assert client.delete("/flavors/6").status == 202
    assert compute_flavors.load_fixtures(items) == 0
    assert client.get("/flavors/6").status == 404


@pytest.mark.parametrize("item", [
    "c1", {"id": "6", "name": "c1", "ram": 1}, {"id": "6", "name": "c1", "ram": 1, "vcpus": 1, "x": 1},
    {"id": "6", "name": "c1", "ram": "much", "vcpus": 1},
])
def test_declarations_that_make_no_sense(client, item):
    with pytest.raises(ValueError):
        compute_flavors.load_fixtures([item])
    assert len(ids(client.get("/flavors?is_public=None"))) == 5


def test_on_every_kind_of_database(any_client):
    create(any_client, "mine", name="B", **{"os-flavor-access:is_public": False})
    create(any_client, "other", name="a")
    assert any_client.post("/flavors/mine/os-extra_specs", {
        "extra_specs": {"k": "v", "Umlaut": "ü"}}).status == 200
    assert any_client.post("/flavors/mine/os-extra_specs", {
        "extra_specs": {"k": "w"}}).status == 200
    assert any_client.get("/flavors/mine/os-extra_specs").json == {
        "extra_specs": {"k": "w", "Umlaut": "ü"}}
    add = {"addTenantAccess": {"tenant": "p"}}
    assert [any_client.post("/flavors/mine/action", add).status for _ in range(2)] == [200, 409]
    assert "mine" in ids(any_client.get("/flavors", user="demo", project="p"))
    assert "mine" not in ids(any_client.get("/flavors", user="demo", project="q"))
    again = {"flavor": {"id": "mine", "name": "B", **FLAVOR}}
    assert any_client.post("/flavors", again).message == "Flavor with ID mine already exists."
    assert any_client.delete("/flavors/mine").status == 202
    assert any_client.post("/flavors", again).status == 200
