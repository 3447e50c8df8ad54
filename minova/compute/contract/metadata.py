"""What servers are told about themselves by the metadata service."""

import abc


class MetadataAPI(abc.ABC):
    """Whoever calls this has made sure which server asks; there is no other authorization."""

    @abc.abstractmethod
    def get_by_address(self, context, address: str) -> dict:
        """The server that has this fixed address, as get_by_instance_id() tells it.

        Raises FixedIpNotFoundForAddress, InstanceNotFound.
        """

    @abc.abstractmethod
    def get_by_instance_id(self, context, instance_id: str) -> dict:
        """A server with all keys of contract.API, and what only it is to know:

        key_data, keypair (None, or {'name', 'type', 'public_key'}), password (encrypted, '' for
        none), zone (the availability zone that it is in), interfaces (as
        network.contract.MetadataAPI tells them), block_devices: [{'device_name', 'volume_id',
        'source_type', 'destination_type', 'guest_format'}].

        Raises InstanceNotFound.
        """

    @abc.abstractmethod
    def set_password(self, context, instance_id: str, password: str) -> None:
        """Keep the password (encrypted, up to 1020 characters) that the guest has made up.

        Raises InstanceNotFound; PasswordAlreadySet when there is one.
        """
