"""What a server is and does.

The API knows this package by `contract`: a backend, chosen by [DEFAULT]compute_api_class in the stevedore
namespace `minova.compute.api`, offers one small interface per noun. The functions below answer them.
"""

from minova import drivers
from minova.compute import contract

_chosen = drivers.Chosen('minova.compute.api', 'compute_api_class')
reset = _chosen.reset


def backend() -> contract.Backend:
    """The configured backend, loaded at first use."""
    return _chosen()


def API() -> contract.API:
    """Servers."""
    return backend().api


def AggregateAPI() -> contract.AggregateAPI:
    return backend().aggregate_api


def HostAPI() -> contract.HostAPI:
    """Hosts, services and hypervisors."""
    return backend().host_api


def FlavorAPI() -> contract.FlavorAPI:
    return backend().flavor_api


def KeypairAPI() -> contract.KeypairAPI:
    return backend().keypair_api


def MetadataAPI() -> contract.MetadataAPI:
    """What servers are told about themselves."""
    return backend().metadata_api


def QuotaAPI() -> contract.QuotaAPI:
    return backend().quota_api


def SecurityGroupAPI() -> contract.SecurityGroupAPI:
    return backend().security_group_api


def ServerGroupAPI() -> contract.ServerGroupAPI:
    return backend().server_group_api


def AgentAPI() -> contract.AgentAPI:
    return backend().agent_api


def BareMetalAPI() -> contract.BareMetalAPI:
    return backend().baremetal_api


def CellsAPI() -> contract.CellsAPI:
    return backend().cells_api


def CertificateAPI() -> contract.CertificateAPI:
    return backend().certificate_api


def CloudpipeAPI() -> contract.CloudpipeAPI:
    return backend().cloudpipe_api


def FpingAPI() -> contract.FpingAPI:
    return backend().fping_api


def VolumeAttachmentAPI() -> contract.VolumeAttachmentAPI:
    return backend().volume_attachment_api


def UsageAuditAPI() -> contract.UsageAuditAPI:
    return backend().usage_audit_api


def NoticeAPI() -> contract.NoticeAPI:
    """What other services tell about servers."""
    return backend().notice_api


def UsageAPI() -> contract.UsageAPI:
    return backend().usage_api


def InstanceActionAPI() -> contract.InstanceActionAPI:
    """What was done to servers."""
    return backend().instance_action_api


def SimulatorAPI() -> contract.SimulatorAPI:
    """The command of simulated hypervisors."""
    return backend().simulator_api
