"""What clients of the v2 API send to /v2 and /v1.1, and what they get."""

import pytest

IMAGE = "70a599e0-31e7-49b7-b260-868f441e862b"
SERVER = {"name": "  s  ", "imageRef": IMAGE, "flavorRef": "1"}


@pytest.fixture(params=["/v2", "/v1.1"])
def old(client, request):
    def send(method, path, body=None, **kwargs):
        return client.request(method, path, body, root=request.param, **kwargs)
    return send


def test_unknown_keys_are_not_looked_at_and_names_are_trimmed(client, old):
    answer = old("POST", "/servers", {
        "server": {**SERVER, "nosuch": {"a": 1}, "metadata": {"k": "v"}}, "also": 1})
    assert answer.status == 202
    server_id = answer.json["server"]["id"]
    assert f"/servers/{server_id}" in answer.headers["Location"]
    server = client.get(f"/servers/{server_id}").json["server"]
    assert (server["name"], server["metadata"]) == ("s", {"k": "v"})
    answer = old("PUT", f"/servers/{server_id}", {"server": {"name": " t ", "nosuch": 1}})
    assert (answer.status, answer.json["server"]["name"]) == (200, "t")


def test_v2_1_is_strict_about_the_same(client):
    for server in (SERVER, {**SERVER, "name": "s", "nosuch": 1}):
        assert client.post("/servers", {"server": server}).status == 400


def test_everything_else_is_checked(old):
    for values, field in (({"name": "   "}, "name"), ({"name": 1}, "name"),
                          ({"metadata": {"a/b": "v"}}, "metadata"), ({"metadata": 1}, "metadata")):
        answer = old("POST", "/servers", {"server": {**SERVER, **values}})
        assert answer.status == 400
        assert answer.message.startswith(f"Invalid input for field/attribute {field}. ")
    assert old("POST", "/servers", {"server": {"name": "s"}}).status == 400


def test_there_are_no_microversions(old):
    for version in ("2.12", "9.99", "nonsense"):
        answer = old("GET", "/flavors/1", version=version)
        assert answer.status == 200
        assert "X-OpenStack-Nova-API-Version" not in answer.headers
        assert "Vary" not in answer.headers
    # Keypairs are those of 2.1: the type was unknown then.
    answer = old("POST", "/os-keypairs", {"keypair": {"name": " k ", "type": "x509"}},
                 version="2.2")
    assert answer.status == 200
    assert answer.json["keypair"]["name"] == "k"
    assert "type" not in answer.json["keypair"]


def test_nested_objects_too(client, old):
    volume_id = client.post("/os-volumes", {"volume": {"size": 1}}).json["volume"]["id"]
    answer = old("POST", "/os-snapshots", {"snapshot": {
        "volume_id": volume_id, "nosuch": 1, "display_name": " kept as it is "}})
    assert answer.status == 200
    assert answer.json["snapshot"]["displayName"] == " kept as it is "


def test_networks_of_interfaces_under_their_old_name(client, old):
    server_id = client.post("/servers", {"server": {**SERVER, "name": "s"}}).json["server"]["id"]
    path = f"/servers/{server_id}/os-virtual-interfaces"
    [vif] = client.get(path, version="2.12").json["virtual_interfaces"]
    assert old("GET", path).json["virtual_interfaces"] == [
        {"id": vif["id"], "mac_address": vif["mac_address"], "OS-EXT-VIF-NET:net_id": vif["net_id"]}]
    assert set(client.get(path).json["virtual_interfaces"][0]) == {"id", "mac_address"}


def test_the_list_of_extensions_has_one_more(client, old):
    more = [e for e in old("GET", "/extensions").json["extensions"]
            if e not in client.get("/extensions").json["extensions"]]
    assert more == [{
        "alias": "OS-EXT-VIF-NET", "name": "ExtendedVIFNet", "description": "", "links": [],
        "namespace": "http://docs.openstack.org/compute/ext/fake_xml",
        "updated": "2014-12-03T00:00:00Z"}]
    aliases = [e["alias"] for e in old("GET", "/extensions").json["extensions"]]
    assert aliases == sorted(aliases)
    # As in Nova, where only the list knows it.
    assert old("GET", "/extensions/OS-EXT-VIF-NET").status == 404
