"""Services: which there are, and whether they are in use."""

import webob.exc

from minova import compute, exception
from minova.api import validation
from minova.api.openstack import api_version_request, common, extensions, wsgi
from minova.api.openstack.compute.schemas import services as schemas
from minova.api.openstack.compute.views import times
from minova.policies import services as policies

ALIAS = 'os-services'
_FORCED_DOWN = api_version_request.APIVersionRequest('2.11')


class ServiceController(wsgi.Controller):

    def __init__(self):
        super().__init__()
        self.host_api = compute.HostAPI()

    @extensions.expected_errors(())
    def index(self, req):
        req.context.can(policies.BASE)
        services = self.host_api.service_get_all(
            req.context, host=req.GET.get('host') or None, binary=req.GET.get('binary') or None)
        views = [_view(service) for service in services]
        if _shows_forced_down(req):
            for view, service in zip(views, services, strict=True):
                view['forced_down'] = service['forced_down']
        return {'services': views}

    @extensions.expected_errors((400, 404))
    @validation.schema(schemas.update, '2.0', '2.10')
    @validation.schema(schemas.update_v211, '2.11')
    def update(self, req, id, body):
        """`id` is what to do with the service that the body names."""
        req.context.can(policies.BASE)
        actions = {'enable': self._enable, 'disable': self._disable,
                   'disable-log-reason': self._disable_log_reason}
        if _shows_forced_down(req):
            actions['force-down'] = self._force_down
        if id not in actions:
            raise webob.exc.HTTPNotFound(explanation='Unknown action')
        return {'service': {'host': body['host'], 'binary': body['binary'],
                            **actions[id](req.context, body)}}

    @wsgi.response(204)
    @extensions.expected_errors((400, 404))
    def delete(self, req, id):
        req.context.can(policies.BASE)
        try:
            self.host_api.service_delete(req.context, common.validate_integer(id, 'id'))
        except exception.InvalidInput as e:
            raise webob.exc.HTTPBadRequest(explanation=e.message) from None
        except exception.ServiceNotFound:
            raise webob.exc.HTTPNotFound(explanation=f'Service {id} not found.') from None

    def _enable(self, context, body) -> dict:
        self._update(context, body, disabled=False, disabled_reason=None)
        return {'status': 'enabled'}

    def _disable(self, context, body) -> dict:
        self._update(context, body, disabled=True, disabled_reason=None)
        return {'status': 'disabled'}

    def _disable_log_reason(self, context, body) -> dict:
        reason = body.get('disabled_reason')
        if reason is None:
            raise webob.exc.HTTPBadRequest(explanation='Missing disabled reason field')
        self._update(context, body, disabled=True, disabled_reason=reason)
        return {'status': 'disabled', 'disabled_reason': reason}

    def _force_down(self, context, body) -> dict:
        forced_down = body.get('forced_down')
        if forced_down is None:
            raise webob.exc.HTTPBadRequest(explanation='Missing forced_down field')
        # Nova takes any text for true, 'False' too; only the JSON value false takes it back.
        self._update(context, body, forced_down=bool(forced_down))
        return {'forced_down': forced_down}

    def _update(self, context, body, **values) -> None:
        try:
            self.host_api.service_update(context, body['host'], body['binary'], **values)
        except exception.HostBinaryNotFound as e:
            raise webob.exc.HTTPNotFound(explanation=e.message) from None


def _shows_forced_down(req) -> bool:
    return req.api_version_request >= _FORCED_DOWN


def _view(service: dict) -> dict:
    return {
        'id': service['id'],
        'binary': service['binary'],
        'host': service['host'],
        'zone': service['availability_zone'],
        'status': 'disabled' if service['disabled'] else 'enabled',
        'state': 'up' if service['up'] else 'down',
        'updated_at': times.microseconds(service['updated_at']),
        'disabled_reason': service['disabled_reason'],
    }


class Services(extensions.V21APIExtensionBase):
    """The resource os-services."""

    name = 'Services'
    alias = ALIAS
    description = 'Services support.'
    absorbed = (('os-extended-services', 'ExtendedServices'),
                ('os-extended-services-delete', 'ExtendedServicesDelete'))

    def get_resources(self):
        return [extensions.ResourceExtension(ALIAS, ServiceController())]

    def get_controller_extensions(self):
        return []
