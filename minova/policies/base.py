"""The rules that the others are built from."""

from oslo_policy import policy

API = 'os_compute_api'
ADMIN = 'rule:admin_api'
ADMIN_OR_OWNER = 'rule:admin_or_owner'
ANYONE = '@'

_rules = [
    policy.RuleDefault('context_is_admin', 'role:admin',
                       'Who counts as an administrator.'),
    policy.RuleDefault('admin_or_owner', 'is_admin:True or project_id:%(project_id)s',
                       'Administrators, and members of the project that owns the thing.'),
    policy.RuleDefault('admin_api', 'is_admin:True',
                       'Administrators only.'),
]


def rule(name: str, check: str, description: str, *operations: str) -> policy.RuleDefault:
    """One documented rule.

    `operations` are 'METHOD /path' strings: where the rule is asked.
    """
    if not operations:
        return policy.RuleDefault(name, check, description)
    return policy.DocumentedRuleDefault(
        name, check, description,
        [dict(zip(('method', 'path'), o.split(' ', 1), strict=True)) for o in operations])


def list_rules() -> list:
    return _rules
