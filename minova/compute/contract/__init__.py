"""What the API may ask of a compute backend: one abstract class per noun.

A backend written by somebody else implements these and nothing else, and serves every route. Arguments
and results are plain data: dicts, lists, strings, numbers, naive UTC datetimes. Every method may raise
what its docstring names, and nothing else that a client is to see.
"""

import abc

from minova.compute.contract.agents import AgentAPI
from minova.compute.contract.aggregates import AggregateAPI
from minova.compute.contract.baremetal import BareMetalAPI
from minova.compute.contract.cells import CellsAPI
from minova.compute.contract.certificates import CertificateAPI
from minova.compute.contract.cloudpipe import CloudpipeAPI
from minova.compute.contract.flavors import FlavorAPI
from minova.compute.contract.fping import FpingAPI
from minova.compute.contract.host import HostAPI
from minova.compute.contract.keypairs import KeypairAPI
from minova.compute.contract.metadata import MetadataAPI
from minova.compute.contract.notices import NoticeAPI
from minova.compute.contract.quotas import QuotaAPI
from minova.compute.contract.security_groups import SecurityGroupAPI
from minova.compute.contract.server_actions import InstanceActionAPI
from minova.compute.contract.server_groups import ServerGroupAPI
from minova.compute.contract.servers import API
from minova.compute.contract.simulator import SimulatorAPI
from minova.compute.contract.usage import UsageAPI
from minova.compute.contract.usage_audit import UsageAuditAPI
from minova.compute.contract.volume_attachments import VolumeAttachmentAPI

__all__ = ['API', 'AgentAPI', 'AggregateAPI', 'Backend', 'BareMetalAPI', 'CellsAPI',
           'CertificateAPI', 'CloudpipeAPI', 'FlavorAPI', 'FpingAPI', 'HostAPI', 'InstanceActionAPI',
           'KeypairAPI', 'MetadataAPI', 'NoticeAPI', 'QuotaAPI', 'SecurityGroupAPI',
           'ServerGroupAPI', 'SimulatorAPI', 'UsageAPI', 'UsageAuditAPI', 'VolumeAttachmentAPI']


class Backend(abc.ABC):
    """All interfaces of one backend, and its life in a worker process."""

    api: API
    agent_api: AgentAPI
    aggregate_api: AggregateAPI
    baremetal_api: BareMetalAPI
    cells_api: CellsAPI
    certificate_api: CertificateAPI
    cloudpipe_api: CloudpipeAPI
    flavor_api: FlavorAPI
    fping_api: FpingAPI
    host_api: HostAPI
    instance_action_api: InstanceActionAPI
    keypair_api: KeypairAPI
    metadata_api: MetadataAPI
    notice_api: NoticeAPI
    quota_api: QuotaAPI
    security_group_api: SecurityGroupAPI
    server_group_api: ServerGroupAPI
    simulator_api: SimulatorAPI
    usage_audit_api: UsageAuditAPI
    volume_attachment_api: VolumeAttachmentAPI
    usage_api: UsageAPI

    def figures(self) -> list[tuple[str, str, dict[str, float]]]:
        """What the operator may want to watch, looked up now: (name, help, number by state)."""
        return []

    @abc.abstractmethod
    def start(self) -> None:
        """Called once in each worker process, after it was forked and before it serves."""

    @abc.abstractmethod
    def stop(self) -> None:
        """Called once in each worker process when it ends in an orderly way."""
