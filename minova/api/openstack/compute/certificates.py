"""Certificates: that of the authority, and new ones."""

import webob.exc

from minova import compute
from minova.api.openstack import extensions, wsgi
from minova.policies import certificates as policies

ALIAS = 'os-certificates'


class CertificatesController(wsgi.Controller):

    def __init__(self):
        super().__init__()
        self.certificate_api = compute.CertificateAPI()

    @extensions.expected_errors((404, 501))
    def show(self, req, id):
        req.context.can(policies.SHOW)
        if id != 'root':
            raise webob.exc.HTTPNotImplemented(
                explanation='Only root certificate can be retrieved.')
        return _view(None, self.certificate_api.get_root(req.context))

    @extensions.expected_errors(())
    def create(self, req, body=None):
        req.context.can(policies.CREATE)
        return _view(*self.certificate_api.create(req.context))


def _view(private_key: str | None, certificate: str) -> dict:
    return {'certificate': {'private_key': private_key, 'data': certificate}}


class Certificates(extensions.V21APIExtensionBase):
    """Certificates."""

    name = 'Certificates'
    alias = ALIAS
    description = 'Certificates support.'

    def get_resources(self):
        return [extensions.ResourceExtension(
            ALIAS, CertificatesController(), member_name='certificate')]

    def get_controller_extensions(self):
        return []
