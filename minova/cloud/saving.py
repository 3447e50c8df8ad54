"""The whole state of a cloud in one file, and a state directory made of such a file.

The file is a tar archive: saved.json (what it is), nova.conf, users.yaml, fixtures.yaml, minova.sqlite, and
images/ID for each image that has content. The keys that tokens are signed with are not in it: they are
secret, and no token outlives a copy. A cloud may run, and be used, while it is saved.
"""

import contextlib
import json
import os
import shutil
import tarfile
import tempfile

from minova import exception, version
from minova.cloud import folder
from minova.db import copies, engine
from minova.image import store

_FORMAT = 1
_OPERATORS = ('nova.conf', 'users.yaml', 'fixtures.yaml')
_DATABASE = 'minova.sqlite'
_IMAGES = 'images/'


def save(state: folder.Folder, target: str) -> None:
    """Write what is in the state directory, whose configuration this process has read, to a file.

    Raises CannotSave, CannotWrite.
    """
    if not engine.is_embedded():
        raise exception.CannotSave(reason='its database is not the embedded one')
    if not os.path.exists(engine.url().database):
        raise exception.CannotSave(reason=f'there is no cloud in {state.path}')
    temporary = f'{os.path.abspath(target)}.{os.getpid()}.tmp'
    with tempfile.TemporaryDirectory(prefix='saving-', dir=state.path) as work:
        database, images = os.path.join(work, _DATABASE), os.path.join(work, 'images')
        wanted = _copy(database, images)
        copies.free_work(database)
        about = {'format': _FORMAT, 'minova': version.version_string(),
                 'schema': copies.schema_version(database)}
        try:
            descriptor = os.open(temporary, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
            with open(descriptor, 'wb') as file, tarfile.open(fileobj=file, mode='w') as tar:
                _add_text(tar, work, 'saved.json', json.dumps(about))
                for name in _OPERATORS:
                    tar.add(os.path.join(state.path, name), name)
                for image_id in sorted(wanted):
                    tar.add(os.path.join(images, image_id), _IMAGES + image_id)
                tar.add(database, _DATABASE)
            with open(temporary, 'rb') as file:
                os.fsync(file.fileno())
            os.replace(temporary, target)
        except OSError as error:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
            raise exception.CannotWrite(path=target, reason=error.strerror) from error


def _copy(database: str, images: str) -> set[str]:
    """Copy the database and the content of its images. The ids of the images that have any.

    Files and rows change together, but not in one moment: an image may come or go between the two copies.
    """
    missing, before = set(), None
    while missing != before:
        before = missing
        # Content is there before the image is active, and goes after it; so it is looked for twice.
        store.keep(images)
        copies.copy(engine.url().database, database)
        store.keep(images)
        ids = copies.ids_of_images_with_content(database)
        held = set(os.listdir(images))
        # An image that was only declared never had any: it is missing again and again.
        missing = ids - held
    return ids & held


def _add_text(tar: tarfile.TarFile, work: str, name: str, text: str) -> None:
    path = os.path.join(work, name)
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)
    tar.add(path, name)


def unpack(source: str, state: folder.Folder) -> None:
    """Fill a state directory in which there is no cloud yet from a file that `save` wrote.

    Raises CannotRead, CannotWrite.
    """
    try:
        with tarfile.open(source) as tar:
            members = {member.name: member for member in tar if member.isfile()}
            _check(tar, members)
            for name in _OPERATORS:
                text = tar.extractfile(members[name]).read()
                if name == 'nova.conf':
                    text = folder.at(text.decode(), state.path).encode()
                folder.write(os.path.join(state.path, name), text)
            for name in members:
                if name.startswith(_IMAGES):
                    _extract(tar, members[name], os.path.join(state.path, 'images', os.path.basename(name)))
            # The database comes last: with it, there is a cloud.
            half = state.database + '.unpacked'
            _extract(tar, members[_DATABASE], half)
            copies.schema_version(half)
            os.replace(half, state.database)
    except KeyError as error:
        raise exception.CannotRead(path=source, reason=f'there is no {error.args[0]} in it') from error
    except (OSError, tarfile.TarError, ValueError) as error:
        raise exception.CannotRead(path=source, reason=getattr(error, 'strerror', None) or error) from error


def _check(tar: tarfile.TarFile, members: dict) -> None:
    about = json.loads(tar.extractfile(members['saved.json']).read())
    if about['format'] != _FORMAT:
        raise ValueError(f'it was saved by minova {about["minova"]}, in a form that this one does not know')


def _extract(tar: tarfile.TarFile, member: tarfile.TarInfo, path: str) -> None:
    os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
    descriptor = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    with open(descriptor, 'wb') as file:
        shutil.copyfileobj(tar.extractfile(member), file)
        file.flush()
        os.fsync(file.fileno())
