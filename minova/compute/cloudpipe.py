"""Cloudpipes of the default backend: servers of one image, one for a project."""

from minova import compute, exception, network
from minova import context as minova_context
from minova.compute import contract, states
from minova.conf import CONF

_USER = 'project-vpn'


class CloudpipeAPI(contract.CloudpipeAPI):

    def get_all(self, context):
        instances = compute.API().get_all(
            context.elevated(), {'all_tenants': True, 'deleted': False,
                                 'image': CONF.vpn_image_id})
        vpns = network.VPNAPI().get_all(context)
        return [_cloudpipe(instance, vpns) for instance in instances]

    def create(self, context, project_id):
        # A member of the project: it pays for the server, with its quota.
        member = minova_context.RequestContext(
            user_id=_USER, project_id=project_id, is_admin=False, overwrite=False,
            request_id=context.request_id)
        instances = compute.API().get_all(
            member, {'project_id': project_id, 'deleted': False, 'image': CONF.vpn_image_id})
        if instances:
            return instances[0]['uuid']
        name = f'{project_id}{CONF.vpn_key_suffix}'
        instances, _reservation_id = compute.API().create(
            member, self._flavor(context), CONF.vpn_image_id, display_name=name,
            key_name=self._key_pair(member, name))
        return instances[0]['uuid']

    def configure_project(self, context, vpn_ip, vpn_port):
        network.VPNAPI().configure(context, context.project_id, vpn_ip, vpn_port)

    def _flavor(self, context) -> dict:
        admin, flavors = context.elevated(), compute.FlavorAPI()
        for flavor in flavors.get_all(admin, {}, 'flavorid', 'asc'):
            if flavor['name'] == CONF.vpn_flavor:
                return flavors.get_by_flavor_id(admin, flavor['flavorid'])
        raise exception.FlavorNotFound(flavor_id=CONF.vpn_flavor)

    def _key_pair(self, context, name: str) -> str:
        try:
            compute.KeypairAPI().get_key_pair(context, _USER, name)
        except exception.KeypairNotFound:
            compute.KeypairAPI().create_key_pair(context, _USER, name)
        return name


def _cloudpipe(instance: dict, vpns: dict[str, dict]) -> dict:
    found = {'project_id': instance['project_id'], 'instance_id': instance['uuid'],
             'created_at': instance['created_at']}
    if not instance['network_info']:
        return found
    vif = instance['network_info'][0]
    internal = [ip['address'] for ip in vif['ips'] if ip['version'] == 4]
    if internal:
        found['internal_ip'] = internal[0]
    vpn = vpns.get(vif['id'])
    if vpn is not None:
        found['public_ip'] = vpn['address']
        found['public_port'] = vpn['port']
        if not (vpn['address'] and vpn['port']):
            found['state'] = 'invalid'
        else:
            found['state'] = 'running' if instance['vm_state'] == states.ACTIVE else 'down'
    return found
