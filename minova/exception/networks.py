"""Networks, addresses and security groups."""

from minova.exception.base import Conflict, Forbidden, Invalid, MinovaException, NotFound
from minova.exception.quotas import QuotaError


class NetworkError(MinovaException):
    """Base of what the network refuses to a server that is being built."""

    msg_fmt = "The network failed: %(reason)s"


class NetworkNotFound(NotFound):
    msg_fmt = "Network %(network_id)s could not be found."


class NetworkNotFoundForUUID(NetworkNotFound):
    msg_fmt = "Network could not be found for uuid %(uuid)s"


class NetworkInUse(Conflict):
    msg_fmt = "Network %(network_id)s is still in use."


class NetworkAmbiguous(Conflict):
    msg_fmt = "Multiple possible networks found, use a Network ID to be more specific."


class NetworkRequiresSubnet(Invalid):
    msg_fmt = "Network %(network_uuid)s requires a subnet in order to boot instances on."


class ExternalNetworkAttachForbidden(Forbidden):
    msg_fmt = "It is not allowed to create an interface on external network %(network_uuid)s"


class NetworkNotCreated(Invalid):
    msg_fmt = "%(req)s is required to create a network."


class AddressOutOfRange(Invalid):
    msg_fmt = "%(address)s is not within %(cidr)s."


class CidrConflict(Conflict):
    msg_fmt = "Requested cidr (%(cidr)s) conflicts with existing cidr (%(other)s)"


class DuplicateVlan(Conflict):
    msg_fmt = "Detected existing vlan with id %(vlan)d"


class NotSupported(MinovaException):
    msg_fmt = "The requested functionality is not supported."
    code = 501


class PortNotFound(NotFound):
    msg_fmt = "Port id %(port_id)s could not be found."


class PortInUse(NetworkError, Conflict):
    msg_fmt = "Port %(port_id)s is still in use."


class PortRequiresFixedIP(Invalid):
    msg_fmt = "Port %(port_id)s requires a FixedIP in order to be used."


class PortLimitExceeded(NetworkError, QuotaError):
    msg_fmt = "Maximum number of ports exceeded"


class MultiplePortsNotApplicable(Invalid):
    msg_fmt = "Failed to launch multiple instances with a single configured port ID. Please launch " \
              "your instance one by one with different ports."


class NoMoreNetworks(MinovaException):
    msg_fmt = "No more available networks."


class FixedIpInvalid(Invalid):
    msg_fmt = "Fixed IP address %(address)s is invalid."


class FixedIpNotFoundForAddress(NotFound):
    msg_fmt = "Fixed ip not found for address %(address)s."


class FixedIpNotFoundForNetwork(NetworkError, NotFound):
    msg_fmt = "Fixed IP address (%(address)s) does not exist in network (%(network_uuid)s)."


class FixedIpAlreadyInUse(NetworkError, Invalid):
    msg_fmt = "Fixed IP address %(address)s is already in use on instance %(instance_uuid)s."


class FixedIpNotFoundForSpecificInstance(NotFound):
    msg_fmt = "Instance %(instance_uuid)s doesn't have fixed ip '%(ip)s'."


class NoMoreFixedIps(NetworkError):
    msg_fmt = "No fixed IP addresses available for network: %(net)s"


class FixedIpLimitExceeded(NetworkError):
    msg_fmt = "Maximum number of fixed ips exceeded"


class InvalidID(Invalid):
    msg_fmt = "Invalid ID received %(id)s."


class FloatingIpNotFound(NotFound):
    msg_fmt = "Floating ip not found for id %(id)s."


class FloatingIpNotFoundForAddress(FloatingIpNotFound):
    msg_fmt = "Floating ip not found for address %(address)s."


class FloatingIpNotFoundForHost(FloatingIpNotFound):
    msg_fmt = "Floating ip not found for host %(host)s."


class FloatingIpPoolNotFound(NotFound):
    msg_fmt = "Floating ip pool not found."


class FloatingIpExists(Conflict):
    msg_fmt = "Floating ip %(address)s already exists."


class FloatingIpNotAssociated(MinovaException):
    msg_fmt = "Floating ip %(address)s is not associated."


class CannotDisassociateAutoAssignedFloatingIP(Forbidden):
    msg_fmt = "Cannot disassociate auto assigned floating ip"


class FloatingIpLimitExceeded(QuotaError):
    msg_fmt = "Maximum number of floating ips exceeded"


class NoMoreFloatingIps(NetworkError, FloatingIpNotFound):
    msg_fmt = "Zero floating ips available."


class InvalidCidr(Invalid):
    msg_fmt = "%(cidr)s is not a valid ip network."


class InvalidIpProtocol(Invalid):
    msg_fmt = "Invalid IP protocol %(protocol)s."


class InvalidPortRange(Invalid):
    msg_fmt = "Invalid port range %(from_port)s:%(to_port)s. %(msg)s"


class SecurityGroupNotFound(NotFound):
    msg_fmt = "Security group %(security_group_id)s not found."


class SecurityGroupNotFoundForProject(SecurityGroupNotFound):
    msg_fmt = "Security group %(security_group_id)s not found for project %(project_id)s."


class NoUniqueMatch(Conflict):
    msg_fmt = ("Multiple security groups found matching '%(name)s'. Use an ID to be more "
               "specific.")


class SecurityGroupExists(Invalid):
    msg_fmt = ("Security group %(security_group_name)s already exists for project "
               "%(project_id)s.")


class SecurityGroupExistsForInstance(Invalid):
    msg_fmt = ("Security group %(security_group_id)s is already associated with the instance "
               "%(instance_id)s")


class SecurityGroupNotExistsForInstance(Invalid):
    msg_fmt = ("Security group %(security_group_id)s is not associated with the instance "
               "%(instance_id)s")


class SecurityGroupLimitExceeded(QuotaError):
    msg_fmt = "Maximum number of security groups or rules exceeded"


class SecurityGroupRuleExists(Conflict):
    msg_fmt = "This rule already exists."


class SecurityGroupDefaultRuleNotFound(MinovaException):
    # The % without its parenthesis is Nova's; clients have seen what comes of it for years.
    msg_fmt = "Security group default rule (%rule_id)s not found."
    code = 404
