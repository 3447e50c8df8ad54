"""The seam between accepting work and doing it: calls by name, with plain data.

A call is made inside the transaction that accepts the work, and is carried out by the method of the same
name of manager.ComputeManager, here or in another process, now or after a restart.
"""

from minova.compute import work


class ComputeAPI:
    """What can be asked of the manager. Every call takes the accepting transaction first."""

    def build_and_run_instance(self, conn, context, instance: dict, *, request_spec: dict,
                               admin_password: str | None, injected_files: list,
                               requested_networks: list | None,
                               security_groups: list[str] | None = None) -> None:
        self._cast(conn, 'build_and_run_instance', context, instance, request_spec=request_spec,
                   admin_password=admin_password, injected_files=injected_files,
                   requested_networks=requested_networks, security_groups=security_groups)

    def terminate_instance(self, conn, context, instance: dict) -> None:
        self._cast(conn, 'terminate_instance', context, instance)

    def attach_volume(self, conn, context, instance: dict, *, volume_id: str,
                      mountpoint: str) -> None:
        self._cast(conn, 'attach_volume', context, instance, volume_id=volume_id,
                   mountpoint=mountpoint)

    def detach_volume(self, conn, context, instance: dict, *, volume_id: str) -> None:
        self._cast(conn, 'detach_volume', context, instance, volume_id=volume_id)

    def swap_volume(self, conn, context, instance: dict, *, old_volume_id: str,
                    new_volume_id: str) -> None:
        self._cast(conn, 'swap_volume', context, instance, old_volume_id=old_volume_id,
                   new_volume_id=new_volume_id)

    def cast(self, conn, method: str, context, instance: dict, not_before=None, **args) -> None:
        """The work of an action, as the table of actions names it; `not_before` is when it is due."""
        self._cast(conn, method, context, instance, not_before, **args)

    @staticmethod
    def call(method: str, instance: dict, **args):
        """Ask the manager for something that changes nothing, and wait for the answer."""
        return getattr(work.engine().manager, method)(instance=instance, **args)

    @staticmethod
    def _cast(conn, method: str, context, instance: dict, not_before=None, **args) -> None:
        args['request_id'] = context.request_id
        work.engine().submit(conn, method, args, instance['uuid'], not_before=not_before)
