"""Passwords: as they stand in the users file, or as a hash of the kind that Keystone keeps.

    $scrypt$ln=LOG2_OF_N,r=R,p=P$SALT$HASH      SALT and HASH in base64 without padding
"""

import base64
import binascii
import hashlib
import hmac
import os
import re

_HASH = re.compile(r'\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)')
_PREFIX = '$scrypt$'
_MEMORY = 128 * 2 ** 20     # bytes that checking a password may take
_LOG_N, _R, _P = 14, 8, 1


def hashed(password: str) -> str:
    """A hash of `password`, with a salt of its own."""
    salt = os.urandom(16)
    return (f'{_PREFIX}ln={_LOG_N},r={_R},p={_P}${_encode(salt)}$'
            f'{_encode(_scrypt(password, salt, 1 << _LOG_N, _R, _P, 32))}')


def is_hash(kept: str) -> bool:
    """Whether `kept` is a hash. Raises ValueError for one that nobody could have a password for."""
    if not kept.startswith(_PREFIX):
        return False
    found = _HASH.fullmatch(kept)
    if not found:
        raise ValueError('its hash is not of the form $scrypt$ln=N,r=R,p=P$SALT$HASH')
    log_n, r, p = map(int, found.groups()[:3])
    if not (log_n and r and p) or _memory(log_n, r, p) > _MEMORY:
        raise ValueError('its hash takes more than 128 MiB to check, or none at all')
    try:
        _decode(found[4]), _decode(found[5])
    except binascii.Error:
        raise ValueError('its hash is not in base64') from None
    return True


def matches(password: str, kept: str) -> bool:
    """Whether `password` is the one that `kept` (plain or a hash) stands for."""
    found = _HASH.fullmatch(kept)
    if not found:
        return hmac.compare_digest(password.encode(), kept.encode())
    expected = _decode(found[5])
    log_n, r, p = map(int, found.groups()[:3])
    return hmac.compare_digest(
        _scrypt(password, _decode(found[4]), 1 << log_n, r, p, len(expected)), expected)


def _scrypt(password: str, salt: bytes, n: int, r: int, p: int, length: int) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=n, r=r, p=p, dklen=length, maxmem=2 * _MEMORY)


def _memory(log_n: int, r: int, p: int) -> int:
    return 128 * r * ((1 << log_n) + p)


def _encode(data: bytes) -> str:
    return base64.b64encode(data).decode().rstrip('=')


def _decode(text: str) -> bytes:
    return base64.b64decode(text + '=' * (-len(text) % 4))
