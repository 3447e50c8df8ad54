"""Actions that leave a server where it is: power, pause, rescue, lock, password, state."""

from minova import exception, image
from minova.compute import actions, block_device
from minova.compute.api_base import Accepting
from minova.db import engine
from minova.db import instances as db


class PowerAPI(Accepting):

    def start(self, context, instance):
        self._accept(context, instance, actions.START)

    def stop(self, context, instance):
        self._accept(context, instance, actions.STOP)

    def reboot(self, context, instance, reboot_type):
        action = actions.REBOOT_HARD if reboot_type == 'HARD' else actions.REBOOT_SOFT
        self._accept(context, instance, action, reboot_type=reboot_type)

    def pause(self, context, instance):
        self._accept(context, instance, actions.PAUSE)

    def unpause(self, context, instance):
        self._accept(context, instance, actions.UNPAUSE)

    def suspend(self, context, instance):
        self._accept(context, instance, actions.SUSPEND)

    def resume(self, context, instance):
        self._accept(context, instance, actions.RESUME)

    def rescue(self, context, instance, rescue_password=None, rescue_image_ref=None):
        if rescue_image_ref is not None and not _sees_image(context, rescue_image_ref):
            # Nova does without an image that is not there; it would take one of another project, though.
            rescue_image_ref = None
        if block_device.is_volume_backed(instance):
            actions.check(context, instance, actions.RESCUE)
            raise exception.InstanceNotRescuable(
                instance_id=instance['uuid'], reason='Cannot rescue a volume-backed instance')
        self._accept(context, instance, actions.RESCUE, admin_password=rescue_password,
                     rescue_image_ref=rescue_image_ref)

    def unrescue(self, context, instance):
        self._accept(context, instance, actions.UNRESCUE)

    def set_admin_password(self, context, instance, password):
        self._accept(context, instance, actions.CHANGE_PASSWORD, new_pass=password)

    # ---- without a task

    def lock(self, context, instance):
        owner = instance['project_id'] == context.project_id
        if instance['locked'] and owner:
            return      # also if it was an administrator's lock: that stays
        self._set(instance, locked=True, locked_by='owner' if owner else 'admin')

    def unlock(self, context, instance):
        self._set(instance, locked=False, locked_by=None)

    def is_expected_locked_by(self, context, instance):
        expected = 'owner' if instance['project_id'] == context.project_id else 'admin'
        return instance['locked_by'] in (None, expected)

    def reset_state(self, context, instance, state):
        self._set(instance, vm_state=state, task_state=None)

    def reset_network(self, context, instance):
        self._tell(context, instance, actions.RESET_NETWORK)

    def inject_network_info(self, context, instance):
        self._tell(context, instance, actions.INJECT_NETWORK_INFO)

    @engine.retry_on_conflict
    def _tell(self, context, instance: dict, action: actions.Action) -> None:
        actions.check(context, instance, action)
        with engine.writer() as conn:
            self.compute_rpcapi.cast(conn, action.work, context, instance)

    @staticmethod
    @engine.retry_on_conflict
    def _set(instance: dict, **values) -> None:
        with engine.writer() as conn:
            if not db.update(conn, instance['uuid'], values):
                raise exception.InstanceNotFound(instance_id=instance['uuid'])


def _sees_image(context, image_id: str) -> bool:
    try:
        image.API().get(context, image_id)
    except exception.ImageNotFound:
        return False
    return True
