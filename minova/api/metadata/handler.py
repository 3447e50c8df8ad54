"""Finds out which server asks, and answers it.

A server is known by its fixed address, or, behind Neutron's metadata proxy, by headers that the
proxy has signed with a secret that it shares with us.
"""

import hashlib
import hmac
import logging
import posixpath

import webob
import webob.exc

from minova import compute, context, exception, lives, wsgi
from minova.api.metadata import ec2, tree
from minova.api.metadata.cache import Cache
from minova.conf import CONF

LOG = logging.getLogger(__name__)

MAX_PASSWORD = 1020     # four pieces of 255
_UNKNOWN_ERROR = 'An unknown error has occurred. Please try your request again.'


class MetadataRequestHandler(wsgi.Application):
    """The application behind the name `metadata` in the paste file."""

    def __init__(self):
        """Raises MetadataSecretMissing."""
        if CONF.neutron.service_metadata_proxy and not CONF.neutron.metadata_proxy_shared_secret:
            raise exception.MetadataSecretMissing()
        self._api = compute.MetadataAPI()
        self._cache = Cache()

    def __call__(self, environ, start_response):
        try:
            answer = self._answer(webob.BaseRequest(environ))
        except webob.exc.HTTPException as exc:
            answer = exc
        except Exception:
            LOG.exception('%s %s failed', environ['REQUEST_METHOD'], environ['PATH_INFO'])
            answer = webob.exc.HTTPInternalServerError(explanation=_UNKNOWN_ERROR)
        return answer(environ, start_response)

    def _answer(self, req: webob.BaseRequest) -> webob.Response:
        if posixpath.normpath('/' + req.path_info.lstrip('/')) == '/':
            return _response(tree.ec2_versions(), tree.TEXT)
        # What happens on behalf of a server has a request id of its own in the log.
        admin = context.RequestContext(is_admin=True)
        found = self._of_signed_headers(req, admin) if CONF.neutron.service_metadata_proxy \
            else self._of_address(req, admin)
        if found is None:
            raise webob.exc.HTTPNotFound()
        try:
            data, media_type = found.lookup(req.path_info)
        except tree.InvalidMetadataPath:
            raise webob.exc.HTTPNotFound() from None
        if data is tree.PASSWORD:
            return self._password(req, admin, found)
        return _response(data, media_type)

    # ---- who asks

    def _of_address(self, req, admin) -> tree.InstanceMetadata | None:
        if 'X-Instance-ID' in req.headers:
            LOG.warning('X-Instance-ID present in request headers. The \'service_metadata_proxy\' '
                        'option must be enabled to process this header.')
        address = req.remote_addr
        if CONF.use_forwarded_for:
            # Of several the last: that is whom our own proxy saw, the others are hearsay.
            address = req.headers.get('X-Forwarded-For', address or '').rpartition(',')[2].strip()
        if not address:
            return None
        return self._get(f'address {address}', self._api.get_by_address, admin, address)

    def _of_signed_headers(self, req, admin) -> tree.InstanceMetadata | None:
        values = {}
        for name in ('X-Instance-ID', 'X-Instance-ID-Signature', 'X-Tenant-ID'):
            values[name] = req.headers.get(name)
            if values[name] is None:
                raise webob.exc.HTTPBadRequest(
                    explanation=f'{name} header is missing from request.')
        instance_id, signature, project_id = values.values()
        # As bytes: that is what the proxy has signed, and what can be compared whatever it is.
        expected = hmac.new(CONF.neutron.metadata_proxy_shared_secret.encode(),
                            instance_id.encode(), hashlib.sha256).hexdigest()
        if not hmac.compare_digest(expected.encode(), signature.encode()):
            LOG.warning('X-Instance-ID-Signature is not the one of X-Instance-ID %s, sent by %s',
                        instance_id, req.headers.get('X-Forwarded-For'))
            raise webob.exc.HTTPForbidden(explanation='Invalid proxy request signature.')
        found = self._get(f'server {instance_id}', self._api.get_by_instance_id, admin, instance_id)
        if found is not None and found.project_id != project_id:
            LOG.warning('Tenant_id %s does not match tenant_id of instance %s.', project_id,
                        instance_id)
            return None
        return found

    def _get(self, key: str, look_up, admin, identity: str) -> tree.InstanceMetadata | None:
        # After a reset an address may be another server's.
        cached_as = f'{key}, life {lives.current()}'
        found = self._cache.get(cached_as)
        if found is None:
            try:
                found = tree.InstanceMetadata(look_up(admin, identity))
            except exception.NotFound:
                LOG.error('Failed to get metadata for %s', key)
                return None
            self._cache.set(cached_as, found, CONF.metadata_cache_expiration)
        return found

    # ---- the password that the guest makes up

    def _password(self, req, admin, found: tree.InstanceMetadata) -> webob.Response:
        if req.method == 'GET':
            return _response(found.password, tree.TEXT)
        if req.method != 'POST':
            raise webob.exc.HTTPBadRequest()
        if found.password:
            raise webob.exc.HTTPConflict()
        body = req.body_file.read(MAX_PASSWORD + 1)
        if len(body) > MAX_PASSWORD:
            raise webob.exc.HTTPBadRequest(explanation='Request is too large.')
        try:
            password = body.decode()
        except UnicodeDecodeError:
            raise webob.exc.HTTPBadRequest() from None
        try:
            self._api.set_password(admin, found.uuid, password)
        except exception.PasswordAlreadySet:
            raise webob.exc.HTTPConflict() from None
        except exception.InstanceNotFound:
            raise webob.exc.HTTPNotFound() from None
        return _response('', tree.TEXT)


def _response(data, media_type: str) -> webob.Response:
    return webob.Response(body=ec2.render(data), content_type=media_type, charset='UTF-8')
