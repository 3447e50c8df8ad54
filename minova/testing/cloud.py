"""A whole cloud in the process of the tests: real HTTP on free ports, and nothing to wait for.

    with minova.testing.Cloud() as cloud:
        server = cloud.connection('demo').create_server('web', image='cirros', flavor='m1.tiny')

It is what `minova-cloud` serves, in threads. A process has one at a time, because minova's configuration and
database are the process's; while it is paused they are again what they were before.
"""

import contextlib
import os
import tempfile
import threading
from collections.abc import Mapping

import yaml

from minova import cloud as cloud_services
from minova import config, exception, lives, wsgi
from minova.cloud import access, folder, saving
from minova.testing.overrides import overridden
from minova.testing.server import Server
from minova.testing.simulator import Simulator

_THREADS = 4            # per API: more requests than that wait for their turn
_PATIENCE = 10.0        # seconds that work which is under way gets to end when the cloud stops

# The one that has configuration and database of the process.
_lock = threading.Lock()
_active: 'Cloud | None' = None


class Cloud:
    """A cloud, as a context manager; `with` starts it, and leaves no thread, port or file behind."""

    def __init__(self, fixture: str | os.PathLike | dict | None = None, *,
                 saved: str | os.PathLike | None = None, options: Mapping[str, object] | None = None):
        """:param fixture: what it begins with, instead of an image and two networks: the path of a
            fixtures file, or what would be in one; {} for nothing
        :param saved: path of a file that `minova-cloud save` wrote, to begin with that
        :param options: options that are to be different, {'section.option': value}; one of [DEFAULT] is
            named without a section
        """
        self._fixture, self._saved = fixture, saved
        self._options = dict(options or {})
        self._stack = contextlib.ExitStack()
        self._borrowed = contextlib.ExitStack()
        self._servers: dict[str, Server] = {}
        self.simulator = Simulator()

    def __enter__(self) -> 'Cloud':
        """Start. Raises CloudNested when there is another one that is not paused, and FixturesError."""
        try:
            self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *exc_info) -> None:
        for server in self._servers.values():
            server.stop()
        self._servers.clear()
        self.pause()
        self._stack.close()

    def _start(self) -> None:
        if _active is not None:
            raise exception.CloudNested()
        config.read_nothing()
        self._folder = folder.Folder(self._stack.enter_context(
            tempfile.TemporaryDirectory(prefix='minova-cloud-')))
        self._fill()
        self._servers.update((name, Server(name, _THREADS)) for name in cloud_services.SERVICES)
        self.resume()
        loader = wsgi.Loader()
        # identity first: the others are told where it is.
        for name, server in self._servers.items():
            server.start(self._gate(loader.load_app(name)))
        self.users = access.users()
        self._urls = access.service_urls(list(self._servers))
        folder.write(self._folder.clouds, access.clouds_yaml(self.auth_url, self.users).encode())

    def _fill(self) -> None:
        """Write what the cloud begins with into its folder. Raises FixturesError, CannotRead."""
        if self._saved is not None:
            saving.unpack(os.fspath(self._saved), self._folder)
        fixture = self._fixture
        if isinstance(fixture, dict):
            fixture = os.path.join(self._folder.path, 'given.yaml')
            folder.write(fixture, yaml.safe_dump(self._fixture).encode())
        self._folder.complete(None if fixture is None else os.fspath(fixture))

    def _gate(self, app):
        """`app`, which does not answer while the cloud is paused: the database is somebody else's then."""
        def gated(environ, start_response):
            if _active is not self:
                start_response('503 Service Unavailable', [('Content-Type', 'text/plain')])
                return [b'The cloud is paused.']
            return app(environ, start_response)
        return gated

    # ---- the process-wide part: configuration, database, backends

    def resume(self) -> None:
        """Go on after pause(); nothing happens when it is not paused. Raises CloudNested."""
        global _active
        with _lock:
            if _active is self:
                return
            if _active is not None:
                raise exception.CloudNested()
            _active = self
        try:
            self._take_over()
        except BaseException:
            _active = None
            raise

    def _take_over(self) -> None:
        from minova import compute
        from minova.db import engine, migration
        from minova.identity import catalog

        with contextlib.ExitStack() as stack:
            stack.enter_context(overridden(self._all_options()))
            _forget_everything()
            stack.callback(_forget_everything)
            stack.enter_context(engine.bound(f'sqlite:///{self._folder.database}'))
            for name, server in self._servers.items():
                catalog.set_listening(name, server.url)
            migration.ensure_ready()
            backend = compute.backend()
            stack.callback(backend.stop)
            stack.callback(_end_work)
            backend.start()
            self._borrowed = stack.pop_all()

    def pause(self) -> None:
        """Give configuration and database of the process back to others; requests are answered 503."""
        global _active
        if _active is self:
            try:
                self._borrowed.close()
            finally:
                _active = None

    def _all_options(self) -> dict[str, object]:
        return {
            'state_path': self._folder.path,
            'enabled_apis': list(self._servers), 'enabled_ssl_apis': [],
            **{f'{name}_workers': None for name in self._servers},
            'auth_strategy': 'keystone', 'identity.users_file': self._folder.users,
            'network_api_class': 'embedded_neutron', 'image_api_class': 'embedded',
            'compute_api_class': 'default', 'fixtures_file': self._folder.fixtures,
            'database.connection': None, 'database.sqlite_synchronous': False,
            'work.mode': 'prompt', 'allow_resize_to_same_host': True,
            'fake.hosts': ['compute-1', 'compute-2'], 'fake.nodes': [], 'fake.enable_control': True,
            'fake.boot_seconds': 0.0, 'fake.action_seconds': 0.0, 'fake.transition_seconds': {},
            **self._options}

    # ---- for tests

    @property
    def auth_url(self) -> str:
        """Where clients log in: the URL of identity, with its version."""
        return self._urls['identity']

    @property
    def urls(self) -> dict[str, str]:
        """{type of service: its URL}."""
        return dict(self._urls)

    @property
    def clouds_yaml(self) -> str:
        """Path of a clouds.yaml; its clouds are called minova-USER."""
        return self._folder.clouds

    def user(self, name: str = 'demo') -> dict:
        """A user: name, password, project, ... Raises NoSuchUser."""
        for user in self.users:
            if user['name'] == name:
                return user
        raise exception.NoSuchUser(name=name, names=', '.join(user['name'] for user in self.users))

    def environment(self, user: str = 'demo') -> dict[str, str]:
        """The OS_* variables with which other programs log in as `user`."""
        return access.environment(self.auth_url, self.user(user), self.clouds_yaml)

    def connection(self, user: str = 'demo'):
        """An openstack.connection.Connection of `user`, where openstacksdk is installed."""
        import openstack

        return openstack.connection.Connection(**access.entry(self.auth_url, self.user(user)))

    def reset(self) -> None:
        """Put everything back to how it began. Tokens stay valid."""
        from minova.compute import beginning

        beginning.go_back()


def _end_work() -> None:
    """End the threads that carry out work. What they have not done stays to be done after a resume()."""
    from minova.compute import work
    from minova.db import engine

    with engine.alone():
        lives.end()     # else who waits for the end of a transition would go on waiting
    work.stop(_PATIENCE)


def _forget_everything() -> None:
    """What this process remembers of the configuration, so that it is looked at again."""
    from minova import compute, image, network, policy, volume
    from minova.api import token_cache
    from minova.identity import authtoken, catalog, directory, keys

    for each in (compute, image, network, volume, policy, directory, keys, authtoken):
        each.reset()
    catalog.forget_listening()
    token_cache.shared.clear()
