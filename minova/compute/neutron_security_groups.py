"""Security groups where the network has ports: Neutron's, seen with Nova's eyes.

Groups and rules are known by uuid, servers are in the groups of their ports, and only rules for what comes
in are shown. The rules that the default group begins with are Neutron's own.
"""

from oslo_utils import uuidutils

from minova import exception, network
from minova.compute import contract
from minova.network.contract import Query


class SecurityGroupAPI(contract.SecurityGroupAPI):

    def __init__(self):
        self.neutron = network.NeutronAPI()

    def validate_id(self, value):
        if not uuidutils.is_uuid_like(value):
            raise exception.Invalid('Security group id should be uuid')
        return value

    # ---- groups

    def get_all(self, context, all_tenants=False, offset=0, limit=None):
        filters = {} if all_tenants and context.is_admin else {'project_id': [context.project_id]}
        groups = self._list(context, filters)
        groups.sort(key=lambda group: (group['project_id'], group['name']))
        return self._shown(context, groups[offset:][:limit])

    def get(self, context, group_id):
        try:
            group = self.neutron.get(context, 'security_group', group_id)
        except exception.neutron.SecurityGroupNotFound:
            raise exception.SecurityGroupNotFound(security_group_id=group_id) from None
        return self._shown(context, [group])[0]

    def create(self, context, name, description):
        try:
            made = self.neutron.create(context, 'security_group', [{
                'name': name, 'description': description, 'project_id': context.project_id}])
        except exception.neutron.OverQuota:
            raise exception.SecurityGroupLimitExceeded(
                'Quota exceeded, too many security groups.') from None
        except exception.Conflict as error:
            raise exception.Invalid(error.message) from None
        return self._shown(context, made)[0]

    def update(self, context, group, name, description):
        try:
            updated = self.neutron.update(context, 'security_group', group['id'], {
                'name': name, 'description': description})
        except exception.NotFound:
            raise exception.SecurityGroupNotFound(security_group_id=group['id']) from None
        except exception.Conflict as error:
            raise exception.Invalid(error.message) from None
        return self._shown(context, [updated])[0]

    def delete(self, context, group):
        try:
            self.neutron.delete(context, 'security_group', group['id'])
        except exception.NotFound:
            raise exception.SecurityGroupNotFound(security_group_id=group['id']) from None
        except exception.Conflict as error:
            raise exception.Invalid(error.message) from None

    def _list(self, context, filters: dict) -> list[dict]:
        return self.neutron.get_all(context, 'security_group', Query(filters=filters))

    def _shown(self, context, groups: list[dict]) -> list[dict]:
        """The groups in Nova's form, which names the groups that their rules let in."""
        names = {group['id']: group for group in groups}
        missing = {rule['remote_group_id'] for group in groups
                   for rule in group['security_group_rules']} - {None, *names}
        if missing:
            names |= {group['id']: group for group in self._list(
                context.elevated(), {'id': sorted(missing)})}
        return [{
            'id': group['id'], 'name': group['name'], 'description': group['description'],
            'project_id': group['project_id'], 'user_id': None,
            'rules': [_rule(rule, names) for rule in group['security_group_rules']
                      if rule['direction'] == 'ingress']} for group in groups]

    # ---- rules

    def create_rule(self, context, group, rule):
        cidr = rule.get('cidr')
        first, last = (None if rule.get(port) == -1 else rule.get(port)
                       for port in ('from_port', 'to_port'))
        try:
            made = self.neutron.create(context, 'security_group_rule', [{
                'security_group_id': group['id'], 'project_id': group['project_id'],
                'direction': 'ingress', 'ethertype': 'IPv6' if cidr and ':' in cidr else 'IPv4',
                'protocol': rule.get('protocol'), 'port_range_min': first, 'port_range_max': last,
                'remote_ip_prefix': cidr, 'remote_group_id': rule.get('group_id')}])
        except exception.neutron.OverQuota:
            raise exception.SecurityGroupLimitExceeded(
                'Quota exceeded, too many security group rules.') from None
        except exception.NotFound as error:
            raise exception.SecurityGroupNotFound(error.message) from None
        except (exception.Conflict, exception.Forbidden) as error:
            raise exception.Invalid(error.message) from None
        names = {g['id']: g for g in self._list(context.elevated(), {
            'id': [made[0]['remote_group_id']]})} if made[0]['remote_group_id'] else {}
        return _rule(made[0], names)

    def delete_rule(self, context, rule_id):
        try:
            self.neutron.delete(context, 'security_group_rule', rule_id)
        except exception.NotFound:
            raise exception.SecurityGroupNotFound(f'Rule ({rule_id}) not found') from None

    # ---- servers

    def get_by_instance(self, context, instance):
        ports = self.neutron.get_all(context.elevated(), 'port', Query(filters={
            'device_id': [instance['uuid']]}))
        ids = sorted({group for port in ports for group in port['security_groups']})
        return self._shown(context, self._list(context.elevated(), {'id': ids}) if ids else [])

    def add_to_instance(self, context, instance, name):
        group = self._named(context, name)
        if not self.neutron.add_server_to_group(context, instance, group['id']):
            raise exception.SecurityGroupExistsForInstance(
                security_group_id=group['id'], instance_id=instance['uuid'])

    def remove_from_instance(self, context, instance, name):
        group = self._named(context, name)
        if not self.neutron.remove_server_from_group(context, instance, group['id']):
            raise exception.SecurityGroupNotExistsForInstance(
                security_group_id=group['id'], instance_id=instance['uuid'])

    def _named(self, context, word: str) -> dict:
        return self.resolve(context, [word])[0]

    def resolve(self, context, words: list[str]) -> list[dict]:
        """The project's groups of these names or uuids, as Neutron has them, each once.

        Raises SecurityGroupNotFoundForProject, NoUniqueMatch.
        """
        known: dict[str, list[dict]] = {word: [] for word in words}
        for attribute in ('name', 'id'):
            missing = [word for word, groups in known.items() if not groups]
            for group in self._list(context, {
                    'project_id': [context.project_id], attribute: missing}) if missing else ():
                known[group[attribute]].append(group)
        for word, groups in known.items():
            if not groups:
                raise exception.SecurityGroupNotFoundForProject(
                    security_group_id=word, project_id=context.project_id)
            if len(groups) > 1:
                raise exception.NoUniqueMatch(name=word)
        return list({groups[0]['id']: groups[0] for groups in known.values()}.values())

    # ---- default rules

    def get_default_rules(self, context):
        raise exception.NotSupported()

    def get_default_rule(self, context, rule_id):
        raise exception.NotSupported()

    def create_default_rule(self, context, rule):
        raise exception.NotSupported()

    def delete_default_rule(self, context, rule_id):
        raise exception.NotSupported()


def _rule(rule: dict, groups: dict[str, dict]) -> dict:
    """A rule in Nova's form, which has no rule without ports, and none without a source."""
    first, last, cidr = rule['port_range_min'], rule['port_range_max'], rule['remote_ip_prefix']
    protocol = rule['protocol']
    if protocol and first is None:
        first, last = (-1, -1) if protocol.startswith('icmp') else (1, 65535)
    source = groups.get(rule['remote_group_id'])
    if rule['remote_group_id'] is None and cidr is None:
        cidr = '::/0' if rule['ethertype'] == 'IPv6' else '0.0.0.0/0'
    return {'id': rule['id'], 'parent_group_id': rule['security_group_id'], 'protocol': protocol,
            'from_port': first, 'to_port': last, 'cidr': cidr, 'group_id': rule['remote_group_id'],
            'group_name': source and source['name'],
            'group_project_id': source and source['project_id']}
