"""How much a project may have."""

import webob.exc

from minova import network
from minova.api import rest
from minova.api.network import checks
from minova.network.contract import NOUNS
from minova.policies import network as policies

_limit = checks.number(-1, 2 ** 31 - 1)

#: Neutron always tells how many of these a project may have, and clients expect it. Here there are none.
_NONE = {noun: {'limit': 0, 'used': 0, 'reserved': 0} for noun in ('rbac_policy', 'subnetpool')}


class Quotas(rest.Controller):

    @rest.route('GET', '/quotas')
    def index(self, req):
        context, neutron = req.context, network.NeutronAPI()
        context.can(policies.NETWORK % 'get_quotas')
        return {'quotas': [_limits(_NONE | neutron.get_quotas(context, project_id)) | {
            'project_id': project_id, 'tenant_id': project_id}
            for project_id in neutron.get_projects_with_quotas(context)]}

    @rest.route('GET', '/quotas/{project_id}')
    def show(self, req, project_id):
        return {'quota': _limits(self._quotas(req, project_id))}

    @rest.route('GET', '/quotas/{project_id}/details')
    @rest.route('GET', '/quotas/{project_id}/details.json')
    def details(self, req, project_id):
        return {'quota': self._quotas(req, project_id)}

    @rest.route('GET', '/quotas/{project_id}/default')
    def default(self, req, project_id):
        req.context.can(policies.NETWORK % 'get_quota', {'project_id': project_id})
        return {'quota': _limits(_NONE) | network.NeutronAPI().get_default_quotas(req.context)}

    @rest.route('PUT', '/quotas/{project_id}')
    def update(self, req, project_id):
        req.context.can(policies.NETWORK % 'update_quota')
        try:
            checks.project(project_id)
        except ValueError as error:
            raise webob.exc.HTTPBadRequest(
                explanation=f'Invalid input for project_id. Reason: {error}.') from None
        neutron = network.NeutronAPI()
        neutron.update_quotas(req.context, project_id, _wanted(req))
        return {'quota': _limits(_NONE | neutron.get_quotas(req.context, project_id))}

    @rest.route('DELETE', '/quotas/{project_id}')
    def delete(self, req, project_id):
        req.context.can(policies.NETWORK % 'delete_quota')
        network.NeutronAPI().delete_quotas(req.context, project_id)

    @staticmethod
    def _quotas(req, project_id: str) -> dict[str, dict]:
        req.context.can(policies.NETWORK % 'get_quota', {'project_id': project_id})
        return _NONE | network.NeutronAPI().get_quotas(req.context, project_id)


def _limits(quotas: dict[str, dict]) -> dict[str, int]:
    return {noun: quota['limit'] for noun, quota in quotas.items()}


def _wanted(req: rest.Request) -> dict[str, int]:
    body = req.json
    if not isinstance(body, dict) or not isinstance(body.get('quota'), dict):
        raise webob.exc.HTTPBadRequest(explanation="Unable to find 'quota' in request body")
    limits = {}
    for noun, value in body['quota'].items():
        if noun in ('tenant_id', 'project_id', 'force', 'check_limit'):
            continue
        if noun not in NOUNS:
            raise webob.exc.HTTPBadRequest(explanation=f"Unrecognized attribute(s) '{noun}'")
        try:
            limits[noun] = _limit(value)
        except ValueError as error:
            raise webob.exc.HTTPBadRequest(
                explanation=f'Invalid input for {noun}. Reason: {error}.') from None
    return limits
