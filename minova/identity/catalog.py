"""The catalog: which services there are, and at which URLs clients find them.

The services are those of enabled_apis, at the ports that they listen on. The host is the one by which the
client has reached identity, unless a service listens on one address only.
"""

import dataclasses
import ipaddress
import urllib.parse

from minova import sockets
from minova.conf import CONF
from minova.identity.directory import make_id

INTERFACES = ('public', 'internal', 'admin')


@dataclasses.dataclass(frozen=True)
class Service:
    """A service. `path` is that of its URL; %(project_id)s stands for the project of a token."""

    id: str
    type: str
    name: str
    api: str
    path: str


def _service(type_: str, name: str, api: str, path: str) -> Service:
    return Service(make_id('service', type_), type_, name, api, path)


_SERVICES = (
    _service('identity', 'keystone', 'identity', '/v3'),
    _service('compute', 'nova', 'osapi_compute', '/v2.1'),
    _service('image', 'glance', 'image', ''),
    _service('network', 'neutron', 'network', ''),
    _service('volumev3', 'cinderv3', 'volume', '/v3/%(project_id)s'),
    _service('block-storage', 'cinder', 'volume', '/v3/%(project_id)s'),
)

#: {API: URL} of those that this process listens for; other ports are those of the configuration.
_listening: dict[str, str] = {}


def set_listening(api: str, url: str) -> None:
    """Tell at which URL `api` listens, which knows better than the options do: a port 0 is any free one."""
    _listening[api] = url


def forget_listening() -> None:
    """Go by the options again."""
    _listening.clear()


def listening(api: str) -> str:
    """The URL at which `api` listens: scheme, host and port."""
    if api in _listening:
        return _listening[api].rstrip('/')
    host, port = getattr(CONF, f'{api}_listen'), getattr(CONF, f'{api}_listen_port')
    if host.startswith(sockets.UNIX_PREFIX):
        return host
    scheme = 'https' if api in CONF.enabled_ssl_apis else 'http'
    return f'{scheme}://{sockets.url_host(host, port)}'


def services() -> list[Service]:
    """Those that are served."""
    return [each for each in _SERVICES if each.api in CONF.enabled_apis]


def url(service: Service, interface: str, host: str, project_id: str | None) -> str | None:
    """Where the service is.

    :param host: by which the client has reached identity: a name, or an address in the form of a URL
    :param project_id: None: the project is left open if the service's URL has one
    :returns: None for one that is reached by a unix socket only
    """
    template = CONF.identity.public_endpoints.get(service.type) if interface == 'public' else None
    if template is None:
        own = urllib.parse.urlsplit(listening(service.api))
        if not own.hostname:
            return None
        if not _is_for_everybody(own.hostname):
            host = own.netloc.rpartition(':')[0]
        template = f'{own.scheme}://{host}:{own.port}{service.path}'
    return template if project_id is None else template.replace('%(project_id)s', project_id)


def for_token(host: str, project_id: str | None) -> list[dict]:
    """The catalog as it stands in a token; without a project, services whose URL has one are left out."""
    listed = []
    for service in services():
        endpoints = []
        for interface in INTERFACES:
            found = url(service, interface, host, project_id)
            if found and '%(project_id)s' not in found:
                endpoints.append({
                    'id': endpoint_id(service, interface), 'interface': interface, 'url': found,
                    'region': CONF.identity.region, 'region_id': CONF.identity.region})
        if endpoints:
            listed.append({'id': service.id, 'type': service.type, 'name': service.name,
                           'endpoints': endpoints})
    return listed


def endpoint_id(service: Service, interface: str) -> str:
    return make_id('endpoint', service.type, interface)


def _is_for_everybody(host: str) -> bool:
    """Whether it says nothing about where clients find it: no address in particular, or this machine."""
    if host == 'localhost':
        return True
    try:
        address = ipaddress.ip_address(host.split('%')[0])
    except ValueError:
        return False
    return address.is_unspecified or address.is_loopback
