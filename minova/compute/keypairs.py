"""Key pairs of the default backend.

`keys` is imported when keys are made or looked at: cryptography takes long to import.
"""

import string

from oslo_db import exception as db_exc

from minova import exception
from minova.compute import contract, quotas
from minova.db import engine
from minova.db import keypairs as db

_SAFE = frozenset('_- ' + string.digits + string.ascii_letters)


class KeypairAPI(contract.KeypairAPI):

    def import_key_pair(self, context, user_id, key_name, public_key, key_type='ssh'):
        from minova.compute import keys
        limit = _check_new(context, user_id, key_name)
        fingerprint = (keys.x509_fingerprint if key_type == 'x509' else keys.ssh_fingerprint)
        return _store(limit, user_id=user_id, name=key_name, type=key_type, public_key=public_key,
                      fingerprint=fingerprint(public_key))

    def create_key_pair(self, context, user_id, key_name, key_type='ssh'):
        from minova.compute import keys
        limit = _check_new(context, user_id, key_name)
        private_key, public_key, fingerprint = (
            keys.make_x509(user_id) if key_type == 'x509' else keys.make_ssh())
        keypair = _store(limit, user_id=user_id, name=key_name, type=key_type,
                         public_key=public_key, fingerprint=fingerprint)
        return keypair, private_key

    def delete_key_pair(self, context, user_id, key_name):
        if not db.delete(user_id, key_name):
            raise exception.KeypairNotFound(name=key_name, user_id=user_id)

    def get_key_pairs(self, context, user_id):
        return db.get_all(user_id)

    def get_key_pair(self, context, user_id, key_name):
        keypair = db.get(user_id, key_name)
        if keypair is None:
            raise exception.KeypairNotFound(name=key_name, user_id=user_id)
        return keypair


def _check_new(context, user_id: str, key_name: str) -> int:
    """Whether there may be one more, of that name, as far as can be told before its keys are made.

    How many there may be. Raises InvalidKeypair, KeypairLimitExceeded.
    """
    if not _SAFE.issuperset(key_name):
        raise exception.InvalidKeypair(reason='Keypair name contains unsafe characters')
    if not 1 <= len(key_name) <= 255:
        raise exception.InvalidKeypair(
            reason='Keypair name must be string and between 1 and 255 characters long')
    _, limits = quotas.get_limits(context.project_id, context.user_id, context.quota_class)
    _check_room(db.count(user_id), limits['key_pairs'])
    return limits['key_pairs']


def _check_room(count: int, limit: int) -> None:
    if 0 <= limit < count + 1:
        raise exception.KeypairLimitExceeded()


@engine.retry_on_conflict
def _store(limit: int, **values) -> dict:
    with engine.writer() as conn:
        _check_room(db.lock_and_count(conn, values['user_id']), limit)
        try:
            return db.create(conn, **values)
        except db_exc.DBDuplicateEntry:
            raise exception.KeyPairExists(key_name=values['name']) from None
