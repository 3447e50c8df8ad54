"""A socket that hands out connections, among green threads."""

import itertools
import socket

import eventlet
from eventlet.green import socket as green_socket
from eventlet.green import time as green_time

from minova import sockets


def test_others_have_a_turn_between_two_connections_that_wait(monkeypatch):
    monkeypatch.setattr(sockets, "socket", green_socket)
    monkeypatch.setattr(sockets, "time", green_time)
    listener = sockets.Listener(sockets.listen("127.0.0.1", 0, 5), keepidle=60)
    clients = [socket.create_connection(listener.getsockname()) for _ in range(3)]
    seen = []

    def other():
        while len(seen) < 20:
            seen.append("other")
            green_time.sleep(0)

    eventlet.spawn(other)
    for _ in clients:
        listener.accept()[0].close()
        seen.append("connection")
    assert [turn for turn, _ in itertools.groupby(seen)] == ["other", "connection"] * 3
    listener.close()
    for client in clients:
        client.close()
