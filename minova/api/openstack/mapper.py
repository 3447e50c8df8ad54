"""ProjectMapper: Routes' mapper, with and without the project in the path, and indexed.

Routes walks its list of routes until one matches. Here every route is filed under what is literal in its
path, so that a request is compared with the handful of routes that may fit it, in the order in which they
were connected: the first match is the one that Routes would have found.
"""

import routes
from routes.route import Route

_FORMATS = ('.json', '.xml')


class RouteIndex:
    """Routes filed by method, number of segments, and the literal segments."""

    def __init__(self, matchlist: list[Route]):
        self._shapes: dict[tuple, dict[tuple, dict[tuple, list]]] = {}
        self._unfiled: list[tuple[int, Route]] = []
        for order, route in enumerate(matchlist):
            if route.static:
                continue
            segments = _literals(route)
            methods = (route.conditions or {}).get('method')
            if segments is None or methods is None:
                self._unfiled.append((order, route))
                continue
            positions = tuple(i for i, s in enumerate(segments) if s is not None)
            literals = tuple(segments[i] for i in positions)
            for method in methods:
                shapes = self._shapes.setdefault((method, len(segments)), {})
                shapes.setdefault(positions, {}).setdefault(literals, []).append((order, route))

    def candidates(self, method: str, url: str) -> list[Route]:
        """The routes that may match, in the order in which they were connected."""
        segments = url.split('/')
        last = segments[-1]
        for suffix in _FORMATS:
            if last.endswith(suffix):
                segments[-1] = last[:-len(suffix)]
        found = list(self._unfiled)
        for positions, by_literals in self._shapes.get((method, len(segments)), {}).items():
            found += by_literals.get(tuple([segments[i] for i in positions]), ())
            if segments[-1] is not last and positions and positions[-1] == len(segments) - 1:
                found += by_literals.get(tuple([*segments[:-1], last][i] for i in positions), ())
        found.sort(key=_by_order)
        return [route for _order, route in found]


def _by_order(entry):
    return entry[0]


def _literals(route: Route) -> list[str | None] | None:
    """The segments of the route's path, None for a variable one; None when they cannot be told."""
    text = ''
    for part in route.routelist:
        if isinstance(part, str):
            text += part
        elif part['type'] == '*':
            return None
        elif part['name'] == 'format' and text.endswith('.'):
            text = text[:-1]
        else:
            text += '\0'
    segments = text.split('/')
    return [None if '\0' in s else s for s in segments]


class ProjectMapper(routes.Mapper):
    """Connects each resource under `/{project_id}` and also directly under the version root."""

    def __init__(self):
        super().__init__(always_scan=False)
        self._index: RouteIndex | None = None
        self.minimization = False

    def connect(self, *args, **kwargs):
        """Routes' own, but the format suffix is `.json` or `.xml`, not whatever follows a dot."""
        requirements = dict(kwargs.get('requirements') or {})
        requirements.setdefault('format', 'json|xml')
        kwargs['requirements'] = requirements
        self._index = None
        return super().connect(*args, **kwargs)

    def resource(self, member_name, collection_name, project_only=False, **kwargs):
        """Connect a collection and its members.

        `parent_resource`, `collection` and `member` are as in Routes. With `project_only` the resource
        is found under the project alone.
        """
        parent = kwargs.get('parent_resource')
        suffix = ''
        if parent is not None:
            suffix = f"{parent['collection_name']}/{{{parent['member_name']}_id}}"
        prefixes = ['{project_id}/'] if project_only else ['{project_id}/', '']
        name_prefix = kwargs.pop('name_prefix', '')
        for prefix in prefixes:
            options = {k: dict(v) if isinstance(v, dict) else v for k, v in kwargs.items()}
            super().resource(member_name, collection_name, path_prefix=prefix + suffix,
                             name_prefix=f'{name_prefix}{"p_" if prefix else ""}', **options)

    def replace_routes(self, routes_: list[Route]) -> None:
        """Have these routes, in this order, and no others."""
        self.matchlist[:] = routes_
        self._index = None

    def routematch(self, url=None, environ=None):
        """(match, route) for the path of `environ`, or None."""
        if url is None:
            url = environ['PATH_INFO']
            if not url.isascii():
                # WSGI hands the bytes of the path over as latin-1.
                url = url.encode('latin-1').decode('utf-8', 'replace')
        if '\0' in url:
            return None     # nothing is called so, and PostgreSQL would refuse to look for it
        if self._index is None:
            self._index = RouteIndex(self.matchlist)
        for route in self._index.candidates(environ['REQUEST_METHOD'] if environ else 'GET', url):
            if not hasattr(route, 'regmatch'):
                # Compiled when first needed: all of them would take longer than the rest of the start.
                route.makeregexp(())
            match = route.match(url, environ)
            if match:
                return match, route
        return None
