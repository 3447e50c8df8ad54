"""The index finds what Routes' own walk through the list finds, and compares few routes for it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minova.api.openstack.compute import APIRouterV21
from minova.api.openstack.mapper import ProjectMapper
from tests.functional.fuzzing import METHODS, VARIABLE

SEGMENTS = ("", "admin", "p", "1", "detail", "action", "new", "edit", "servers", "metadata",
            "a.json", "a.xml", "a.txt", "detail.json", "new.xml", ".json", "a.b.json", "x y", "é",
            "%", "*",
            "os-extra_specs", "versions", "{id}", ":(id)")


@pytest.fixture(scope="module")
def mapper():
    return APIRouterV21().map


def walk(mapper, url: str, environ: dict):
    """What Routes does: the first route of all that matches."""
    for route in mapper.matchlist:
        if route.static:
            continue
        if not hasattr(route, "regmatch"):
            route.makeregexp(())
        match = route.match(url, environ)
        if match:
            return match, route
    return None


def urls(mapper) -> st.SearchStrategy[str]:
    """Paths of routes with something in place of the variables, and paths of any segments."""
    segment = st.sampled_from(SEGMENTS)
    paths = [route.routepath for route in mapper.matchlist if not route.static]

    def filled(path):
        count = len(VARIABLE.findall(path))
        pieces = VARIABLE.sub("\0", path).split("\0")
        return st.lists(segment, min_size=count, max_size=count).map(
            lambda values: "".join(a + b for a, b in zip(pieces, [*values, ""], strict=True)))

    suffix = st.sampled_from(("", "", "", ".json", ".xml", "/", ".txt"))
    from_route = st.sampled_from(paths).flatmap(filled)
    free = st.lists(segment, max_size=7).map(lambda parts: "/" + "/".join(parts))
    return st.tuples(st.one_of(from_route, from_route, free), suffix).map("".join)


def test_index_equals_the_walk(mapper):
    matched = []

    @settings(max_examples=1000, deadline=None, database=None,
              suppress_health_check=list(HealthCheck))
    @given(urls(mapper), st.sampled_from(METHODS[:6]))
    def compare(url, method):
        environ = {"REQUEST_METHOD": method, "PATH_INFO": url.encode().decode("latin-1")}
        found = mapper.routematch(environ=environ)
        expected = walk(mapper, url, environ)
        if found is None or expected is None:
            assert found is expected is None
            return
        assert found[1] is expected[1]
        assert found[0] == expected[0]
        matched.append(url)

    compare()
    assert len(matched) > 100       # or the comparison would say little


def test_few_routes_are_compared(mapper):
    total = sum(not route.static for route in mapper.matchlist)
    assert total > 300
    mapper.routematch(environ={"REQUEST_METHOD": "GET", "PATH_INFO": "/servers"})
    for route in mapper.matchlist:
        if route.static:
            continue
        url = VARIABLE.sub("x", route.routepath.removesuffix(".:(format)"))
        for method in METHODS:
            assert len(mapper._index.candidates(method, url)) <= 12, url


@pytest.mark.parametrize("url, expected", [
    ("/things", "index"), ("/p/things", "index"), ("/things/detail", "detail"),
    ("/things/1", "show"), ("/things/1.json", "show"), ("/things/1.xml", "show"),
    ("/things/", None), ("/thing", None), ("/p/q/things", None), ("/things/1.2", "show"),
])
def test_resource(url, expected):
    mapper = ProjectMapper()
    mapper.resource("thing", "things", controller="c", collection={"detail": "GET"})
    found = mapper.routematch(environ={"REQUEST_METHOD": "GET", "PATH_INFO": url})
    assert (found[0]["action"] if found else None) == expected


def test_project_only():
    mapper = ProjectMapper()
    mapper.resource("thing", "things", controller="c", project_only=True)
    environ = {"REQUEST_METHOD": "GET"}
    assert mapper.routematch(environ=environ | {"PATH_INFO": "/things"}) is None
    assert mapper.routematch(environ=environ | {"PATH_INFO": "/p/things"})[0]["project_id"] == "p"


def test_a_route_connected_later_is_found():
    mapper = ProjectMapper()
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/late/1"}
    assert mapper.routematch(environ=environ) is None
    mapper.connect("late", "/late/{id}", controller="c", action="show",
                   conditions={"method": ["GET"]})
    assert mapper.routematch(environ=environ)[0]["id"] == "1"
