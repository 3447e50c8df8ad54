"""A small HTTP client that keeps its connections open and always has a request on each of them.

    python client.py PORT CONNECTIONS SECONDS REQUESTS [OFFSET]

REQUESTS is a JSON file with a list of requests as text; they are sent in turn, beginning at OFFSET.
With an OFFSET none is sent twice, and the client ends when all are sent. It prints JSON: {"count":
answers, "seconds": time, "sent": requests, "statuses": {"200": 17}}. Only the standard library is
imported, and little of it, so that starting it is cheap.
"""

import json
import select
import socket
import sys
import time


class Connection:
    """One connection, and how much of the answer on it is still to come."""

    def __init__(self, port: int):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.head = b""
        self.missing = None

    def send(self, request: bytes) -> None:
        self.head, self.missing = b"", None
        self.socket.sendall(request)

    def receive(self) -> bytes | None:
        """Take what has come; the status once the answer is complete, else None."""
        data = self.socket.recv(1 << 20)
        if not data:
            raise ConnectionError("the server closed the connection: " + repr(self.head[:200]))
        if self.missing is None:
            self.head += data
            end = self.head.find(b"\r\n\r\n")
            if end < 0:
                return None
            self.missing = _length(self.head[:end].lower()) - (len(self.head) - end - 4)
        else:
            self.missing -= len(data)
        return self.head[9:12] if self.missing <= 0 else None


def _length(head: bytes) -> int:
    at = head.find(b"content-length:")
    return 0 if at < 0 else int(head[at + 15:].split(b"\r\n", 1)[0])


def run(port: int, connections: int, seconds: float, requests: list[bytes],
        offset: int | None) -> dict:
    poll = select.epoll()
    by_number = {}
    statuses: dict[str, int] = {}
    turn = offset or 0
    for _ in range(connections):
        connection = Connection(port)
        by_number[connection.socket.fileno()] = connection
        poll.register(connection.socket, select.EPOLLIN)
    start = time.perf_counter()
    end, open_requests = start + seconds, 0
    for connection in by_number.values():
        if offset is None or turn < len(requests):
            connection.send(requests[turn % len(requests)])
            turn, open_requests = turn + 1, open_requests + 1
    while open_requests:
        for number, _event in poll.poll():
            status = by_number[number].receive()
            if status is None:
                continue
            open_requests -= 1
            statuses[status.decode()] = statuses.get(status.decode(), 0) + 1
            if time.perf_counter() < end and (offset is None or turn < len(requests)):
                by_number[number].send(requests[turn % len(requests)])
                turn, open_requests = turn + 1, open_requests + 1
    return {"count": sum(statuses.values()), "seconds": time.perf_counter() - start,
            "sent": turn - (offset or 0), "statuses": statuses}


def main() -> None:
    port, connections, seconds, path, *offset = sys.argv[1:]
    with open(path) as file:
        requests = [text.encode() for text in json.load(file)]
    print(json.dumps(run(int(port), int(connections), float(seconds), requests,
                         int(offset[0]) if offset else None)))


if __name__ == "__main__":
    main()
