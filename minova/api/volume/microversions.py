"""Microversions of the volume API, by the header OpenStack-API-Version: volume 3.x.

What a client sees changed, of what is built here:
    3.0     the v3 API
    3.12    a summary of all volumes; 3.36: with their metadata
    3.13    volumes have group_id; 3.14: snapshots have group_snapshot_id
    3.21    volumes have provider_id, for administrators
    3.23    a volume may be deleted with force
    3.27    attachments
    3.31    filters that nobody knows are refused; text can be looked for with `~`
    3.41    snapshots have user_id
    3.42    a volume in use may grow
    3.44    attachments can be completed
    3.45    lists can say how long they would be
    3.48    volumes have service_uuid and shared_targets
    3.54    attachments are asked for with a mode
    3.60    lists can be filtered by times
    3.61    volumes have cluster_name, for administrators; 3.63: volume_type_id
    3.65    volumes and snapshots have consumes_quota
    3.66    a snapshot of a volume in use needs no force
    3.67    the project may be left out of the URL
"""

import functools

from minova import exception
from minova.api.openstack.api_version_request import APIVersionRequest

HEADER = 'OpenStack-API-Version'
MIN_VERSION = '3.0'
MAX_VERSION = '3.67'
_WANTED = 'minova.volume.version'

_version = functools.cache(APIVersionRequest)


def negotiate(req) -> str:
    """Find out which version `req` asks for, and say so in its environment; that version.

    Raises InvalidAPIVersionString, and InvalidGlobalAPIVersion for one that is not offered.
    """
    wanted = MIN_VERSION
    for item in req.headers.get(HEADER, '').split(','):
        service, _, version = item.strip().partition(' ')
        if service.lower() in ('volume', 'block-storage'):
            wanted = version.strip()
    if wanted.lower() == 'latest':
        wanted = MAX_VERSION
    version = APIVersionRequest(wanted)
    if not version.matches(_version(MIN_VERSION), _version(MAX_VERSION)):
        raise exception.InvalidGlobalAPIVersion(
            req_ver=wanted, min_ver=MIN_VERSION, max_ver=MAX_VERSION)
    req.environ[_WANTED] = version
    return wanted


def at_least(req, version: str) -> bool:
    """Whether the version that `req` asks for is this or a later one."""
    return req.environ[_WANTED] >= _version(version)


def require(req, version: str) -> None:
    """Raises VersionNotFoundForAPIMethod for a request of an earlier version."""
    if not at_least(req, version):
        raise exception.VersionNotFoundForAPIMethod(version=req.environ[_WANTED])
