"""Hosts: their resources, and what may be done to them."""

import contextlib

import webob.exc

from minova import compute, exception
from minova.api import validation
from minova.api.openstack import common, extensions, wsgi
from minova.api.openstack.compute.schemas import hosts as schemas
from minova.policies import hosts as policies

ALIAS = 'os-hosts'


class HostController(wsgi.Controller):

    def __init__(self):
        super().__init__()
        self.api = compute.HostAPI()

    @extensions.expected_errors(())
    def index(self, req):
        req.context.can(policies.BASE)
        services = self.api.service_get_all(
            req.context, disabled=False, availability_zone=req.GET.get('zone') or None)
        return {'hosts': [{'host_name': service['host'], 'service': service['topic'],
                           'zone': service['availability_zone']} for service in services]}

    @extensions.expected_errors(404)
    def show(self, req, id):
        req.context.can(policies.BASE)
        nodes = self.api.compute_node_get_all(req.context, host=id)
        if not nodes:
            raise webob.exc.HTTPNotFound(
                explanation=exception.ComputeHostNotFound(host=id).message)
        node = nodes[0]
        projects = self.api.resources_by_project(req.context, id)
        used = {name: sum(project[name] for project in projects.values())
                for name in ('vcpus', 'memory_mb', 'local_gb')}
        now = {name: node[f'{name}_used'] for name in used}
        rows = [('(total)', node), ('(used_now)', now), ('(used_max)', used), *projects.items()]
        return {'host': [_resource(id, *row) for row in rows]}

    @extensions.expected_errors((400, 404, 501))
    @validation.schema(schemas.update)
    def update(self, req, id, body):
        req.context.can(policies.BASE)
        result = {'host': id}
        with _http_errors():
            if 'status' in body:
                result['status'] = self.api.set_host_enabled(
                    req.context, id, body['status'].lower() == 'enable')
            if 'maintenance_mode' in body:
                result['maintenance_mode'] = self.api.set_host_maintenance(
                    req.context, id, body['maintenance_mode'].lower() == 'enable')
        return result

    @extensions.expected_errors((400, 404, 501))
    def startup(self, req, id):
        return self._power_action(req, id, 'startup')

    @extensions.expected_errors((400, 404, 501))
    def shutdown(self, req, id):
        return self._power_action(req, id, 'shutdown')

    @extensions.expected_errors((400, 404, 501))
    def reboot(self, req, id):
        return self._power_action(req, id, 'reboot')

    def _power_action(self, req, host: str, action: str) -> dict:
        req.context.can(policies.BASE)
        with _http_errors():
            done = self.api.host_power_action(req.context, host, action)
        return {'host': host, 'power_action': done}


@contextlib.contextmanager
def _http_errors():
    """What the backend raises about hosts, as HTTP errors."""
    try:
        yield
    except NotImplementedError:
        common.raise_feature_not_supported()
    except exception.HostNotFound as e:
        raise webob.exc.HTTPNotFound(explanation=e.message) from None
    except exception.ComputeServiceUnavailable as e:
        raise webob.exc.HTTPBadRequest(explanation=e.message) from None


def _resource(host: str, project: str, amounts: dict) -> dict:
    return {'resource': {'host': host, 'project': project, 'cpu': amounts['vcpus'],
                         'memory_mb': amounts['memory_mb'], 'disk_gb': amounts['local_gb']}}


class Hosts(extensions.V21APIExtensionBase):
    """The resource os-hosts."""

    name = 'Hosts'
    alias = ALIAS
    description = 'Admin-only host administration.'

    def get_resources(self):
        return [extensions.ResourceExtension(
            ALIAS, HostController(),
            member_actions={'startup': 'GET', 'shutdown': 'GET', 'reboot': 'GET'})]

    def get_controller_extensions(self):
        return []
