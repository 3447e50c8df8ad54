"""Real services of OpenStack, as backends ask them: through openstacksdk, an extra of minova's.

A request on behalf of somebody goes with their token. Contexts that have none (of accepted work, and
elevated ones) are served with the login of the configuration.
"""

import threading
import urllib.parse

from minova import exception
from minova.conf import CONF


class Service:
    """The client of one service, configured by one group of options (see minova.conf.clients)."""

    def __init__(self, group: str, service_type: str):
        """:raises minova.exception.ServiceNotConfigured: it cannot work, and why"""
        self._service_type = service_type
        try:
            import openstack
            from keystoneauth1 import exceptions, loading
        except ImportError as e:
            raise exception.ServiceNotConfigured(
                group=group, reason=f'{e}: install minova with the extra openstack') from e
        self._client_exception = exceptions.ClientException
        self._sdk_exception = openstack.exceptions.SDKException
        loading.register_session_conf_options(CONF, group)
        loading.register_auth_conf_options(CONF, group)
        self._lock = threading.Lock()
        self._proxy = None
        options = CONF[group]
        settings = {f'{service_type}_endpoint_override': options.endpoint_override,
                    f'{service_type}_interface': options.valid_interfaces}
        settings = {name: value for name, value in settings.items() if value}
        try:
            if options.cloud:
                self._connection = openstack.connection.Connection(
                    cloud=options.cloud, **({'region_name': options.region_name}
                                            if options.region_name else {}), **settings)
            else:
                auth = loading.load_auth_from_conf_options(CONF, group)
                if auth is None:
                    raise exception.ServiceNotConfigured(
                        group=group, reason='neither cloud nor auth_type is set')
                session = loading.load_session_from_conf_options(CONF, group, auth=auth)
                self._connection = openstack.connection.Connection(
                    session=session, region_name=options.region_name, **settings)
        except (self._client_exception, self._sdk_exception) as e:
            raise exception.ServiceNotConfigured(group=group, reason=e) from e

    def request(self, context, method: str, path: str, *, headers: dict[str, str] | None = None, **kwargs):
        """The answer of the service, a requests.Response, whatever its status.

        :param path: below the version; for what clients may have written in it see `quoted`
        :param kwargs: what requests takes: json, params, data, stream
        :raises minova.exception.ServiceUnreachable: there is none
        """
        headers = dict(headers or {})
        if context.auth_token:
            headers['X-Auth-Token'] = context.auth_token
        if context.request_id:
            headers['X-OpenStack-Request-Id'] = context.request_id
        if 'data' in kwargs:
            kwargs |= {'allow_reauth': False, 'connect_retries': 0}     # what was read cannot be sent again
        try:
            return self._service().request(path, method, headers=headers, raise_exc=False,
                                           authenticated=not context.auth_token, **kwargs)
        except (self._client_exception, self._sdk_exception) as e:
            raise exception.ServiceUnreachable(service=self._service_type, reason=e) from e

    def _service(self):
        """openstacksdk's proxy, made at first use: it asks the service for its versions."""
        if self._proxy is None:
            with self._lock:
                if self._proxy is None:
                    self._proxy = getattr(self._connection, self._service_type)
        return self._proxy


def quoted(text: str) -> str:
    """`text`, which a client may have written, as one part of a path.

    "." and "..", by which a client of HTTP would go elsewhere, become an id that nothing has.
    """
    if text in ('.', '..'):
        text = text.replace('.', '%2E')
    return urllib.parse.quote(text, safe='')


def message(response) -> str:
    """What an answer that tells of an error says, in whichever of OpenStack's forms."""
    try:
        found = response.json()
    except ValueError:
        return response.reason or str(response.status_code)
    while isinstance(found, dict):
        if isinstance(found.get('message'), str):
            return found['message'].replace('<br />', ' ').strip()
        found = next(iter(found.values()), None)
    return found if isinstance(found, str) else response.reason
