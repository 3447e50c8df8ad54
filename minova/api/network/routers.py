"""The interfaces of routers."""

import webob.exc

from minova import network
from minova.api import rest
from minova.api.network import checks
from minova.policies import network as policies


class Interfaces(rest.Controller):

    @rest.route('PUT', '/routers/{router_id}/add_router_interface')
    def add(self, req, router_id):
        req.context.can(policies.NETWORK % 'add_router_interface')
        subnet_id, port_id = _which(req)
        if subnet_id and port_id:
            raise webob.exc.HTTPBadRequest(
                explanation='Bad router request: Cannot specify both subnet-id and port-id.')
        return _view(network.NeutronAPI().add_router_interface(
            req.context, router_id, subnet_id, port_id))

    @rest.route('PUT', '/routers/{router_id}/remove_router_interface')
    def remove(self, req, router_id):
        req.context.can(policies.NETWORK % 'remove_router_interface')
        subnet_id, port_id = _which(req)
        return _view(network.NeutronAPI().remove_router_interface(
            req.context, router_id, subnet_id, port_id))


def _which(req: rest.Request) -> tuple[str | None, str | None]:
    """The subnet and the port that the body names, one at least."""
    body = req.json
    if not isinstance(body, dict) or not (body.get('subnet_id') or body.get('port_id')):
        raise webob.exc.HTTPBadRequest(
            explanation='Bad router request: Either subnet_id or port_id must be specified.')
    found = []
    for name in ('subnet_id', 'port_id'):
        try:
            found.append(checks.or_none(checks.uuid)(body.get(name) or None))
        except ValueError as error:
            raise webob.exc.HTTPBadRequest(
                explanation=f'Invalid input for {name}. Reason: {error}.') from None
    return tuple(found)


def _view(interface: dict) -> dict:
    return {**interface, 'tenant_id': interface['project_id'], 'tags': []}
