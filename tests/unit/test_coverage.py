"""docs/coverage.md says what the loaded routes serve."""

import importlib.util
import pathlib

import pytest

from minova.api.openstack.compute import APIRouterV21
from tests.functional.conftest import configured  # noqa: F401

ROOT = pathlib.Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def coverage():
    spec = importlib.util.spec_from_file_location("coverage_page", ROOT / "tools" / "coverage.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def mapper(configured):  # noqa: F811
    return APIRouterV21().map


def test_the_page_is_not_stale(coverage, mapper):
    assert coverage.PAGE.read_text() == coverage.page(mapper), "run tools/coverage.py"


def test_what_is_not_there_is_not_counted(coverage, mapper):
    def served(method, path, action="", versions="2.1-"):
        return coverage.Operation(method, path, action, "m", versions).is_served(mapper)

    assert served("GET", "/servers/{id}")
    assert served("POST", "/servers/{id}/action", "pause")
    assert not served("GET", "/nosuch")
    assert not served("POST", "/servers/{id}/action", "nosuch")
    assert not served("DELETE", "/limits")
    assert not served("POST", "/servers/{server_id}/remote-consoles")       # not from 2.1
    assert served("POST", "/servers/{server_id}/remote-consoles", versions="2.6-2.7 2.8-")
