"""Servers of the default backend: what is asked is checked, written down, and handed to the manager."""

from minova import exception, network
from minova.compute import (
    actions,
    block_device,
    contract,
    create,
    network_elsewhere,
    quotas,
    search,
    security_groups,
    server_groups,
    states,
)
from minova.compute.api_console import ConsoleAPI
from minova.compute.api_delete import DeleteAPI
from minova.compute.api_power import PowerAPI
from minova.compute.api_resize import ResizeAPI
from minova.compute.api_snapshot import SnapshotAPI
from minova.db import engine, flavors, instance_actions
from minova.db import instances as db

# Changes that are done with their acceptance; the table of actions has those that are work.
_UPDATE_METADATA, _DELETE_METADATA = (
    actions.Action(name, launched=False, task_states=actions.ANY, vm_states=frozenset({
        states.ACTIVE, states.PAUSED, states.SUSPENDED, states.STOPPED}))
    for name in ('update metadata', 'delete metadata'))
_ATTACH_INTERFACE, _DETACH_INTERFACE = (
    actions.Action(name, frozenset({states.ACTIVE, states.PAUSED, states.STOPPED}))
    for name in ('attach_interface', 'detach_interface'))


class API(PowerAPI, SnapshotAPI, ResizeAPI, DeleteAPI, ConsoleAPI, contract.API):
    """Reading, creating and changing are here; what is done to servers, by subject, in api_*."""

    # ---- reading

    def get(self, context, instance_id):
        project_id = None if context.is_admin else context.project_id
        instance = db.get(instance_id, project_id) or self._get_by_number(instance_id, project_id)
        if instance is None:
            raise exception.InstanceNotFound(instance_id=instance_id)
        return instance

    @staticmethod
    def _get_by_number(text: str, project_id: str | None) -> dict | None:
        """The server of that number, which the EC2 API once knew it by; Nova 12 still takes it."""
        if not (text.isascii() and text.isdecimal()) or text[0] == '0' or len(text) > 10:
            return None
        instance_uuid = db.uuid_of(int(text))
        return db.get(instance_uuid, project_id) if instance_uuid else None

    def get_all(self, context, search_opts, limit=None, marker=None, sort_keys=None, sort_dirs=None):
        flavor_id = None
        if 'flavor' in search_opts:
            # By a flavor that was deleted, or is not seen, nothing is found: as in Nova.
            flavor = flavors.get_by_flavorid(
                str(search_opts['flavor']), None if context.is_admin else context.project_id)
            if flavor is None:
                return []
            search_opts = {k: v for k, v in search_opts.items() if k != 'flavor'}
            flavor_id = flavor['id']
        return search.page(search_opts, sort_keys or [], sort_dirs or [], limit, marker, flavor_id)

    # ---- creating

    def create(self, context, flavor, image_ref, *, display_name, min_count=1, max_count=None,
               admin_password=None, metadata=None, access_ip_v4=None, access_ip_v6=None,
               requested_networks=None, security_groups=None, user_data=None, key_name=None,
               availability_zone=None, injected_files=None, block_device_mapping=None,
               legacy_bdm=True, config_drive=None, auto_disk_config=None, scheduler_hints=None,
               check_server_group_quota=False):
        if flavor.get('disabled'):
            raise exception.FlavorNotFound(flavor_id=flavor['flavorid'])
        create.check_user_data(user_data)
        create.check_metadata(context, metadata)
        create.check_injected_files(context, injected_files)
        image = create.check_image(context, image_ref, flavor)
        zone, host, node = create.parse_availability_zone(availability_zone)
        create.check_zone(zone, host)
        create.check_networks(context, requested_networks, max_count or min_count)
        rows = create.rows(
            context, flavor, image, max_count or min_count, display_name=display_name,
            key_name=key_name,
            auto_disk_config=create.auto_disk_config(auto_disk_config, image),
            metadata=metadata or {}, access_ip_v4=access_ip_v4, access_ip_v6=access_ip_v6,
            user_data=user_data, availability_zone=zone,
            config_drive=create.config_drive(config_drive), root_device_name='/dev/sda',
            reservation_id=create.generate_reservation_id(), scheduler_hints=scheduler_hints or {})
        devices = block_device.validate_and_normalize(
            context, image_ref, block_device_mapping or [], legacy_bdm, flavor=flavor,
            count=max_count or min_count)
        create.check_root_disk(image, flavor, block_device.root_volume_among(devices))
        request_spec = {
            'flavor': create.plain_flavor(flavor), 'project_id': context.project_id,
            'availability_zone': zone, 'force_host': host, 'force_node': node,
            'image': image and {'id': image['id'], 'properties': image['properties']},
            'scheduler_hints': scheduler_hints or {}, 'num_instances': 1}
        # Groups that are elsewhere are asked for before the transaction.
        groups = network_elsewhere.groups(context, security_groups or ['default'])
        return self._accept_new(context, rows, devices, min_count, flavor, security_groups, groups, dict(
            request_spec=request_spec, admin_password=admin_password,
            injected_files=[list(f) for f in injected_files or []],
            requested_networks=requested_networks,
            security_groups=groups and [group['id'] for group in groups if group['id']]))

    @engine.retry_on_conflict
    def _accept_new(self, context, rows, devices, min_count, flavor, group_names, groups_elsewhere,
                    work_args):
        """Write down as many of the servers as the quota has room for, and their work."""
        with engine.writer() as conn:
            count = quotas.reserve_servers(
                conn, context.project_id, context.user_id, flavor['vcpus'], flavor['memory_mb'],
                min_count, len(rows), context.quota_class)
            groups = groups_elsewhere or security_groups.resolve(context, group_names or ['default'])
            for row in rows:
                row['security_groups'] = [group['name'] for group in groups]
            servers = db.insert(conn, create.numbered(rows[:count]))
            instance_actions.start(conn, context, [s['uuid'] for s in servers], 'create')
            if not groups_elsewhere:
                security_groups.associate(conn, groups, [s['uuid'] for s in servers])
            group = work_args['request_spec']['scheduler_hints'].get('group')
            if group:
                server_groups.add_members(conn, context, group, [s['uuid'] for s in servers])
            for server in servers:
                block_device.add(conn, context, server['uuid'], devices)
                args = work_args | {'request_spec': work_args['request_spec'] | {
                    'instance_uuids': [server['uuid']]}}
                self.compute_rpcapi.build_and_run_instance(conn, context, server, **args)
        return servers, servers[0]['reservation_id']

    # ---- changing

    def update(self, context, instance, **values):
        with engine.writer() as conn:
            if not db.update(conn, instance['uuid'], values):
                raise exception.InstanceNotFound(instance_id=instance['uuid'])
        return self.get(context, instance['uuid'])

    def attach_interface(self, context, instance, network_id, port_id, fixed_ip):
        return self._change_interfaces(context, instance, _ATTACH_INTERFACE, lambda server: (
            network.API().attach_interface(context, server, network_id, port_id, fixed_ip)))

    def detach_interface(self, context, instance, port_id):
        self._change_interfaces(context, instance, _DETACH_INTERFACE, lambda server: (
            network.API().detach_interface(context, server, port_id)))

    def _change_interfaces(self, context, instance, action, change):
        """What `change` answers, which is called with the server as it is."""
        if network.backend().is_own:
            return self._change_locked(context, instance, action, change)
        answer = change(self._change_locked(context, instance, action, dict))
        if network_elsewhere.leave_if_gone(instance['uuid'], context.request_id):
            raise exception.InstanceNotFound(instance_id=instance['uuid'])
        return answer

    @engine.retry_on_conflict
    def _change_locked(self, context, instance, action, change):
        with engine.writer() as conn:
            return change(self._locked(conn, context, instance, action))

    def update_instance_metadata(self, context, instance, metadata, delete=False):
        with engine.writer() as conn:
            current = self._locked(conn, context, instance, _UPDATE_METADATA)['metadata']
            updated = dict(metadata) if delete else current | metadata
            create.check_metadata(context, updated)
            db.update(conn, instance['uuid'], {'metadata': updated})
        return updated

    def delete_instance_metadata(self, context, instance, key):
        with engine.writer() as conn:
            current = self._locked(conn, context, instance, _DELETE_METADATA)['metadata']
            current.pop(key, None)
            db.update(conn, instance['uuid'], {'metadata': current})

    @staticmethod
    def _locked(conn, context, instance, action) -> dict:
        """The server as it is now, and as nobody else changes it; one that `action` may be done to."""
        locked = db.lock(conn, instance['uuid'])
        if locked is None:
            raise exception.InstanceNotFound(instance_id=instance['uuid'])
        actions.check(context, locked, action)
        return locked
