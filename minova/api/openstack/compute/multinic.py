"""More fixed addresses for a server, and fewer."""

import logging

import webob.exc

from minova import compute, exception, network
from minova.api import validation
from minova.api.openstack import common, extensions, wsgi
from minova.api.openstack.compute.schemas import multinic as schema
from minova.policies import multinic as policies

LOG = logging.getLogger(__name__)

ALIAS = 'NMN'


class MultinicController(wsgi.Controller):
    """Both actions are accepted before anybody looks whether they can be done, as in Nova: that a
    network is not there, or an address, shows in the server, which stays as it was.
    """

    def __init__(self):
        super().__init__()
        self.compute_api = compute.API()
        self.network_api = network.API()

    @wsgi.response(202)
    @extensions.expected_errors((400, 404, 409))
    @wsgi.action('addFixedIp')
    @validation.schema(schema.add_fixed_ip)
    def add(self, req, id, body):
        instance = self._get_instance(req, id)
        network_id = str(body['addFixedIp']['networkId'])
        try:
            self.network_api.add_fixed_ip_to_instance(req.context, instance, network_id)
        except exception.NoMoreFixedIps as e:
            raise webob.exc.HTTPBadRequest(explanation=e.message) from None
        except exception.NetworkNotFound as e:
            LOG.info('The server %s gets no further address: %s', id, e)

    @wsgi.response(202)
    @extensions.expected_errors((400, 404, 409))
    @wsgi.action('removeFixedIp')
    @validation.schema(schema.remove_fixed_ip)
    def remove(self, req, id, body):
        instance = self._get_instance(req, id)
        try:
            self.network_api.remove_fixed_ip_from_instance(
                req.context, instance, body['removeFixedIp']['address'])
        except exception.FixedIpNotFoundForSpecificInstance as e:
            LOG.info('The server %s loses no address: %s', id, e)

    def _get_instance(self, req, id: str) -> dict:
        req.context.can(policies.BASE)
        instance = common.get_instance(self.compute_api, req.context, id)
        common.check_instance_lock(req.context, instance)
        return instance


class Multinic(extensions.V21APIExtensionBase):
    """Several addresses for one server."""

    name = 'Multinic'
    alias = ALIAS
    description = 'Multiple network support.'

    def get_resources(self):
        return []

    def get_controller_extensions(self):
        return [extensions.ControllerExtension(self, 'servers', MultinicController())]
