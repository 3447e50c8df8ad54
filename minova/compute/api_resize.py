"""Servers that are made anew, get another size, or go to another host."""

from minova import exception
from minova.compute import actions, block_device, create, quotas, scheduler, servicegroup
from minova.compute.api_base import Accepting
from minova.conf import CONF
from minova.db import engine, instance_actions, services
from minova.db import flavors as db_flavors
from minova.db import instances as db
from minova.db import server_migrations as migrations

_COMPUTE = 'nova-compute'


class ResizeAPI(Accepting):

    # ---- another size, another host

    def resize(self, context, instance, flavor_id=None, auto_disk_config=None):
        action = actions.RESIZE if flavor_id else actions.MIGRATE
        actions.check(context, instance, action)
        current = _everything(instance)
        new = self._new_flavor(current, flavor_id)
        values = {'new_flavor': create.plain_flavor(new)}
        if auto_disk_config is not None:
            values['auto_disk_config'] = auto_disk_config

        def prepare(conn) -> dict:
            self._reserve(conn, context, current, new)
            dest = self._place(conn, current, new, 'resize' if flavor_id else 'cold migrate')
            return {'migration_id': migrations.insert(
                conn, current, migrations.RESIZE if flavor_id else migrations.MIGRATION,
                'migrating', dest, new['id'])}
        self._accept(context, instance, action, values, prepare)

    @staticmethod
    def _new_flavor(instance: dict, flavor_id: str | None) -> dict:
        """Raises FlavorNotFound, CannotResizeToSameFlavor, CannotResizeDisk."""
        if not flavor_id:
            return instance['flavor']
        new = db_flavors.get_by_flavorid(flavor_id)
        if new is None:
            raise exception.FlavorNotFound(flavor_id=flavor_id)
        if (new['root_gb'] == 0 and instance['root_gb'] != 0
                and not block_device.is_volume_backed(instance)):
            raise exception.CannotResizeDisk(
                reason='Resize to zero disk flavor is not allowed.')
        if new['id'] == instance['flavor_id']:
            raise exception.CannotResizeToSameFlavor()
        if new['disabled']:
            raise exception.FlavorNotFound(flavor_id=flavor_id)
        return new

    @staticmethod
    def _reserve(conn, context, instance: dict, new: dict) -> None:
        """Count what is more than before; what is less counts until the resize is confirmed.

        Raises TooManyInstances.
        """
        more = {'cores': new['vcpus'] - instance['vcpus'], 'ram': new['memory_mb'] - instance['memory_mb']}
        more = {resource: delta for resource, delta in more.items() if delta > 0}
        if not more:
            return
        try:
            quotas.reserve(conn, instance['project_id'], instance['user_id'], more,
                           context.quota_class)
        except exception.OverQuota as error:
            raise quotas.too_many_instances(error, more) from None

    @staticmethod
    def _place(conn, instance: dict, flavor: dict, what: str) -> tuple[str, str]:
        """(host, node) with a share for a server of that flavor. Raises NoValidHost."""
        ignored = [] if CONF.allow_resize_to_same_host else [instance['host']]
        try:
            return scheduler.place(conn, create.request_spec(instance, flavor, ignore_hosts=ignored))
        except exception.NoValidHost:
            raise exception.NoValidHost(reason=f'No valid host found for {what}') from None

    def confirm_resize(self, context, instance):
        self._end_resize(context, instance, actions.CONFIRM_RESIZE, 'confirming')

    def revert_resize(self, context, instance):
        self._end_resize(context, instance, actions.REVERT_RESIZE, 'reverting')

    def _end_resize(self, context, instance: dict, action: actions.Action, status: str) -> None:
        def prepare(conn) -> dict:
            migration = migrations.get_under_way(instance['uuid'], 'finished')
            if migration is None:
                raise exception.MigrationNotFoundByStatus(
                    instance_id=instance['uuid'], status='finished')
            migrations.set_status(conn, migration['id'], status)
            return {}
        self._accept(context, instance, action, prepare=prepare)

    # ---- another host, without a break

    def live_migrate(self, context, instance, block_migration, disk_over_commit, host_name=None):
        actions.check(context, instance, actions.LIVE_MIGRATE)
        current = _everything(instance)
        try:
            self._check_live_migration(current, host_name)
            self._accept(context, instance, actions.LIVE_MIGRATE,
                         prepare=lambda conn: self._live_place(conn, current, host_name),
                         block_migration=block_migration, disk_over_commit=disk_over_commit)
        except (exception.NoValidHost, exception.Invalid) as error:
            if not isinstance(error, exception.InstanceInvalidState):
                self._record_refusal(context, instance, actions.LIVE_MIGRATE)
            raise

    @staticmethod
    def _check_live_migration(instance: dict, host_name: str | None) -> None:
        """Raises ComputeServiceUnavailable, UnableToMigrateToSelf."""
        if not _is_up(instance['host']):
            raise exception.ComputeServiceUnavailable(host=instance['host'])
        if host_name is None:
            return
        if host_name == instance['host']:
            raise exception.UnableToMigrateToSelf(instance_id=instance['uuid'], host=host_name)
        if not _is_up(host_name):
            raise exception.ComputeServiceUnavailable(host=host_name)

    @staticmethod
    def _live_place(conn, instance: dict, host_name: str | None) -> dict:
        host, node = scheduler.place(conn, create.request_spec(
            instance, ignore_hosts=[instance['host']], force_host=host_name))
        return {'host': host, 'node': node, 'migration_id': migrations.insert(
            conn, instance, migrations.LIVE, 'running', (host, node))}

    @staticmethod
    @engine.retry_on_conflict
    def _record_refusal(context, instance: dict, action: actions.Action) -> None:
        """An action that was found impossible only after it had been recorded."""
        with engine.writer() as conn:
            instance_actions.start(conn, context, [instance['uuid']], action.record)

    # ---- made anew

    def rebuild(self, context, instance, image_href, admin_password, files_to_inject=None, *,
                display_name=None, metadata=None, access_ip_v4=None, access_ip_v6=None,
                auto_disk_config=None, preserve_ephemeral=False):
        actions.check(context, instance, actions.REBUILD)
        current = _everything(instance)
        create.check_injected_files(context, files_to_inject)
        if metadata is not None:
            create.check_metadata(context, metadata)
        new_image = create.check_image(context, image_href, current['flavor'])
        create.check_root_disk(new_image, current['flavor'], block_device.root_volume(current))
        kernel_id, ramdisk_id = create.kernel_and_ramdisk(new_image)
        kept = {k: v for k, v in current['system_metadata'].items() if not k.startswith('image_')}
        values = {
            'image_ref': image_href, 'kernel_id': kernel_id, 'ramdisk_id': ramdisk_id,
            'auto_disk_config': create.auto_disk_config(auto_disk_config, new_image),
            'system_metadata': kept | {
                f'image_{k}': v for k, v in new_image['properties'].items()}}
        given = {'display_name': display_name, 'metadata': metadata, 'access_ip_v4': access_ip_v4,
                 'access_ip_v6': access_ip_v6}
        values |= {name: value for name, value in given.items() if value is not None}
        self._accept(context, instance, actions.REBUILD, values, admin_password=admin_password,
                     injected_files=[list(f) for f in files_to_inject or []],
                     preserve_ephemeral=preserve_ephemeral)

    def evacuate(self, context, instance, host, on_shared_storage, admin_password=None):
        actions.check(context, instance, actions.EVACUATE)
        current = _everything(instance)
        if current['host'] and _is_up(current['host']):
            raise exception.ComputeServiceInUse(host=current['host'])

        def prepare(conn) -> dict:
            dest = scheduler.place(conn, create.request_spec(
                current, ignore_hosts=[current['host']], force_host=host))
            return {'host': dest[0], 'node': dest[1], 'migration_id': migrations.insert(
                conn, current, migrations.EVACUATION, 'accepted', dest)}
        self._accept(context, instance, actions.EVACUATE, prepare=prepare,
                     admin_password=admin_password)


def _everything(instance: dict) -> dict:
    """The server with the columns that no list shows. Raises InstanceNotFound."""
    found = db.get(instance['uuid'], everything=True)
    if found is None:
        raise exception.InstanceNotFound(instance_id=instance['uuid'])
    return found


def _is_up(host: str | None) -> bool:
    service = services.get(host, _COMPUTE) if host else None
    return service is not None and servicegroup.is_up(service)
