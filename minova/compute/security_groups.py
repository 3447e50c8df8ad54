"""Security groups of the default backend.

`resolve` and `associate` are for the creation of servers, in its transaction.
"""

from oslo_db import exception as db_exc

from minova import exception, network
from minova.compute import contract, quotas
from minova.db import engine
from minova.db import quotas as db_quotas
from minova.db import security_group_default_rules as db_default_rules
from minova.db import security_groups as db

_RULE_COLUMNS = ('group_id', 'cidr', 'from_port', 'to_port', 'protocol')


@engine.retry_on_conflict
def ensure_default(context) -> None:
    """Make the project's default group, unless it is there. It counts, but no quota forbids it."""
    if network.backend().ensure_default_group(context):
        return
    project_id, user_id = context.project_id, context.user_id
    with engine.writer() as conn:
        owners = (db_quotas.PROJECT, user_id)
        db_quotas.lock_usages(conn, project_id, *owners)
        if db.insert_default(conn, project_id, user_id):
            db_quotas.add_usages(conn, project_id, owners, {'security_groups': 1})


def resolve(context, names: list[str]) -> list[dict]:
    """The project's groups of these names, each once; where the network has ports, also by uuid.

    Raises SecurityGroupNotFoundForProject.
    """
    found = _find(context, names)
    return list({found[name]['id']: found[name] for name in names}.values())


def associate(conn, groups: list[dict], instance_uuids: list[str]) -> None:
    """Put new servers, whose rows name these groups, into them.

    Raises SecurityGroupNotFoundForProject when a group has been deleted meanwhile.
    """
    try:
        db.associate(conn, [group['id'] for group in groups], instance_uuids)
    except db_exc.DBReferenceError:
        raise exception.SecurityGroupNotFoundForProject(
            security_group_id=', '.join(group['name'] for group in groups),
            project_id=groups[0]['project_id']) from None


def _find(context, names: list[str]) -> dict[str, dict]:
    """The project's groups of these names, by name."""
    look_up = db.get_by_names_or_uuids if network.backend().has_ports else db.get_by_names
    found = look_up(context.project_id, [*names, db.DEFAULT])
    if db.DEFAULT not in found:
        ensure_default(context)
        found = look_up(context.project_id, names)
    for name in names:
        if name not in found:
            raise exception.SecurityGroupNotFoundForProject(
                security_group_id=name, project_id=context.project_id)
    return found


class SecurityGroupAPI(contract.SecurityGroupAPI):

    def validate_id(self, value):
        try:
            number = int(value)
            if str(number) == str(value):
                return number
        except (TypeError, ValueError):
            pass
        raise exception.Invalid('Security group id should be integer')

    # ---- groups

    def get_all(self, context, all_tenants=False, offset=0, limit=None):
        project_id = None if all_tenants and context.is_admin else context.project_id
        self._look(context)
        return db.get_by_project(project_id, offset, limit)

    def get(self, context, group_id):
        self._look(context)
        group = db.get(group_id, None if context.is_admin else context.project_id)
        if group is None:
            raise exception.SecurityGroupNotFound(security_group_id=group_id)
        return group

    @staticmethod
    def _look(context) -> None:
        if not db.get_by_names(context.project_id, [db.DEFAULT]):
            ensure_default(context)

    @engine.retry_on_conflict
    def create(self, context, name, description):
        self._look(context)
        project_id, user_id = context.project_id, context.user_id
        with engine.writer() as conn:
            try:
                quotas.reserve(conn, project_id, user_id, {'security_groups': 1},
                               context.quota_class)
            except exception.OverQuota:
                raise exception.SecurityGroupLimitExceeded(
                    'Quota exceeded, too many security groups.') from None
            if not db.insert(conn, {'name': name, 'description': description,
                                    'project_id': project_id, 'user_id': user_id}):
                raise exception.Invalid(f'Security group {name} already exists')
            return db.get_by_names(project_id, [name])[name] | {'rules': []}

    @engine.retry_on_conflict
    def update(self, context, group, name, description):
        if group['name'] == db.DEFAULT:
            raise exception.Invalid("Unable to update system group 'default'")
        try:
            with engine.writer() as conn:
                if not db.update(conn, group['id'], name, description):
                    raise exception.SecurityGroupNotFound(security_group_id=group['id'])
        except db_exc.DBDuplicateEntry:
            raise exception.SecurityGroupExists(
                security_group_name=name, project_id=group['project_id']) from None
        return group | {'name': name, 'description': description}

    @engine.retry_on_conflict
    def delete(self, context, group):
        if group['name'] == db.DEFAULT:
            raise exception.Invalid("Unable to delete system group 'default'")
        with engine.writer() as conn:
            if not db.lock(conn, group['id']):
                raise exception.SecurityGroupNotFound(security_group_id=group['id'])
            if db.is_in_use(conn, group['id']):
                raise exception.Invalid('Security group is still in use')
            db.delete(conn, group['id'])
            quotas.release(conn, group['project_id'], group['user_id'], {'security_groups': 1})

    # ---- rules

    @engine.retry_on_conflict
    def create_rule(self, context, group, rule):
        with engine.writer() as conn:
            if not db.lock(conn, group['id']):
                raise exception.SecurityGroupNotFound(security_group_id=group['id'])
            rules = db.get_rules(conn, group['id'])
            if any(all(old[k] == rule.get(k) for k in _RULE_COLUMNS) for old in rules):
                raise exception.Invalid(f'This rule already exists in group {group["id"]}')
            try:
                quotas.check(context, {'security_group_rules': len(rules) + 1})
            except exception.OverQuota:
                raise exception.SecurityGroupLimitExceeded(
                    'Quota exceeded, too many security group rules.') from None
            try:
                return db.insert_rule(conn, rule | {'parent_group_id': group['id']})
            except db_exc.DBReferenceError:
                raise exception.SecurityGroupNotFound(
                    security_group_id=rule['group_id']) from None

    def delete_rule(self, context, rule_id):
        rule = db.get_rule(rule_id)
        if rule is None:
            raise exception.SecurityGroupNotFound(f'Rule ({rule_id}) not found')
        self.get(context, rule['parent_group_id'])
        if not db.delete_rule(rule_id):
            raise exception.SecurityGroupNotFound(f'Rule ({rule_id}) not found')

    # ---- servers

    def get_by_instance(self, context, instance):
        return db.get_by_instance(instance['uuid'])

    @engine.retry_on_conflict
    def add_to_instance(self, context, instance, name):
        group = _find(context, [name])[name]
        with engine.writer() as conn:
            if not db.lock(conn, group['id']):
                raise exception.SecurityGroupNotFoundForProject(
                    security_group_id=name, project_id=context.project_id)
            if not db.add_instance(conn, group['id'], instance['uuid']):
                raise exception.SecurityGroupExistsForInstance(
                    security_group_id=group['id'], instance_id=instance['uuid'])

    @engine.retry_on_conflict
    def remove_from_instance(self, context, instance, name):
        group = _find(context, [name])[name]
        with engine.writer() as conn:
            if not db.remove_instance(conn, group['id'], instance['uuid']):
                raise exception.SecurityGroupNotExistsForInstance(
                    security_group_id=group['id'], instance_id=instance['uuid'])

    # ---- default rules

    def get_default_rules(self, context):
        return db_default_rules.get_all()

    def get_default_rule(self, context, rule_id):
        rule = db_default_rules.get(rule_id)
        if rule is None:
            raise exception.SecurityGroupDefaultRuleNotFound(code=400, rule_id=rule_id)
        return rule

    def create_default_rule(self, context, rule):
        created = db_default_rules.create(rule)
        if created is None:
            raise exception.SecurityGroupRuleExists('This default rule already exists.')
        return created

    def delete_default_rule(self, context, rule_id):
        if not db_default_rules.delete(rule_id):
            raise exception.SecurityGroupDefaultRuleNotFound(code=400, rule_id=rule_id)
