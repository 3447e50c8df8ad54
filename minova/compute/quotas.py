"""Quotas of the default backend.

The functions are for the other modules of this package. `reserve` and `release` count within the
caller's transaction, so what is counted and what is written come about together or not at all:

    with engine.writer() as conn:
        quotas.reserve(conn, context.project_id, context.user_id, {'server_groups': 1})
        db.create(...)

They hold the project's row of quota_usages until the transaction ends, which makes them exact under
concurrent requests, on every database; call them late, and use `engine.retry_on_conflict`.
"""

import sys
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from minova import exception
from minova.compute import contract
from minova.conf import CONF
from minova.db import engine
from minova.db import quotas as db

#: Resource -> the option with its default limit.
RESOURCES = {
    'instances': 'quota_instances',
    'cores': 'quota_cores',
    'ram': 'quota_ram',
    'floating_ips': 'quota_floating_ips',
    'fixed_ips': 'quota_fixed_ips',
    'metadata_items': 'quota_metadata_items',
    'injected_files': 'quota_injected_files',
    'injected_file_content_bytes': 'quota_injected_file_content_bytes',
    'injected_file_path_bytes': 'quota_injected_file_path_length',
    'security_groups': 'quota_security_groups',
    'security_group_rules': 'quota_security_group_rules',
    'key_pairs': 'quota_key_pairs',
    'server_groups': 'quota_server_groups',
    'server_group_members': 'quota_server_group_members',
}
#: What no user in a project has to himself: only the project is limited, and counted.
PER_PROJECT = frozenset({'fixed_ips', 'floating_ips'})


class Room(NamedTuple):
    """A limit (-1: none) and what is used of it."""

    limit: int
    used: int

    @property
    def left(self) -> int:
        """How much more there may be; negative when there is too much already."""
        return sys.maxsize if self.limit < 0 else self.limit - self.used


def get_limits(project_id: str, user_id: str | None = None,
               quota_class: str | None = None) -> tuple[dict, dict]:
    """All limits: (of the project, of the user in it). One statement."""
    of_project, of_user = db.get_limits(project_id, user_id or db.PROJECT, quota_class)
    of_project = {**_configured(), **of_project}
    return of_project, {**of_project, **of_user}


def _configured() -> dict[str, int]:
    return {resource: getattr(CONF, option) for resource, option in RESOURCES.items()}


def get_rooms(conn, project_id: str, user_id: str, resources: Iterable[str],
              quota_class: str | None = None) -> dict[str, Room]:
    """What is left of what is counted, for a user in a project: the tighter of both limits.

    It stays so until the transaction of `conn` ends. Two statements.
    """
    of_project, of_user = get_limits(project_id, user_id, quota_class)
    usages = db.lock_usages(conn, project_id, db.PROJECT, user_id)
    rooms = {}
    for resource in resources:
        room = Room(of_project[resource], usages[db.PROJECT][resource])
        if resource not in PER_PROJECT:
            room = min(room, Room(of_user[resource], usages[user_id][resource]),
                       key=lambda r: r.left)
        rooms[resource] = room
    return rooms


def reserve(conn, project_id: str, user_id: str, deltas: Mapping[str, int],
            quota_class: str | None = None) -> None:
    """Count `deltas` ({'instances': 1, 'cores': 2}) for the user in the project, if all fit.

    For use in the writer() that `conn` is of. What becomes less may always do so, also where the
    limit is exceeded. Raises OverQuota. Three statements; more for the first of a project, and
    when IP addresses are counted together with other things.
    """
    rooms = get_rooms(conn, project_id, user_id, deltas, quota_class)
    overs = sorted(r for r, delta in deltas.items() if delta > 0 and delta > rooms[r].left)
    if overs:
        raise _over_quota(overs, rooms)
    _add(conn, project_id, user_id, deltas)


def reserve_servers(conn, project_id: str, user_id: str, vcpus: int, memory_mb: int,
                    min_count: int, max_count: int, quota_class: str | None = None) -> int:
    """Count as many servers of that size as fit, and at most `max_count`; how many these are.

    Three statements. Raises TooManyInstances when they are fewer than `min_count`.
    """
    each = {'instances': 1, 'cores': vcpus, 'ram': memory_mb}
    rooms = get_rooms(conn, project_id, user_id, each, quota_class)
    count = min([max_count] + [rooms[r].left // need for r, need in each.items() if need])
    if count < max(min_count, 1):
        wanted = {r: need * max_count for r, need in each.items()}
        overs = sorted(r for r, need in wanted.items() if need and need > rooms[r].left)
        if min_count != max_count:
            wanted['instances'] = f'{min_count}-{max_count}'
        raise too_many_instances(_over_quota(overs, rooms), wanted)
    _add(conn, project_id, user_id, {r: need * count for r, need in each.items()})
    return count


def of_server(instance: dict) -> dict[str, int]:
    """What is counted for a server (with all columns): while it is being resized, the larger size."""
    sizes = [instance, *(f for f in (instance['old_flavor'], instance['new_flavor']) if f)]
    return {'instances': 1, 'cores': max(size['vcpus'] for size in sizes),
            'ram': max(size['memory_mb'] for size in sizes)}


def release(conn, project_id: str, user_id: str, deltas: Mapping[str, int]) -> None:
    """Count `deltas` less, and never below 0. Two statements.

    Project and user are those for whom it was counted, not those who ask.
    """
    less = {resource: -delta for resource, delta in deltas.items()}
    # The project first, as lock_usages() does.
    db.add_usages(conn, project_id, (db.PROJECT,), less)
    of_user = {r: delta for r, delta in less.items() if r not in PER_PROJECT}
    if of_user and user_id != db.PROJECT:
        db.add_usages(conn, project_id, (user_id,), of_user)


def _add(conn, project_id: str, user_id: str, deltas: Mapping[str, int]) -> None:
    """Count `deltas` where `get_rooms` has locked."""
    of_both = {r: delta for r, delta in deltas.items() if r not in PER_PROJECT}
    if of_both:
        db.add_usages(conn, project_id, (db.PROJECT, user_id), of_both)
    of_project = {r: delta for r, delta in deltas.items() if r in PER_PROJECT}
    if of_project:
        db.add_usages(conn, project_id, (db.PROJECT,), of_project)


def check(context, values: Mapping[str, int]) -> None:
    """Raises OverQuota when one of `values` is above its limit for the context. One statement."""
    of_project, of_user = get_limits(context.project_id, context.user_id, context.quota_class)
    rooms = {r: min(Room(of_project[r], 0), Room(of_user[r], 0), key=lambda room: room.left)
             for r in values}
    overs = sorted(r for r, value in values.items() if value > rooms[r].left)
    if overs:
        raise _over_quota(overs, rooms)


def check_fixed_ips(conn, project_id: str) -> None:
    """Raises FixedIpLimitExceeded when the servers of the project have too many addresses.

    One statement, and a second when there is a limit at all. Fixed addresses are not counted ahead:
    what is there is counted.
    """
    limit = get_limits(project_id)[0]['fixed_ips']
    if 0 <= limit < db.count_fixed_ips(conn, project_id):
        raise exception.FixedIpLimitExceeded()


def _over_quota(overs: list[str], rooms: Mapping[str, Room]) -> exception.OverQuota:
    return exception.OverQuota(
        overs=overs, quotas={r: room.limit for r, room in rooms.items()},
        usages={r: room.used for r, room in rooms.items()},
        headroom={r: room.left for r, room in rooms.items()})


def too_many_instances(error: exception.OverQuota,
                       requested: Mapping[str, object]) -> exception.TooManyInstances:
    """`error` in the words for servers: what was requested, used and allowed of what is over."""
    overs = error.kwargs['overs']

    def listed(values):
        return ', '.join(str(values[resource]) for resource in overs)
    return exception.TooManyInstances(
        overs=', '.join(overs), req=listed(requested), used=listed(error.kwargs['usages']),
        allowed=listed(error.kwargs['quotas']))


class QuotaAPI(contract.QuotaAPI):

    def get_project_quotas(self, context, project_id, usages=True):
        of_project, _ = get_limits(project_id, quota_class=_class_of(context, project_id))
        used = db.get_usages(project_id, db.PROJECT)[db.PROJECT] if usages else None
        return _quotas(of_project, used)

    def get_user_quotas(self, context, project_id, user_id, usages=True):
        _, of_user = get_limits(project_id, user_id, _class_of(context, project_id))
        return _quotas(of_user, _user_usages(project_id, user_id) if usages else None)

    def get_usages(self, context, project_id):
        return _in_use(db.get_counted(project_id))

    def get_limits_and_usages(self, context, project_id):
        limits, used = db.get_limits_and_counted(project_id, _class_of(context, project_id))
        limits = {**_configured(), **limits}
        return {resource: limits[resource] for resource in RESOURCES}, _in_use(used)

    def get_defaults(self, context):
        return self.get_class_quotas(context, db.DEFAULT_CLASS)

    def get_class_quotas(self, context, quota_class):
        return {**_configured(), **db.get_class_limits(quota_class)}

    @engine.retry_on_conflict
    def update_limits(self, context, project_id, limits, user_id=None, force=False):
        with engine.writer():
            if not force:
                self._check_limits(context, project_id, limits, user_id)
            # A limit on what no user has to himself is the project's, whomever it was meant for.
            of_user = {r: v for r, v in limits.items() if user_id and r not in PER_PROJECT}
            if of_user:
                db.set_limits(project_id, of_user, user_id)
            db.set_limits(project_id, {r: v for r, v in limits.items() if r not in of_user})

    def _check_limits(self, context, project_id, limits, user_id) -> None:
        of_project, own = db.get_limits(project_id, user_id or db.PROJECT,
                                        _class_of(context, project_id))
        of_project = {**_configured(), **of_project}
        given_away = db.get_given_away(project_id)
        used = (_user_usages(project_id, user_id) if user_id
                else db.get_usages(project_id, db.PROJECT)[db.PROJECT])
        for resource, limit in limits.items():
            minimum, maximum = used.get(resource, 0), -1
            if user_id and of_project[resource] != -1:
                maximum = (of_project[resource] - given_away.get(resource, 0)
                           + max(own.get(resource, 0), 0))
            elif not user_id:
                minimum = max(minimum, given_away.get(resource, 0))
            _check_limit(resource, limit, minimum, maximum)

    def update_class_limits(self, context, quota_class, limits):
        db.set_class_limits(quota_class, limits)

    def delete_limits(self, context, project_id, user_id=None):
        db.delete_limits(project_id, RESOURCES, user_id or db.PROJECT)

    def limit_check(self, context, **values):
        check(context, values)


def _class_of(context, project_id: str) -> str | None:
    """The quota class is known of the project that asks alone."""
    return context.quota_class if project_id == context.project_id else None


def _user_usages(project_id: str, user_id: str) -> dict[str, int]:
    used = db.get_usages(project_id, db.PROJECT, user_id)
    return {**used[user_id], **{r: used[db.PROJECT][r] for r in PER_PROJECT}}


def _in_use(used: Mapping[str, int]) -> dict[str, dict]:
    return {r: {'in_use': used[r], 'reserved': 0} for r in used if r in RESOURCES}


def _quotas(limits: Mapping[str, int], used: Mapping[str, int] | None) -> dict[str, dict]:
    quotas = {resource: {'limit': limits[resource]} for resource in RESOURCES}
    if used is not None:
        for resource, quota in quotas.items():
            quota.update(in_use=used.get(resource, 0), reserved=0)
    return quotas


def _check_limit(resource: str, limit: int, minimum: int, maximum: int) -> None:
    if limit != -1 and limit < minimum:
        raise exception.QuotaLimitInvalid(
            f'Quota limit {limit} for {resource} must be greater than or equal to already used and '
            f'reserved {minimum}.')
    if maximum != -1 and (limit == -1 or limit > maximum):
        raise exception.QuotaLimitInvalid(
            f'Quota limit {limit} for {resource} must be less than or equal to {maximum}.')
