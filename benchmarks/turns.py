"""Servers take turns with one kind of request, so that whatever else the machine does meets all of them."""

import http.client
import json
import pathlib
import statistics
import subprocess
import sys

import processes

HERE = pathlib.Path(__file__).resolve().parent
_WARM_UP = 0.2      # seconds


class Contender:
    """One server, and what it is asked. With `once` no request is sent twice."""

    def __init__(self, name: str, process: processes.Process, requests: list[str], once: bool = False):
        self.name = name
        self.process = process
        self.requests = requests
        self.once = once
        self.sent = 0
        self.turns: list[dict] = []


class Turns:
    """So many rounds, in each of which every server has one turn of so many seconds."""

    def __init__(self, state: pathlib.Path, seconds: float, rounds: int):
        self._requests = state / "requests.json"
        self._seconds, self._rounds = seconds, rounds

    def measure(self, contenders: list[Contender], connections: int, status: int) -> list[dict]:
        """For each contender its medians, and the ratios to the first one, of neighbouring turns.

        per_second and cpu_ms (of the server, per answer); ratio (of rates), cpu_ratio (how many times
        the CPU of the first it takes).
        """
        for contender in contenders:
            if not contender.once:
                self._turn(contender, connections, status, contender.requests, _WARM_UP)
                contender.turns.clear()
        for number in range(self._rounds):
            for contender in contenders:
                # Those that can be sent once are shared out between the turns.
                end = len(contender.requests) * (number + 1) // self._rounds
                self._turn(contender, connections, status,
                           contender.requests[:end] if contender.once else contender.requests,
                           self._seconds)
        return [self._result(contender, contenders[0]) for contender in contenders]

    def _turn(self, contender: Contender, connections: int, status: int, requests: list[str],
              seconds: float) -> None:
        self._requests.write_text(json.dumps(requests))
        server = contender.process
        before = server.cpu_seconds()
        result = json.loads(subprocess.run(
            [sys.executable, "-S", "-E", str(HERE / "client.py"), str(server.port),
             str(connections), str(seconds), str(self._requests)]
            + ([str(contender.sent)] if contender.once else []),
            stdout=subprocess.PIPE, check=True).stdout)
        if set(result["statuses"]) != {str(status)}:
            raise RuntimeError(f"expected only {status}, got {result['statuses']}")
        contender.sent += result["sent"]
        contender.turns.append({
            "rate": result["count"] / result["seconds"],
            "cpu_ms": (server.cpu_seconds() - before) / result["count"] * 1000})

    @staticmethod
    def _result(contender: Contender, first: Contender) -> dict:
        pairs = list(zip(contender.turns, first.turns, strict=True))
        return {
            "name": contender.name,
            "per_second": statistics.median(turn["rate"] for turn in contender.turns),
            "cpu_ms": statistics.median(turn["cpu_ms"] for turn in contender.turns),
            "ratio": statistics.median(own["rate"] / other["rate"] for own, other in pairs),
            "cpu_ratio": statistics.median(own["cpu_ms"] / other["cpu_ms"] for own, other in pairs)}


def fetch(server: processes.Process, text: str) -> dict:
    """Send one request; the answer, as bare.py takes it."""
    head, _, body = text.partition("\r\n\r\n")
    first, *lines = head.split("\r\n")
    method, path, _version = first.split(" ")
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=600)
    connection.request(method, path, body or None, dict(line.split(": ", 1) for line in lines))
    response = connection.getresponse()
    headers = [h for h in response.getheaders() if h[0] not in ("Date", "Connection")]
    answer = {"status": f"{response.status} {response.reason}", "headers": headers,
              "body": response.read().decode()}
    connection.close()
    return answer
