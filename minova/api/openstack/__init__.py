"""The OpenStack API: the router, and the filters around it."""

import logging

import routes.middleware
import webob
import webob.exc

from minova import exception
from minova import wsgi as base_wsgi
from minova.api.openstack import faults
from minova.api.openstack.mapper import ProjectMapper

LOG = logging.getLogger(__name__)


class FaultWrapper(base_wsgi.Middleware):
    """Nothing unexpected leaves in any other form than Nova's 500, and nothing internal leaves at all."""

    def __call__(self, environ, start_response):
        try:
            return self.application(environ, start_response)
        except webob.exc.HTTPException as e:
            return faults.Fault(e)(environ, start_response)
        except exception.MinovaException as e:
            if e.code == 500:
                return self._unexpected(environ, start_response)
            LOG.info('%s reached the fault wrapper: %s', type(e).__name__, e.message)
            return faults.Fault(faults.http_error(e))(environ, start_response)
        except Exception:
            return self._unexpected(environ, start_response)

    def _unexpected(self, environ, start_response):
        request_id = environ.get('openstack.request_id')
        LOG.exception('%s %s failed (request %s)', environ.get('REQUEST_METHOD'),
                      environ.get('PATH_INFO'), request_id)
        error = webob.exc.HTTPInternalServerError(
            explanation='Unexpected API Error. The log of the service says more, at request '
                        f'{request_id}.')
        return faults.Fault(error)(environ, start_response)


class LegacyV2CompatibleWrapper(base_wsgi.Middleware):
    """The v2.1 code for clients of v2.

    There are no microversions, asked for or answered, and input is checked less strictly: see
    api/validation/validators.py.
    """

    def __call__(self, environ, start_response):
        environ['minova.legacy_v2'] = True
        return self.application(environ, start_response)


class Router:
    """Hands a request to the resource whose route matches it."""

    def __init__(self, mapper: ProjectMapper):
        self.map = mapper
        self._router = routes.middleware.RoutesMiddleware(
            self._dispatch, mapper, singleton=False, use_method_override=False, path_info=False)

    def __call__(self, environ, start_response):
        if not environ['PATH_INFO']:
            return _to_the_slash(environ)(environ, start_response)
        return self._router(environ, start_response)

    @staticmethod
    def _dispatch(environ, start_response):
        match = environ['wsgiorg.routing_args'][1]
        if not match:
            answer = faults.plain_text('404 Not Found', 'The resource could not be found.',
                                       head=environ['REQUEST_METHOD'] == 'HEAD')
            return answer(environ, start_response)
        return match['controller'](environ, start_response)


def _to_the_slash(environ) -> webob.Response:
    """The answer at /v2.1, whatever the method: what is meant is at /v2.1/."""
    return webob.Response(status=302, headerlist=[
        ('Content-Type', 'text/plain; charset=utf8'), ('Content-Length', '0'),
        ('Location', webob.Request(environ).application_url + '/')])
