"""The state directory of a cloud: which files it has, and how a new one begins.

    nova.conf       the operator's: written when it is missing, and read ever after
    users.yaml      who may log in; likewise
    fixtures.yaml   what the cloud begins with; likewise
    clouds.yaml     for clients; written at each start
    running.json    where the cloud that is running is to be found; gone when it is not
    minova.sqlite, images, identity.keys, minova-cloud.log, lock    the services'
"""

import contextlib
import fcntl
import json
import os
import pathlib
import re
import shutil
from collections.abc import Mapping

import yaml

from minova import exception, fixtures

_PACKAGE = pathlib.Path(__file__).resolve().parent
_EMPTY = '# Nothing: this cloud began empty. For what can be here see docs/fixtures.md.\n'


def default_path(environ: Mapping[str, str] = os.environ) -> str:
    """$MINOVA_CLOUD_STATE, or minova-cloud below the user's folder for state."""
    home = environ.get('XDG_STATE_HOME') or os.path.expanduser('~/.local/state')
    return environ.get('MINOVA_CLOUD_STATE') or os.path.join(home, 'minova-cloud')


class Folder:
    """The state directory at `path`, which needs not be there yet."""

    def __init__(self, path: str):
        self.path = os.path.abspath(path)
        self.config = self._file('nova.conf')
        self.users = self._file('users.yaml')
        self.fixtures = self._file('fixtures.yaml')
        self.clouds = self._file('clouds.yaml')
        self.running = self._file('running.json')
        self.database = self._file('minova.sqlite')
        self.log = self._file('minova-cloud.log')

    def _file(self, name: str) -> str:
        return os.path.join(self.path, name)

    def has_begun(self) -> bool:
        """Whether there is a cloud in it: one that has been ready once."""
        return os.path.exists(self.clouds)

    def clear(self) -> None:
        """Remove what is left of a cloud that never became ready; the operator's files stay."""
        for name in os.listdir(self.path):
            if name.startswith('minova.sqlite'):
                _remove(self._file(name))
        _remove(self._file('images'))

    def create(self) -> None:
        """Make the folder. Raises CannotWrite."""
        with _reported(self.path):
            os.makedirs(self.path, mode=0o700, exist_ok=True)

    def complete(self, fixture: str | None = None) -> None:
        """Write those of the operator's files that are missing.

        :param fixture: path of a fixtures file that a new cloud is to begin with; '' for nothing; None
            for the default
        :raises minova.exception.FixturesError: it makes no sense, or is not there
        :raises minova.exception.CannotWrite: the folder cannot be written to
        """
        self.create()
        if fixture is not None:
            self._write(self.fixtures, _located(fixture) if fixture else _EMPTY)
        elif not os.path.exists(self.fixtures):
            self._write(self.fixtures, _read(_PACKAGE.parent / 'fixtures.yaml'))
        if not os.path.exists(self.users):
            self._write(self.users, _read(_PACKAGE.parent / 'identity.yaml'))
        if not os.path.exists(self.config):
            self._write(self.config, at(_read(_PACKAGE / 'nova.conf'), self.path))

    def _write(self, path: str, text: str) -> None:
        write(path, text.encode())

    def tell(self, running: dict, clouds: str) -> None:
        """Say where the cloud is that has just begun to run."""
        self._write(self.clouds, clouds)
        self._write(self.running, json.dumps(running, indent=2) + '\n')

    def told(self) -> dict:
        """What the cloud that runs in this folder said of itself. Raises NoCloudRuns."""
        if not self.is_locked():
            raise exception.NoCloudRuns(path=self.path)
        try:
            return json.loads(_read(self.running))
        except exception.CannotRead:
            raise exception.NoCloudRuns(path=self.path) from None   # it is about to begin, or to end

    def forget(self) -> None:
        """The cloud does not run any more."""
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self.running)

    def is_locked(self) -> bool:
        try:
            with open(self._file('lock')) as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except FileNotFoundError:
            return False
        return False

    @contextlib.contextmanager
    def locked(self):
        """Keep the folder for this process. Raises CloudRuns when another one has it."""
        with _reported(self.path):
            file = open(self._file('lock'), 'w')
        with file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise exception.CloudRuns(path=self.path) from None
            yield


def at(config: str, path: str) -> str:
    """The text of a nova.conf for the folder `path`, made from that for another one."""
    return re.sub(r'(?m)^state_path *=.*$', lambda _: f'state_path = {path}', config)


def write(path: str, content: bytes) -> None:
    """Write a file that only its owner reads, as a whole or not at all. Raises CannotWrite."""
    temporary = f'{path}.{os.getpid()}.tmp'
    with _reported(path):
        with open(os.open(temporary, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), 'wb') as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)


def _located(path: str) -> str:
    """The text of a fixtures file as it is to stand elsewhere: files that it names are still found.

    Raises FixturesError.
    """
    document = fixtures.read(os.path.abspath(path))
    if any('file' in image for image in document.get('images') or ()):
        return yaml.safe_dump(document, sort_keys=False)
    return _read(path)      # with its comments


def _remove(path: str) -> None:
    with _reported(path), contextlib.suppress(FileNotFoundError):
        if os.path.isdir(path):
            shutil.rmtree(path)
        else:
            os.unlink(path)


def _read(path) -> str:
    try:
        return pathlib.Path(path).read_text('utf-8')
    except (OSError, UnicodeError) as error:
        raise exception.CannotRead(path=path, reason=getattr(error, 'strerror', None) or error) from error


@contextlib.contextmanager
def _reported(path: str):
    try:
        yield
    except OSError as error:
        raise exception.CannotWrite(path=path, reason=error.strerror) from error
