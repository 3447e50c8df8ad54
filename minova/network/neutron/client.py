"""Neutron's nouns, asked of a real Neutron."""

import datetime

from minova import exception, sdk
from minova.db import server_ports as db
from minova.network import contract

_PATHS = {'floatingip': 'floatingips', 'security_group': 'security-groups',
          'security_group_rule': 'security-group-rules'}
_NOT_FOUND = {'network': 'NetworkNotFound', 'subnet': 'SubnetNotFound', 'port': 'PortNotFound',
              'router': 'RouterNotFound', 'floatingip': 'FloatingIPNotFound',
              'security_group': 'SecurityGroupNotFound',
              'security_group_rule': 'SecurityGroupRuleNotFound'}
#: What is called otherwise by some versions of Neutron.
_TYPES = {'IpAddressInUse': 'IpAddressAlreadyAllocated',
          'ExternalIpAddressExhausted': 'IpAddressGenerationFailure',
          'IpAddressGenerationFailureAllSubnets': 'IpAddressGenerationFailure'}
_BY_STATUS = {400: exception.Invalid, 403: exception.Forbidden, 404: exception.NotFound,
              409: exception.Conflict, 412: exception.Conflict}
_TIMES = ('created_at', 'updated_at')
#: Attribute -> noun of what it names.
_NAMED = {'network_id': 'network', 'floating_network_id': 'network', 'port_id': 'port',
          'security_group_id': 'security_group', 'remote_group_id': 'security_group'}
#: Values of a filter that go into one request, which has a limited length.
_AT_ONCE = 50


class NeutronAPI(contract.NeutronAPI):

    def __init__(self):
        self.service = sdk.Service('neutron', 'network')

    # ---- the nouns

    def get_all(self, context, noun, query):
        long = [name for name, values in query.filters.items() if len(values) > _AT_ONCE]
        if not long or query.limit is not None:
            return self._pages(context, noun, query)
        name, found = long[0], []
        for start in range(0, len(query.filters[name]), _AT_ONCE):
            part = query.filters[name][start:start + _AT_ONCE]
            found += self.get_all(context, noun, contract.Query(
                filters=query.filters | {name: part}, sorts=query.sorts))
        return found

    def find(self, context, noun: str, **filters) -> list[dict]:
        """Those that have one of the values of each filter; values are texts, or lists of these.

        No values at all find nothing.
        """
        filters = {name.replace('__', ':'): [value] if isinstance(value, str) else list(value)
                   for name, value in filters.items()}
        if not all(filters.values()):
            return []
        return self.get_all(context, noun, contract.Query(filters=filters))

    def ports_of(self, admin, instance_uuids: list[str]) -> list[dict]:
        """The ports of the servers, for a context that sees all.

        Anybody may write the id of a server on a port. It is the server's if its project is, or if the
        server was given it.
        """
        owners, found = db.get_owners(instance_uuids), []
        for port in self.find(admin, 'port', device_id=instance_uuids):
            server = port['device_id']
            if port['project_id'] == owners.get(server, port['project_id']) or (
                    port['id'] in db.get_given(server)):
                found.append(port)
        return found

    def find_all(self, context, noun: str) -> list[dict]:
        """All that the context sees."""
        return self.get_all(context, noun, contract.Query())

    def _pages(self, context, noun: str, query: contract.Query) -> list[dict]:
        plural, marker, found = _plural(noun), query.marker, []
        asked = [(_old_name(name), value or '')
                 for name, values in query.filters.items() for value in values]
        for key, direction in query.sorts:
            asked += [('sort_key', _old_name(key)), ('sort_dir', direction)]
        if query.reverse:
            asked.append(('page_reverse', 'True'))
        while True:
            params = [*asked, *([('limit', str(query.limit))] if query.limit is not None else []),
                      *([('marker', marker)] if marker else [])]
            shown = self._ask(context, 'GET', noun, params=params)
            page = [_thing(thing) for thing in shown[plural]]
            found += [thing for thing in page if _sees(context, thing)]
            links = shown.get(f'{plural}_links') or ()
            if query.limit is not None or not page or all(link['rel'] != 'next' for link in links):
                return found
            # Neutron gives no more at once.
            marker = page[-1]['id']

    def get(self, context, noun, thing_id):
        thing = _thing(self._ask(context, 'GET', noun, thing_id)[noun])
        if not _sees(context, thing):
            raise _not_found(noun, thing_id)
        return thing

    def create(self, context, noun, things):
        for thing in things:
            self._check_own(context, thing)
            self._check_named(context, thing)
        things = [{_old_name(name): value for name, value in thing.items()} for thing in things]
        if len(things) == 1:
            return [_thing(self._ask(context, 'POST', noun, json={noun: things[0]})[noun])]
        plural = _plural(noun)
        return [_thing(each) for each in self._ask(
            context, 'POST', noun, json={plural: things})[plural]]

    def update(self, context, noun, thing_id, values, revision: int | None = None):
        """With `revision` only if the thing still has that number; else it is a Conflict."""
        self._check_mutable(context, noun, thing_id)
        self._check_named(context, values)
        headers = {} if revision is None else {'If-Match': f'revision_number={revision}'}
        return _thing(self._ask(context, 'PUT', noun, thing_id, json={noun: values},
                                headers=headers)[noun])

    def delete(self, context, noun, thing_id):
        self._check_mutable(context, noun, thing_id)
        self._ask(context, 'DELETE', noun, thing_id)

    def add_router_interface(self, context, router_id, subnet_id, port_id):
        return self._interface(context, router_id, 'add_router_interface', subnet_id, port_id)

    def remove_router_interface(self, context, router_id, subnet_id, port_id):
        return self._interface(context, router_id, 'remove_router_interface', subnet_id, port_id)

    def _interface(self, context, router_id, action: str, subnet_id, port_id) -> dict:
        self._check_mutable(context, 'router', router_id)
        body = {'subnet_id': subnet_id, 'port_id': port_id}
        for name, value in body.items():
            if value:
                self.get(context, name.removesuffix('_id'), value)
        answer = self._request(context, 'PUT', f'/routers/{sdk.quoted(router_id)}/{action}', json={
            name: value for name, value in body.items() if value})
        return _thing(self._checked(answer, 'router', router_id).json())

    # ---- quotas

    def get_quotas(self, context, project_id):
        _check_project(context, project_id)
        return self._quota(context, 'GET', f'/{sdk.quoted(project_id)}/details.json')['quota']

    def get_default_quotas(self, context):
        project_id = context.project_id or 'default'
        return self._quota(context, 'GET', f'/{sdk.quoted(project_id)}/default')['quota']

    def update_quotas(self, context, project_id, limits):
        _check_administrator(context)
        self._quota(context, 'PUT', f'/{sdk.quoted(project_id)}', json={'quota': limits})

    def delete_quotas(self, context, project_id):
        _check_administrator(context)
        self._quota(context, 'DELETE', f'/{sdk.quoted(project_id)}')

    def get_projects_with_quotas(self, context):
        _check_administrator(context)
        return [quota.get('project_id') or quota['tenant_id']
                for quota in self._quota(context, 'GET', '')['quotas']]

    def _quota(self, context, method: str, path: str, **kwargs) -> dict:
        answer = self._checked(self._request(context, method, f'/quotas{path}', **kwargs))
        return answer.json() if answer.content else {}

    # ---- the security groups of servers

    def add_server_to_group(self, context, instance, group_id):
        return self._regroup(context, instance, lambda had: [*had, group_id])

    def remove_server_from_group(self, context, instance, group_id):
        return self._regroup(context, instance, lambda had: [g for g in had if g != group_id])

    def _regroup(self, context, instance: dict, change) -> bool:
        """Have all ports of the server be in the groups that `change` answers; whether that is new."""
        from minova.network.neutron import info
        changed, admin = False, context.elevated()
        for port in self.ports_of(admin, [instance['uuid']]):
            wanted = list(dict.fromkeys(change(port['security_groups'])))
            # What has no address can be in no group.
            if wanted != port['security_groups'] and port['fixed_ips'] and port.get(
                    'port_security_enabled', True):
                changed = True
                self.update(admin, 'port', port['id'], {'security_groups': wanted})
        if changed:
            info.refresh(self, admin, instance['uuid'])
        return changed

    # ---- asking

    def _ask(self, context, method: str, noun: str, thing_id: str | None = None, **kwargs) -> dict:
        path = f"/{_PATHS.get(noun, _plural(noun))}"
        if thing_id is not None:
            path += f'/{sdk.quoted(thing_id)}'
        answer = self._checked(self._request(context, method, path, **kwargs), noun, thing_id)
        return answer.json() if answer.content else {}

    def _request(self, context, method: str, path: str, **kwargs):
        return self.service.request(context, method, path, **kwargs)

    @staticmethod
    def _checked(answer, noun: str | None = None, thing_id: str | None = None):
        """The answer, if it tells of no error. Raises the exception that it tells of."""
        if answer.status_code < 400:
            return answer
        said, kind = sdk.message(answer), _error_type(answer)
        named = getattr(exception.neutron, _TYPES.get(kind, kind), None)
        if isinstance(named, type) and issubclass(named, exception.MinovaException):
            raise named(said)
        if answer.status_code == 404 and thing_id is not None:
            raise _not_found(noun, thing_id)
        if answer.status_code in _BY_STATUS:
            raise _BY_STATUS[answer.status_code](said)
        raise exception.ServiceUnreachable(service='network', reason=said)

    # ---- what Neutron cannot check, because it sees an administrator

    def _check_mutable(self, context, noun: str, thing_id: str) -> None:
        if is_limited(context):
            self._check_own(context, self.get(context, noun, thing_id))

    @staticmethod
    def _check_own(context, thing: dict) -> None:
        _check_project(context, thing['project_id'])

    def _check_named(self, context, values: dict) -> None:
        """What a thing names has to be seen, too."""
        if is_limited(context):
            for name, noun in _NAMED.items():
                if values.get(name):
                    self.get(context, noun, values[name])


def is_limited(context) -> bool:
    """Whether the context may less than the login that it is served with."""
    return not context.auth_token and not context.is_admin


def _sees(context, thing: dict) -> bool:
    return (not is_limited(context) or thing['project_id'] == context.project_id
            or thing.get('shared') is True or thing.get('router:external') is True)


def _check_project(context, project_id: str | None) -> None:
    if is_limited(context) and project_id != context.project_id:
        raise exception.neutron.NotAuthorized()


def _check_administrator(context) -> None:
    if is_limited(context):
        raise exception.neutron.NotAuthorized()


def _plural(noun: str) -> str:
    return f'{noun}s'


def _old_name(name: str) -> str:
    """Every Neutron knows projects by their older name; not each by the newer."""
    return 'tenant_id' if name == 'project_id' else name


def _not_found(noun: str, thing_id: str) -> Exception:
    return getattr(exception.neutron, _NOT_FOUND[noun])(
        f'{noun.replace("_", " ").capitalize()} {thing_id} could not be found.')


def _error_type(answer) -> str:
    try:
        error = answer.json().get('NeutronError')
    except (ValueError, AttributeError):
        return ''
    return str(error.get('type')) if isinstance(error, dict) else ''


def _thing(shown: dict) -> dict:
    """A thing as the contract has it, of one as Neutron shows it."""
    thing = dict(shown)
    thing['project_id'] = shown.get('project_id', shown.get('tenant_id'))
    for name in _TIMES:
        thing[name] = _time(shown.get(name))
    if 'security_group_rules' in shown:
        thing['security_group_rules'] = [_thing(rule) for rule in shown['security_group_rules']]
    return thing


def _time(text: str | None) -> datetime.datetime | None:
    if not text:
        return None
    return datetime.datetime.fromisoformat(text.replace('Z', '+00:00')).replace(tzinfo=None)
