"""What the headers of a request say where its path does not: the version, and how the answer is called."""

import pytest
import webob

VENDOR = "application/vnd.openstack.compute+json"
JSON = "application/json"


@pytest.fixture
def ask(client):
    def ask(path, **headers):
        request = webob.Request.blank(path, headers={
            "X-Auth-Token": "admin",
            **{name.replace("_", "-"): value for name, value in headers.items()}})
        return request.get_response(client.app)
    return ask


@pytest.mark.parametrize("headers, version", [
    ({"Accept": f"{JSON};version=2"}, "v2.0"),
    ({"Accept": f"{JSON};version=2.1"}, "v2.1"),
    ({"Accept": f"text/plain, {VENDOR}; version=2.1; q=0.2"}, "v2.1"),
    ({"Content_Type": f"{JSON};version=2"}, "v2.0"),
    ({"Content_Type": f"{JSON};version=2", "Accept": f"{JSON};version=2.1"}, "v2.0"),
    ({"Content_Type": f'{JSON};version="2.1"'}, "v2.1"),
])
def test_version_by_header(ask, headers, version):
    answer = ask("/", **headers)
    assert (answer.status_int, answer.json["version"]["id"]) == (200, version)
    root = "v2" if version == "v2.0" else "v2.1"
    assert ask("/admin/flavors/1", **headers).json["flavor"]["links"][0]["href"] == (
        f"http://localhost/{root}/admin/flavors/1")


@pytest.mark.parametrize("headers", [
    {}, {"Accept": "text/plain;version=2"}, {"Accept": f"{JSON};version=9"}, {"Content_Type": JSON},
    # What the Content-Type names is what counts, although there is no such version.
    {"Content_Type": f"{JSON};version=9", "Accept": f"{JSON};version=2"}])
def test_no_version_by_header(ask, headers):
    assert "versions" in ask("/", **headers).json
    assert ask("/admin/flavors/1", **headers).status_int == 300


def test_the_version_of_the_path_is_stronger(ask):
    document = ask("/v2.1/", Accept=f"{JSON};version=2", Content_Type=f"{JSON};version=2").json
    assert document["version"]["id"] == "v2.1"


@pytest.mark.parametrize("accept, name", [
    (VENDOR, VENDOR), (f"{VENDOR};version=2.1", VENDOR), (f"text/plain, {VENDOR};q=0.1", VENDOR),
    (f"{VENDOR};q=0", VENDOR), (f"{VENDOR}, {JSON}", JSON), (f"{JSON};q=0.5, {VENDOR}", VENDOR),
    (f"application/*, {VENDOR}", VENDOR), (f"*/*;q=0.1, {VENDOR}", VENDOR), (f"{VENDOR};q=x", JSON),
    ("application/*", JSON), (f"{VENDOR}+x", JSON), (f", ,{VENDOR}", VENDOR), ("\xff", JSON), ("", JSON)])
def test_how_the_answer_is_called(ask, accept, name):
    for path in ("/", "/v2.1/", "/v2.1/admin/flavors/1"):
        assert ask(path, Accept=accept).headers["Content-Type"] == name
    assert ask("/v2.1/admin/flavors/1.json", Accept=accept).headers["Content-Type"] == JSON


def test_a_feed_of_versions(ask):
    feed = "application/atom+xml"
    for path, name in (("/", feed), ("/v2.1/", feed), ("/nosuch", JSON), ("/v2.1/admin/flavors/1", JSON)):
        assert ask(path, Accept=feed).headers["Content-Type"] == name


@pytest.mark.parametrize("root", ["/v2", "/v2.1"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"])
def test_the_root_of_a_version_has_a_slash(client, root, method):
    answer = webob.Request.blank(root + "?x=1", method=method, headers={
        "X-Auth-Token": "admin"}).get_response(client.app)
    assert (answer.status_int, answer.body) == (302, b"")
    assert answer.headers["Location"] == f"http://localhost{root}/"
    assert answer.headers["Content-Type"] == "text/plain; charset=utf8"
    assert "X-OpenStack-Nova-API-Version" not in answer.headers


@pytest.mark.parametrize("version", ["v2.0", "v2.1", "nosuch"])
def test_version_2_knows_no_other_document(ask, version):
    assert ask(f"/v2/admin/versions/{version}").json["version"]["id"] == "v2.0"
    answer = ask(f"/v2.1/admin/versions/{version}")
    assert (answer.json["version"]["id"] if answer.status_int == 200 else answer.status_int) == (
        404 if version == "nosuch" else version)


@pytest.mark.parametrize("path, shown", [
    ("/nosuch", "nosuch"), ("/v9/a/", "v9/a"), ("//a//b", "a/b"), ("/a%20b/%C3%A9", "a%20b/%C3%A9"),
    ("/%FF", "%FF"), ("/a:b@c", "a:b@c")])
def test_where_a_path_without_a_version_would_be(ask, path, shown):
    answer = ask(path)
    assert answer.status_int == 300
    assert [choice["links"][0]["href"] for choice in answer.json["choices"]] == [
        f"http://localhost/v2/{shown}", f"http://localhost/v2.1/{shown}"]


@pytest.mark.parametrize("root", ["/v1.1", "/v2", "/v2.1"])
def test_a_version_is_where_it_was_asked_for(ask, root):
    for path in ("/", "/admin/versions/v2.0"):
        assert ask(root + path).json["version"]["links"][0]["href"] == f"http://localhost{root}/"
