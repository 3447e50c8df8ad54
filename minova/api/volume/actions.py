"""One URL for many things to do: POST .../action with {"name of the action": {its arguments}}."""

from collections.abc import Callable

import webob.exc

from minova.api import rest
from minova.api.validation.validators import SchemaValidator


def action(name: str, code: int = 202, schema: dict | None = None):
    """Decorator: this method carries out the action `name`.

    It is called with the request, the id in the URL and the arguments, checked by `schema`; what it
    returns becomes JSON.
    """
    def decorator(func):
        func.action = (name, code, SchemaValidator(schema) if schema else None)
        return func
    return decorator


class ActionController(rest.Controller):
    """Base of controllers whose methods are marked with `action`."""

    def __init__(self):
        self._actions: dict[str, tuple[Callable, int, SchemaValidator | None]] = {}
        for name in dir(type(self)):
            marked = getattr(getattr(type(self), name), 'action', None)
            if marked:
                self._actions[marked[0]] = (getattr(self, name), *marked[1:])

    def carry_out(self, req: rest.Request, thing_id: str):
        """Call the method that the body names. Raises HTTPBadRequest when there is none."""
        body = req.json
        if not isinstance(body, dict) or len(body) != 1:
            raise webob.exc.HTTPBadRequest(explanation='Malformed request body')
        name, arguments = next(iter(body.items()))
        if name not in self._actions:
            raise webob.exc.HTTPBadRequest(explanation=f'There is no such action: {name}')
        method, code, validator = self._actions[name]
        if validator is not None:
            validator.validate(arguments)
        return rest.json_answer(code, method(req, thing_id, arguments))
