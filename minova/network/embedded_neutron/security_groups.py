"""Security groups and their rules, as Neutron's API has them. They are those of compute, in one store."""

import ipaddress

from oslo_db import exception as db_exc

from minova import exception
from minova.db import engine, neutron_nouns
from minova.db import quotas as db_quotas
from minova.db import security_groups as db
from minova.network.embedded_neutron import noun, quotas

_ICMP = ('icmp', '1', 'icmpv6', 'ipv6-icmp', '58')
_PORTS = ('tcp', '6', 'udp', '17', 'sctp', '132', 'dccp', '33', 'udplite', '136')
_OTHER = ('ah', 'egp', 'esp', 'gre', 'igmp', 'ipip', 'ipv6-encap', 'ipv6-frag', 'ipv6-nonxt',
          'ipv6-opts', 'ipv6-route', 'ospf', 'pgm', 'rsvp', 'vrrp')


@engine.retry_on_conflict
def ensure_default(project_id: str | None, user_id: str | None) -> None:
    """Make the project's default group, unless it is there. It counts, but no quota forbids it."""
    if not project_id or db.get_by_names(project_id, [db.DEFAULT]):
        return
    with engine.writer() as conn:
        owners = (db_quotas.PROJECT, *filter(None, [user_id]))
        db_quotas.lock_usages(conn, project_id, *owners)
        if db.insert_default(conn, project_id, user_id, neutron=True):
            db_quotas.add_usages(conn, project_id, owners, {'security_groups': 1})


class SecurityGroups(noun.Noun):

    rows = neutron_nouns.SECURITY_GROUPS

    def not_found(self, thing_id):
        return exception.neutron.SecurityGroupNotFound(id=thing_id)

    def prepare(self, context):
        ensure_default(context.project_id, context.user_id)

    def views(self, rows):
        rules = db.get_rules_of([row['id'] for row in rows])
        return [noun.common(row) | {
            'security_group_rules': [rule_view(rule) for rule in rules[row['id']]],
            'stateful': True, 'shared': False} for row in rows]

    def reserve(self, conn, context, things):
        for thing in things:
            ensure_default(thing['project_id'], context.user_id)
        quotas.reserve(conn, context, 'security_group', [thing['project_id'] for thing in things],
                       *filter(None, [context.user_id]))

    def insert(self, conn, context, thing):
        name = thing['name']
        if name.lower() == db.DEFAULT:
            raise exception.neutron.SecurityGroupDefaultAlreadyExists()
        if not db.insert(conn, {'name': name, 'description': thing.get('description') or '',
                                'project_id': thing['project_id'], 'user_id': context.user_id}):
            raise exception.neutron.SecurityGroupNameTaken(name=name)
        group = db.get_by_names(thing['project_id'], [name])[name]
        db.insert_leaving(conn, group['id'])
        return group['uuid']

    @engine.retry_on_conflict
    def update(self, context, thing_id, values):
        group = self.find_own(context, thing_id)
        values = {name: values[name] for name in ('name', 'description') if name in values}
        if group['name'] == db.DEFAULT and values.get('name', db.DEFAULT) != db.DEFAULT:
            raise exception.neutron.SecurityGroupCannotUpdateDefault()
        try:
            with engine.writer() as conn:
                if not db.lock(conn, group['id']):
                    raise self.not_found(thing_id)
                db.rename(conn, group['id'], values)
                return self.shown(thing_id)
        except db_exc.DBDuplicateEntry:
            raise exception.neutron.SecurityGroupNameTaken(name=values['name']) from None

    @engine.retry_on_conflict
    def delete(self, context, thing_id):
        group = self.find_own(context, thing_id)
        if group['name'] == db.DEFAULT and not context.is_admin:
            raise exception.neutron.SecurityGroupCannotRemoveDefault()
        with engine.writer() as conn:
            if not db.lock(conn, group['id']):
                raise self.not_found(thing_id)
            if db.is_in_use(conn, group['id']) or db.is_on_port(conn, group['id']):
                raise exception.neutron.SecurityGroupInUse(id=thing_id)
            db.delete(conn, group['id'])
            quotas.release(conn, 'security_group', group['project_id'],
                           *filter(None, [group['user_id']]))


class SecurityGroupRules(noun.Noun):

    rows = neutron_nouns.SECURITY_GROUP_RULES

    def __init__(self, groups):
        self.groups = groups

    def not_found(self, thing_id):
        return exception.neutron.SecurityGroupRuleNotFound(id=thing_id)

    def prepare(self, context):
        ensure_default(context.project_id, context.user_id)

    def views(self, rows):
        return [rule_view(row) for row in rows]

    def insert(self, conn, context, thing):
        group = self.groups.find_own(context, thing['security_group_id'])
        db.lock(conn, group['id'])
        quotas.reserve(conn, context, 'security_group_rule', [group['project_id']])
        values = _checked(thing)
        if thing.get('remote_group_id'):
            values['group_id'] = self.groups.find(context, thing['remote_group_id'])['id']
        compared = ('direction', 'ethertype', 'protocol', 'from_port', 'to_port', 'cidr', 'group_id')
        for other in db.get_rules_of([group['id']])[group['id']]:
            if all(other[name] == values.get(name) for name in compared):
                raise exception.neutron.SecurityGroupRuleExists(rule_id=other['uuid'])
        return db.insert_rule(conn, values | {'parent_group_id': group['id']})['uuid']

    def delete(self, context, thing_id):
        rule = self.find_own(context, thing_id)
        if not db.delete_rule(rule['id']):
            raise self.not_found(thing_id)


def _checked(thing: dict) -> dict:
    """The columns of a rule. Raises what Neutron says of one that makes no sense."""
    errors = exception.neutron
    protocol, first, last = (thing.get(name) for name in (
        'protocol', 'port_range_min', 'port_range_max'))
    ethertype, cidr = thing.get('ethertype') or 'IPv4', thing.get('remote_ip_prefix')
    if protocol is not None:
        protocol = str(protocol).lower()
        protocol = None if protocol == 'any' else protocol
    if thing.get('remote_group_id') and cidr:
        raise errors.SecurityGroupRemoteGroupAndRemoteIpPrefix()
    if cidr is not None:
        if (':' in cidr) != (ethertype == 'IPv6'):
            raise errors.SecurityGroupRuleInvalidEtherType(ethertype=ethertype, cidr=cidr)
    if protocol is None:
        if first is not None or last is not None:
            raise errors.SecurityGroupProtocolRequiredWithPorts()
    elif protocol in _ICMP:
        if first is None and last is not None:
            raise errors.SecurityGroupMissingIcmpType(value=last)
        for attr, field, value in (('port_range_min', 'type', first), ('port_range_max', 'code', last)):
            if value is not None and not 0 <= value <= 255:
                raise errors.SecurityGroupInvalidIcmpValue(field=field, attr=attr, value=value)
    elif protocol in _PORTS:
        if 0 in (first, last):
            raise errors.SecurityGroupInvalidPortValue(port=0)
        if (first is None) != (last is None) or (first is not None and first > last):
            raise errors.SecurityGroupInvalidPortRange()
    elif protocol not in _OTHER and not (protocol.isdigit() and int(protocol) <= 255):
        raise errors.SecurityGroupRuleInvalidProtocol(protocol=protocol)
    return {'direction': thing['direction'], 'ethertype': ethertype, 'protocol': protocol,
            'from_port': first, 'to_port': last, 'cidr': cidr,
            'description': thing.get('description')}


def rule_view(rule: dict) -> dict:
    first, last = (None if port == -1 else port for port in (rule['from_port'], rule['to_port']))
    return {
        'id': rule['uuid'],
        'project_id': rule['project_id'],
        'security_group_id': rule['parent_uuid'],
        'direction': rule['direction'],
        'ethertype': rule['ethertype'],
        'protocol': rule['protocol'],
        'port_range_min': first,
        'port_range_max': last,
        'remote_ip_prefix': rule['cidr'],
        'remote_group_id': rule['group_uuid'],
        'remote_address_group_id': None,
        'normalized_cidr': rule['cidr'] and str(ipaddress.ip_network(rule['cidr'], strict=False)),
        'description': rule['description'] or '',
        'created_at': rule['created_at'],
        'updated_at': rule['updated_at'] or rule['created_at'],
        'revision_number': 0,
        'tags': [],
    }
