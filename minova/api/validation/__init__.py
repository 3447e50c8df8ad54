"""The decorator that checks request bodies against a JSON schema before a controller method runs."""

import functools

from minova.api.openstack import versioned_method
from minova.api.openstack.api_version_request import APIVersionRequest
from minova.api.validation import validators


def schema(request_body_schema: dict, min_version: str | None = None, max_version: str | None = None):
    """Decorator: the `body` of this method must fit the schema.

    With bounds it is checked for those microversions only; several may be stacked. The schema is
    compiled once, at the first request, because extensions may add to it until then. Raises
    ValidationError, which becomes a 400 that names the field, its value and what is wrong.
    """
    start, end = APIVersionRequest(min_version), APIVersionRequest(max_version)
    bounded = bool(start or end)
    if end and end < start:
        raise ValueError(f"a schema is for versions from {start} to {end}: it ends before it "
                         "begins")

    def decorator(func):
        versioned_method.refuse_versions(func, 'schema')
        compiled: dict[bool, validators.SchemaValidator] = {}

        @functools.wraps(func)
        def wrapped(*args, **kwargs):
            req = kwargs['req']
            if not bounded or req.api_version_request.matches(start, end):
                legacy = req.is_legacy_v2
                validator = compiled.get(legacy)
                if validator is None:
                    # That of a server request is complete once its extensions are loaded.
                    whole = getattr(request_body_schema, 'complete', lambda: request_body_schema)()
                    validator = compiled[legacy] = validators.SchemaValidator(
                        whole, legacy_v2=legacy)
                validator.validate(kwargs['body'])
            return func(*args, **kwargs)
        wrapped.request_body_schemas = [
            (request_body_schema, min_version, max_version),
            *getattr(func, 'request_body_schemas', ())]
        return wrapped
    return decorator
