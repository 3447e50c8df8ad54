"""The default backend: servers in minova's own database, carried out by its own manager."""

import functools

from minova import image, metrics
from minova.compute import contract
from minova.conf import CONF


class Backend(contract.Backend):
    """Each interface is made when it is first asked for, which keeps the start short."""

    @functools.cached_property
    def api(self):
        from minova.compute import api
        return api.API()

    @functools.cached_property
    def aggregate_api(self):
        from minova.compute import aggregates
        return aggregates.AggregateAPI()

    @functools.cached_property
    def host_api(self):
        from minova.compute import host
        return host.HostAPI()

    @functools.cached_property
    def flavor_api(self):
        from minova.compute import flavors
        return flavors.FlavorAPI()

    @functools.cached_property
    def keypair_api(self):
        from minova.compute import keypairs
        return keypairs.KeypairAPI()

    @functools.cached_property
    def metadata_api(self):
        from minova.compute import metadata
        return metadata.MetadataAPI()

    @functools.cached_property
    def quota_api(self):
        from minova.compute import quotas
        return quotas.QuotaAPI()

    @functools.cached_property
    def security_group_api(self):
        from minova import network
        if network.backend().has_ports:
            from minova.compute import neutron_security_groups
            return neutron_security_groups.SecurityGroupAPI()
        from minova.compute import security_groups
        return security_groups.SecurityGroupAPI()

    @functools.cached_property
    def server_group_api(self):
        from minova.compute import server_groups
        return server_groups.ServerGroupAPI()

    @functools.cached_property
    def agent_api(self):
        from minova.compute import agents
        return agents.AgentAPI()

    @functools.cached_property
    def baremetal_api(self):
        from minova.compute import unsupported
        return unsupported.BareMetalAPI()

    @functools.cached_property
    def cells_api(self):
        from minova.compute import unsupported
        return unsupported.CellsAPI()

    @functools.cached_property
    def certificate_api(self):
        from minova.compute import certificates
        return certificates.CertificateAPI()

    @functools.cached_property
    def cloudpipe_api(self):
        from minova.compute import cloudpipe
        return cloudpipe.CloudpipeAPI()

    @functools.cached_property
    def fping_api(self):
        from minova.compute import unsupported
        return unsupported.FpingAPI()

    @functools.cached_property
    def usage_audit_api(self):
        from minova.compute import usage_audit
        return usage_audit.UsageAuditAPI()

    @functools.cached_property
    def notice_api(self):
        from minova.compute import notices
        return notices.NoticeAPI()

    @functools.cached_property
    def usage_api(self):
        from minova.compute import usage
        return usage.UsageAPI()

    @functools.cached_property
    def volume_attachment_api(self):
        from minova.compute import volume_attachments
        return volume_attachments.VolumeAttachmentAPI()

    @functools.cached_property
    def instance_action_api(self):
        from minova.compute import instance_actions
        return instance_actions.InstanceActionAPI()

    @functools.cached_property
    def simulator_api(self):
        from minova.compute import simulator
        return simulator.SimulatorAPI()

    def figures(self):
        from minova.db import work_queue
        return [('minova_work_items', 'Accepted work that is not done yet.', work_queue.depth())]

    def start(self):
        from minova import fixtures
        from minova.compute import beginning, host, network_elsewhere, work
        if metrics.is_set_up():
            from minova.db import metrics as db_metrics
            db_metrics.measure()
        host.register()
        image.API().start()
        if CONF.fixtures_file:
            fixtures.load(CONF.fixtures_file)
        work.start()
        network_elsewhere.start_healing()
        if CONF.fixtures_file:
            fixtures.load(CONF.fixtures_file, late=True)
        if CONF.fake.enable_control:
            beginning.remember()

    def stop(self):
        from minova.compute import host, work
        work.stop()
        host.unregister()
