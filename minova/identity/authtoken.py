"""How the other APIs of this installation ask about tokens: the options of keystonemiddleware's auth_token.

Who has a Keystone says so in [keystone_authtoken], as for any OpenStack service. For the others, if identity
is among enabled_apis, the options that they have not set get these values.
"""

import ipaddress
import re
import urllib.parse
import warnings

from minova import exception
from minova.conf import CONF
from minova.identity import catalog, keys
from minova.identity.users_file import DEFAULT_DOMAIN, SERVICE_PROJECT, SERVICE_USER

_GROUP = 'keystone_authtoken'
#: Seconds for which a token is not asked about again: so long a revoked one goes on being accepted.
CACHE_SECONDS = 10
#: Names of the options that configure() has filled in.
_filled_in: set[str] = set()
#: The values that it has filled in for auth_url, which reset() has to leave there.
_own_urls: set[str] = set()


def configure(settings: dict[str, str], cache: str) -> None:
    """Fill in what [keystone_authtoken] does not say.

    :param settings: those of the filter in the paste file, where the options may be, too
    :param cache: under which key of the environment of requests there is a cache, for installations
        without memcached
    :raises minova.exception.IdentityMissing: there is neither a Keystone nor the identity of minova
    :raises minova.exception.IdentityUnreachable: minova's listens where nobody can ask it by HTTP
    """
    # Late: it takes long, and only this strategy needs it.
    from keystoneauth1 import loading
    from keystonemiddleware import auth_token  # noqa: F401 - registers the options

    def is_said(*names: str) -> bool:
        return any(settings.get(name) or CONF[_GROUP][name] for name in names)

    # The default of releases of keystonemiddleware from 2026 on.
    CONF.set_default('service_token_roles_required', True, group=_GROUP)
    if not is_said('memcached_servers'):
        CONF.set_default('cache', cache, group=_GROUP)
    if is_said('auth_type', 'auth_section'):
        return
    CONF.register_opts(loading.get_auth_plugin_conf_options('password'), group=_GROUP)
    if is_said('auth_url') and CONF[_GROUP].auth_url not in _own_urls:
        raise exception.IdentityUnreachable(
            reason='[keystone_authtoken] has auth_url, and no auth_type to say how to log in there')
    if 'identity' not in CONF.enabled_apis:
        raise exception.IdentityMissing()
    for name, value in _own().items():
        CONF.set_default(name, value, group=_GROUP)
        _filled_in.add(name)
    _own_urls.add(CONF[_GROUP].auth_url)


def reset() -> None:
    """Forget what was filled in; the next configure() fills it in again."""
    # auth_url, once it is registered, must be set for the configuration to be read again.
    for name in _filled_in - {'auth_url'}:
        CONF.clear_default(name, group=_GROUP)
    _filled_in.clear()


def _own() -> dict:
    """The options for asking the identity service of this installation."""
    url = _reachable(catalog.listening('identity'))
    options = {
        'auth_type': 'password', 'auth_url': f'{url}/v3', 'www_authenticate_uri': f'{url}/v3',
        'username': SERVICE_USER, 'user_domain_id': DEFAULT_DOMAIN.id,
        'password': keys.current().derive('service user').hex(),
        'project_name': SERVICE_PROJECT, 'project_domain_id': DEFAULT_DOMAIN.id,
        'token_cache_time': CACHE_SECONDS,
        'region_name': CONF.identity.region}
    if url.startswith('https:') and not CONF[_GROUP].cafile:
        # The certificate is for the name that clients use; nobody else has the port that is our own.
        options['insecure'] = True
        host = re.escape(urllib.parse.urlsplit(url).hostname)
        warnings.filterwarnings('ignore', f"Unverified HTTPS request is being made to host '{host}'")
    return options


def _reachable(url: str) -> str:
    """`url` with an address that can be connected to from this machine."""
    parts = urllib.parse.urlsplit(url)
    if not parts.hostname or not parts.port:
        raise exception.IdentityUnreachable(
            reason=f'it listens at {url}, without a TCP port that is known beforehand; say in '
                   '[keystone_authtoken] how to reach it')
    try:
        address = ipaddress.ip_address(parts.hostname)
    except ValueError:
        return url
    if not address.is_unspecified:
        return url
    return f'{parts.scheme}://{"127.0.0.1" if address.version == 4 else "[::1]"}:{parts.port}'
