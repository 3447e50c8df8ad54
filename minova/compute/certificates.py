"""Certificates of the default backend, which is its own authority.

Cryptography takes long to import, and few services are ever asked for a certificate: so it is
imported when one is.
"""

from minova.compute import contract
from minova.db import certificates as db


class CertificateAPI(contract.CertificateAPI):

    def get_root(self, context):
        from minova.compute import authority
        return authority.root()

    def create(self, context):
        from minova.compute import authority
        key, certificate, serial_number = authority.issue(
            f'{context.project_id}-{context.user_id}')
        db.create(context.user_id, context.project_id, f'{serial_number:x}.pem')
        return key, certificate
