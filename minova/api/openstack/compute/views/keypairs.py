"""How key pairs look."""


class ViewBuilder:
    """`with_type`: since 2.2 a key pair shows its type."""

    def index(self, keypairs: list[dict], with_type: bool) -> dict:
        return {'keypairs': [{'keypair': self._brief(k, with_type)} for k in keypairs]}

    def create(self, keypair: dict, with_type: bool, private_key: str | None = None) -> dict:
        """A new key pair; the private key, if minova made it, is shown this once."""
        view = self._brief(keypair, with_type)
        view['user_id'] = keypair['user_id']
        if private_key is not None:
            view['private_key'] = private_key
        return {'keypair': view}

    def show(self, keypair: dict, with_type: bool) -> dict:
        view = self._brief(keypair, with_type)
        view.update(
            id=keypair['id'], user_id=keypair['user_id'], deleted=False, deleted_at=None,
            created_at=_time(keypair['created_at']), updated_at=_time(keypair['updated_at']))
        return {'keypair': view}

    def _brief(self, keypair: dict, with_type: bool) -> dict:
        keys = ('name', 'public_key', 'fingerprint') + (('type',) if with_type else ())
        return {key: keypair[key] for key in keys}


def _time(time) -> str | None:
    return time and time.isoformat(timespec='microseconds')
