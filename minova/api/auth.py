"""Which filters a request passes, by [DEFAULT]auth_strategy, and the context of a Keystone token."""

import weakref

import webob
import webob.exc

from minova import context, jsonutils, wsgi
from minova.api import token_cache
from minova.conf import CONF

# By the loader of a paste file, which lives while that is being loaded.
_applications: weakref.WeakKeyDictionary = weakref.WeakKeyDictionary()


def pipeline_factory_v21(loader, global_conf, **local_conf):
    """paste.composite_factory: the filters and the application that auth_strategy names."""
    names = local_conf[CONF.auth_strategy].split()
    # Pipelines that end in the same application share it: it takes long to load.
    applications = _applications.setdefault(loader, {})
    app = applications.get(names[-1])
    if app is None:
        app = applications[names[-1]] = loader.get_app(names[-1], global_conf=global_conf)
    for name in reversed(names[:-1]):
        app = loader.get_filter(name, global_conf=global_conf)(app)
    return app


def auth_token_factory(global_conf, **local_conf):
    """paste.filter_factory: keystonemiddleware's auth_token; it asks minova's identity if no other is named.

    Raises IdentityMissing when there is nobody to ask.
    """
    # Late, both: they take long, and noauth2 does without.
    from minova.identity import authtoken
    authtoken.configure(local_conf, token_cache.ENVIRON)
    from keystonemiddleware import auth_token
    auth_filter = auth_token.filter_factory(global_conf, **local_conf)
    return lambda app: token_cache.Middleware(auth_filter(app))


class NovaKeystoneContext(wsgi.Middleware):
    """Makes the context out of the headers that keystonemiddleware's auth_token left."""

    def __call__(self, environ, start_response):
        if environ.get('HTTP_X_USER_ID') is None or environ.get('HTTP_X_PROJECT_ID') is None:
            error = webob.exc.HTTPUnauthorized(
                explanation='This server could not verify that you are authorized to access it.')
            # Imported late: the API package imports this one's neighbours.
            from minova.api.openstack.faults import Fault
            return Fault(error)(environ, start_response)
        environ['nova.context'] = _context(environ)
        return self.application(environ, start_response)


class NeighbourContext(wsgi.Middleware):
    """The same for the neighbours of the compute API, which decide themselves what needs a token.

    It stands behind an auth_token that delays its decision: without a valid token, or with one that is for no
    project, there is no context.
    """

    def __call__(self, environ, start_response):
        if environ.get('HTTP_X_IDENTITY_STATUS') == 'Confirmed' and environ.get('HTTP_X_PROJECT_ID'):
            environ['nova.context'] = _context(environ)
        return self.application(environ, start_response)


def _context(environ: dict) -> context.RequestContext:
    catalog = environ.get('HTTP_X_SERVICE_CATALOG')
    remote_address = environ.get('REMOTE_ADDR')
    if CONF.use_forwarded_for:
        remote_address = environ.get('HTTP_X_FORWARDED_FOR', remote_address)
    return context.RequestContext.from_environ(
        environ, is_admin=None, remote_address=remote_address,
        request_id=environ.get('openstack.request_id'),
        service_catalog=jsonutils.loads(catalog) if catalog else None)
