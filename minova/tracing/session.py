"""Traces requests: loads the API with everything instrumented, sends one, and takes all of it off."""

import contextlib
import dataclasses
import re

import webob

from minova import wsgi
from minova.tracing import instruments
from minova.tracing.recorder import Recorder, Step

_ROOTED = re.compile(r'/(v\d+(\.\d+)?(/|$)|$)')


@dataclasses.dataclass
class Trace:
    """What became of a request: the tree, and the answer."""

    root: Step
    response: webob.Response

    @property
    def answer(self) -> str:
        """The answer as it went over the wire."""
        lines = [self.response.status, *(f'{k}: {v}' for k, v in self.response.headerlist)]
        return '\n'.join(lines) + '\n\n' + self.response.text


def url_of(path: str, project: str) -> str:
    """`path` itself when it begins with a version root, else below the project in v2.1."""
    return path if _ROOTED.match(path) else f'/v2.1/{project}/{path.lstrip("/")}'


def trace(method: str, path: str, body: bytes | None = None, user: str = 'admin',
          project: str = 'admin', version: str | None = None,
          headers: dict[str, str] | None = None) -> Trace:
    """Send one request to the API in this process and record its way.

    It is a real request to the configured database. With [work]mode = inline the work that it brings about is
    in the trace, too. Raises what loading the API raises.
    """
    recorder = Recorder()
    with instruments.filters(recorder):
        app = wsgi.Loader().load_app('osapi_compute')
    request = webob.Request.blank(url_of(path, project), method=method.upper(), headers={
        'X-Auth-Token': f'{user}:{project}', **(headers or {})})
    if version:
        request.headers['X-OpenStack-Nova-API-Version'] = version
    if body is not None:
        request.body = body
        request.headers.setdefault('Content-Type', 'application/json')
        request.content_type = request.content_type or 'application/json'
    with contextlib.ExitStack() as stack:
        for instrument in (instruments.routing, instruments.controllers, instruments.checks,
                           instruments.backends, instruments.statements):
            stack.enter_context(instrument(recorder))
        with recorder.request(f'{request.method} {request.path_qs}') as root:
            response = request.get_response(app)
            root.outcome = response.status
    return Trace(root, response)
