"""Requests to create and to change things: who may send what, and in which form."""

import webob.exc

from minova import exception, network
from minova.api import rest
from minova.api.network.nouns import Noun
from minova.policies import network as policies


def _bad(message: str) -> webob.exc.HTTPBadRequest:
    return webob.exc.HTTPBadRequest(explanation=message)


def to_create(req: rest.Request, noun: Noun) -> tuple[list[dict], bool]:
    """What the body wants to have made, and whether it is a list of several.

    Raises HTTPBadRequest, PolicyNotAuthorized.
    """
    body = _body(req, noun, (noun.name, noun.plural))
    several = noun.name not in body
    wanted = body[noun.plural] if several else [body[noun.name]]
    if not isinstance(wanted, list) or not wanted:
        raise _bad('Resources required')
    return [_checked(req, noun, values, 'create') for values in wanted], several


def to_update(req: rest.Request, noun: Noun, thing_id: str) -> dict:
    """The attributes that the body changes. Raises HTTPBadRequest, PolicyNotAuthorized."""
    return _checked(req, noun, _body(req, noun, (noun.name,))[noun.name], 'update', thing_id)


def _body(req: rest.Request, noun: Noun, keys: tuple[str, ...]) -> dict:
    body = req.json
    if not isinstance(body, dict) or not any(key in body for key in keys):
        raise _bad(f"Unable to find '{noun.name}' in request body")
    return body


def _checked(req: rest.Request, noun: Noun, values, action: str, thing_id: str | None = None) -> dict:
    if not isinstance(values, dict):
        raise _bad('Invalid input for request body.')
    context = req.context
    if 'tenant_id' in values:
        values = {'project_id': values['tenant_id'], **values}
        del values['tenant_id']
    unknown = sorted(set(values) - set(noun.attributes))
    if unknown:
        raise _bad(f"Unrecognized attribute(s) '{', '.join(unknown)}'")
    checked = {}
    for name, value in values.items():
        attribute = noun.attributes[name]
        if not (attribute.post if action == 'create' else attribute.put):
            raise _bad(f"Attribute '{name}' not allowed in POST" if action == 'create'
                       else f'Cannot update read-only attribute {name}')
        try:
            checked[name] = attribute.check(value)
        except ValueError as error:
            raise _bad(f'Invalid input for {name}. Reason: {error}.') from None
    if action == 'create':
        _complete(context, noun, checked)
    _check_policy(context, noun, checked, action, thing_id)
    return checked


def _complete(context, noun: Noun, values: dict) -> None:
    for name, attribute in noun.attributes.items():
        if name not in values:
            if attribute.required:
                raise _bad(f"Failed to parse request. Required attribute '{name}' not specified")
            if attribute.default is not None:
                values[name] = attribute.default
    values.setdefault('project_id', context.project_id)
    if values['project_id'] != context.project_id and not context.is_admin:
        raise _bad("Specifying 'project_id' or 'tenant_id' other than the authenticated project in "
                   'request requires admin privileges')


def _check_policy(context, noun: Noun, values: dict, action: str, thing_id: str | None) -> None:
    """Raises PolicyNotAuthorized."""
    rule = f'{action}_{noun.name}'
    context.can(policies.NETWORK % rule)
    for name in values:
        # What everybody has anyway, anybody may say of what is new.
        if noun.attributes[name].rule and (action == 'update' or values[name] not in (None, False)):
            context.can(policies.NETWORK % f'{rule}:{name}')
    if noun.name == 'port':
        _check_port(context, rule, values, thing_id)
    gateway = values.get('external_gateway_info') or {}
    for name in ('enable_snat', 'external_fixed_ips'):
        if name in gateway:
            context.can(policies.NETWORK % f'{rule}:external_gateway_info:{name}')


def _check_port(context, rule: str, values: dict, port_id: str | None) -> None:
    """Addresses are chosen by those whose the network is, and network:* is for routers and the like."""
    if values.get('device_owner', '').startswith('network:'):
        context.can(policies.NETWORK % f'{rule}:device_owner')
    chosen = [name for name, is_chosen in (
        ('mac_address', 'mac_address' in values),
        ('fixed_ips', any('ip_address' in fixed for fixed in values.get('fixed_ips') or ())))
        if is_chosen]
    if not chosen or context.is_admin:
        return
    neutron = network.NeutronAPI()
    try:
        network_id = (values['network_id'] if port_id is None
                      else neutron.get(context, 'port', port_id)['network_id'])
        owner = neutron.get(context, 'network', network_id)['project_id']
    except exception.NotFound:
        return      # which the backend will say
    for name in chosen:
        context.can(policies.NETWORK % f'{rule}:{name}', {'project_id': owner})
