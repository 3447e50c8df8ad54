"""Simulated hypervisors: they take time, or fail, as they are told (see simulation), and remember nothing.

All they would have to remember is in the database, so a restart loses nothing.
"""

from minova.conf import CONF
from minova.virt import contract, power_states
from minova.virt.simulation import simulate

# vm_state -> power state; whatever is not here runs.
_POWER = {
    'stopped': power_states.SHUTDOWN, 'paused': power_states.PAUSED,
    'suspended': power_states.SUSPENDED, 'shelved': power_states.SHUTDOWN,
    'shelved_offloaded': power_states.NOSTATE}
_CONSOLE = 'FAKE CONSOLE OUTPUT\nANOTHER\nLAST LINE'
_DIAGNOSTICS = {
    'cpu0_time': 17300000000, 'memory': 524288, 'vda_errors': -1, 'vda_read': 262144,
    'vda_read_req': 112, 'vda_write': 5778432, 'vda_write_req': 488, 'vnet1_rx': 2070139,
    'vnet1_rx_drop': 0, 'vnet1_rx_errors': 0, 'vnet1_rx_packets': 26701, 'vnet1_tx': 140208,
    'vnet1_tx_drop': 0, 'vnet1_tx_errors': 0, 'vnet1_tx_packets': 662}


class FakeDriver(contract.ComputeDriver):

    def spawn(self, instance, network_info, injected_files, admin_password):
        simulate('build', instance['host'])

    def destroy(self, instance):
        simulate('delete', instance['host'])

    def get_power_state(self, instance):
        if not CONF.fake.track_power_state:
            return power_states.RUNNING
        vm_state = instance['vm_state']
        if vm_state == 'resized':
            vm_state = instance['system_metadata'].get('old_vm_state')
        return _POWER.get(vm_state, power_states.RUNNING)

    # ---- power

    def power_on(self, instance):
        simulate('start', instance['host'])

    def power_off(self, instance):
        simulate('stop', instance['host'])

    def reboot(self, instance, reboot_type):
        simulate('reboot', instance['host'])

    def pause(self, instance):
        simulate('pause', instance['host'])

    def unpause(self, instance):
        simulate('unpause', instance['host'])

    def suspend(self, instance):
        simulate('suspend', instance['host'])

    def resume(self, instance):
        simulate('resume', instance['host'])

    def rescue(self, instance, rescue_image, admin_password):
        simulate('rescue', instance['host'])

    def unrescue(self, instance):
        simulate('unrescue', instance['host'])

    def soft_delete(self, instance):
        simulate('delete', instance['host'])

    def restore(self, instance):
        simulate('restore', instance['host'])

    # ---- the guest

    def set_admin_password(self, instance, new_pass):
        simulate('password', instance['host'])

    def reset_network(self, instance):
        pass        # there is no guest that would have to be told

    def inject_network_info(self, instance):
        pass

    def get_console_output(self, instance):
        return _CONSOLE

    def get_console(self, instance, console_type):
        return {'host': 'fakeconsole.com', 'port': 6969, 'internal_access_path': 'fakepath'}

    def get_diagnostics(self, instance):
        return dict(_DIAGNOSTICS)

    # ---- disks and hosts

    def attach_volume(self, instance, volume_id, mountpoint):
        simulate('attach', instance['host'])

    def detach_volume(self, instance, volume_id):
        simulate('detach', instance['host'])

    def swap_volume(self, instance, old_volume_id, new_volume_id):
        simulate('swap', instance['host'])

    def snapshot(self, instance, image_id):
        simulate('snapshot', instance['host'])
        return 0

    def rebuild(self, instance, network_info, injected_files, admin_password, preserve_ephemeral):
        simulate('rebuild', instance['host'])

    def migrate_disk_and_power_off(self, instance, dest):
        simulate('resize', instance['host'])

    def finish_migration(self, instance):
        pass        # a resize takes its time before this

    def confirm_migration(self, instance):
        simulate('confirm', instance['host'])

    def finish_revert_migration(self, instance, power_on):
        simulate('revert', instance['host'])

    def live_migration(self, instance, dest, block_migration):
        simulate('migrate', instance['host'])
