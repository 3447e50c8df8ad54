from minova.policies import base

BASE = 'os_compute_api:os-floating-ip-dns'
DOMAIN_UPDATE = f'{BASE}:domain:update'
DOMAIN_DELETE = f'{BASE}:domain:delete'


def list_rules():
    return [
        base.rule(BASE, base.ADMIN_OR_OWNER, 'List domains, and show, make and remove their '
                  'entries.',
                  'GET /os-floating-ip-dns', 'GET /os-floating-ip-dns/{domain}/entries/{name}',
                  'PUT /os-floating-ip-dns/{domain}/entries/{name}',
                  'DELETE /os-floating-ip-dns/{domain}/entries/{name}'),
        base.rule(DOMAIN_UPDATE, base.ADMIN, 'Make and change domains.',
                  'PUT /os-floating-ip-dns/{domain}'),
        base.rule(DOMAIN_DELETE, base.ADMIN, 'Remove domains.',
                  'DELETE /os-floating-ip-dns/{domain}'),
    ]
