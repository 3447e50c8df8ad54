"""Listening sockets: addresses, refusals, and odd clients."""

import errno
import socket

import pytest

from minova import exception, sockets


def test_port_zero_is_any_free_one():
    listener = sockets.Listener(sockets.listen("127.0.0.1", 0, 5), keepidle=60)
    host, port = listener.getsockname()
    assert host == "127.0.0.1" and port > 0
    assert listener.url == f"http://127.0.0.1:{port}/"
    listener.close()
    assert listener.url == f"http://127.0.0.1:{port}/"


def test_address_taken_is_named():
    with sockets.listen("127.0.0.1", 0, 5) as first:
        port = first.getsockname()[1]
        with pytest.raises(exception.CannotListen) as caught:
            sockets.listen("127.0.0.1", port, 5)
    assert str(caught.value) == f"Cannot listen on 127.0.0.1:{port}: Address already in use"


@pytest.mark.parametrize(
    "host", ["192.0.2.1", "nosuch.invalid", "x" * 70, "unix:/nosuch/folder/socket"]
)
def test_address_that_cannot_be_had(host):
    with pytest.raises(exception.CannotListen, match=host.replace("/", ".")):
        sockets.listen(host, 0, 5)


def test_unix_socket_of_a_living_server_is_not_taken(tmp_path):
    path = f"unix:{tmp_path}/socket"
    with sockets.listen(path, 0, 5):
        with pytest.raises(exception.CannotListen, match="Address already in use"):
            sockets.listen(path, 0, 5)
    sockets.listen(path, 0, 5).close()  # nobody listens any more: taken over


def test_file_in_the_way_of_a_unix_socket_is_left_alone(tmp_path):
    (tmp_path / "socket").write_text("precious")
    with pytest.raises(exception.CannotListen, match="Address already in use"):
        sockets.listen(f"unix:{tmp_path}/socket", 0, 5)
    assert (tmp_path / "socket").read_text() == "precious"


def test_connections_are_tuned():
    with sockets.listen("127.0.0.1", 0, 5) as sock:
        listener = sockets.Listener(sock, keepidle=77)
        with socket.create_connection(listener.getsockname()) as client:
            conn, address = listener.accept()
            assert address == client.getsockname()
            with conn:
                assert conn.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) == 1
                assert conn.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE) == 1
                assert conn.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE) == 77


class Flaky:
    """A listening socket whose accept() goes through a list of results."""

    family = socket.AF_UNIX

    def __init__(self, *results):
        self.results = list(results)

    def getsockname(self):
        return "/socket"

    def accept(self):
        result = self.results.pop(0)
        if isinstance(result, OSError):
            raise result
        return result, ""


def test_accept_survives_clients_that_left_and_a_lack_of_descriptors(monkeypatch):
    pauses = []
    monkeypatch.setattr(sockets.time, "sleep", pauses.append)
    flaky = Flaky(
        OSError(errno.ECONNABORTED, "gone"), OSError(errno.EMFILE, "none left"), "one", "two"
    )
    listener = sockets.Listener(flaky, keepidle=60)
    assert listener.accept() == ("one", ("unix", 1))
    assert listener.accept() == ("two", ("unix", 2))
    assert len([pause for pause in pauses if pause]) == 1


def test_accept_ends_when_the_socket_is_closed():
    listener = sockets.Listener(Flaky(OSError(errno.EBADF, "closed")), keepidle=60)
    with pytest.raises(OSError, match="closed"):
        listener.accept()


def test_tls_files_must_be_in_order(tmp_path):
    with pytest.raises(exception.TLSFilesInvalid, match="ssl_cert_file is not set"):
        sockets.tls_context(None, None, None)
    (tmp_path / "cert").write_text("nonsense")
    with pytest.raises(exception.TLSFilesInvalid, match=str(tmp_path / "cert")):
        sockets.tls_context(str(tmp_path / "cert"), None, None)
