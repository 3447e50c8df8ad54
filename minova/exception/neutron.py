"""What Neutron's API says when something cannot be: `exception.neutron.SubnetInUse`.

The name of the class is the type of the error that clients read. Many are Nova's names for other words,
so these are not among the names of `minova.exception`.
"""

from minova.exception.base import Conflict, Forbidden, Invalid, NotFound


class BadRequest(Invalid):
    msg_fmt = 'Bad %(resource)s request: %(msg)s.'


class InvalidInput(Invalid):
    msg_fmt = 'Invalid input for operation: %(error_message)s.'


class NotAuthorized(Forbidden):
    msg_fmt = 'Not authorized.'


class PolicyNotAuthorized(Forbidden):
    msg_fmt = 'rule:%(rule)s is disallowed by policy'


class OverQuota(Conflict):
    msg_fmt = 'Quota exceeded for resources: %(overs)s.'


# ---- networks and subnets

class NetworkNotFound(NotFound):
    msg_fmt = 'Network %(net_id)s could not be found.'


class NetworkInUse(Conflict):
    msg_fmt = ('Unable to complete operation on network %(net_id)s. There are one or more ports still '
               'in use on the network, id for these ports: %(ports)s.')


class ExternalNetworkInUse(Conflict):
    msg_fmt = ('External network %(net_id)s cannot be updated to be made non-external, since it has '
               'existing gateway ports.')


class InvalidSharedSetting(Conflict):
    msg_fmt = ('Unable to reconfigure sharing settings for network %(network)s. Multiple tenants are '
               'using it.')


class SubnetNotFound(NotFound):
    msg_fmt = 'Subnet %(subnet_id)s could not be found.'


class SubnetInUse(Conflict):
    msg_fmt = 'Unable to complete operation on subnet %(subnet_id)s: %(reason)s'


class OutOfBoundsAllocationPool(Invalid):
    msg_fmt = 'The allocation pool %(pool)s spans beyond the subnet cidr %(subnet_cidr)s.'


class InvalidAllocationPool(Invalid):
    msg_fmt = 'The allocation pool %(pool)s is not valid.'


class OverlappingAllocationPools(Conflict):
    msg_fmt = 'Found overlapping allocation pools: %(pool_1)s %(pool_2)s for subnet %(subnet_cidr)s.'


class GatewayConflictWithAllocationPools(Conflict):
    msg_fmt = 'Gateway ip %(ip_address)s conflicts with allocation pool %(pool)s.'


class GatewayIpInUse(Conflict):
    msg_fmt = ('Current gateway ip %(ip_address)s already in use by port %(port_id)s. Unable to '
               'update.')


# ---- ports

class PortNotFound(NotFound):
    msg_fmt = 'Port %(port_id)s could not be found.'


class ServicePortInUse(Conflict):
    msg_fmt = 'Port %(port_id)s cannot be deleted directly via the port API: %(reason)s.'


class MacAddressInUse(Conflict):
    msg_fmt = ('Unable to complete operation for network %(net_id)s. The mac address %(mac)s is in '
               'use.')


class PortBound(Conflict):
    msg_fmt = ('Unable to complete operation on port %(port_id)s, port is already bound, port type: '
               '%(vif_type)s, old_mac %(old_mac)s, new_mac %(new_mac)s.')


class InvalidIpForNetwork(Invalid):
    msg_fmt = ('IP address %(ip_address)s is not a valid IP for any of the subnets on the specified '
               'network.')


class InvalidIpForSubnet(Invalid):
    msg_fmt = 'IP address %(ip_address)s is not a valid IP for the specified subnet.'


class IpAddressAlreadyAllocated(Conflict):
    msg_fmt = 'IP address %(ip)s already allocated in subnet %(subnet_id)s.'


class IpAddressGenerationFailure(Conflict):
    msg_fmt = 'No more IP addresses available on network %(net_id)s.'


class PortSecurityAndIPRequiredForSecurityGroups(Invalid):
    msg_fmt = ('Port security must be enabled and port must have an IP address in order to use '
               'security groups.')


# ---- routers

class RouterNotFound(NotFound):
    msg_fmt = 'Router %(router_id)s could not be found'


class RouterInUse(Conflict):
    msg_fmt = 'Router %(router_id)s still has ports'


class RouterInterfaceNotFound(NotFound):
    msg_fmt = 'Router %(router_id)s does not have an interface with id %(port_id)s'


class RouterInterfaceNotFoundForSubnet(NotFound):
    msg_fmt = 'Router %(router_id)s has no interface on subnet %(subnet_id)s'


class RouterInterfaceInUseByFloatingIP(Conflict):
    msg_fmt = ('Router interface for subnet %(subnet_id)s on router %(router_id)s cannot be deleted, '
               'as it is required by one or more floating IPs.')


class RouterExternalGatewayInUseByFloatingIp(Conflict):
    msg_fmt = ('Gateway cannot be updated for router %(router_id)s, since a gateway to external '
               'network %(net_id)s is required by one or more floating IPs.')


class PortInUse(Conflict):
    msg_fmt = ('Unable to complete operation on port %(port_id)s for network %(net_id)s. Port '
               'already has an attached device %(device_id)s.')


# ---- floating addresses

class FloatingIPNotFound(NotFound):
    msg_fmt = 'Floating IP %(floatingip_id)s could not be found'


class ExternalGatewayForFloatingIPNotFound(NotFound):
    msg_fmt = ('External network %(external_network_id)s is not reachable from subnet %(subnet_id)s.  '
               'Therefore, cannot associate Port %(port_id)s with a Floating IP.')


class FloatingIPPortAlreadyAssociated(Conflict):
    msg_fmt = ('Cannot associate floating IP %(floating_ip_address)s (%(fip_id)s) with port '
               '%(port_id)s using fixed IP %(fixed_ip)s, as that fixed IP already has a floating IP '
               'on external network %(net_id)s.')


# ---- security groups

class SecurityGroupNotFound(NotFound):
    msg_fmt = 'Security group %(id)s does not exist'


class SecurityGroupInUse(Conflict):
    msg_fmt = 'Security Group %(id)s in use.'


class SecurityGroupCannotRemoveDefault(Conflict):
    msg_fmt = 'Insufficient rights for removing default security group.'


class SecurityGroupCannotUpdateDefault(Conflict):
    msg_fmt = 'Updating default security group not allowed.'


class SecurityGroupDefaultAlreadyExists(Conflict):
    msg_fmt = 'Default security group already exists.'


class SecurityGroupNameTaken(Conflict):
    msg_fmt = 'Security group %(name)s already exists.'


class SecurityGroupRuleNotFound(NotFound):
    msg_fmt = 'Security group rule %(id)s does not exist'


class SecurityGroupRuleExists(Conflict):
    msg_fmt = 'Security group rule already exists. Rule id is %(rule_id)s.'


class SecurityGroupProtocolRequiredWithPorts(Invalid):
    msg_fmt = 'Must also specify protocol if port range is given.'


class SecurityGroupInvalidPortValue(Invalid):
    msg_fmt = 'Invalid value for port %(port)s'


class SecurityGroupInvalidPortRange(Invalid):
    msg_fmt = 'For TCP/UDP protocols, port_range_min must be <= port_range_max'


class SecurityGroupRemoteGroupAndRemoteIpPrefix(Invalid):
    msg_fmt = 'Only remote_ip_prefix or remote_group_id may be provided.'


class SecurityGroupRuleInvalidProtocol(Invalid):
    msg_fmt = 'Security group rule protocol %(protocol)s not supported.'


class SecurityGroupRuleInvalidEtherType(Invalid):
    msg_fmt = 'Conflicting value ethertype %(ethertype)s for CIDR %(cidr)s'


class SecurityGroupMissingIcmpType(Invalid):
    msg_fmt = ('ICMP code (port-range-max) %(value)s is provided but ICMP type (port-range-min) is '
               'missing.')


class SecurityGroupInvalidIcmpValue(Invalid):
    msg_fmt = ('Invalid value for ICMP %(field)s (%(attr)s) %(value)s. It must be 0 to 255.')
