"""What attributes must be like. A check answers the value in its proper form, or raises ValueError."""

import ipaddress
import re

from oslo_utils import uuidutils

from minova import exception

_MAC = re.compile(r'[0-9a-f]{2}(:[0-9a-f]{2}){5}')
_TRUE, _FALSE = ('true', '1', 't', 'yes', 'on'), ('false', '0', 'f', 'no', 'off')


def text(value, length: int = 255) -> str:
    if not isinstance(value, str):
        raise ValueError(f"'{value}' is not a valid string")
    if len(value) > length:
        raise ValueError(f"'{value}' exceeds maximum length of {length}")
    return value


def project(value) -> str:
    if text(value) == '':
        raise ValueError("'' is not the id of a project")
    return value


def boolean(value) -> bool:
    if isinstance(value, bool):
        return value
    if str(value).lower() in _TRUE:
        return True
    if str(value).lower() in _FALSE:
        return False
    raise ValueError(f"'{value}' cannot be converted to boolean")


def number(first: int | None = None, last: int | None = None):
    """A check for whole numbers in these bounds."""
    def check(value) -> int:
        try:
            if isinstance(value, (bool, float)):
                raise ValueError
            converted = int(value)
        except (TypeError, ValueError):
            raise ValueError(f"'{value}' is not an integer") from None
        if first is not None and converted < first:
            raise ValueError(f"'{value}' is too small - must be at least '{first}'")
        if last is not None and converted > last:
            raise ValueError(f"'{value}' is too large - must be no larger than '{last}'")
        return converted
    return check


def port_number(value) -> int:
    """Raises SecurityGroupInvalidPortValue, whatever is wrong with it."""
    try:
        return number(0, 65535)(value)
    except ValueError:
        raise exception.neutron.SecurityGroupInvalidPortValue(port=value) from None


def one_of(*values):
    def check(value):
        if value not in values:
            raise ValueError(f"'{value}' is not in {list(values)}")
        return value
    return check


def ip_version(value) -> int:
    return one_of(4, 6)(int(value) if value in ('4', '6') else value)


def or_none(check):
    """A check for what may be null, too."""
    return lambda value: None if value is None else check(value)


def uuid(value) -> str:
    if not isinstance(value, str) or not uuidutils.is_uuid_like(value):
        raise ValueError(f"'{value}' is not a valid UUID")
    return str(value)


def address(value) -> str:
    try:
        # One with a zone is nobody else's to reach.
        if not isinstance(value, str) or '%' in value:
            raise ValueError
        return str(ipaddress.ip_address(value))
    except ValueError:
        raise ValueError(f"'{value}' is not a valid IP address") from None


def mac(value) -> str:
    if not isinstance(value, str) or not _MAC.fullmatch(value.lower()):
        raise ValueError(f"'{value}' is not a valid MAC address")
    return value.lower()


def cidr(value) -> str:
    """A range of addresses, written as what it begins with."""
    try:
        if not isinstance(value, str) or '/' not in value:
            raise ValueError
        network = ipaddress.ip_network(value, strict=False)
    except ValueError:
        raise ValueError(f"'{value}' is not a valid IP subnet") from None
    if ipaddress.ip_address(value.partition('/')[0]) != network.network_address:
        raise ValueError(f"'{value}' isn't a recognized IP subnet cidr, '{network}' is recommended")
    return str(network)


def prefix(value) -> str:
    """A range of addresses, which may be written as one in it, or one address."""
    try:
        # One with a zone is nobody else's to reach.
        if not isinstance(value, str) or '%' in value:
            raise ValueError
        return ipaddress.ip_interface(value).with_prefixlen
    except ValueError:
        raise ValueError(f"'{value}' is not a valid IP subnet") from None


def address_or_prefix(value) -> str:
    """The same, in the words of the client."""
    prefix(value)
    return value


def list_of(check, unique: bool = True):
    def check_all(values) -> list:
        if not isinstance(values, list):
            raise ValueError(f"'{values}' is not a list")
        checked = [check(value) for value in values]
        for position, value in enumerate(checked if unique else ()):
            if value in checked[:position]:
                raise ValueError(f"Duplicate items in the list: '{value}'")
        return checked
    return check_all


def list_or_none(check):
    """The same for lists of which null is an empty one."""
    check_all = list_of(check)
    return lambda values: [] if values is None else check_all(values)


def record(required: dict, optional: dict | None = None):
    """A check for objects with these keys, each of which has a check."""
    known = {**required, **(optional or {})}

    def check(value) -> dict:
        if not isinstance(value, dict):
            raise ValueError(f"'{value}' is not a dictionary")
        missing = sorted(set(required) - set(value))
        if missing:
            raise ValueError(f'Expected keys not found: {", ".join(missing)}')
        unknown = sorted(set(value) - set(known))
        if unknown:
            raise ValueError(f'Unexpected keys supplied: {", ".join(unknown)}')
        return {key: known[key](each) for key, each in value.items()}
    return check


pools = list_of(record({'start': address, 'end': address}))
routes = list_or_none(record({'destination': cidr, 'nexthop': address}))
# A port may have several addresses of a subnet.
fixed_ips = list_of(record({}, {'subnet_id': uuid, 'ip_address': address}), unique=False)
address_pairs = list_or_none(record({'ip_address': address_or_prefix}, {'mac_address': mac}))
_gateway = record({'network_id': or_none(uuid)}, {'enable_snat': boolean, 'external_fixed_ips': fixed_ips})


def gateway_info(value) -> dict:
    """The way out of a router; null or {} for none."""
    return {} if value is None or value == {} else _gateway(value)


def protocol(value) -> str:
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise ValueError(f"'{value}' is not a valid protocol")
    return str(value).lower()
