"""What controllers and views share: paging, links, statuses, and errors of the backend as HTTP errors."""

import contextlib
import functools
import re
import secrets
import urllib.parse

import webob
import webob.exc
from oslo_utils import uuidutils

from minova import exception
from minova.api.openstack.faults import version_headers
from minova.compute import states
from minova.conf import CONF

#: Beyond what databases count to there is nothing, either.
_OFFSET_MAX = 0x7fffffff
_VERSION_ROOT = re.compile(r'/v\d+(\.\d+)?(?=/|$)')


# ---- links

def application_url(req) -> str:
    """scheme://host[:port]/version, without a slash at the end.

    The configured prefix takes the place of what the client used, if there is one.
    """
    prefix = CONF.osapi_compute_link_prefix
    if not prefix:
        return req.application_url.rstrip('/')
    path = urllib.parse.urlsplit(req.application_url).path
    return prefix.rstrip('/') + (path.rstrip('/') if not _VERSION_ROOT.search(prefix) else '')


@functools.lru_cache(maxsize=256)
def remove_version_from_href(href: str) -> str:
    """`href` without its version: http://host/v2.1/x -> http://host/x."""
    parts = urllib.parse.urlsplit(href)
    path = _VERSION_ROOT.sub('', parts.path, count=1)
    return urllib.parse.urlunsplit((parts.scheme, parts.netloc, path, parts.query, parts.fragment))


class ViewBuilder:
    """Base of the views: builds links to the members of the collection `_collection_name`."""

    _collection_name: str

    def _linker(self, req, collection: str | None = None):
        """A function from an id to the links (self and bookmark) to it.

        What the links of one answer have in common is worked out once.
        """
        self_base, bookmark_base = self._link_bases(req, collection)

        def links(identifier) -> list[dict]:
            return [{'rel': 'self', 'href': f'{self_base}{identifier}'},
                    {'rel': 'bookmark', 'href': f'{bookmark_base}{identifier}'}]
        return links

    def _bookmarker(self, req, collection: str):
        """A function from an id to the list with only the bookmark, as things show what they use."""
        _, base = self._link_bases(req, collection)

        def bookmark(identifier) -> list[dict]:
            return [{'rel': 'bookmark', 'href': f'{base}{identifier}'}]
        return bookmark

    def _link_bases(self, req, collection: str | None) -> tuple[str, str]:
        if req.link_roots is None:
            root = application_url(req)
            req.link_roots = root, remove_version_from_href(root)
        tail = f'/{req.context.project_id}/{collection or self._collection_name}/'
        return req.link_roots[0] + tail, req.link_roots[1] + tail

    def _get_next_link(self, req, identifier: str, collection: str | None = None) -> str:
        """The URL of the next page: this request's query with the marker replaced."""
        params = [(k, v) for k, v in req.params.items() if k != 'marker']
        params.append(('marker', identifier))
        base = f'{application_url(req)}/{req.context.project_id}/{collection or self._collection_name}'
        return f'{base}?{urllib.parse.urlencode(params)}'

    def _get_collection_links(self, req, items: list, collection: str, id_key: str = 'uuid') -> list:
        """The link to the next page, if this one is full."""
        if not items:
            return []
        limit = _get_limit_param(req)
        max_items = CONF.osapi_max_limit if limit is None else min(limit, CONF.osapi_max_limit)
        if max_items and max_items <= len(items):
            return [{'rel': 'next', 'href': self._get_next_link(req, items[-1][id_key], collection)}]
        return []


# ---- paging

def _get_limit_param(req) -> int | None:
    values = req.GET.getall('limit')
    if not values:
        return None
    return _get_int_param(values[-1], 'limit')


def _get_int_param(value: str, name: str) -> int:
    try:
        return validate_integer(value, name, min_value=0)
    except exception.InvalidInput as e:
        raise webob.exc.HTTPBadRequest(explanation=e.message) from None


def validate_integer(value: str, name: str, min_value: int | None = None) -> int:
    """Raises InvalidInput unless `value` is a whole number of at least `min_value`, in ASCII."""
    try:
        number = int(value)
    except (TypeError, ValueError):
        number = None
    if number is None or isinstance(value, str) and ('_' in value or not value.isascii()):
        raise exception.InvalidInput(reason=f'{name} must be an integer')
    if min_value is not None and number < min_value:
        raise exception.InvalidInput(reason=f'{name} must be >= {min_value}')
    return number


def get_limit_and_marker(req) -> tuple[int, str | None]:
    """(page size, at most osapi_max_limit; id after which the page begins).

    `page_size` says how the image service is to be asked; it makes no difference here, but it is checked.
    """
    limit = _get_limit_param(req)
    page_size = req.GET.getall('page_size')
    if page_size:
        _get_int_param(page_size[-1], 'page_size')
    marker = req.GET.getall('marker')
    max_limit = CONF.osapi_max_limit
    return max_limit if limit is None else min(limit, max_limit), marker[-1] if marker else None


def get_limit_and_offset(req) -> tuple[int, int]:
    """(page size, at most osapi_max_limit, which 0 means too; how many items are skipped)."""
    limit, offset = _get_limit_param(req), req.GET.getall('offset')
    max_limit = CONF.osapi_max_limit
    skipped = _get_int_param(offset[-1], 'offset') if offset else 0
    return min(max_limit, limit or max_limit), min(skipped, _OFFSET_MAX)


def limited(items: list, req) -> list:
    """The part of `items` that the limit and the offset of the query ask for."""
    limit, offset = get_limit_and_offset(req)
    return items[offset:offset + limit]


def get_offset_and_limit(req) -> tuple[int, int]:
    """(how many to skip, how many to show at most), for lists that have no markers; 0 is no limit.

    A 400 for anything but whole numbers.
    """
    try:
        offset, limit = (validate_integer(req.GET.get(name, '0'), name, min_value=0)
                         for name in ('offset', 'limit'))
    except exception.InvalidInput as e:
        raise webob.exc.HTTPBadRequest(explanation=e.message) from None
    return min(offset, _OFFSET_MAX), min(limit or CONF.osapi_max_limit, CONF.osapi_max_limit)


def get_sort_params(params, default_key: str = 'created_at',
                    default_dir: str = 'desc') -> tuple[list[str], list[str]]:
    """The sort keys and directions of a query, repeated as often as it names them."""
    keys = [k.strip() for k in params.getall('sort_key')] or [default_key]
    dirs = [d.strip() for d in params.getall('sort_dir')] or [default_dir]
    return keys, dirs


# ---- states

def status_from_state(vm_state: str, task_state: str | None) -> str:
    """The status that clients see, e.g. 'ACTIVE'."""
    return states.status(vm_state, task_state)


def task_and_vm_state_from_status(statuses: list[str]) -> tuple[set, set]:
    """(vm states, task states) that show as one of `statuses`, in whatever case they are written."""
    return states.states_from_status(statuses)


def raise_http_conflict_for_instance_invalid_state(error, action: str, server_id: str):
    """Turn InstanceInvalidState into the 409 that names the action and the state."""
    attr, state = error.kwargs.get('attr'), error.kwargs.get('state')
    if attr is not None and state is not None:
        message = f"Cannot '{action}' instance {server_id} while it is in {attr} {state}"
    else:
        message = f"Instance {server_id} is in an invalid state for '{action}'"
    raise webob.exc.HTTPConflict(explanation=message) from None


# ---- passwords

# Nova's symbol groups: digits, capitals and small letters, without those that look like others.
_PASSWORD_SYMBOLS = ('23456789', 'ABCDEFGHJKLMNPQRSTUVWXYZ', 'abcdefghijkmnopqrstuvwxyz')


def generate_password(length: int | None = None) -> str:
    """A random password with at least one symbol of each group; length as configured."""
    length = CONF.password_length if length is None else length
    # One look at the system's random numbers, with so many bits to spare that no choice is any likelier
    # than the others.
    bits = secrets.randbits(16 * length + 128)

    def draw(number: int) -> int:
        nonlocal bits
        bits, drawn = divmod(bits, number)
        return drawn

    everything = ''.join(_PASSWORD_SYMBOLS)
    groups = [*_PASSWORD_SYMBOLS[:length], *[everything] * (length - len(_PASSWORD_SYMBOLS))]
    chosen = [group[draw(len(group))] for group in groups]
    return ''.join(chosen.pop(draw(len(chosen))) for _ in range(length))


def admin_password(arguments: dict) -> str:
    """The password that a request gives to its server, which may be empty; without one, a new one."""
    return arguments['adminPass'] if 'adminPass' in arguments else generate_password()


# ---- the backend's answers

def raise_feature_not_supported():
    """For what the configured backend or hypervisor cannot do."""
    raise webob.exc.HTTPNotImplemented(
        explanation='The requested functionality is not supported.') from None


def get_instance(compute_api, context, instance_id: str) -> dict:
    """The server, or a 404."""
    try:
        return compute_api.get(context, instance_id)
    except exception.InstanceNotFound as e:
        raise webob.exc.HTTPNotFound(explanation=e.message) from None


def get_flavor(flavor_api, context, flavorid: str) -> dict:
    """The flavor, or a 404."""
    try:
        return flavor_api.get_by_flavor_id(context, flavorid)
    except exception.FlavorNotFound as e:
        raise webob.exc.HTTPNotFound(explanation=e.message) from None


def check_instance_lock(context, instance: dict) -> None:
    """A 409 for a server that is locked against the context."""
    if instance['locked'] and not context.is_admin:
        raise webob.exc.HTTPConflict(
            explanation=exception.InstanceIsLocked(instance_uuid=instance['uuid']).message)


def accepted(req) -> webob.Response:
    """The bare 202 of a few actions, which Nova calls HTML although it is empty."""
    return webob.Response(status=202, headerlist=[
        ('Content-Type', 'text/html; charset=UTF-8'), ('Content-Length', '0'),
        *version_headers(req)])


@contextlib.contextmanager
def refusals(action: str, server_id: str):
    """Turn what the backend says of a server that an action does not fit into HTTP errors.

    `action` is what the message calls it.
    """
    try:
        yield
    except exception.InstanceNotFound as e:
        raise webob.exc.HTTPNotFound(explanation=e.message) from None
    except (exception.InstanceNotRescuable, exception.InvalidRequest) as e:
        raise webob.exc.HTTPBadRequest(explanation=e.message) from None
    except (exception.InstanceIsLocked, exception.InstanceNotReady) as e:
        raise webob.exc.HTTPConflict(explanation=e.message) from None
    except exception.InstanceInvalidState as e:
        raise_http_conflict_for_instance_invalid_state(e, action, server_id)


def image_uuid(image_href: str) -> str:
    """The id at the end of an image reference, which may be a URL; a 400 when it is none."""
    image_id = image_href.split('/')[-1]
    if not uuidutils.is_uuid_like(image_id) or image_id.strip() != image_id:
        raise webob.exc.HTTPBadRequest(explanation='Invalid imageRef provided.')
    return image_id
