"""What becomes of extensions that are broken: each is refused in one line, and the others load."""

import os
import subprocess
import sys
import textwrap

import pytest

from minova import exception
from minova.api.openstack import extensions
from minova.api.openstack.compute import APIRouterV21
from minova.conf import CONF
from minova.testing import distributions
from tests.functional.processes import ROOT

NAMESPACE = extensions.API_EXTENSION_NAMESPACE

MODULE = '''
from minova.api.openstack import extensions, wsgi


class Controller(wsgi.Controller):
    {methods}


class Extension(extensions.V21APIExtensionBase):
    name = 'Broken'
    alias = {alias!r}

    def get_resources(self):
        return [{resources}]

    def get_controller_extensions(self):
        return [{controllers}]
'''
_RESOURCE = "extensions.ResourceExtension({!r}, Controller(), {})"
_EXTENDS = "extensions.ControllerExtension(self, 'servers', Controller())"


def module(methods="def index(self, req):\n        return {}", alias='broken', resources='',
           controllers='') -> str:
    return MODULE.format(methods=methods, alias=alias, resources=resources,
                         controllers=controllers)


GOOD = module(alias='good', resources=_RESOURCE.format('good', ''))

CASES = {
    'import error': (
        'import nosuchmodule\n', "ModuleNotFoundError: No module named 'nosuchmodule'"),
    'assertion at import': ('assert 1 == 2, "no\\nsense"\n', 'AssertionError: no sense'),
    'exit at import': ('raise SystemExit(3)\n', 'SystemExit: 3'),
    'syntax': ('def (:\n', 'SyntaxError: '),
    'no such class': (
        'x = 1\n', "AttributeError: module 'broken_api' has no attribute 'Extension'"),
    'not an extension': ('class Extension:\n    def __init__(self, extension_info): pass\n',
                         'is not derived from V21APIExtensionBase'),
    'no alias': (module(alias=None), 'Extension has no alias'),
    'no get_resources': (
        module().replace('def get_resources', 'def get_recourses'),
        "TypeError: Can't instantiate abstract class Extension"),
    'clash of alias': (
        module(alias='os-keypairs'), 'its alias os-keypairs is that of Keypairs of package minova'),
    'clash of route': (
        module(resources=_RESOURCE.format('os-keypairs', '')),
        'its route POST /{project_id}/os-keypairs.{format} is that of Keypairs of package minova'),
    'clash of action': (
        module('@wsgi.action("lock")\n    def lock(self, req, id, body): pass',
               controllers=_EXTENDS),
        'its action lock is that of LockServer of package minova'),
    'missing method of a route': (
        module(resources=_RESOURCE.format('broken', "collection_actions={'all': 'GET'}")),
        'Controller has no method all, which the route /{project_id}/broken/all.{format} leads to'),
    'missing method of the extended': (
        module('@wsgi.extends\n    def shwo(self, req, resp_obj, id): pass', controllers=_EXTENDS),
        'Controller.shwo extends ServersController.shwo, which there is not'),
    'missing action of the extended': (
        module('@wsgi.extends(action="nosuch")\n    def more(self, req, resp_obj, id, body): pass',
               controllers=_EXTENDS),
        'Controller.more extends the action nosuch, which there is not'),
    'action of another collection': (
        module('@wsgi.extends(action="addTenantAccess")\n'
               '    def more(self, req, resp_obj, id, body): pass', controllers=_EXTENDS),
        'Controller.more extends the action addTenantAccess, which there is not'),
    'missing write of the extended': (
        module('@wsgi.extends\n    def create(self, req, resp_obj, body): pass',
               controllers=_EXTENDS.replace('servers', 'flavors')),
        'Controller.create extends FlavorsController.create, which there is not'),
    'missing collection': (
        module(controllers=_EXTENDS.replace('servers', 'serfers')),
        'it extends the collection serfers, which there is not'),
    'no controller': (
        module(controllers=_EXTENDS.replace('Controller())', 'object())')),
        "AttributeError: 'object' object has no attribute 'wsgi_attributes'"),
    'decorator above the versions': (
        module('@wsgi.response(202)\n    @wsgi.Controller.api_version("2.2")\n'
               '    def index(self, req): pass'),
        '@api_version must stand above @response of index'),
    'backward range of a schema': (
        module('@validation.schema({}, "2.9", "2.3")\n    def create(self, req, body): pass').replace(
            'from minova.api.', 'from minova.api import validation\nfrom minova.api.', 1),
        'a schema is for versions from 2.9 to 2.3: it ends before it begins'),
    'backward version range': (
        module('@wsgi.Controller.api_version("2.9", "2.3")\n    def index(self, req): pass'),
        'index is for versions from 2.9 to 2.3: it ends before it begins'),
    'version of the future': (
        module('@wsgi.Controller.api_version("2.13")\n    def index(self, req): pass'),
        'index is for versions from 2.13 on, and the newest is 2.12'),
    'no version': (
        module('@wsgi.Controller.api_version("two")\n    def index(self, req): pass'),
        'InvalidAPIVersionString: API Version String two is of invalid format'),
    'overlapping versions': (
        module('@wsgi.Controller.api_version("2.1", "2.5")\n    def index(self, req): pass\n'
               '    @wsgi.Controller.api_version("2.5")\n    def index(self, req): return {}'),
        'two versions of index overlap'),
    'clash of policy': (
        module() + '''
    def get_policies(self):
        from oslo_policy import policy
        return [policy.RuleDefault('admin_api', '@')]
''', 'its policy rule admin_api is there already'),
}


def install(folder, text, name='broken', points=None):
    """A distribution with a broken extension, and one with a good one."""
    distributions.write(folder, f'minova-{name}', {f'{name}_api.py': text},
                        points or {NAMESPACE: {name: f'{name}_api:Extension'}})
    return distributions.write(folder, 'minova-good', {'good_api.py': GOOD},
                               {NAMESPACE: {'good': 'good_api:Extension'}})


def refusals(caplog) -> list[str]:
    return [r.getMessage() for r in caplog.records if r.levelname == 'ERROR']


@pytest.fixture(autouse=True)
def fresh(configured):
    extensions._report.cache_clear()


@pytest.fixture(scope='module')
def whole(configured) -> set[str]:
    """The paths of the API without extensions from outside."""
    return {r.routepath for r in APIRouterV21().map.matchlist}


@pytest.mark.parametrize('text, cause', CASES.values(), ids=list(CASES))
def test_it_is_refused_in_one_line_and_the_others_load(tmp_path, caplog, whole, text, cause):
    with distributions.installed(install(tmp_path, text)):
        # Once for each version root, as paste does it.
        router, _again = APIRouterV21(), APIRouterV21()
    [line] = refusals(caplog)
    assert line.startswith("API extension 'broken' of package minova-broken "
                           f'({NAMESPACE}, broken_api:Extension) is refused: ')
    assert cause in line and '\n' not in line
    assert line.count(cause) == 1
    loaded = router.loaded_extension_info.get_extensions()
    assert 'good' in loaded and 'broken' not in loaded and type(loaded['os-keypairs']).__module__ \
        == 'minova.api.openstack.compute.keypairs'
    paths = {r.routepath for r in router.map.matchlist}
    assert {p for p in paths - whole if '/good' not in p} == set()


def test_what_extends_a_refused_extension_is_refused_too(tmp_path, caplog):
    """However they are ordered: `first` extends an action of `second`, which is refused for another."""
    first = module('@wsgi.extends(action="second")\n    def more(self, req, resp_obj, id, body): pass',
                   alias='first', controllers=_EXTENDS)
    second = module('@wsgi.action("second")\n    def _act(self, req, id, body): pass\n\n'
                    '    @wsgi.extends(action="nosuch")\n'
                    '    def more(self, req, resp_obj, id, body): pass',
                    alias='second', controllers=_EXTENDS)
    distributions.write(tmp_path, 'minova-first', {'first_api.py': first},
                        {NAMESPACE: {'first': 'first_api:Extension'}})
    with distributions.installed(install(tmp_path, second, 'second')):
        router = APIRouterV21()
    lines = refusals(caplog)
    assert len(lines) == 2
    assert "'second' of package minova-second" in lines[0] and 'the action nosuch' in lines[0]
    assert "'first' of package minova-first" in lines[1] and 'the action second' in lines[1]
    assert 'second' not in router.resources['servers'].wsgi_actions
    assert 'good' in router.loaded_extension_info.get_extensions()


@pytest.mark.parametrize('off, methods, controllers', [
    ('os-lock-server', '@wsgi.extends(action="lock")\n    def more(self, req, resp_obj, id, body): pass',
     _EXTENDS),
    ('os-aggregates', '@wsgi.extends\n    def index(self, req, resp_obj): pass',
     _EXTENDS.replace('servers', 'os-aggregates'))])
def test_what_is_switched_off_is_not_missing(tmp_path, caplog, monkeypatch, off, methods, controllers):
    monkeypatch.setattr(extensions, 'is_enabled', lambda alias: alias != off)
    with distributions.installed(install(tmp_path, module(methods, controllers=controllers))):
        router = APIRouterV21()
    loaded = router.loaded_extension_info.get_extensions()
    assert off not in loaded and 'broken' in loaded and refusals(caplog) == []


HOOK = '''
class Extension:
    alias = 'broken'
    def {method}(self, server, create_kwargs, body): pass
    def get_server_create_schema(self): return {{{prop!r}: {{}}}}
'''


@pytest.mark.parametrize('method, prop, cause', [
    ('server_make', 'x', 'it has no method server_create'),
    ('server_create', 'imageRef', 'the property imageRef is that of the request'),
    ('server_create', 'key_name', 'the property key_name is that of KeypairsHook'),
])
def test_hooks_are_refused_too(tmp_path, caplog, method, prop, cause):
    from minova.api.openstack.compute import server_extensions

    namespace = f'{NAMESPACE}.server.create'
    folder = install(tmp_path, HOOK.format(method=method, prop=prop),
                     points={namespace: {'broken': 'broken_api:Extension'}})
    with distributions.installed(folder):
        hooks = server_extensions.load('create')
    assert [type(h).__name__ for h in hooks if type(h).__module__ == 'broken_api'] == []
    assert 'KeypairsHook' in [type(h).__name__ for h in hooks]
    assert refusals(caplog) == [
        f"API extension 'broken' of package minova-broken ({namespace}, broken_api:Extension) is "
        f'refused: {cause}']


def test_core_cannot_be_switched_off():
    CONF.set_override('extensions_blacklist', ['servers'], 'osapi_v21')
    try:
        with pytest.raises(exception.ExtensionLoadError, match='servers.*belongs to the core'):
            APIRouterV21()
    finally:
        CONF.clear_override('extensions_blacklist', 'osapi_v21')


def test_core_is_loaded_whatever_the_whitelist_says():
    CONF.set_override('extensions_whitelist', ['os-lock-server'], 'osapi_v21')
    try:
        loaded = APIRouterV21().loaded_extension_info.get_extensions()
    finally:
        CONF.clear_override('extensions_whitelist', 'osapi_v21')
    assert set(loaded) == {*extensions.CORE_ALIASES, 'os-lock-server'}


def test_extensions_that_were_not_installed_leave_no_trace(tmp_path):
    before = APIRouterV21()
    with distributions.installed(install(tmp_path, GOOD.replace("'good'", "'broken'"))):
        assert {'good', 'broken'} <= set(APIRouterV21().loaded_extension_info.get_extensions())
    after = APIRouterV21()
    assert set(after.loaded_extension_info.get_extensions()) == set(
        before.loaded_extension_info.get_extensions())
    assert [r.routepath for r in after.map.matchlist] == [
        r.routepath for r in before.map.matchlist]


@pytest.mark.parametrize('breaking, cause', [
    ("import minova.api.openstack.compute as p\n"
     "import sys; sys.modules['minova.api.openstack.compute.flavors'] = None\n",
     "API extension 'flavors' of package minova (minova.api.v21.extensions, "
     "minova.api.openstack.compute.flavors:Flavors) is refused: ModuleNotFoundError: "),
    ("import stevedore\n"
     "find = stevedore.ExtensionManager.list_entry_points\n"
     "stevedore.ExtensionManager.list_entry_points = lambda self: [\n"
     "    e for e in find(self) if e.name != 'images']\n",
     'Core API extensions are missing: images (no package has the entry point images in '
     'minova.api.v21.extensions)'),
], ids=['broken', 'missing'])
def test_minova_api_does_not_start_without_the_core(tmp_path, breaking, cause):
    config = tmp_path / 'nova.conf'
    config.write_text(f'[DEFAULT]\nstate_path = {tmp_path}\nosapi_compute_listen_port = 0\n'
                      'enabled_apis = osapi_compute\n')
    run = breaking + textwrap.dedent('''
        import sys
        from minova.cmd.api import main
        sys.exit(main())
    ''')
    result = subprocess.run(
        [sys.executable, '-c', run, '--config-file', str(config)], cwd=tmp_path, timeout=60,
        capture_output=True, text=True,
        env={**os.environ, 'PYTHONPATH': os.pathsep.join([str(ROOT), *filter(None, sys.path)])})
    assert result.returncode == 1
    lines = [line for line in result.stderr.splitlines() if line.startswith('minova-api: ')]
    assert len(lines) == 1 and cause in lines[0], result.stderr


@pytest.mark.parametrize('option, namespace', [
    ('compute_api_class', 'minova.compute.api'), ('image_api_class', 'minova.image'),
    ('network_api_class', 'minova.network'), ('volume_api_class', 'minova.volume'),
    ('compute_driver', 'minova.virt')])
@pytest.mark.parametrize('name, cause', [
    ('nosuch', 'no installed package has an entry point of that name; there are '),
    ('broken', 'broken_api:Extension of package minova-broken: ModuleNotFoundError: No module '
               "named 'nosuchmodule'")])
def test_a_backend_that_cannot_be_loaded_is_named(tmp_path, option, namespace, name, cause):
    from minova import drivers

    folder = install(tmp_path, 'import nosuchmodule\n', points={
        namespace: {'broken': 'broken_api:Extension'}})
    with distributions.installed(folder):
        with pytest.raises(exception.DriverNotLoaded) as raised:
            drivers.load(namespace, name, option)
    assert raised.value.message.startswith(
        f'{option} = {name} ({namespace}) cannot be loaded: {cause}')


def test_minova_api_does_not_start_with_a_broken_backend(tmp_path):
    config = tmp_path / 'nova.conf'
    config.write_text(f'[DEFAULT]\nstate_path = {tmp_path}\nosapi_compute_listen_port = 0\n'
                      'compute_api_class = nosuch\n')
    result = subprocess.run(
        [sys.executable, '-c', 'import sys; from minova.cmd.api import main; sys.exit(main())',
         '--config-file', str(config)], cwd=tmp_path, timeout=60, capture_output=True, text=True,
        env={**os.environ, 'PYTHONPATH': os.pathsep.join([str(ROOT), *filter(None, sys.path)])})
    assert result.returncode == 1 and 'Traceback' not in result.stderr
    assert ('minova-api: compute_api_class = nosuch (minova.compute.api) cannot be loaded: '
            in result.stderr)


def test_a_broken_backend_is_not_the_fault_of_the_extensions(monkeypatch, caplog):
    from minova import compute

    def fail():
        raise exception.DriverNotLoaded(option='o', name='x', namespace='n', reason='r')

    monkeypatch.setattr(compute, 'backend', fail)
    with pytest.raises(exception.DriverNotLoaded):
        APIRouterV21()
    assert refusals(caplog) == []
