from minova.policies import base

BASE = 'os_compute_api:extensions'


def list_rules():
    return [base.rule(BASE, '', 'List the extensions, and show one.',
                      'GET /extensions', 'GET /extensions/{alias}')]
