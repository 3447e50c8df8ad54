"""Which extensions there are."""

import webob.exc

from minova.api.openstack import extensions, wsgi
from minova.policies import extension_info as policies

ALIAS = 'extensions'
# All extensions of v2.1 tell the same; nothing was ever served at that address.
_NAMESPACE = 'http://docs.openstack.org/compute/ext/fake_xml'
_UPDATED = '2014-12-03T00:00:00Z'


class ExtensionInfoController(wsgi.Controller):

    def __init__(self, extension_info: extensions.LoadedExtensionInfo):
        super().__init__()
        self.extension_info = extension_info

    @extensions.expected_errors(())
    def index(self, req):
        req.context.can(policies.BASE)
        found = self._views()
        if req.is_legacy_v2:
            # An extension of v2 that v2.1 has not. Only the list knows it, in Nova too.
            found['OS-EXT-VIF-NET'] = _view('OS-EXT-VIF-NET', 'ExtendedVIFNet', '')
        return {'extensions': [found[alias] for alias in sorted(found)]}

    @extensions.expected_errors(404)
    def show(self, req, id):
        req.context.can(policies.BASE)
        try:
            return {'extension': self._views()[id]}
        except KeyError:
            raise webob.exc.HTTPNotFound() from None

    def _views(self) -> dict[str, dict]:
        """What is shown of each extension, by alias."""
        found = {}
        for extension in self.extension_info.get_extensions().values():
            if extension.listed:
                found[extension.alias] = _view(
                    extension.alias, extension.name, extension.description)
            for alias, name, *description in extension.absorbed:
                found[alias] = _view(alias, name, *description or ('',))
        return found


def _view(alias: str, name: str, description: str) -> dict:
    return {'alias': alias, 'name': name, 'description': description,
            'namespace': _NAMESPACE, 'updated': _UPDATED, 'links': []}


class ExtensionInfo(extensions.V21APIExtensionBase):
    """The list of extensions."""

    name = 'Extensions'
    alias = ALIAS
    listed = False

    def get_resources(self):
        return [extensions.ResourceExtension(
            ALIAS, ExtensionInfoController(self.extension_info), member_name='extension')]

    def get_controller_extensions(self):
        return []
