def _of_tenant(action: str) -> dict:
    return {
        'type': 'object',
        'properties': {
            action: {
                'type': 'object',
                'properties': {'tenant': {'type': 'string', 'minLength': 1, 'maxLength': 255}},
                'required': ['tenant'],
                'additionalProperties': False,
            },
        },
        'required': [action],
        'additionalProperties': False,
    }


add_tenant_access = _of_tenant('addTenantAccess')
remove_tenant_access = _of_tenant('removeTenantAccess')
