"""The compute API: the router that loads the extensions of the v2.1 API."""

import logging

from minova import exception
from minova.api import openstack
from minova.api.openstack import extensions
from minova.api.openstack.mapper import ProjectMapper
from minova.api.openstack.registry import Registry

LOG = logging.getLogger(__name__)


class APIRouterV21(openstack.Router):
    """Loads the extensions, registers their routes, and routes requests to them."""

    @classmethod
    def factory(cls, _global_config, **_local_config):
        """paste.app_factory."""
        return cls()

    def __init__(self):
        self.loaded_extension_info = extensions.LoadedExtensionInfo()
        self.registry = Registry(ProjectMapper())
        self.api_extension_manager = extensions.Manager(
            extensions.API_EXTENSION_NAMESPACE, self._check_load_extension,
            extension_info=self.loaded_extension_info)
        self.resources = self.registry.resources
        # The controllers of one extension may add to the resources of another.
        self._for_each(self._take_in)
        self._for_each(self.registry.add_actions)
        while self._for_each(self.registry.check_controllers):
            pass        # who was refused may have brought what others extend
        self._for_each(self.registry.add_controllers)
        self._check_core()
        super().__init__(self.registry.mapper)

    def _check_load_extension(self, ext) -> bool:
        """stevedore's question whether to take a loaded extension."""
        if not isinstance(ext.obj, extensions.V21APIExtensionBase):
            raise ValueError(f'{ext.plugin!r} is not derived from V21APIExtensionBase')
        for attribute in ('name', 'alias'):
            if not isinstance(getattr(ext.obj, attribute, None), str):
                raise ValueError(f'{ext.plugin.__qualname__} has no {attribute}')
        if extensions.is_enabled(ext.obj.alias):
            return True
        if extensions.is_core(ext.entry_point):
            raise ValueError('it belongs to the core, and [osapi_v21]extensions_blacklist names it')
        LOG.info('The extension %s is switched off by the configuration', ext.obj.alias)
        self.registry.switched_off.append(ext.obj)
        return False

    def _for_each(self, step) -> bool:
        """Take all extensions a step further; those that cannot go are refused whole.

        Return whether there were any.
        """
        refused = False
        for ext in list(self.api_extension_manager):
            try:
                step(ext.obj)
            except exception.DriverNotLoaded:
                raise       # that is no extension's fault, and would be said of each of them
            except Exception as error:
                self.api_extension_manager.extensions.remove(ext)
                self.registry.remove(ext.obj)
                self.loaded_extension_info.forget_extension(ext.obj)
                extensions.refuse(ext.entry_point, error)
                refused = True
        return refused

    def _take_in(self, extension) -> None:
        self.loaded_extension_info.register_extension(extension)
        self.registry.add_resources(extension)

    def _check_core(self) -> None:
        missing = extensions.CORE_ALIASES - set(self.loaded_extension_info.get_extensions())
        if missing:
            raise exception.CoreAPIMissing(missing_apis=', '.join(
                f'{alias} (no package has the entry point {extensions.CORE[alias]} in '
                f'{extensions.API_EXTENSION_NAMESPACE})' for alias in sorted(missing)))
