"""What tokens are signed with: the file identity.keys below state_path.

One key of Fernet in each line. The first signs; all are accepted, so that a new first line takes over
without ending the tokens that there are. The file is made at the first start. All processes and hosts that
are to accept each other's tokens need the same one.
"""

import contextlib
import hashlib
import hmac
import logging
import os
import secrets
import threading

from cryptography.fernet import Fernet, MultiFernet

from minova import exception
from minova.conf import CONF

LOG = logging.getLogger(__name__)


class Keys:
    """The keys of one file."""

    def __init__(self, path: str, lines: list[str]):
        try:
            fernets = [Fernet(line) for line in lines]
            if not fernets:
                raise ValueError('it is empty')
        except ValueError as exc:   # which does not repeat the key
            raise exception.SigningKeysInvalid(path=path, reason=exc) from None
        self.fernet = MultiFernet(fernets)
        self._secret = lines[0].encode()

    def derive(self, purpose: str) -> bytes:
        """32 bytes that only who has the first key knows."""
        return hmac.digest(self._secret, purpose.encode(), hashlib.sha256)


_lock = threading.Lock()
_known: dict[str, Keys] = {}


def current() -> Keys:
    """The keys of this installation, made if there are none. Raises SigningKeysInvalid."""
    path = os.path.join(os.path.abspath(CONF.state_path), 'identity.keys')
    keys = _known.get(path)
    if keys is None:
        with _lock:
            keys = _known[path] = Keys(path, _read(path))
    return keys


def reset() -> None:
    """Forget what was read; the next use reads it again."""
    _known.clear()


def _read(path: str) -> list[str]:
    try:
        if not os.path.exists(path):
            _make(path)
        with open(path, encoding='ascii') as file:
            if os.fstat(file.fileno()).st_mode & 0o077:
                LOG.warning('%s can be read by others than its owner: so they can make tokens', path)
            return file.read().split()
    except (OSError, UnicodeError) as exc:
        raise exception.SigningKeysInvalid(path=path, reason=getattr(exc, 'strerror', None) or exc) from None


def _make(path: str) -> None:
    """Write a new file, whole and for its owner alone; if another process was first, leave its file."""
    os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
    draft = f'{path}.{os.getpid()}.{secrets.token_hex(4)}'
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, 'wb') as file:
            file.write(Fernet.generate_key() + b'\n')
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        os.unlink(draft)
    folder = os.open(os.path.dirname(path), os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
