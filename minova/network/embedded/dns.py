"""Names of addresses in the embedded backend."""

from minova import exception
from minova.db import dns as db


class DNSMixin:

    def get_dns_domains(self, context):
        return [{'domain': d['domain'], 'scope': d['scope'], 'project': d['project_id'],
                 'availability_zone': d['availability_zone']} for d in db.get_domains()]

    def put_dns_domain(self, context, domain, scope, project, availability_zone):
        db.put_domain(domain, {'scope': scope, 'project_id': project,
                               'availability_zone': availability_zone})

    def delete_dns_domain(self, context, domain):
        # Nova looks for the names of the domain where only public ones have theirs: it removes a
        # private domain, and then says that there was none.
        if not db.delete_domain(domain):
            raise exception.NotFound()

    def get_dns_entries_by_name(self, context, name, domain):
        return db.get_addresses(name, domain)

    def get_dns_entries_by_address(self, context, address, domain):
        return db.get_names(address, domain)

    def put_dns_entry(self, context, name, address, dns_type, domain):
        db.put_entry(name, domain, address, dns_type)

    def delete_dns_entry(self, context, name, domain):
        if not db.delete_entry(name, domain):
            raise exception.NotFound()
