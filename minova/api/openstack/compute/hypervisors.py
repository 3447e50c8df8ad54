"""Hypervisors: what they have, what of it is used, and which servers they carry."""

import webob.exc

from minova import compute, exception
from minova.api.openstack import common, extensions, wsgi
from minova.policies import hypervisors as policies

ALIAS = 'os-hypervisors'
_DETAILS = (
    'vcpus', 'memory_mb', 'local_gb', 'vcpus_used', 'memory_mb_used', 'local_gb_used',
    'hypervisor_type', 'hypervisor_version', 'free_ram_mb', 'free_disk_gb', 'current_workload',
    'running_vms', 'cpu_info', 'disk_available_least', 'host_ip')


class HypervisorsController(wsgi.Controller):

    def __init__(self):
        super().__init__()
        self.host_api = compute.HostAPI()

    @extensions.expected_errors(())
    def index(self, req):
        req.context.can(policies.BASE)
        nodes = self.host_api.compute_node_get_all(req.context)
        return {'hypervisors': [_summary(node) for node in nodes]}

    @extensions.expected_errors(())
    def detail(self, req):
        req.context.can(policies.BASE)
        nodes = self.host_api.compute_node_get_all(req.context)
        return {'hypervisors': [_detail(node) for node in nodes]}

    @extensions.expected_errors(404)
    def show(self, req, id):
        req.context.can(policies.BASE)
        return {'hypervisor': _detail(self._get(req, id))}

    @extensions.expected_errors((400, 404, 501))
    def uptime(self, req, id):
        req.context.can(policies.BASE)
        node = self._get(req, id)
        try:
            uptime = self.host_api.get_host_uptime(req.context, node['host'])
        except NotImplementedError:
            common.raise_feature_not_supported()
        except exception.ComputeServiceUnavailable as e:
            raise webob.exc.HTTPBadRequest(explanation=e.message) from None
        return {'hypervisor': {**_summary(node), 'uptime': uptime}}

    @extensions.expected_errors(404)
    def search(self, req, id):
        req.context.can(policies.BASE)
        return {'hypervisors': [_summary(node) for node in self._search(req, id)]}

    @extensions.expected_errors(404)
    def servers(self, req, id):
        req.context.can(policies.BASE)
        nodes = self._search(req, id)
        servers = self.host_api.instance_get_all_by_hosts(
            req.context, [node['host'] for node in nodes])
        views = [_summary(node) for node in nodes]
        for view, node in zip(views, nodes, strict=True):
            if servers[node['host']]:
                view['servers'] = [{'name': server['name'], 'uuid': server['uuid']}
                                   for server in servers[node['host']]]
        return {'hypervisors': views}

    @extensions.expected_errors(())
    def statistics(self, req):
        req.context.can(policies.BASE)
        return {'hypervisor_statistics': self.host_api.compute_node_statistics(req.context)}

    def _get(self, req, id: str) -> dict:
        try:
            return self.host_api.compute_node_get(req.context, int(id))
        except (ValueError, exception.ComputeHostNotFound):
            raise webob.exc.HTTPNotFound(
                explanation=f"Hypervisor with ID '{id}' could not be found.") from None

    def _search(self, req, text: str) -> list[dict]:
        nodes = self.host_api.compute_node_search_by_hypervisor(req.context, text)
        if not nodes:
            raise webob.exc.HTTPNotFound(
                explanation=f"No hypervisor matching '{text}' could be found.")
        return nodes


def _summary(node: dict) -> dict:
    service = node['service']
    return {
        'id': node['id'],
        'hypervisor_hostname': node['hypervisor_hostname'],
        'state': 'up' if service['up'] else 'down',
        'status': 'disabled' if service['disabled'] else 'enabled',
    }


def _detail(node: dict) -> dict:
    service = node['service']
    return {
        **_summary(node),
        **{name: node[name] for name in _DETAILS},
        'service': {'id': service['id'], 'host': service['host'],
                    'disabled_reason': service['disabled_reason']},
    }


class Hypervisors(extensions.V21APIExtensionBase):
    """The resource os-hypervisors."""

    name = 'Hypervisors'
    alias = ALIAS
    description = 'Admin-only hypervisor administration.'
    absorbed = (('os-extended-hypervisors', 'ExtendedHypervisors'),
                ('os-hypervisor-status', 'HypervisorStatus'))

    def get_resources(self):
        return [extensions.ResourceExtension(
            ALIAS, HypervisorsController(),
            collection_actions={'detail': 'GET', 'statistics': 'GET'},
            member_actions={'uptime': 'GET', 'search': 'GET', 'servers': 'GET'})]

    def get_controller_extensions(self):
        return []
