"""Bare metal nodes: list and show. All else is done in the bare metal service."""

import webob.exc

from minova import compute, exception
from minova.api.openstack import extensions, wsgi
from minova.policies import baremetal_nodes as policies

ALIAS = 'os-baremetal-nodes'


class BareMetalNodeController(wsgi.Controller):

    def __init__(self):
        super().__init__()
        self.baremetal_api = compute.BareMetalAPI()

    @extensions.expected_errors((404, 501))
    def index(self, req):
        req.context.can(policies.BASE)
        try:
            nodes = self.baremetal_api.get_all(req.context)
        except exception.FeatureNotSupported as e:
            raise webob.exc.HTTPNotImplemented(explanation=e.message) from None
        # A list does not go into the nodes.
        return {'nodes': [{**_view(node), 'interfaces': []} for node in nodes]}

    @extensions.expected_errors((404, 501))
    def show(self, req, id):
        req.context.can(policies.BASE)
        try:
            node = self.baremetal_api.get(req.context, id)
        except exception.FeatureNotSupported as e:
            raise webob.exc.HTTPNotImplemented(explanation=e.message) from None
        except exception.NodeNotFound as e:
            raise webob.exc.HTTPNotFound(explanation=e.message) from None
        return {'node': {**_view(node), 'instance_uuid': node['instance_uuid']}}

    @extensions.expected_errors(400)
    def create(self, req, body):
        raise _use_ironic('port-create')

    @extensions.expected_errors(400)
    def delete(self, req, id):
        raise _use_ironic('port-create')

    @wsgi.action('add_interface')
    @extensions.expected_errors(400)
    def _add_interface(self, req, id, body):
        raise _use_ironic('port-create')

    @wsgi.action('remove_interface')
    @extensions.expected_errors(400)
    def _remove_interface(self, req, id, body):
        raise _use_ironic('port-delete')


def _use_ironic(command: str) -> webob.exc.HTTPBadRequest:
    return webob.exc.HTTPBadRequest(
        explanation=f'Command Not supported. Please use Ironic command {command} to perform this '
                    'action.')


def _view(node: dict) -> dict:
    return {
        'id': node['id'],
        'interfaces': [{'address': address} for address in node['interfaces']],
        'host': node['host'],
        'task_state': node['task_state'],
        'cpus': node['cpus'],
        'memory_mb': node['memory_mb'],
        'disk_gb': node['disk_gb'],
    }


class BareMetalNodes(extensions.V21APIExtensionBase):
    """Bare metal nodes."""

    name = 'BareMetalNodes'
    alias = ALIAS
    description = 'Admin-only bare-metal node administration.'
    absorbed = (('os-baremetal-ext-status', 'BareMetalExtStatus'),)

    def get_resources(self):
        return [extensions.ResourceExtension(
            ALIAS, BareMetalNodeController(), member_name='baremetal_node',
            member_actions={'action': 'POST'})]

    def get_controller_extensions(self):
        return []
