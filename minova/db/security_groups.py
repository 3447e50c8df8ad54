"""Queries on security groups, their rules, and the servers they are on.

A rule is a dict: id, parent_group_id, protocol, from_port, to_port, cidr, group_id, and group_name
and group_project_id of the group that it lets in.
"""

from collections.abc import Iterable

import sqlalchemy as sa

from minova import jsonutils
from minova.db import engine, query
from minova.db import tables as t

DEFAULT = "default"
#: Ids are as large as the smallest integer column; none is beyond.
MAX_ID = 2**31 - 1

_g = t.security_groups.c
_r = t.security_group_rules.c
_a = t.security_group_instance_association.c
_source = t.security_groups.alias("source")
#: A rule with the uuids of its group and of the one that it lets in, and whose it is.
SELECT_RULES = (
    sa.select(t.security_group_rules, _g.uuid.label("parent_uuid"),
              _g.project_id.label("project_id"), _source.c.uuid.label("group_uuid"))
    .join(t.security_groups, _g.id == _r.parent_group_id)
    .outerjoin(_source, _source.c.id == _r.group_id))
_RULES = (
    sa.select(t.security_group_rules, _source.c.name.label("group_name"),
              _source.c.project_id.label("group_project_id"))
    .outerjoin(_source, _source.c.id == _r.group_id))
_BY_NAMES = sa.select(t.security_groups).where(
    _g.project_id == sa.bindparam("of_project"),
    _g.name.in_(sa.bindparam("names", expanding=True)))
_ASSOCIATE = t.security_group_instance_association.insert()


# ---- groups

def get_all(*conditions: sa.ColumnElement, offset: int = 0, limit: int | None = None) -> list[dict]:
    """Groups with their rules, by project and name; `limit` of them, after the first `offset`."""
    statement = (sa.select(t.security_groups).where(*conditions)
                 .order_by(_g.project_id, _g.name).offset(offset).limit(limit))
    with engine.reader() as conn:
        groups = {group["id"]: group | {"rules": []}
                  for group in query.dicts(conn.execute(statement))}
        if groups:
            rules = conn.execute(
                _RULES.where(_r.parent_group_id.in_(list(groups))).order_by(_r.id))
            for rule in query.dicts(rules):
                groups[rule["parent_group_id"]]["rules"].append(rule)
    return list(groups.values())


def get_by_project(project_id: str | None, offset: int = 0,
                   limit: int | None = None) -> list[dict]:
    """The groups of the project, or of all for None."""
    of_project = [] if project_id is None else [_g.project_id == project_id]
    return get_all(*of_project, offset=offset, limit=limit)


def get(group_id: int, project_id: str | None = None) -> dict | None:
    """The group, if it is `project_id`'s (None: anybody's)."""
    if not 0 < group_id <= MAX_ID:
        return None
    conditions = [_g.id == group_id]
    if project_id is not None:
        conditions.append(_g.project_id == project_id)
    found = get_all(*conditions)
    return found[0] if found else None


def get_by_names(project_id: str, names: Iterable[str]) -> dict[str, dict]:
    """Those groups of the project that there are, without their rules, by name."""
    with engine.reader() as conn:
        groups = query.dicts(conn.execute(
            _BY_NAMES, {"of_project": project_id, "names": sorted(set(names))}))
    return {group["name"]: group for group in groups}


def get_by_uuids(uuids: Iterable[str], project_id: str | None = None) -> dict[str, dict]:
    """Those groups that there are, without their rules, by uuid; of one project if it is given."""
    statement = sa.select(t.security_groups).where(_g.uuid.in_(sorted(set(uuids))))
    if project_id is not None:
        statement = statement.where(_g.project_id == project_id)
    with engine.reader() as conn:
        return {group["uuid"]: group for group in query.dicts(conn.execute(statement))}


def get_by_names_or_uuids(project_id: str, words: Iterable[str]) -> dict[str, dict]:
    """Those groups of the project that there are, by what they are called: their name or uuid.

    A name comes before a uuid that is the same.
    """
    words = sorted(set(words))
    statement = sa.select(t.security_groups).where(
        _g.project_id == project_id, _g.name.in_(words) | _g.uuid.in_(words))
    with engine.reader() as conn:
        groups = query.dicts(conn.execute(statement))
    return ({group["uuid"]: group for group in groups if group["uuid"] in words}
            | {group["name"]: group for group in groups if group["name"] in words})


def get_by_instance(instance_uuid: str) -> list[dict]:
    """The groups that the server is in, with their rules."""
    return get_all(_g.id.in_(
        sa.select(_a.security_group_id).where(_a.instance_uuid == instance_uuid)))


def lock(conn: sa.Connection, group_id: int) -> bool:
    """Keep the group as it is until the transaction ends; whether it is there."""
    return conn.execute(
        sa.select(_g.id).where(_g.id == group_id).with_for_update()).first() is not None


def insert(conn: sa.Connection, values: dict) -> bool:
    """Add a group; false when the project has one of that name."""
    return query.insert_ignore(conn, t.security_groups, values)


def insert_default(conn: sa.Connection, project_id: str, user_id: str | None,
                   neutron: bool = False) -> bool:
    """Add the project's default group with the rules that there are for it; false if it has one.

    With `neutron` these are Neutron's: everything may leave, and what comes from the group may enter.
    """
    if not insert(conn, {"name": DEFAULT, "description": DEFAULT, "project_id": project_id,
                         "user_id": user_id}):
        return False
    d = t.security_group_default_rules.c
    group_id = sa.select(_g.id).where(_g.project_id == project_id, _g.name == DEFAULT)
    if neutron:
        own = conn.execute(group_id).scalar_one()
        insert_leaving(conn, own)
        conn.execute(t.security_group_rules.insert(), [
            {"parent_group_id": own, "group_id": own, "ethertype": ethertype}
            for ethertype in ("IPv4", "IPv6")])
        return True
    rules = query.dicts(conn.execute(sa.select(
        group_id.scalar_subquery().label("parent_group_id"), d.protocol, d.from_port, d.to_port,
        d.cidr, d.created_at)))
    if rules:
        conn.execute(t.security_group_rules.insert(), rules)
    return True


def insert_leaving(conn: sa.Connection, group_id: int) -> None:
    """Let everything leave by a new group of Neutron's."""
    conn.execute(t.security_group_rules.insert(), [
        {"parent_group_id": group_id, "direction": "egress", "ethertype": ethertype}
        for ethertype in ("IPv4", "IPv6")])


def update(conn: sa.Connection, group_id: int, name: str, description: str) -> bool:
    """Rename the group, also where its servers show it. Raises DBDuplicateEntry."""
    if conn.execute(t.security_groups.update().where(_g.id == group_id).values(
            name=name, description=description)).rowcount != 1:
        return False
    refresh_instances(conn, conn.execute(
        sa.select(_a.instance_uuid).where(_a.security_group_id == group_id)).scalars().all())
    return True


def is_in_use(conn: sa.Connection, group_id: int) -> bool:
    """Whether a server is in the group."""
    return conn.execute(
        sa.select(_a.id).where(_a.security_group_id == group_id).limit(1)).first() is not None


def is_on_port(conn: sa.Connection, group_id: int) -> bool:
    """Whether a port is in the group."""
    p = t.port_security_groups.c
    return conn.execute(
        sa.select(p.id).where(p.security_group_id == group_id).limit(1)).first() is not None


def delete(conn: sa.Connection, group_id: int) -> bool:
    """Remove the group and every rule that it is part of; whether it was there."""
    return conn.execute(t.security_groups.delete().where(_g.id == group_id)).rowcount == 1


# ---- rules

def get_rules_of(group_ids: list[int]) -> dict[int, list[dict]]:
    """The rules of each of the groups, oldest first, with all that Neutron tells of them."""
    found: dict[int, list[dict]] = {group_id: [] for group_id in group_ids}
    if found:
        with engine.reader() as conn:
            for rule in query.dicts(conn.execute(
                    SELECT_RULES.where(_r.parent_group_id.in_(group_ids)).order_by(_r.id))):
                found[rule["parent_group_id"]].append(rule)
    return found


def get_rule(rule_id: int) -> dict | None:
    if not 0 < rule_id <= MAX_ID:
        return None
    with engine.reader() as conn:
        rows = query.dicts(conn.execute(_RULES.where(_r.id == rule_id)))
    return rows[0] if rows else None


def get_rules(conn: sa.Connection, group_id: int) -> list[dict]:
    """The rules of the group."""
    return query.dicts(conn.execute(_RULES.where(_r.parent_group_id == group_id)))


def insert_rule(conn: sa.Connection, values: dict) -> dict:
    """Add a rule; it as it is read."""
    result = conn.execute(t.security_group_rules.insert().values(values))
    return query.dicts(conn.execute(_RULES.where(_r.id == result.inserted_primary_key[0])))[0]


@engine.retry_on_conflict
def delete_rule(rule_id: int) -> bool:
    """Remove the rule; whether it was there."""
    with engine.writer() as conn:
        return conn.execute(
            t.security_group_rules.delete().where(_r.id == rule_id)).rowcount == 1


def count_rules(conn: sa.Connection, project_id: str) -> int:
    """How many rules the groups of the project have."""
    return conn.execute(
        sa.select(sa.func.count()).select_from(t.security_group_rules)
        .join(t.security_groups, _g.id == _r.parent_group_id)
        .where(_g.project_id == project_id)).scalar_one()


def rename(conn: sa.Connection, group_id: int, values: dict) -> None:
    """Change name or description, also where servers show them. Raises DBDuplicateEntry."""
    conn.execute(t.security_groups.update().where(_g.id == group_id).values(
        **values, revision=_g.revision + 1))
    refresh_instances(conn, conn.execute(
        sa.select(_a.instance_uuid).where(_a.security_group_id == group_id)).scalars().all())


# ---- the servers in a group

def associate(conn: sa.Connection, group_ids: list[int], instance_uuids: list[str]) -> None:
    """Put new servers into the groups. Raises DBReferenceError when a group has gone."""
    rows = [{"security_group_id": group_id, "instance_uuid": instance_uuid}
            for instance_uuid in instance_uuids for group_id in group_ids]
    if rows:
        conn.execute(_ASSOCIATE, rows)


def add_instance(conn: sa.Connection, group_id: int, instance_uuid: str) -> bool:
    """Put a server into the group; false when it is in it."""
    if not query.insert_ignore(conn, t.security_group_instance_association, {
            "security_group_id": group_id, "instance_uuid": instance_uuid}):
        return False
    refresh_instances(conn, [instance_uuid])
    return True


def remove_instance(conn: sa.Connection, group_id: int, instance_uuid: str) -> bool:
    """Take a server out of the group; false when it is not in it."""
    if conn.execute(t.security_group_instance_association.delete().where(
            _a.security_group_id == group_id, _a.instance_uuid == instance_uuid)).rowcount != 1:
        return False
    refresh_instances(conn, [instance_uuid])
    return True


def refresh_instances(conn: sa.Connection, instance_uuids: list[str]) -> None:
    """Write to the rows of these servers the names of the groups that they are in now.

    Everything that changes them calls this in the same transaction.
    """
    if not instance_uuids:
        return
    names: dict[str, list[str]] = {instance_uuid: [] for instance_uuid in instance_uuids}
    for instance_uuid, name in conn.execute(
            sa.select(_a.instance_uuid, _g.name)
            .join(t.security_groups, _g.id == _a.security_group_id)
            .where(_a.instance_uuid.in_(instance_uuids)).order_by(_a.id)):
        names[instance_uuid].append(name)
    c = t.instances.c
    # The servers themselves have not changed.
    conn.execute(
        t.instances.update().where(c.uuid == sa.bindparam("instance"))
        .values(security_groups=sa.bindparam("names"), updated_at=c.updated_at),
        [{"instance": instance_uuid, "names": jsonutils.dumps(found)}
         for instance_uuid, found in names.items()])
