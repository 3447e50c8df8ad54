"""What a request may cost, counted: statements, policy checks, views, JSON, never milliseconds.

The numbers are those of today. A change that raises one either has a reason, or is a regression.
"""

import collections
import types
import uuid

import pytest
import sqlalchemy as sa

from minova import jsonutils, policy
from minova.api.openstack.compute.views import servers as servers_view
from minova.compute import work, zones
from minova.db import engine
from minova.db import instances as db
from minova.db import tables as t
from tests.databases import *  # noqa: F403
from tests.functional.conftest import client  # noqa: F401

IMAGE = "70a599e0-31e7-49b7-b260-868f441e862b"
SERVER = {"server": {"name": "one", "imageRef": IMAGE, "flavorRef": "1", "metadata": {"a": "b"}}}


class Costs(collections.Counter):
    """Counts calls by name, of functions that it wraps."""

    def count(self, monkeypatch, owner, name: str, label: str) -> None:
        function = getattr(owner, name)

        def counted(*args, **kwargs):
            self[label] += 1
            return function(*args, **kwargs)
        monkeypatch.setattr(owner, name, counted)


@pytest.fixture
def costs(monkeypatch) -> Costs:
    costs = Costs()
    # Statements of other threads are counted, too: the one that looks for work is to be still.
    monkeypatch.setattr(work.Engine, "_take_over", lambda engine: None)
    costs.count(monkeypatch, policy, "authorize", "policy checks")
    costs.count(monkeypatch, jsonutils, "dump_as_bytes", "JSON written")
    costs.count(monkeypatch, jsonutils, "loads", "JSON read")
    costs.count(monkeypatch, jsonutils, "loads_own", "JSON read")
    costs.count(monkeypatch, servers_view.ViewBuilder, "_server_view", "views made")
    costs.count(monkeypatch, servers_view, "isotime", "times written")
    return costs


@pytest.fixture
def server_id(client) -> str:  # noqa: F811
    answer = client.post("/servers", SERVER)
    assert answer.status == 202, answer.text
    return answer.json["server"]["id"]


def _multiply(server_id: str, count: int) -> None:
    """`count` more servers like that one."""
    with engine.writer() as conn:
        row = dict(conn.execute(sa.select(t.instances).where(
            t.instances.c.uuid == server_id)).mappings().one())
        del row["id"]
        conn.execute(t.instances.insert(), [row | {"uuid": str(uuid.uuid4())}
                                            for _ in range(count)])


def _cost_of(costs: Costs, call, status: int = 200) -> dict:
    zones.changed()         # so that they are asked for, as once in a second
    costs.clear()
    with engine.count_statements() as seen:
        answer = call()
    assert answer.status == status, answer.text
    return {"statements": seen.count, **costs}


def test_one_server(client, server_id, costs):  # noqa: F811
    cost = _cost_of(costs, lambda: client.get(f"/servers/{server_id}"))
    assert cost["statements"] <= 2
    assert cost["policy checks"] <= 13
    assert cost["JSON written"] == 1
    assert cost["JSON read"] <= 4           # the filled JSON columns, and the client's own reading
    assert cost["views made"] == 1


@pytest.mark.parametrize("path", ["/servers/{id}", "/servers/detail"])
def test_zones_are_not_asked_for_again_at_once(client, server_id, path, monkeypatch):  # noqa: F811
    path = path.format(id=server_id)
    monkeypatch.setattr(zones, "time", types.SimpleNamespace(monotonic=lambda: 0.0))
    client.get(path)
    with engine.count_statements() as seen:
        assert client.get(path).status == 200
    assert seen.count == 1, seen.statements


@pytest.mark.parametrize("path", ["/servers", "/servers/detail"])
def test_a_page_costs_the_same_whatever_its_length(client, server_id, costs, path):  # noqa: F811
    short = _cost_of(costs, lambda: client.get(path))
    _multiply(server_id, 50)
    long = _cost_of(costs, lambda: client.get(path))
    assert short.pop("times written", 0) * 51 == long.pop("times written", 0)
    assert long == short
    assert long["statements"] <= 2
    assert long["policy checks"] <= 13
    assert long["JSON written"] == 1
    assert long["JSON read"] <= 4


@pytest.mark.parametrize("path, status, statements", [
    ("/flavors/detail", 200, 2), ("/flavors/1", 200, 1), ("/limits", 200, 1),
    ("/extensions", 200, 0), ("/nosuch", 404, 0)])
def test_other_queries(client, costs, path, status, statements):  # noqa: F811
    assert _cost_of(costs, lambda: client.get(path), status)["statements"] <= statements


def test_a_bad_request_is_refused_without_the_database(client, costs):  # noqa: F811
    cost = _cost_of(costs, lambda: client.post("/servers", {"server": {"name": ""}}), 400)
    assert cost["statements"] == 0


def test_create(client, server_id, costs, monkeypatch):  # noqa: F811
    def create():
        return client.post("/servers", SERVER)
    with_its_work = _cost_of(costs, create, 202)
    monkeypatch.setattr(work.Engine, "_begin", lambda engine, item: None)
    until_accepted = _cost_of(costs, create, 202)
    assert until_accepted["statements"] <= 12
    assert with_its_work["statements"] <= 30


def test_policy_rules_are_worked_out_once(client, server_id, monkeypatch):  # noqa: F811
    from minova import policy_checks
    client.get(f"/servers/{server_id}")
    monkeypatch.setattr(policy_checks, "_function", None)       # is not asked again
    assert client.get(f"/servers/{server_id}").status == 200


@pytest.mark.parametrize("direction", ["desc", "asc"])
@pytest.mark.parametrize("with_marker", [False, True])
@pytest.mark.parametrize("exact", [("project_id",), ("project_id", "vm_state"), (), ("host",),
                                   ("host", "project_id"), ("display_name", "project_id")])
def test_pages_read_an_index_and_sort_nothing(embedded_database, direction, with_marker, exact):
    statement = db._page(exact, False, (("created_at", direction), ("id", direction)),
                         frozenset() if with_marker else None, True, "sqlite")
    plan = _plan(statement)
    assert "SEARCH instances USING INDEX" in plan, plan
    assert "SCAN" not in plan and "TEMP B-TREE" not in plan, plan
    assert not with_marker or "created_at" in plan, plan        # it begins there, and not before
    assert all(f"{name}=?" in plan for name in exact), plan


def _plan(statement: sa.Select) -> str:
    with engine.reader() as conn:
        compiled = statement.compile(dialect=conn.dialect)
        text, names = str(compiled), compiled.positiontup
        values = tuple(1 if name in ("after_id", "page_size", "deleted_1") else "2026-01-01"
                       for name in names)
        rows = conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", values).all()
    return "\n".join(row[-1] for row in rows)
