"""The actions that belong to servers themselves: power, reboot, resize, rebuild and images."""

import webob.exc

from minova import compute, exception
from minova import image as image_service
from minova.api import validation
from minova.api.openstack import common, extensions, wsgi
from minova.api.openstack.compute import server_extensions
from minova.api.openstack.compute.schemas import servers_actions as schema
from minova.api.openstack.compute.server_action import ServerActionController
from minova.api.openstack.compute.views import servers as servers_view
from minova.conf import CONF
from minova.policies import server_actions as policies


class ServersActionsController(ServerActionController):

    _view_builder_class = servers_view.ViewBuilder

    schema_server_rebuild = server_extensions.extended_schema(
        'rebuild', schema.base_rebuild, ('rebuild',))
    schema_server_resize = server_extensions.extended_schema(
        'resize', schema.base_resize, ('resize',))

    def __init__(self):
        super().__init__()
        self.image_api = image_service.API()
        self.rebuild_extensions = server_extensions.load('rebuild')
        self.resize_extensions = server_extensions.load('resize')

    # ---- power

    @wsgi.response(202)
    @extensions.expected_errors((404, 409))
    @wsgi.action('os-start')
    def _start_server(self, req, id, body):
        self._do(req, id, policies.START, 'start', 'start')

    @wsgi.response(202)
    @extensions.expected_errors((404, 409))
    @wsgi.action('os-stop')
    def _stop_server(self, req, id, body):
        self._do(req, id, policies.STOP, 'stop', 'stop')

    @wsgi.response(202)
    @extensions.expected_errors((404, 409))
    @wsgi.action('reboot')
    @validation.schema(schema.reboot)
    def _action_reboot(self, req, id, body):
        self._do(req, id, policies.REBOOT, 'reboot', 'reboot', body['reboot']['type'].upper())

    # ---- size

    @wsgi.response(202)
    @extensions.expected_errors((400, 401, 403, 404, 409))
    @wsgi.action('resize')
    @validation.schema(schema_server_resize)
    def _action_resize(self, req, id, body):
        arguments, resize_kwargs = body['resize'], {}
        for extension in self.resize_extensions:
            extension.server_resize(arguments, resize_kwargs)
        try:
            self._do(req, id, policies.RESIZE, 'resize', 'resize', str(arguments['flavorRef']),
                     **resize_kwargs)
        except exception.QuotaError as e:
            raise webob.exc.HTTPForbidden(
                explanation=e.message, headers={'Retry-After': '0'}) from None
        except exception.FlavorNotFound:
            raise webob.exc.HTTPBadRequest(
                explanation='Unable to locate requested flavor.') from None
        except exception.CannotResizeToSameFlavor:
            raise webob.exc.HTTPBadRequest(
                explanation='Resize requires a flavor change.') from None
        except (exception.CannotResizeDisk, exception.AutoDiskConfigDisabledByImage,
                exception.NoValidHost) as e:
            raise webob.exc.HTTPBadRequest(explanation=e.message) from None

    @wsgi.response(204)
    @extensions.expected_errors((400, 404, 409))
    @wsgi.action('confirmResize')
    def _action_confirm_resize(self, req, id, body):
        self._end_resize(req, id, policies.CONFIRM_RESIZE, 'confirmResize', 'confirm_resize')

    @wsgi.response(202)
    @extensions.expected_errors((400, 404, 409))
    @wsgi.action('revertResize')
    def _action_revert_resize(self, req, id, body):
        self._end_resize(req, id, policies.REVERT_RESIZE, 'revertResize', 'revert_resize')

    def _end_resize(self, req, server_id: str, rule: str, action: str, method: str) -> None:
        try:
            self._do(req, server_id, rule, action, method)
        except exception.MigrationNotFoundByStatus:
            raise webob.exc.HTTPBadRequest(
                explanation='Instance has not been resized.') from None

    # ---- images

    @wsgi.response(202)
    @extensions.expected_errors((400, 403, 404, 409, 413))
    @wsgi.action('rebuild')
    @validation.schema(schema_server_rebuild)
    def _action_rebuild(self, req, id, body):
        context, arguments = req.context, body['rebuild']
        context.can(policies.REBUILD)
        image_id = common.image_uuid(arguments['imageRef'])
        password = common.admin_password(arguments)
        rebuild_kwargs = {}
        if 'name' in arguments:
            rebuild_kwargs['display_name'] = arguments['name'].strip()
        if 'metadata' in arguments:
            rebuild_kwargs['metadata'] = arguments['metadata']
        for extension in self.rebuild_extensions:
            extension.server_rebuild(arguments, rebuild_kwargs)
        self._rebuild(req, id, image_id, password, rebuild_kwargs)
        instance = common.get_instance(self.compute_api, context, id)
        req.cache_db_instance(instance)
        answer = wsgi.ResponseObject(self._view_builder.show(req, instance, extend_address=False))
        if CONF.enable_instance_password:
            answer.obj['server']['adminPass'] = password
        answer['Location'] = answer.obj['server']['links'][0]['href']
        return answer

    def _rebuild(self, req, server_id: str, image_id: str, password: str, kwargs: dict) -> None:
        try:
            self._do(req, server_id, policies.REBUILD, 'rebuild', 'rebuild', image_id, password,
                     **kwargs)
        except exception.ImageNotFound:
            raise webob.exc.HTTPBadRequest(
                explanation='Cannot find image for rebuild') from None
        except exception.QuotaError as e:
            raise webob.exc.HTTPForbidden(explanation=e.message) from None
        except exception.InvalidMetadataSize as e:
            raise webob.exc.HTTPRequestEntityTooLarge(explanation=e.message) from None
        except exception.Invalid as e:
            raise webob.exc.HTTPBadRequest(explanation=e.message) from None

    @extensions.expected_errors((400, 403, 404, 409))
    @wsgi.action('createImage')
    @validation.schema(schema.create_image)
    def _action_create_image(self, req, id, body):
        context, entity = req.context, body['createImage']
        context.can(policies.CREATE_IMAGE)
        if not CONF.allow_instance_snapshots:
            raise webob.exc.HTTPBadRequest(
                explanation='Instance snapshots are not permitted at this time.')
        metadata = entity.get('metadata', {})
        check_image_metadata(context, metadata)
        instance = common.get_instance(self.compute_api, context, id)
        with common.refusals('createImage', id):
            made = self.compute_api.snapshot(context, instance, entity['name'], metadata)
        answer = common.accepted(req)
        answer.headers['Location'] = self.image_api.url(made['id'])
        return answer


def check_image_metadata(context, metadata: dict) -> None:
    """A 403 for more metadata than an image may have."""
    try:
        compute.QuotaAPI().limit_check(context, metadata_items=len(metadata))
    except exception.OverQuota:
        raise webob.exc.HTTPForbidden(explanation='Image metadata limit exceeded') from None


def check_image_metadata_keys(metadata: dict) -> None:
    """A 400 for metadata with keys that an image may not have, where no schema says so."""
    for key in metadata:
        if not key:
            raise webob.exc.HTTPBadRequest(explanation='Image metadata key cannot be blank')
        if len(key) > 255:
            raise webob.exc.HTTPBadRequest(explanation='Image metadata key too long')
