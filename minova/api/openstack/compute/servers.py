"""Servers: list, detail, show, create, update, delete."""

import webob.exc
from oslo_utils import strutils, timeutils

from minova import compute, exception, network
from minova.api import validation
from minova.api.openstack import common, extensions, wsgi
from minova.api.openstack.compute import requested_networks, server_extensions
from minova.api.openstack.compute.schemas import servers as schema
from minova.api.openstack.compute.servers_actions import ServersActionsController
from minova.api.openstack.compute.views import servers as servers_view
from minova.conf import CONF
from minova.policies import servers as policies

ALIAS = 'servers'

# What a member may search by; everybody else's options are passed over.
_MEMBER_SEARCH_OPTIONS = frozenset({
    'reservation_id', 'name', 'status', 'image', 'flavor', 'ip', 'changes-since', 'all_tenants'})
# Not a search: these say how the answer is cut.
_PAGING = frozenset({'limit', 'marker', 'sort_key', 'sort_dir'})


class ServersController(wsgi.Controller):

    _view_builder_class = servers_view.ViewBuilder

    schema_server_create = server_extensions.extended_schema('create', schema.base_create)
    schema_server_update = server_extensions.extended_schema('update', schema.base_update)

    def __init__(self):
        super().__init__()
        self.compute_api = compute.API()
        self.flavor_api = compute.FlavorAPI()
        self.create_extensions = server_extensions.load('create')
        self.update_extensions = server_extensions.load('update')

    # ---- reading

    @extensions.expected_errors((400, 403))
    def index(self, req):
        req.context.can(policies.SERVERS % 'index')
        return self._view_builder.index(req, self._get_servers(req, 'index'), 'servers')

    @extensions.expected_errors((400, 403))
    def detail(self, req):
        req.context.can(policies.SERVERS % 'detail')
        instances = self._get_servers(req, 'detail')
        req.cache_db_instances(instances)
        return self._view_builder.detail(req, instances, 'servers/detail')

    @extensions.expected_errors(404)
    def show(self, req, id):
        context = req.context
        context.can(policies.SERVERS % 'show')
        instance = common.get_instance(self.compute_api, context, id)
        req.cache_db_instance(instance)
        return self._view_builder.show(req, instance)

    def _get_servers(self, req, rule: str) -> list[dict]:
        try:
            search_opts = self._search_options(req, rule)
            if search_opts is None:
                return []
            limit, marker = common.get_limit_and_marker(req)
            sort_keys, sort_dirs = common.get_sort_params(req.GET)
            return self.compute_api.get_all(req.context, search_opts, limit=limit, marker=marker,
                                            sort_keys=sort_keys, sort_dirs=sort_dirs)
        except exception.MarkerNotFound as e:
            raise webob.exc.HTTPBadRequest(
                explanation=f"marker [{e.kwargs['marker']}] not found") from None
        except exception.Invalid as e:
            raise webob.exc.HTTPBadRequest(explanation=e.message) from None

    @staticmethod
    def _search_options(req, rule: str) -> dict | None:
        """What the query asks for, as the backend takes it; None when nothing can be like that."""
        context = req.context
        opts = {k: v for k, v in req.GET.items() if k not in _PAGING}
        if not context.is_admin:
            allowed = _MEMBER_SEARCH_OPTIONS
            if req.api_version_request.ver_minor >= 5:
                allowed = allowed | {'ip6'}
            opts = {k: v for k, v in opts.items() if k in allowed}
        if opts.pop('status', None) is not None:
            vm_states, task_states = common.task_and_vm_state_from_status(req.GET.getall('status'))
            if not vm_states:
                return None
            opts['vm_state'] = vm_states
            if task_states is not None:
                opts['task_state'] = task_states
        if 'changes-since' in opts:
            opts['changes-since'] = _parse_time(opts['changes-since'])
        if 'deleted' in opts:
            opts['deleted'] = strutils.bool_from_string(opts['deleted'], default=False)
        else:
            opts['deleted'] = None if 'changes-since' in opts else False
        if opts.get('vm_state') == {'deleted'}:
            if not context.is_admin:
                raise webob.exc.HTTPForbidden(
                    explanation='Only administrators may list deleted instances')
            opts['deleted'] = True
        _scope_to_project(context, opts, rule)
        return opts

    # ---- creating

    @wsgi.response(202)
    @extensions.expected_errors((400, 403, 409, 413))
    @validation.schema(schema_server_create)
    def create(self, req, body):
        context, server = req.context, body['server']
        create_kwargs = {}
        for extension in self.create_extensions:
            extension.server_create(server, create_kwargs, body)
        zone = create_kwargs.get('availability_zone')
        context.can(policies.SERVERS % 'create', {
            'project_id': context.project_id, 'user_id': context.user_id, 'availability_zone': zone})
        if zone and any(zone.split(':')[1:]):
            context.can(policies.SERVERS % 'create:forced_host', {})
        if create_kwargs.get('block_device_mapping'):
            context.can(policies.SERVERS % 'create:attach_volume')
        image_ref = self._image_from_req_data(server, create_kwargs)
        return_reservation_id = create_kwargs.pop('return_reservation_id', False)
        networks = server.get('networks')
        if networks is not None:
            networks = requested_networks.parse(networks, network.backend().has_ports)
            if networks:
                context.can(policies.SERVERS % 'create:attach_network')
        password = common.admin_password(server)
        instances, reservation_id = self._create(
            context, server, image_ref, password, networks, create_kwargs)
        if return_reservation_id:
            return {'reservation_id': reservation_id}
        req.cache_db_instances(instances)
        answer = wsgi.ResponseObject(self._view_builder.create(req, instances[0]))
        if CONF.enable_instance_password:
            answer.obj['server']['adminPass'] = password
        answer['Location'] = answer.obj['server']['links'][0]['href']
        return answer

    def _create(self, context, server, image_ref, password, networks, create_kwargs):
        try:
            flavor = self.flavor_api.get_by_flavor_id(context, _flavor_id(server['flavorRef']))
            return self.compute_api.create(
                context, flavor, image_ref, display_name=server['name'].strip(),
                metadata=server.get('metadata') or {}, admin_password=password,
                requested_networks=networks, **create_kwargs)
        except exception.QuotaError as e:
            raise webob.exc.HTTPForbidden(
                explanation=e.message, headers={'Retry-After': '0'}) from None
        except exception.ImageNotFound:
            raise webob.exc.HTTPBadRequest(
                explanation='Can not find requested image') from None
        except exception.FlavorNotFound:
            raise webob.exc.HTTPBadRequest(explanation='Invalid flavorRef provided.') from None
        except exception.KeypairNotFound:
            raise webob.exc.HTTPBadRequest(explanation='Invalid key_name provided.') from None
        except exception.ConfigDriveInvalidValue:
            raise webob.exc.HTTPBadRequest(explanation='Invalid config_drive provided.') from None
        except exception.Conflict as e:
            raise webob.exc.HTTPConflict(explanation=e.message) from None
        except exception.Forbidden as e:
            raise webob.exc.HTTPForbidden(explanation=e.message) from None
        except (exception.Invalid, exception.NotFound) as e:
            raise webob.exc.HTTPBadRequest(explanation=e.message) from None

    @staticmethod
    def _image_from_req_data(server: dict, create_kwargs: dict) -> str:
        """The id of the image; '' when the server boots from one of its block devices."""
        image_href = server.get('imageRef')
        if image_href:
            return common.image_uuid(image_href)
        if create_kwargs.get('block_device_mapping'):
            return ''
        raise webob.exc.HTTPBadRequest(explanation='Missing imageRef attribute')

    # ---- changing and deleting

    @extensions.expected_errors((400, 404))
    @validation.schema(schema_server_update)
    def update(self, req, id, body):
        context = req.context
        context.can(policies.SERVERS % 'update')
        update_kwargs = {}
        if 'name' in body['server']:
            update_kwargs['display_name'] = body['server']['name'].strip()
        for extension in self.update_extensions:
            extension.server_update(body['server'], update_kwargs)
        instance = common.get_instance(self.compute_api, context, id)
        try:
            instance = self.compute_api.update(context, instance, **update_kwargs)
        except exception.InstanceNotFound as e:
            raise webob.exc.HTTPNotFound(explanation=e.message) from None
        req.cache_db_instance(instance)
        return self._view_builder.show(req, instance, extend_address=False)

    @wsgi.response(204)
    @extensions.expected_errors((404, 409))
    def delete(self, req, id):
        context = req.context
        context.can(policies.SERVERS % 'delete')
        instance = common.get_instance(self.compute_api, context, id)
        try:
            self.compute_api.delete(context, instance)
        except exception.InstanceNotFound as e:
            raise webob.exc.HTTPNotFound(explanation=e.message) from None
        except exception.InstanceIsLocked as e:
            raise webob.exc.HTTPConflict(explanation=e.message) from None
        except exception.InstanceInvalidState as e:
            common.raise_http_conflict_for_instance_invalid_state(e, 'delete', id)


def _flavor_id(flavor_ref) -> str:
    """The id at the end of a flavor reference, which may be a URL; '' after a slash, as in Nova."""
    return str(flavor_ref).partition('#')[0].partition('?')[0].split('/')[-1]


def _parse_time(text: str):
    try:
        return timeutils.normalize_time(timeutils.parse_isotime(text))
    except ValueError:
        raise webob.exc.HTTPBadRequest(explanation='Invalid changes-since value') from None


def _scope_to_project(context, opts: dict, rule: str) -> None:
    """Whose servers are listed: the project's, unless all are asked for, which a policy rule allows."""
    all_tenants = opts.pop('all_tenants', None)
    wanted = all_tenants is not None
    if all_tenants:
        try:
            wanted = strutils.bool_from_string(all_tenants, strict=True)
        except ValueError as e:
            raise exception.InvalidInput(reason=str(e)) from None
    if wanted:
        context.can(policies.SERVERS % f'{rule}:get_all_tenants')
        return
    opts.pop('tenant_id', None)
    if context.project_id:
        opts['project_id'] = context.project_id
    else:
        opts['user_id'] = context.user_id


class Servers(extensions.V21APIExtensionBase):
    """Servers."""

    name = 'Servers'
    alias = ALIAS
    listed = False
    absorbed = (('OS-EXT-IPS', 'ExtendedIps'), ('OS-EXT-IPS-MAC', 'ExtendedIpsMac'),
                ('os-create-server-ext', 'Createserverext'),
                ('os-server-list-multi-status', 'ServerListMultiStatus'),
                ('os-server-sort-keys', 'ServerSortKeys'),
                ('os-server-start-stop', 'ServerStartStop'))

    def get_resources(self):
        return [
            extensions.ResourceExtension(
                ALIAS, ServersController(), member_name='server',
                collection_actions={'detail': 'GET'}, member_actions={'action': 'POST'}),
            # Older clients create servers with volumes here.
            extensions.ResourceExtension(
                'os-volumes_boot', ServersController(), member_name='volumes_boot', inherits=ALIAS),
        ]

    def get_controller_extensions(self):
        return [extensions.ControllerExtension(self, ALIAS, ServersActionsController())]
