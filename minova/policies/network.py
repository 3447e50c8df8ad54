from minova.policies import base

#: Neutron's names, which the rules of compute would be mixed up with.
NETWORK = 'network:%s'

_NOUNS = {
    'network': ('networks', 'network', ('shared', 'router:external', 'provider:network_type',
                                        'provider:physical_network', 'provider:segmentation_id')),
    'subnet': ('subnets', 'subnet', ()),
    'port': ('ports', 'port', ('device_owner', 'binding:host_id')),
    'router': ('routers', 'router', ('external_gateway_info:enable_snat',
                                     'external_gateway_info:external_fixed_ips')),
    'floatingip': ('floatingips', 'floating address', ('floating_ip_address',)),
    'security_group': ('security-groups', 'security group', ()),
    'security_group_rule': ('security-group-rules', 'rule of a security group', ()),
}


def list_rules():
    rules = []
    for noun, (path, words, attributes) in _NOUNS.items():
        rules += _of_noun(noun, f'/v2.0/{path}', f'/v2.0/{path}/{{{noun}_id}}', words, attributes)
    for action in ('add', 'remove'):
        rules.append(base.rule(
            NETWORK % f'{action}_router_interface', base.ADMIN_OR_OWNER,
            f'{action.capitalize()} an interface of a router.',
            f'PUT /v2.0/routers/{{router_id}}/{action}_router_interface'))
    return rules + [
        base.rule(NETWORK % 'get_quotas', base.ADMIN, 'List the projects that have limits of their own.',
                  'GET /v2.0/quotas'),
        base.rule(NETWORK % 'get_quota', base.ADMIN_OR_OWNER, "See a project's limits.",
                  'GET /v2.0/quotas/{project_id}', 'GET /v2.0/quotas/{project_id}/details',
                  'GET /v2.0/quotas/{project_id}/default'),
        base.rule(NETWORK % 'update_quota', base.ADMIN, "Set a project's limits.",
                  'PUT /v2.0/quotas/{project_id}'),
        base.rule(NETWORK % 'delete_quota', base.ADMIN, 'Give a project the default limits again.',
                  'DELETE /v2.0/quotas/{project_id}')]


def _of_noun(noun, collection, member, words, attributes):
    """Whose a thing is, and who sees it, is the backend's to know."""
    rules = [
        base.rule(NETWORK % f'get_{noun}', base.ANYONE, f'See each {words} that is in sight.',
                  f'GET {collection}', f'GET {member}'),
        base.rule(NETWORK % f'create_{noun}', base.ANYONE, f'Create a {words}.', f'POST {collection}'),
        base.rule(NETWORK % f'delete_{noun}', base.ADMIN_OR_OWNER, f'Delete a {words}.',
                  f'DELETE {member}')]
    actions = {'create': f'POST {collection}'}
    if noun != 'security_group_rule':
        actions['update'] = f'PUT {member}'
        rules.append(base.rule(NETWORK % f'update_{noun}', base.ADMIN_OR_OWNER, f'Change a {words}.',
                               actions['update']))
    for action, operation in actions.items():
        for attribute in attributes:
            if not (action == 'update' and attribute == 'floating_ip_address'):
                rules.append(base.rule(
                    NETWORK % f'{action}_{noun}:{attribute}', base.ADMIN,
                    f'Say what {attribute} of a {words} is to be.', operation))
        if noun == 'port':
            for attribute in ('mac_address', 'fixed_ips'):
                rules.append(base.rule(
                    NETWORK % f'{action}_port:{attribute}', base.ADMIN_OR_OWNER,
                    f'Choose the addresses in {attribute} of a port; the owner is that of the network.',
                    operation))
    return rules
