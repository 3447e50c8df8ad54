"""How versions look."""

from minova.api.openstack import common

_PATHS = {'v2.0': 'v2', 'v2.1': 'v2.1'}


class ViewBuilder:

    def build_versions(self, req, versions: dict[str, dict]) -> dict:
        """The document at the server's root."""
        return {'versions': [
            self._summary(v) | {'links': [self._self_link(req, v)]} for v in versions.values()]}

    def build_choices(self, req, versions: dict[str, dict], path: str) -> dict:
        """The answer to a `path`, escaped, that is under no version: where it would be under each."""
        return {'choices': [
            {'id': v['id'], 'status': v['status'],
             'links': [{'rel': 'self', 'href': self._href(req, v) + path.strip('/')}],
             'media-types': [self._media_type(v)]}
            for v in versions.values()]}

    def build_version(self, req, version: dict) -> dict:
        """The document of one version."""
        return {'version': self._summary(version) | {
            'media-types': [self._media_type(version)],
            'links': [{'rel': 'self', 'href': common.application_url(req) + '/'},
                      {'rel': 'describedby', 'type': 'text/html',
                       'href': 'http://docs.openstack.org/'}]}}

    @staticmethod
    def _summary(version: dict) -> dict:
        return {k: version[k] for k in ('id', 'status', 'version', 'min_version', 'updated')}

    @staticmethod
    def _media_type(version: dict) -> dict:
        return {'base': 'application/json', 'type': version['media_type']}

    def _self_link(self, req, version: dict) -> dict:
        return {'rel': 'self', 'href': self._href(req, version)}

    @staticmethod
    def _href(req, version: dict) -> str:
        root = common.remove_version_from_href(common.application_url(req)).rstrip('/')
        return f'{root}/{_PATHS[version["id"]]}/'
