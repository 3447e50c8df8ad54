"""The application of the volume API."""

import webob.exc

from minova import exception
from minova.api import rest
from minova.api.openstack.faults import http_error
from minova.api.volume import (
    attachments,
    microversions,
    quotas,
    services,
    snapshots,
    types,
    versions,
    volume_actions,
    volumes,
)

_FAULTS = {400: 'badRequest', 401: 'unauthorized', 403: 'forbidden', 404: 'itemNotFound',
           405: 'badMethod', 409: 'conflictingRequest', 413: 'overLimit', 415: 'badMediaType',
           501: 'notImplemented', 503: 'serviceUnavailable'}


class VolumeV3(rest.Service):
    """Cinder's v3. The project may stand before everything else in the URL, and is the token's then."""

    controllers = (
        versions.Root, volumes.Volumes, volumes.VolumeMetadata, volume_actions.VolumeActions,
        snapshots.Snapshots, snapshots.SnapshotMetadata, snapshots.SnapshotActions,
        attachments.Attachments, types.Types, types.ExtraSpecs, types.TypeAccess, quotas.Limits,
        quotas.QuotaSets, quotas.QuotaClassSets, services.Services, services.Pools,
        services.NothingOfTheKind)

    def __init__(self):
        super().__init__()
        self._nouns = {path.split('/')[1] for path in self._methods if path}

    def fault(self, error, cause):
        message = error.explanation or error.title
        headers = rest.allow_header(error)
        if isinstance(cause, exception.InvalidInput):
            # Nova puts what Cinder says into words of its own. Here it is said plainly.
            reason = cause.kwargs.get('reason', '')
            message = reason if reason.startswith(('Invalid volume: ', 'Invalid snapshot: ')) else message
        if isinstance(cause, exception.QuotaError):
            headers['Retry-After'] = '0'
        return rest.json_answer(error.code, {
            _FAULTS.get(error.code, 'computeFault'): {'code': error.code, 'message': message}}, headers)

    def __call__(self, environ, start_response):
        req = rest.Request(environ)
        try:
            version = microversions.negotiate(req)
            self._take_off_project(req)
        except webob.exc.WSGIHTTPException as error:
            return self.fault(error, None)(environ, start_response)
        except exception.Invalid as error:
            return self.fault(http_error(error), error)(environ, start_response)

        def start(status, headers, exc_info=None):
            headers = [*headers, (microversions.HEADER, f'volume {version}'),
                       ('Vary', microversions.HEADER)]
            return start_response(status, headers, exc_info)
        return super().__call__(environ, start)

    def _take_off_project(self, req: rest.Request) -> None:
        """Move the project from the path to SCRIPT_NAME. Raises HTTPBadRequest for another's."""
        first, _, rest_of_path = req.environ.get('PATH_INFO', '').lstrip('/').partition('/')
        noun = rest_of_path.partition('/')[0]
        own = req.context.project_id if req.context else None
        if noun not in self._nouns or (first in self._nouns and first != own):
            return
        if own is not None and first != own:
            raise webob.exc.HTTPBadRequest(explanation='Malformed request url')
        # Not by path_info_pop, which has to understand all of the path.
        req.environ['SCRIPT_NAME'] = f'{req.environ.get("SCRIPT_NAME", "")}/{first}'
        req.environ['PATH_INFO'] = f'/{rest_of_path}'
