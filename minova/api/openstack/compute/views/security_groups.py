"""How security groups and their rules look."""


def group(group: dict) -> dict:
    return {
        'id': group['id'],
        'name': group['name'],
        'description': group['description'],
        'tenant_id': group['project_id'],
        'rules': [rule(r) for r in group['rules']],
    }


def rule(rule: dict) -> dict:
    source = ({'name': rule['group_name'], 'tenant_id': rule['group_project_id']}
              if rule['group_id'] else {})
    return {
        'id': rule['id'],
        'parent_group_id': rule['parent_group_id'],
        'ip_protocol': rule['protocol'],
        'from_port': rule['from_port'],
        'to_port': rule['to_port'],
        'group': source,
        'ip_range': {} if source else {'cidr': rule['cidr']},
    }


def default_rule(rule: dict) -> dict:
    return {
        'id': rule['id'],
        'ip_protocol': rule['protocol'],
        'from_port': rule['from_port'],
        'to_port': rule['to_port'],
        'ip_range': {'cidr': rule['cidr']},
    }
