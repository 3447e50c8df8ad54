"""Tells systemd how the service is, where systemd started it as Type=notify."""

import os
import socket


def notify(**state: object) -> bool:
    """Send e.g. READY=1 to the socket that systemd has named; whether there is one.

    What systemd cannot be told is no reason not to serve.
    """
    address = os.environ.get('NOTIFY_SOCKET')
    if not address:
        return False
    if address.startswith('@'):
        address = '\0' + address[1:]
    message = '\n'.join(f'{key}={value}' for key, value in state.items())
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sock:
            sock.sendto(message.encode(), address)
    except OSError:
        return False
    return True
