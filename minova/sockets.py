"""Listening sockets: from an address in the configuration to a socket that hands out connections.

Plain sockets: in a process that eventlet has patched they are green ones without being told.
"""

import contextlib
import errno
import itertools
import logging
import os
import socket
import ssl
import stat
import time

from minova import exception

LOG = logging.getLogger(__name__)

UNIX_PREFIX = "unix:"
_EXHAUSTED = {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM}
_CLOSED = {errno.EBADF, errno.EINVAL, errno.ENOTSOCK}
_PAUSE_WHEN_EXHAUSTED = 0.1  # seconds


def listen(host: str, port: int, backlog: int) -> socket.socket:
    """Bind and listen.

    :param host: IPv4 or IPv6 address, host name, or `unix:/path`
    :param port: TCP port, 0 for any; not used by a unix socket
    :param backlog: connections that the kernel keeps waiting
    :raises minova.exception.CannotListen: the address is taken, not of this machine, not permitted
    """
    try:
        if host.startswith(UNIX_PREFIX):
            return _listen_unix(host[len(UNIX_PREFIX):], backlog)
        return _listen_tcp(host, port, backlog)
    except (OSError, UnicodeError) as exc:  # the latter: no host can have such a name
        where = host if host.startswith(UNIX_PREFIX) else url_host(host, port)
        raise exception.CannotListen(
            address=where, reason=getattr(exc, "strerror", None) or exc
        ) from exc


def _listen_tcp(host: str, port: int, backlog: int) -> socket.socket:
    family, kind, protocol, _name, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    sock = socket.socket(family, kind, protocol)
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind(address)
        sock.listen(backlog)
    except OSError:
        sock.close()
        raise
    return sock


def _listen_unix(path: str, backlog: int) -> socket.socket:
    _remove_stale(path)
    sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        sock.bind(path)
        sock.listen(backlog)
    except OSError:
        sock.close()
        raise
    return sock


def _remove_stale(path: str) -> None:
    """Remove the socket of a server that is gone: it would be in the way of bind."""
    with contextlib.suppress(FileNotFoundError):
        if not stat.S_ISSOCK(os.stat(path).st_mode):
            return
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
            try:
                probe.connect(path)
            except ConnectionRefusedError:
                os.unlink(path)


def url_host(host: str, port: int) -> str:
    """Return `host:port` as it stands in a URL."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def tls_context(cert_file: str | None, key_file: str | None, ca_file: str | None) -> ssl.SSLContext:
    """Return the server's TLS settings; with `ca_file` clients must show a certificate.

    :raises minova.exception.TLSFilesInvalid: a file is missing or is not what it should be
    """
    if not cert_file:
        raise exception.TLSFilesInvalid(reason="ssl_cert_file is not set")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        context.load_cert_chain(cert_file, key_file)
        if ca_file:
            context.load_verify_locations(ca_file)
            context.verify_mode = ssl.CERT_REQUIRED
    except OSError as exc:  # ssl.SSLError is one
        files = ", ".join(name for name in (cert_file, key_file, ca_file) if name)
        raise exception.TLSFilesInvalid(reason=f"{files}: {exc}") from exc
    return context


class Listener:
    """A listening socket whose connections come out ready to be served.

    Looks like a socket to a server's accept loop, which an odd client must not be able to end:
    whatever goes wrong with one connection is over with that connection.
    """

    def __init__(self, sock: socket.socket, keepidle: int, tls: ssl.SSLContext | None = None):
        """:param keepidle: seconds of silence after which the kernel probes the client"""
        self._sock = sock
        self._keepidle = keepidle
        self._tls = tls
        self._unix_clients = itertools.count(1)
        self.family = sock.family
        self._name = sock.getsockname()

    @property
    def url(self) -> str:
        """Where clients find it: a URL, or unix:/path."""
        if self.family == socket.AF_UNIX:
            return UNIX_PREFIX + self._name
        scheme = "https" if self._tls else "http"
        return f"{scheme}://{url_host(*self._name[:2])}/"

    def getsockname(self) -> object:
        """Return the address it is bound to, also after close()."""
        return self._name

    def accept(self) -> tuple[socket.socket, object]:
        # One at a time, and others in between: who takes all that wait keeps them for as long as they
        # stay open, while the workers that share the socket have nothing to do.
        time.sleep(0)
        while True:
            try:
                conn, address = self._sock.accept()
            except OSError as exc:
                if exc.errno in _CLOSED:
                    raise
                if exc.errno in _EXHAUSTED:
                    LOG.error("Cannot accept connections: %s", exc)
                    time.sleep(_PAUSE_WHEN_EXHAUSTED)
                continue
            try:
                return self._prepare(conn), self._client(address)
            except OSError as exc:
                LOG.debug("Connection from %s was lost at once: %s", address, exc)
                conn.close()

    def _prepare(self, conn: socket.socket) -> socket.socket:
        if self.family != socket.AF_UNIX:
            # Without it the second packet of an answer waits for the client's delayed ACK: 40 ms.
            conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            conn.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, self._keepidle)
        if self._tls:
            # The handshake waits for the first read, in the connection's own thread: here, a
            # client that says nothing would keep all others out.
            return self._tls.wrap_socket(conn, server_side=True, do_handshake_on_connect=False)
        return conn

    def _client(self, address: object) -> object:
        # Servers tell connections apart by address; the clients of a unix socket have none.
        if self.family == socket.AF_UNIX:
            return ("unix", next(self._unix_clients))
        return address

    def close(self) -> None:
        """Close this process's end; connections go on, other processes go on accepting."""
        self._sock.close()

    def unlink(self) -> None:
        """Remove the file of a unix socket."""
        if self.family == socket.AF_UNIX:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(self._name)
