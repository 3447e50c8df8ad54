"""Queries on servers."""

import datetime
import functools
import re

import sqlalchemy as sa

from minova import jsonutils
from minova.db import engine, query
from minova.db import tables as t
from minova.db.types import utcnow

_c = t.instances.c
_ALIVE = _c.deleted == 0

# What is only of use to whoever carries the work out, or is read on its own.
_NOT_LISTED = {"key_data", "flavor", "old_flavor", "new_flavor", "system_metadata", "scheduler_hints"}
_LISTED = [c for c in t.instances.columns if c.name not in _NOT_LISTED]
_LISTED_NAMES = [c.name for c in _LISTED]
_ALL_NAMES = [c.name for c in t.instances.columns]

# JSON columns and what their absence means.
_JSON = {
    "metadata": dict, "system_metadata": dict, "network_info": list, "security_groups": list,
    "volumes_attached": list, "fault": lambda: None, "flavor": lambda: None,
    "old_flavor": lambda: None, "new_flavor": lambda: None, "scheduler_hints": dict,
}
_LISTED_JSON = [(name, empty) for name, empty in _JSON.items() if name not in _NOT_LISTED]
_NOTHING = (None, "{}", "[]")

#: Columns that a search may name, as opposed to those that are no attribute of a server in Nova.
SEARCHABLE = (frozenset(_ALL_NAMES) - set(_JSON)
              - {"key_data", "user_data", "deleted", "flavor_id", "flavorid", "swap_mb"})
SORTABLE = SEARCHABLE | {"deleted"}


def _server(names: list[str], row, json_columns) -> dict:
    server = dict(zip(names, row, strict=True))
    for name, empty in json_columns:
        text = server[name]
        server[name] = empty() if text in _NOTHING else jsonutils.loads_own(text)
    return server


def _servers(rows: list) -> list[dict]:
    """The same for many rows of what is listed: each JSON column is read in one go."""
    servers = [dict(zip(_LISTED_NAMES, row, strict=True)) for row in rows]
    for name, empty in _LISTED_JSON:
        filled = []
        for server in servers:
            if server[name] in _NOTHING:
                server[name] = empty()
            else:
                filled.append(server)
        if filled:
            values = jsonutils.loads_own(f"[{','.join([server[name] for server in filled])}]")
            for server, value in zip(filled, values, strict=True):
                server[name] = value
    return servers


def encode(values: dict) -> dict:
    """`values` with those of JSON columns as text."""
    return {k: jsonutils.dumps(v) if k in _JSON and v is not None else v for k, v in values.items()}


# ---- one server

_BY_UUID = {
    (everything, deleted): sa.select(*(t.instances.columns if everything else _LISTED)).where(
        _c.uuid == sa.bindparam("uuid"), *([] if deleted else [_ALIVE]))
    for everything in (False, True) for deleted in (False, True)}


def get(instance_uuid: str, project_id: str | None = None, *, everything: bool = False,
        deleted: bool = False) -> dict | None:
    """The living server, if it is `project_id`'s (None: anybody's).

    `everything` adds the columns that no list shows; `deleted` finds deleted ones too.
    """
    with engine.reader() as conn:
        row = conn.execute(_BY_UUID[everything, deleted], {"uuid": instance_uuid}).first()
    if row is None or project_id is not None and row.project_id != project_id:
        return None
    if everything:
        return _server(_ALL_NAMES, row, _JSON.items())
    return _server(_LISTED_NAMES, row, _LISTED_JSON)


def uuid_of(number: int) -> str | None:
    """The uuid of the living server with that id."""
    if not query.is_id(number):
        return None
    with engine.reader() as conn:
        return conn.execute(sa.select(_c.uuid).where(_c.id == number, _ALIVE)).scalar()


_INSERT = t.instances.insert()


def insert(conn: sa.Connection, rows: list[dict]) -> list[dict]:
    """Add servers, in this order; they come back as they are listed, with their ids."""
    servers = []
    for values in rows:
        now = utcnow()
        values = {"created_at": now, "updated_at": now} | values
        key = conn.execute(_INSERT, encode(values)).inserted_primary_key[0]
        server = {name: values.get(name) for name in _LISTED_NAMES}
        for name, empty in _LISTED_JSON:
            if server[name] is None:
                server[name] = empty()
        servers.append(server | {"id": key, "deleted": 0})
    return servers


def update(conn: sa.Connection, instance_uuid: str, values: dict) -> bool:
    """Set columns of a living server; whether it is there."""
    return query.compare_and_swap(
        conn, t.instances, {"uuid": instance_uuid, "deleted": 0}, {}, encode(values))


def compare_and_swap(conn: sa.Connection, instance_uuid: str, expected: dict, values: dict) -> bool:
    """Set columns of a living server whose columns are as expected; whether they were."""
    return query.compare_and_swap(
        conn, t.instances, {"uuid": instance_uuid, "deleted": 0}, expected, encode(values))


def lock(conn: sa.Connection, instance_uuid: str) -> dict | None:
    """A living server, with all columns, as it is now, which nobody else changes until the
    transaction ends.
    """
    row = conn.execute(sa.select(*t.instances.columns).where(_c.uuid == instance_uuid, _ALIVE)
                       .with_for_update()).first()
    return None if row is None else _server(_ALL_NAMES, row, _JSON.items())


def mark_deleting(conn: sa.Connection, instance_uuid: str, soft: bool = False) -> bool:
    """The server is being deleted from now on; false if it was before, or is gone.

    `soft`: so that it can be restored; false also if it can be already.
    """
    tasks, values = ("deleting",), {"task_state": "deleting"}
    if soft:
        tasks = ("deleting", "soft-deleting")
        values = {"task_state": "soft-deleting", "deleted_at": utcnow()}
    conditions = [_c.vm_state != "soft-delete"] if soft else []
    return conn.execute(t.instances.update().where(
        _c.uuid == instance_uuid, _ALIVE, *conditions,
        sa.or_(_c.task_state.is_(None), _c.task_state.not_in(tasks)),
    ).values(progress=0, **values)).rowcount == 1


def destroy(conn: sa.Connection, instance: dict, values: dict) -> bool:
    """The server is gone: its row stays, as a deleted one. Whether it was still there."""
    now = utcnow()
    return conn.execute(t.instances.update().where(_c.id == instance["id"], _ALIVE).values(
        deleted=_c.id, deleted_at=now, **encode(values))).rowcount == 1


# ---- pages of servers

def get_page(exact: dict, patterns: dict[str, str], *, addresses: dict[int, str] | None = None,
             holding: list[tuple[str, str, str]] = (),
             changes_since: datetime.datetime | None = None, deleted: bool | None = False,
             sort_keys: list[tuple[str, str]] = (),
             limit: int | None = None, marker: str | None = None) -> list[dict] | None:
    """A page of servers; None when the marker is not there.

    exact: column -> value, None, or a collection of these. patterns: column -> regular expression.
    addresses: IP version -> regular expression that an address begins with; one address that is like
    one of them is enough. holding: (column, key, value) of JSON objects. deleted: None means both;
    what can be restored counts as deleted. sort_keys: (column, 'asc' or 'desc'); the id decides what
    is equal in all of them.
    """
    sort_keys = tuple(sort_keys) or (("id", "desc"),)
    if all(name != "id" for name, _ in sort_keys):
        sort_keys += (("id", sort_keys[-1][1]),)
    conditions = [_is_like(_c[name], pattern) for name, pattern in patterns.items()]
    if addresses:
        conditions.append(sa.or_(*(_has_address(*wanted) for wanted in addresses.items())))
    for name, key, value in holding:
        conditions += [_c[name].regexp_match(re.escape(f"{jsonutils.dumps(key)}:")),
                       _c[name].regexp_match(re.escape(f":{jsonutils.dumps(value)}"))]
    if changes_since is not None:
        conditions.append(_c.updated_at >= changes_since)
    parameters = {"page_size": limit}
    for name, value in exact.items():
        if value is None or isinstance(value, (list, tuple, set, frozenset)):
            conditions.append(query.matches(_c[name], value))
        else:
            parameters[name] = value
    nulls = None
    with engine.reader() as conn:
        if marker is not None:
            row = conn.execute(_marker(sort_keys), {"marker": marker}).first()
            if row is None:
                return None
            found = row._mapping.items()
            nulls = frozenset(name for name, value in found if value is None)
            parameters |= {f"after_{name}": value for name, value in found if value is not None}
        statement = _page(tuple(sorted(exact.keys() & parameters.keys())), deleted, sort_keys, nulls,
                          limit is not None, engine.dialect_name())
        if conditions:
            statement = statement.where(*conditions)
        rows = conn.execute(statement, parameters).fetchall()
    return _servers(rows)


@functools.lru_cache(maxsize=256)
def _marker(sort_keys: tuple) -> sa.Select:
    """What the server `marker` is sorted by."""
    return sa.select(*(_c[name] for name, _ in sort_keys)).where(_c.uuid == sa.bindparam("marker"))


@functools.lru_cache(maxsize=1024)
def _page(exact: tuple[str, ...], deleted: bool | None, sort_keys: tuple,
          nulls: frozenset | None, limited: bool, dialect: str) -> sa.Select:
    """A page of the servers that have given values in the columns `exact`.

    The parameters are called like these columns, after_COLUMN (what the marker is sorted by, `nulls`
    are those of its columns that are NULL; None: there is no marker) and page_size.
    """
    keys = [(_c[name], direction) for name, direction in sort_keys]
    statement = sa.select(*_LISTED).order_by(*query.order_by(keys, dialect))
    statement = statement.where(*(_c[name] == sa.bindparam(name, type_=_c[name].type)
                                  for name in exact))
    if deleted is not None:
        gone = sa.or_(_c.deleted != 0, _c.vm_state == "soft-delete")
        statement = statement.where(gone if deleted else sa.and_(_ALIVE, sa.or_(
            _c.vm_state != "soft-delete", _c.vm_state.is_(None))))
    if nulls is not None:
        statement = statement.where(query.after_marker(keys, {
            column.name: None if column.name in nulls
            else sa.bindparam(f"after_{column.name}", type_=column.type) for column, _ in keys}))
    if limited:
        statement = statement.limit(sa.bindparam("page_size", type_=sa.Integer))
    return statement


def _is_like(column: sa.Column, pattern: str):
    """Whether the pattern is somewhere in the column's value, as text; that of nothing is None."""
    if isinstance(column.type, sa.Boolean):
        text = sa.case((column, "1"), else_="0")
    else:
        text = column if isinstance(column.type, sa.String) else sa.cast(column, sa.String(64))
    if re.search(pattern, "None"):
        return sa.or_(column.is_(None), text.regexp_match(pattern))
    return sa.and_(column.is_not(None), text.regexp_match(pattern))


def _has_address(version: int, pattern: str):
    """Some address of that version begins with what the pattern matches.

    network_info is searched as the text that it is kept as; the anchors that people write are put in
    terms of that.
    """
    pattern, rest = pattern.removeprefix("^"), '[^"]*'
    if pattern.endswith("$") and not pattern.endswith("\\$"):
        pattern, rest = pattern[:-1], ""
    tail = re.escape(f'","version":{version}')
    return _c.network_info.regexp_match(f'"address":"({pattern}){rest}{tail}')
