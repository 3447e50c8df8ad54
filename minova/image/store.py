"""The content of images, in files: one per image, named by its id.

Files and rows change together although no transaction spans them. Whoever begins something with the content
of an image makes an entry in the folder `journal`, and holds a lock on it until it is done. What a process
leaves there that was killed is told by its lock being free, and `settle` ends it. An upload's entry is the
file that is being written; the content is a second name for it.
"""

import contextlib
import errno
import fcntl
import hashlib
import os
import shutil
import time
from collections.abc import Callable, Iterable

from minova import exception
from minova.conf import CONF
from minova.image import contract

BLOCK = 256 * 1024
_SYNC_EVERY = 32 * 1024 * 1024      # bytes; so that no single fsync takes long
_TRIES, _PAUSE = 100, 0.01          # seconds; for somebody else to end what takes a moment
_DELETING = '.deleting'
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def folder() -> str:
    return CONF.image.filesystem_store_datadir or os.path.join(CONF.state_path, 'images')


def _content(image_id: str) -> str:
    return os.path.join(folder(), image_id)


def _journal(name: str = '') -> str:
    return os.path.join(folder(), 'journal', name)


class Content(contract.Content):
    """What is in the file of an image, from `start` on."""

    def __init__(self, file, start: int, length: int | None):
        self._file = file
        self.length = max(0, os.fstat(file.fileno()).st_size - start)
        if length is not None:
            self.length = min(self.length, length)
        file.seek(start)

    def __iter__(self):
        left = self.length
        while left:
            block = self._file.read(min(BLOCK, left))
            if not block:
                raise OSError(errno.EIO, 'the file of an image has become shorter')
            left -= len(block)
            yield block

    def close(self):
        self._file.close()


def read(image_id: str, start: int = 0, length: int | None = None) -> Content | None:
    """The content of the image; None when there is none."""
    try:
        return Content(open(_content(image_id), 'rb'), start, length)
    except FileNotFoundError:
        return None


def remove(image_id: str) -> None:
    """Remove the content of the image, if there is any."""
    with contextlib.suppress(FileNotFoundError):
        os.unlink(_content(image_id))


class Entry:
    """An entry of the journal, and the lock on it."""

    def __init__(self, name: str, fd: int):
        self._name, self._fd = name, fd

    def close(self, done: bool = True) -> None:
        """Let go of it. What is not done stays, to be settled by others."""
        if done:
            os.unlink(_journal(self._name))
        os.close(self._fd)


class Upload(Entry):
    """The content of an image, while it is being written."""

    def __init__(self, image_id: str, fd: int):
        super().__init__(image_id, fd)
        self._image_id = image_id

    def write(self, blocks: Iterable[bytes], limit: int) -> dict:
        """Write all of it, and put it into its place; size, checksum, hash_algo and hash_value.

        Raises ImageTooLarge, ImageStorageFull, and whatever `blocks` raises.
        """
        size, synced = 0, 0
        md5, sha512 = hashlib.md5(usedforsecurity=False), hashlib.sha512()
        for block in blocks:
            size += len(block)
            if size > limit:
                raise exception.ImageTooLarge(limit=limit)
            md5.update(block)
            sha512.update(block)
            with _full_storage_named():
                _write(self._fd, block)
                if size - synced >= _SYNC_EVERY:
                    os.fsync(self._fd)
                    synced = size
            time.sleep(0)       # green threads: somebody else's turn, however fast the client is
        with _full_storage_named():
            os.fsync(self._fd)
            remove(self._image_id)
            os.link(_journal(self._image_id), _content(self._image_id))
            _sync_folder(folder())
        return {'size': size, 'checksum': md5.hexdigest(), 'hash_algo': 'sha512',
                'hash_value': sha512.hexdigest()}


def begin_upload(image_id: str) -> Upload | None:
    """Begin to write the content of an image; None when there is an entry of somebody else's."""
    fd = _enter(image_id)
    return None if fd is None else Upload(image_id, fd)


def begin_delete(image_id: str) -> Entry | None:
    """Enter that the image is about to be deleted; None when it has no content or that is entered."""
    if not os.path.exists(_content(image_id)):
        return None
    fd = _enter(image_id + _DELETING)
    return None if fd is None else Entry(image_id + _DELETING, fd)


def settle(is_wanted: Callable[[str], bool]) -> None:
    """End what nobody is at work on any more, entry by entry.

    `is_wanted(image_id)` says whether the content of the image, if there is any, is to be kept.
    """
    try:
        names = os.listdir(_journal())
    except FileNotFoundError:
        return
    for name in names:
        try:
            fd = os.open(_journal(name), os.O_RDWR)
        except FileNotFoundError:
            continue
        if not _lock(fd, name):
            os.close(fd)
            continue
        entry, image_id, done = Entry(name, fd), name.removesuffix(_DELETING), False
        try:
            if not is_wanted(image_id):
                remove(image_id)
            done = True
        finally:
            entry.close(done)


def keep(target: str) -> None:
    """Give the content of all images a second name in the folder `target`, where it stays unchanged."""
    os.makedirs(target, mode=0o700, exist_ok=True)
    for image_id in _held(folder()) - _held(target):
        # What was deleted in this very moment needs not be kept.
        with contextlib.suppress(FileNotFoundError):
            _link(_content(image_id), os.path.join(target, image_id))


def put_back(source: str) -> None:
    """Make the content of all images what was kept in the folder `source`."""
    kept, held = _held(source), _held(folder())
    for image_id in held - kept:
        remove(image_id)
    if kept - held:
        os.makedirs(folder(), mode=0o700, exist_ok=True)
    for image_id in kept - held:
        _link(os.path.join(source, image_id), _content(image_id))


def _held(path: str) -> set[str]:
    """The ids of the images whose content is in the folder."""
    try:
        return {entry.name for entry in os.scandir(path) if entry.is_file()}
    except FileNotFoundError:
        return set()


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno not in (errno.EXDEV, errno.EPERM, errno.EMLINK):
            raise
        shutil.copyfile(source, target)


def _enter(name: str) -> int | None:
    """The descriptor of a new entry, locked; None when there is one of that name."""
    taken = False
    for _ in range(_TRIES):
        try:
            with _full_storage_named():
                os.makedirs(_journal(), mode=0o700, exist_ok=True)
                fd = os.open(_journal(name), os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            if not taken:
                return None
        else:
            if _lock(fd, name):
                _sync_folder(_journal())
                return fd
            # Somebody has taken it for a leftover in this very moment, and is about to remove it.
            taken = True
            os.close(fd)
        time.sleep(_PAUSE)
    return None


def _lock(fd: int, name: str) -> bool:
    """Whether the lock is to be had, and the entry still is the one of that name."""
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return os.path.samestat(os.fstat(fd), os.stat(_journal(name)))
    except (BlockingIOError, FileNotFoundError):
        return False


def _write(fd: int, block: bytes) -> None:
    view = memoryview(block)
    while view:
        view = view[os.write(fd, view):]


def _sync_folder(path: str) -> None:
    fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


@contextlib.contextmanager
def _full_storage_named():
    try:
        yield
    except OSError as e:
        if e.errno in _FULL:
            raise exception.ImageStorageFull(reason=e.strerror) from e
        raise
