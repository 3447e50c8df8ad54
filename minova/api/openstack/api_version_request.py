"""Microversions: what the API offers, and one requested version as a value that can be compared.

History of the API (each line: what a client that asks for that version sees changed):
    2.1   the v2.1 API: the v2 API with strict validation of input
    2.2   keypairs have a type; create answers 201, delete 204
    2.3   os-extended-server-attributes shows hostname, launch_index, reservation_id, kernel_id ...
    2.4   fixed IPs show whether they are reserved
    2.5   servers can be listed by ip6 without being an administrator
    2.6   remote-consoles takes the place of the console actions
    2.7   access to a public flavor cannot be added
    2.8   remote-consoles knows the type mks
    2.9   servers show whether they are locked
    2.10  keypairs of another user can be managed by administrators
    2.11  services can be forced down
    2.12  os-virtual-interfaces shows net_id
"""

import functools
import re

from minova import exception

MIN_API_VERSION = '2.1'
MAX_API_VERSION = '2.12'
DEFAULT_API_VERSION = '2.1'
HEADER = 'X-OpenStack-Nova-API-Version'

_FORM = re.compile(r'^([1-9]\d*)\.([1-9]\d*|0)$', re.ASCII)


@functools.total_ordering
class APIVersionRequest:
    """One version, such as 2.12; the null version (no argument) stands for 'no bound'."""

    __slots__ = ('ver_major', 'ver_minor')

    def __init__(self, version_string: str | None = None):
        """Raises InvalidAPIVersionString unless `version_string` is None or like '2.12'."""
        self.ver_major = self.ver_minor = 0
        if version_string is not None:
            match = _FORM.match(version_string)
            if not match:
                raise exception.InvalidAPIVersionString(version=version_string)
            self.ver_major, self.ver_minor = int(match.group(1)), int(match.group(2))

    def _key(self):
        return self.ver_major, self.ver_minor

    def __eq__(self, other):
        return self._key() == other._key()

    def __lt__(self, other):
        return self._key() < other._key()

    def __hash__(self):
        return hash(self._key())

    def __bool__(self):
        return not self.is_null()

    def is_null(self) -> bool:
        return self.ver_major == 0 and self.ver_minor == 0

    def matches(self, min_version: 'APIVersionRequest', max_version: 'APIVersionRequest') -> bool:
        """Whether this version lies between the two, a null one of which is no bound."""
        if self.is_null():
            raise ValueError('the null version lies nowhere')
        return ((min_version.is_null() or min_version <= self)
                and (max_version.is_null() or self <= max_version))

    def get_string(self) -> str:
        return f'{self.ver_major}.{self.ver_minor}'

    __str__ = get_string

    def __repr__(self):
        return f'APIVersionRequest({self.get_string()!r})'


_MIN = APIVersionRequest(MIN_API_VERSION)
_MAX = APIVersionRequest(MAX_API_VERSION)
_DEFAULT = APIVersionRequest(DEFAULT_API_VERSION)


def min_api_version() -> APIVersionRequest:
    return _MIN


def max_api_version() -> APIVersionRequest:
    return _MAX


def default_api_version() -> APIVersionRequest:
    return _DEFAULT


@functools.lru_cache(maxsize=256)
def from_header(value: str | None) -> APIVersionRequest:
    """The version that a request with this header asks for.

    Raises InvalidAPIVersionString for what is no version, and InvalidGlobalAPIVersion for one that is
    not offered.
    """
    if value is None:
        return _DEFAULT
    if value == 'latest':
        return _MAX
    version = APIVersionRequest(value)
    if not version.matches(_MIN, _MAX):
        raise exception.InvalidGlobalAPIVersion(
            req_ver=version, min_ver=MIN_API_VERSION, max_ver=MAX_API_VERSION)
    return version


def is_supported(req, min_version: str = MIN_API_VERSION, max_version: str = MAX_API_VERSION) -> bool:
    """Whether the version that `req` asks for lies in the range."""
    return req.api_version_request.matches(_bound(min_version), _bound(max_version))


_bound = functools.cache(APIVersionRequest)
