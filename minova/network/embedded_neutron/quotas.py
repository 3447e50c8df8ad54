"""How much a project may have of each of Neutron's nouns.

Limits are kept beside those of compute, with which floating addresses and security groups have theirs in
common. The former are counted as compute counts them; everything else is counted where it is.
"""

from collections import Counter

from minova import exception
from minova.conf import CONF
from minova.db import neutron_nouns, security_groups
from minova.db import quotas as db

#: Noun -> the name of its limit, the option with the default.
RESOURCES = {
    'network': ('networks', 'quota_networks'),
    'subnet': ('subnets', 'quota_subnets'),
    'port': ('ports', 'quota_ports'),
    'router': ('routers', 'quota_routers'),
    'floatingip': ('floating_ips', 'quota_floating_ips'),
    'security_group': ('security_groups', 'quota_security_groups'),
    'security_group_rule': ('network_rules', 'quota_network_rules'),
}
_COUNTED = {'floatingip': 'floating_ips', 'security_group': 'security_groups'}
_LISTED = {'network': neutron_nouns.NETWORKS, 'subnet': neutron_nouns.SUBNETS,
           'port': neutron_nouns.PORTS, 'router': neutron_nouns.ROUTERS}


def limits(project_id: str, quota_class: str | None = None) -> dict[str, int]:
    """{noun: limit} of the project."""
    given, _ = db.get_limits(project_id, quota_class=quota_class)
    return {noun: given.get(name, getattr(CONF, option))
            for noun, (name, option) in RESOURCES.items()}


def defaults() -> dict[str, int]:
    return {noun: getattr(CONF, option) for noun, (_, option) in RESOURCES.items()}


def used(conn, project_id: str, noun: str, usages: dict) -> int:
    """How much there is; `usages` is what db.lock_usages() or db.get_usages() says of the project."""
    if noun in _COUNTED:
        return usages[_COUNTED[noun]]
    if noun == 'security_group_rule':
        return security_groups.count_rules(conn, project_id)
    return _LISTED[noun].count(conn, project_id)


def reserve(conn, context, noun: str, project_ids: list[str | None], *users: str) -> None:
    """See that each project has room for one more `noun` for each time that it is named.

    It stays so until the transaction of `conn` ends. What is counted by compute is counted here, for
    `users` too. Raises OverQuota.
    """
    for project_id, number in sorted(Counter(filter(None, project_ids)).items()):
        owners = (db.PROJECT, *users)
        usages = db.lock_usages(conn, project_id, *owners)[db.PROJECT]
        limit = limits(project_id, context.quota_class)[noun]
        if 0 <= limit < used(conn, project_id, noun, usages) + number:
            raise exception.neutron.OverQuota(overs=[noun])
        if noun in _COUNTED:
            db.add_usages(conn, project_id, owners, {_COUNTED[noun]: number})


def release(conn, noun: str, project_id: str | None, *users: str) -> None:
    """One of what is counted has gone."""
    if project_id:
        owners = (db.PROJECT, *users)
        db.lock_usages(conn, project_id, *owners)
        db.add_usages(conn, project_id, owners, {_COUNTED[noun]: -1})
