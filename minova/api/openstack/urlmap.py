"""The composite application that chooses by the beginning of the path: /, /v2, /v2.1, ..."""

import re

from minova.api.openstack import negotiation


def negotiating_factory(loader, global_conf, **local_conf):
    """paste.composite_factory: as below; where the path names no version, the headers may."""
    urlmap = urlmap_factory(loader, global_conf, **local_conf)
    urlmap.negotiates = True
    return urlmap


def urlmap_factory(loader, global_conf, **local_conf):
    """paste.composite_factory: each option is a path prefix and the name of the application under it."""
    urlmap = URLMap()
    applications = {name: loader.get_app(name, global_conf=global_conf)
                    for name in dict.fromkeys(local_conf.values())}
    for prefix, name in local_conf.items():
        urlmap.add(prefix, applications[name])
    return urlmap


class URLMap:
    """Longest prefix first; a prefix ends at a slash or at the end of the path."""

    def __init__(self):
        self.applications: list[tuple[str, object]] = []
        self.negotiates = False

    def add(self, prefix: str, application) -> None:
        self.applications.append((prefix.rstrip('/'), application))
        self.applications.sort(key=lambda entry: -len(entry[0]))

    def __call__(self, environ, start_response):
        path = environ.get('PATH_INFO', '')
        if '//' in path:
            path = re.sub('/{2,}', '/', path)
        prefix, application = self._match(path)
        rest = path[len(prefix):]
        if self.negotiates and not prefix:
            version = negotiation.version(environ)
            if version is not None:
                # The path then has no prefix to lose.
                prefix, application = self._match(f'/v{version}')
        environ['SCRIPT_NAME'] = environ.get('SCRIPT_NAME', '') + prefix
        environ['PATH_INFO'] = rest
        return application(environ, start_response)

    def _match(self, path: str) -> tuple[str, object]:
        for prefix, application in self.applications:
            if not prefix or path == prefix or path.startswith(prefix + '/'):
                return prefix, application
        raise LookupError('the paste file maps no application to /')
