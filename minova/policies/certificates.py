from minova.policies import base

_BASE = 'os_compute_api:os-certificates'
SHOW = f'{_BASE}:show'
CREATE = f'{_BASE}:create'


def list_rules():
    return [
        base.rule(SHOW, '', 'See the certificate of the authority.', 'GET /os-certificates/root'),
        base.rule(CREATE, '', 'Get a certificate.', 'POST /os-certificates'),
    ]
