"""The embedded backend's answer to the contract of Neutron's nouns."""

from minova.db import engine, ports, security_groups
from minova.db import quotas as db_quotas
from minova.network import contract
from minova.network.embedded_neutron import quotas
from minova.network.embedded_neutron.floating_ips import FloatingIPs
from minova.network.embedded_neutron.networks import Networks
from minova.network.embedded_neutron.ports import Ports
from minova.network.embedded_neutron.routers import Routers
from minova.network.embedded_neutron.security_groups import SecurityGroupRules, SecurityGroups
from minova.network.embedded_neutron.subnets import Subnets


class NeutronAPI(contract.NeutronAPI):

    def __init__(self):
        networks, groups = Networks(), SecurityGroups()
        subnets, self.ports = Subnets(networks), Ports(networks)
        self.routers = Routers(networks, subnets)
        self.networks = networks
        self.floating_ips = FloatingIPs(networks, self.ports)
        self._nouns = {
            'network': networks, 'subnet': subnets, 'port': self.ports, 'router': self.routers,
            'floatingip': self.floating_ips, 'security_group': groups,
            'security_group_rule': SecurityGroupRules(groups)}

    def get_all(self, context, noun, query):
        return self._nouns[noun].get_all(context, query)

    def get(self, context, noun, thing_id):
        return self._nouns[noun].get(context, thing_id)

    def create(self, context, noun, things):
        return self._nouns[noun].create(context, things)

    def update(self, context, noun, thing_id, values):
        return self._nouns[noun].update(context, thing_id, values)

    def delete(self, context, noun, thing_id):
        self._nouns[noun].delete(context, thing_id)

    def add_router_interface(self, context, router_id, subnet_id, port_id):
        return self.routers.add_interface(context, router_id, subnet_id, port_id)

    def remove_router_interface(self, context, router_id, subnet_id, port_id):
        return self.routers.remove_interface(context, router_id, subnet_id, port_id)

    # ---- quotas

    def get_quotas(self, context, project_id):
        usages = db_quotas.get_usages(project_id, db_quotas.PROJECT)[db_quotas.PROJECT]
        with engine.reader() as conn:
            return {noun: {'limit': limit, 'reserved': 0,
                           'used': quotas.used(conn, project_id, noun, usages)}
                    for noun, limit in quotas.limits(project_id).items()}

    def get_default_quotas(self, context):
        return quotas.defaults()

    def update_quotas(self, context, project_id, limits):
        db_quotas.set_limits(project_id, {
            quotas.RESOURCES[noun][0]: limit for noun, limit in limits.items()})

    def delete_quotas(self, context, project_id):
        db_quotas.delete_limits_of(project_id, [name for name, _ in quotas.RESOURCES.values()])

    def get_projects_with_quotas(self, context):
        return db_quotas.get_projects_with_limits([name for name, _ in quotas.RESOURCES.values()])

    # ---- the security groups of servers

    @engine.retry_on_conflict
    def add_server_to_group(self, context, instance, group_id):
        return self._regroup(instance, group_id, lambda had, group: had + [group])

    @engine.retry_on_conflict
    def remove_server_from_group(self, context, instance, group_id):
        return self._regroup(instance, group_id, lambda had, group: [g for g in had if g != group])

    @staticmethod
    def _regroup(instance: dict, group_id: str, change) -> bool:
        """Have all ports of the server be in the groups that `change` answers; whether that is new."""
        changed = False
        with engine.writer() as conn:
            ports.lock_server(conn, instance['uuid'])
            of_server = ports.get_by_instance(instance['uuid'])
            known = security_groups.get_by_uuids(
                [group_id, *(group for port in of_server for group in port['security_groups'])])
            for port in of_server:
                wanted = list(dict.fromkeys(change(port['security_groups'], group_id)))
                if wanted != port['security_groups'] and port['port_security_enabled']:
                    changed = True
                    ports.set_groups(conn, port['id'], [known[group]['id'] for group in wanted])
            if changed:
                ports.refresh_server(conn, instance['uuid'])
            elif not of_server:
                group = known[group_id]['id']
                move = (security_groups.add_instance if change([], group_id)
                        else security_groups.remove_instance)
                changed = move(conn, group, instance['uuid'])
        return changed
