"""What requests say of security groups, checked by hand: Nova has no schemas for them."""

import ipaddress
import urllib.parse

from minova import exception

_PROTOCOLS = ('TCP', 'UDP', 'ICMP')
_ALL_ADDRESSES = ('0.0.0.0', '::')


def text(value, name: str) -> str:
    """A name or a description, as it is. Raises Invalid unless 1 to 255 characters are in it."""
    if not isinstance(value, str):
        raise exception.Invalid(f'Security group {name} is not a string or unicode')
    length = len(value.strip())
    if length < 1:
        raise exception.Invalid(f'{name} has a minimum character requirement of 1.')
    if length > 255:
        raise exception.Invalid(f'{name} has more than 255 characters.')
    return value


def cidr(value) -> str:
    """A range of addresses, as it is written; all IPv4 addresses when there is none.

    Raises InvalidCidr.
    """
    if not value:
        return '0.0.0.0/0'
    if isinstance(value, str):
        decoded = urllib.parse.unquote(value)
        try:
            ipaddress.ip_network(decoded, strict=False)
            if decoded.partition('/')[2]:
                return decoded
        except ValueError:
            pass
    raise exception.InvalidCidr(cidr=value)


def ingress_rule(ip_protocol, from_port, to_port, *, source_group_id: int | None = None,
                 source_cidr: str | None = None) -> dict | None:
    """The rule that lets in a group or a range; None when what is needed for that is missing.

    Only a group may be let in without a protocol and ports. Raises InvalidInput,
    InvalidIpProtocol, InvalidPortRange.
    """
    rule = {'cidr': source_cidr}
    if source_group_id:
        rule = {'group_id': source_group_id}
        if from_port is None and to_port is None:
            from_port, to_port = {'ICMP': (-1, -1), 'TCP': (1, 65535), 'UDP': (1, 65535)}.get(
                str(ip_protocol).upper(), (None, None))
    if not ip_protocol or from_port is None or to_port is None:
        return rule if source_group_id else None
    first, last = _ports(str(ip_protocol), from_port, to_port)
    return rule | {'protocol': str(ip_protocol), 'from_port': first, 'to_port': last}


def _ports(ip_protocol: str, from_port, to_port) -> tuple[int, int]:
    protocol = ip_protocol.upper()
    try:
        first, last = int(from_port), int(to_port)
    except (TypeError, ValueError):
        raise exception.InvalidInput(
            reason='Type and Code must be integers for ICMP protocol type' if protocol == 'ICMP'
            else 'To and From ports must be integers') from None
    if protocol not in _PROTOCOLS:
        raise exception.InvalidIpProtocol(protocol=ip_protocol)
    wrong = None
    if protocol == 'ICMP':
        if not (-1 <= first <= 255 and -1 <= last <= 255):
            wrong = 'For ICMP, the type:code must be valid'
    elif first > last:
        wrong = 'Former value cannot be greater than the later'
    elif first < 1 or last > 65535:
        wrong = f'Valid {protocol} ports should be between 1-65535'
    if wrong:
        raise exception.InvalidPortRange(from_port=first, to_port=last, msg=wrong)
    return first, last


def has_bad_prefix(rule: dict) -> bool:
    """Whether the rule lets in everybody by a range that does not look like it."""
    address, _, prefix = (rule.get('cidr') or '').partition('/')
    return bool(address) and address not in _ALL_ADDRESSES and prefix == '0'
