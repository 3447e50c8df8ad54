"""What a server is told, by path: EC2's tree at / and under /ec2, OpenStack's under /openstack."""

import base64
import binascii
import datetime
import os
import posixpath

from minova import jsonutils
from minova.api.metadata import ec2, network, vendordata
from minova.conf import CONF

EC2_VERSIONS = ['1.0', '2007-01-19', '2007-03-01', '2007-08-29', '2007-10-10', '2007-12-15',
                '2008-02-01', '2008-09-01', '2009-04-04']
FOLSOM, GRIZZLY, HAVANA, LIBERTY = OPENSTACK_VERSIONS = [
    '2012-08-10', '2013-04-04', '2013-10-17', '2015-10-15']
TEXT = 'text/plain'
JSON = 'application/json'

#: What lookup() returns for the one path that can also be written.
PASSWORD = object()


class InvalidMetadataPath(Exception):
    """There is nothing under that path."""


class InstanceMetadata:
    """One server as it was at one moment, which the handler keeps for a while."""

    def __init__(self, server: dict):
        """`server` is one of compute.contract.MetadataAPI."""
        self.server = server
        self.uuid: str = server['uuid']
        self.project_id: str = server['project_id']
        self.password: str = server['password']
        self.user_data = _decode(server['user_data'])
        self._hostname = '.'.join(filter(None, (server['hostname'], CONF.dhcp_domain)))
        self._vendor_data = vendordata.vendor_data()
        self._network_data = network.network_data(server['interfaces'])
        self._files = {
            'version': (FOLSOM, self._versions_files), 'meta_data.json': (FOLSOM, self._meta_data),
            'user_data': (FOLSOM, self._user_data),
            'password': (GRIZZLY, lambda _: (PASSWORD, TEXT)),
            'vendor_data.json': (HAVANA, lambda _: _json(self._vendor_data)),
            'network_data.json': (FOLSOM, lambda _: (jsonutils.dumps(self._network_data), TEXT))}

    def lookup(self, path: str) -> tuple[object, str]:
        """What is under `path`, for ec2.render() (or PASSWORD), and its media type.

        Raises InvalidMetadataPath.
        """
        tokens = [token for token in posixpath.normpath('/' + path.lstrip('/')).split('/') if token]
        if not tokens or tokens[0] not in ('ec2', 'openstack'):
            tokens.insert(0, 'ec2')
        root, rest = tokens[0], tokens[1:]
        if not rest:
            return (_openstack_versions() if root == 'openstack' else ec2_versions()), TEXT
        try:
            return (self._openstack if root == 'openstack' else self._ec2)(rest)
        except KeyError as exc:
            raise InvalidMetadataPath(path) from exc

    def _ec2(self, tokens: list[str]) -> tuple[object, str]:
        version = _checked(tokens[0], EC2_VERSIONS)
        tree: dict = {'meta-data': ec2.meta_data(self.server, version, self._hostname)}
        if self.user_data is not None:
            tree['user-data'] = self.user_data
        return ec2.find(tree, tokens[1:]), TEXT

    def _openstack(self, tokens: list[str]) -> tuple[object, str]:
        version = _checked(tokens[0], OPENSTACK_VERSIONS)
        since, answer = self._files['/'.join(tokens[1:]) or 'version']
        if version < since:
            raise KeyError(tokens[-1])
        return answer(version)

    def _versions_files(self, version: str) -> tuple[list[str], str]:
        found = ['meta_data.json']
        if self.user_data is not None:
            found.append('user_data')
        found += [name for since, name in ((GRIZZLY, 'password'), (HAVANA, 'vendor_data.json'),
                                           (LIBERTY, 'network_data.json')) if version >= since]
        return found, TEXT

    def _user_data(self, version: str) -> tuple[bytes, str]:
        if self.user_data is None:
            raise KeyError('user_data')
        return self.user_data, TEXT

    def _meta_data(self, version: str) -> tuple[str, str]:
        server = self.server
        found: dict = {'uuid': self.uuid}
        if server['metadata']:
            found['meta'] = server['metadata']
        if server['key_name']:
            found['public_keys'] = {server['key_name']: server['key_data']}
            pair = server['keypair']
            if pair['type']:
                found['keys'] = [{'name': pair['name'], 'type': pair['type'],
                                  'data': pair['public_key']}]
        found |= {'hostname': self._hostname, 'name': server['display_name'],
                  'launch_index': server['launch_index'], 'availability_zone': server['zone']}
        if version >= GRIZZLY:
            found['random_seed'] = base64.b64encode(os.urandom(512)).decode()
        if version >= LIBERTY:
            found['project_id'] = self.project_id
        return _json(found)


def ec2_versions() -> list[str]:
    """What is listed at the root, whoever asks."""
    return [*EC2_VERSIONS, 'latest']


def _openstack_versions() -> list[str]:
    today = datetime.datetime.now(datetime.timezone.utc).strftime('%Y-%m-%d')
    return [version for version in OPENSTACK_VERSIONS if version <= today] + ['latest']


def _checked(version: str, known: list[str]) -> str:
    if version == 'latest':
        return known[-1]
    if version not in known:
        raise KeyError(version)
    return version


def _json(data) -> tuple[str, str]:
    return jsonutils.dumps(data), JSON


def _decode(user_data: str | None) -> bytes | None:
    if user_data is None:
        return None
    try:
        return base64.b64decode(user_data)
    except binascii.Error:      # it came from elsewhere than our API, which refuses such
        return user_data.encode()
