"""What servers of the default backend are told about themselves."""

from minova import exception, network
from minova.compute import contract, zones
from minova.db import block_devices, engine, instances, keypairs

#: Where a password is kept in system_metadata: in pieces of 255 characters, as in Nova.
PASSWORD_KEYS = tuple(f'password_{i}' for i in range(4))
_PIECE = 255
_DEVICE = ('device_name', 'volume_id', 'source_type', 'destination_type', 'guest_format')


class MetadataAPI(contract.MetadataAPI):

    def get_by_address(self, context, address):
        return self.get_by_instance_id(
            context, network.API().get_server_by_fixed_ip(context, address))

    def get_by_instance_id(self, context, instance_id):
        instance = instances.get(instance_id, everything=True)
        if instance is None:
            raise exception.InstanceNotFound(instance_id=instance_id)
        return instance | {
            'password': _password(instance),
            'keypair': _keypair(instance),
            'zone': _zone(instance),
            'interfaces': network.API().get_interfaces(context, instance),
            'block_devices': [{key: device[key] for key in _DEVICE}
                              for device in block_devices.get_all(instance_id)]}

    @engine.retry_on_conflict
    def set_password(self, context, instance_id, password):
        with engine.writer() as conn:
            instance = instances.lock(conn, instance_id)
            if instance is None:
                raise exception.InstanceNotFound(instance_id=instance_id)
            if _password(instance):
                raise exception.PasswordAlreadySet(instance_uuid=instance_id)
            pieces = {key: password[i * _PIECE:(i + 1) * _PIECE]
                      for i, key in enumerate(PASSWORD_KEYS)}
            instances.update(conn, instance_id,
                             {'system_metadata': instance['system_metadata'] | pieces})


def _password(instance: dict) -> str:
    return ''.join(instance['system_metadata'].get(key) or '' for key in PASSWORD_KEYS)


def _keypair(instance: dict) -> dict | None:
    """The pair as it is now; once deleted, as far as the server itself still knows it."""
    if not instance['key_name']:
        return None
    found = keypairs.get(instance['user_id'], instance['key_name'])
    if found is None:
        return {'name': instance['key_name'], 'type': None, 'public_key': instance['key_data']}
    return {key: found[key] for key in ('name', 'type', 'public_key')}


def _zone(instance: dict) -> str | None:
    if instance['host']:
        return zones.host_zones()[instance['host']]
    return instance['availability_zone']
