"""What cannot be changed by Nova's API where Neutron has it: networks, and pools of floating addresses."""

from minova import exception


class UnchangeableMixin:
    """All of them raise NotSupported."""

    def create(self, context, **attributes):
        raise exception.NotSupported()

    def delete(self, context, network_id):
        raise exception.NotSupported()

    def associate(self, context, network_id, **to):
        raise exception.NotSupported()

    def add_network_to_project(self, context, project_id, network_id):
        raise exception.NotSupported()

    def create_floating_ips(self, context, addresses, pool, interface):
        raise exception.NotSupported()

    def delete_floating_ips(self, context, addresses):
        raise exception.NotSupported()
