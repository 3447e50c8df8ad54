"""Key pairs: public keys that are put into servers."""

import abc


class KeypairAPI(abc.ABC):
    """A key pair is a dict: id (int), name, user_id, type ('ssh' or 'x509'), fingerprint, public_key,
    created_at, updated_at.
    """

    @abc.abstractmethod
    def import_key_pair(self, context, user_id: str, key_name: str, public_key: str,
                        key_type: str = 'ssh') -> dict:
        """Keep a public key.

        Raises InvalidKeypair (name or key), KeyPairExists, KeypairLimitExceeded.
        """

    @abc.abstractmethod
    def create_key_pair(self, context, user_id: str, key_name: str,
                        key_type: str = 'ssh') -> tuple[dict, str]:
        """Make a key pair; (the key pair, its private key), which is not kept.

        Raises InvalidKeypair, KeyPairExists, KeypairLimitExceeded.
        """

    @abc.abstractmethod
    def delete_key_pair(self, context, user_id: str, key_name: str) -> None:
        """Raises KeypairNotFound."""

    @abc.abstractmethod
    def get_key_pairs(self, context, user_id: str) -> list[dict]:
        """All key pairs of the user, by name."""

    @abc.abstractmethod
    def get_key_pair(self, context, user_id: str, key_name: str) -> dict:
        """Raises KeypairNotFound."""
