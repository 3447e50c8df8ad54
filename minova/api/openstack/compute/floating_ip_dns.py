"""Domains, and the names in them that floating addresses have."""

import urllib.parse

import webob.exc

from minova import addresses, exception, network
from minova.api import validation
from minova.api.openstack import extensions, wsgi
from minova.api.openstack.compute.schemas import floating_ip_dns as schema
from minova.policies import floating_ip_dns as policies

ALIAS = 'os-floating-ip-dns'


def _unquote(domain: str) -> str:
    """A domain from a URL; its dots may be escaped twice."""
    return urllib.parse.unquote(domain).replace('%2E', '.')


def _entry_view(name: str, address: str, domain: str, dns_type: str | None = None) -> dict:
    # Nova tells the type only of what it has just been told.
    return {'id': None, 'name': name, 'ip': address, 'domain': domain, 'type': dns_type}


class FloatingIPDNSDomainController(wsgi.Controller):

    def __init__(self):
        super().__init__()
        self.network_api = network.API()

    @extensions.expected_errors(501)
    def index(self, req):
        req.context.can(policies.BASE)
        return {'domain_entries': self.network_api.get_dns_domains(req.context)}

    @extensions.expected_errors((400, 501))
    @validation.schema(schema.domain_entry_update)
    def update(self, req, id, body):
        """Make the domain `id`, or say anew whose it is."""
        req.context.can(policies.DOMAIN_UPDATE)
        entry = body['domain_entry']
        scope, project, zone = (entry.get(k) for k in ('scope', 'project', 'availability_zone'))
        if scope == 'private' and project:
            raise webob.exc.HTTPBadRequest(
                explanation='you can not pass project if the scope is private')
        if scope == 'public' and zone:
            raise webob.exc.HTTPBadRequest(
                explanation='you can not pass av_zone if the scope is public')
        domain = _unquote(id)
        self.network_api.put_dns_domain(req.context, domain, scope, project, zone)
        return {'domain_entry': {'domain': domain, 'scope': scope, 'project': project,
                                 'availability_zone': zone}}

    @wsgi.response(202)
    @extensions.expected_errors((404, 501))
    def delete(self, req, id):
        req.context.can(policies.DOMAIN_DELETE)
        try:
            self.network_api.delete_dns_domain(req.context, _unquote(id))
        except exception.NotFound as e:
            raise webob.exc.HTTPNotFound(explanation=e.message) from None


class FloatingIPDNSEntryController(wsgi.Controller):

    def __init__(self):
        super().__init__()
        self.network_api = network.API()

    @extensions.expected_errors((404, 501))
    def show(self, req, domain_id, id):
        """The entry of the name `id`; or all entries of the address `id`."""
        context = req.context
        context.can(policies.BASE)
        domain, by_address = _unquote(domain_id), addresses.is_address(id)
        find = (self.network_api.get_dns_entries_by_address if by_address
                else self.network_api.get_dns_entries_by_name)
        found = find(context, id, domain)
        if not found:
            raise webob.exc.HTTPNotFound(explanation='DNS entries not found.')
        if by_address:
            return {'dns_entries': [_entry_view(name, id, domain) for name in found]}
        return {'dns_entry': _entry_view(id, found[0], domain)}

    @extensions.expected_errors(501)
    @validation.schema(schema.dns_entry_update)
    def update(self, req, domain_id, id, body):
        """Make the entry of the name `id`, or change its address."""
        req.context.can(policies.BASE)
        domain, entry = _unquote(domain_id), body['dns_entry']
        self.network_api.put_dns_entry(req.context, id, entry['ip'], entry['dns_type'], domain)
        return {'dns_entry': _entry_view(id, entry['ip'], domain, entry['dns_type'])}

    @wsgi.response(202)
    @extensions.expected_errors((404, 501))
    def delete(self, req, domain_id, id):
        req.context.can(policies.BASE)
        try:
            self.network_api.delete_dns_entry(req.context, id, _unquote(domain_id))
        except exception.NotFound as e:
            raise webob.exc.HTTPNotFound(explanation=e.message) from None


class FloatingIpDns(extensions.V21APIExtensionBase):
    """Names of floating addresses."""

    name = 'FloatingIpDns'
    alias = ALIAS
    description = 'Floating IP DNS support.'

    def get_resources(self):
        return [
            extensions.ResourceExtension(ALIAS, FloatingIPDNSDomainController()),
            extensions.ResourceExtension(
                'entries', FloatingIPDNSEntryController(),
                parent={'member_name': 'domain', 'collection_name': ALIAS}),
        ]

    def get_controller_extensions(self):
        return []
