"""Measures minova against a bare eventlet.wsgi server that answers the same bytes.

    python benchmarks/run.py [--database URL] [--servers N] [--seconds S] [--rounds N] [--only TEXT]
                             [--json FILE]

Everything is started here, on free ports of 127.0.0.1, with temporary state. For each case the two
servers take turns of S seconds, N times, and the ratios are those of neighbouring turns (their
median), so that whatever else the machine does meets both. The rate is in answers per second of wall
time; the CPU is that of the server process, which other load on the machine changes far less.
"""

import argparse
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import population  # noqa: E402
import processes  # noqa: E402
import startup  # noqa: E402

PROJECT = "bench"
NAME = "bench-created"


class Case:
    """A kind of request. `once` makes a list of requests that can each be sent a single time."""

    def __init__(self, name: str, method: str, path: str, body=None, status: int = 200, once=None):
        self.name = name
        self.status = status
        self.once = once
        self.text = None if once else request(method, path, body)


def request(method: str, path: str, body=None) -> str:
    lines = [f"{method} /v2.1{path} HTTP/1.1", "Host: 127.0.0.1:8774", "Accept: application/json",
             "User-Agent: python-novaclient", f"X-Auth-Token: admin:{PROJECT}"]
    text = ""
    if body is not None:
        text = json.dumps(body)
        lines += ["Content-Type: application/json", f"Content-Length: {len(text)}"]
    return "\r\n".join(lines) + "\r\n\r\n" + text


def cases(server_id: str) -> list[Case]:
    of_project = f"/{PROJECT}"
    new = {"server": {"name": NAME, "imageRef": population.IMAGE, "flavorRef": "1"}}

    def deletes() -> list[str]:
        return [request("DELETE", f"{of_project}/servers/{uuid}")
                for uuid in population.named(NAME)]
    return [
        Case("version root", "GET", "/"),
        Case("limits", "GET", f"{of_project}/limits"),
        Case("flavors/detail", "GET", f"{of_project}/flavors/detail"),
        Case("servers/{id}", "GET", f"{of_project}/servers/{server_id}"),
        Case("servers?limit=20", "GET", f"{of_project}/servers?limit=20"),
        Case("servers/detail?limit=20", "GET", f"{of_project}/servers/detail?limit=20"),
        Case("servers/detail?limit=1000", "GET", f"{of_project}/servers/detail?limit=1000"),
        Case("servers/{id}: 404", "GET", f"{of_project}/servers/{server_id[:-1]}x", status=404),
        Case("POST servers: 400", "POST", f"{of_project}/servers", {"server": {"name": ""}}, 400),
        Case("POST action lock", "POST", f"{of_project}/servers/{server_id}/action",
             {"lock": None}, 202),
        Case("POST servers", "POST", f"{of_project}/servers", new, 202),
        Case("DELETE servers/{id}", "DELETE", "", status=204, once=deletes),
    ]


class Turns:
    """Takes turns between two servers with one kind of request."""

    def __init__(self, state: pathlib.Path, ours: processes.Process, seconds: float, rounds: int):
        self._requests = state / "requests.json"
        self._answer = state / "answer.json"
        self._ours, self._seconds, self._rounds = ours, seconds, rounds

    def measure(self, case: Case, connections: int) -> dict:
        requests = case.once() if case.once else [case.text]
        if not requests:
            return {"case": case.name, "connections": connections, "not_served": "nothing is left"}
        self._requests.write_text(json.dumps(requests))
        answer = self._fetch(requests[0])
        if int(answer["status"][:3]) != case.status:
            return {"case": case.name, "connections": connections, "not_served": answer["status"]}
        self._answer.write_text(json.dumps(answer))
        offset, ours, theirs = 1, [], []
        with processes.bare(self._answer) as bare:
            self._turn(bare, connections, None, case.status, 0.2)
            if not case.once:
                self._turn(self._ours, connections, None, case.status, 0.2)
            for turn in range(self._rounds):
                theirs.append(self._turn(bare, connections, None, case.status))
                if case.once:   # a share of what there is to be sent in each turn
                    end = 1 + (len(requests) - 1) * (turn + 1) // self._rounds
                    self._requests.write_text(json.dumps(requests[:end]))
                    ours.append(self._turn(self._ours, connections, offset, case.status))
                    offset += ours[-1]["sent"]
                else:
                    ours.append(self._turn(self._ours, connections, None, case.status))
        return {
            "case": case.name, "connections": connections, "bytes": len(answer["body"]),
            "per_second": statistics.median(t["rate"] for t in ours),
            "bare_per_second": statistics.median(t["rate"] for t in theirs),
            "ratio": statistics.median(a["rate"] / b["rate"]
                                       for a, b in zip(ours, theirs, strict=True)),
            "cpu_ms": statistics.median(t["cpu_ms"] for t in ours),
            "bare_cpu_ms": statistics.median(t["cpu_ms"] for t in theirs),
            "cpu_ratio": statistics.median(b["cpu_ms"] / a["cpu_ms"]
                                           for a, b in zip(ours, theirs, strict=True)),
        }

    def _turn(self, server, connections: int, offset: int | None, status: int,
              seconds: float | None = None) -> dict:
        before = server.cpu_seconds()
        result = json.loads(subprocess.run(
            [sys.executable, "-S", "-E", str(HERE / "client.py"), str(server.port),
             str(connections), str(seconds or self._seconds), str(self._requests)]
            + ([] if offset is None else [str(offset)]),
            stdout=subprocess.PIPE, check=True).stdout)
        if set(result["statuses"]) != {str(status)}:
            raise RuntimeError(f"expected only {status}, got {result['statuses']}")
        return {"rate": result["count"] / result["seconds"], "sent": result["sent"],
                "cpu_ms": (server.cpu_seconds() - before) / result["count"] * 1000}

    def _fetch(self, text: str) -> dict:
        """Send one request; the answer, as bare.py takes it."""
        import http.client
        head, _, body = text.partition("\r\n\r\n")
        first, *lines = head.split("\r\n")
        method, path, _version = first.split(" ")
        connection = http.client.HTTPConnection("127.0.0.1", self._ours.port, timeout=60)
        connection.request(method, path, body or None, dict(line.split(": ", 1) for line in lines))
        response = connection.getresponse()
        headers = [h for h in response.getheaders() if h[0] not in ("Date", "Connection")]
        answer = {"status": f"{response.status} {response.reason}", "headers": headers,
                  "body": response.read().decode()}
        connection.close()
        return answer


def _wait_for_work() -> None:
    while population.open_work():
        time.sleep(0.2)


def _first_server(turns: Turns) -> None:
    """One server, made as clients make them, that the others are copies of."""
    body = {"server": {"name": "first", "imageRef": population.IMAGE, "flavorRef": "1",
                       "metadata": {"role": "web", "owner": "somebody"}}}
    answer = turns._fetch(request("POST", f"/{PROJECT}/servers", body))
    if not answer["status"].startswith("202"):
        raise RuntimeError(f"no server could be made: {answer}")
    _wait_for_work()


def _print_start(found: dict) -> None:
    print(f"start-up: {found['seconds']:.2f} s, the imports alone {found['import_seconds']:.2f} s, "
          f"ratio {found['ratio']:.2f}; CPU {found['cpu_seconds']:.2f} s, "
          f"{found['import_cpu_seconds']:.2f} s, ratio {found['cpu_ratio']:.2f}")


def _print_row(row: dict) -> None:
    if "not_served" in row:
        print(f"{row['case']:28s} {row['connections']:4d}  not served: {row['not_served']}")
        return
    print(f"{row['case']:28s} {row['connections']:4d} {row['per_second']:9.1f} "
          f"{row['bare_per_second']:9.1f} {row['ratio']:7.3f} {row['cpu_ms']:9.3f} "
          f"{row['bare_cpu_ms']:9.3f} {row['cpu_ratio']:7.3f} {row['bytes']:9d}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--database", help="URL of a PostgreSQL or MariaDB server; default SQLite")
    parser.add_argument("--servers", type=int, default=1000, help="in the database (1000)")
    parser.add_argument("--seconds", type=float, default=0.7, help="length of a turn (0.7)")
    parser.add_argument("--rounds", type=int, default=5, help="turns per case and server (5)")
    parser.add_argument("--connections", default="1,8", help="numbers of connections (1,8)")
    parser.add_argument("--only", default="", help="cases whose name has this in it")
    parser.add_argument("--no-startup", action="store_true", help="leave out the start-up time")
    parser.add_argument("--json", type=pathlib.Path, help="write the figures to this file, too")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="minova-bench-") as folder:
        state = pathlib.Path(folder)
        url, remove = population.prepare(state, args.database)
        try:
            figures = _measure(args, state, url)
        finally:
            remove()
    if args.json:
        args.json.write_text(json.dumps(figures, indent=2) + "\n")


def _measure(args, state: pathlib.Path, url: str) -> dict:
    figures: dict = {"servers": args.servers, "database": url.partition(":")[0], "cases": []}
    if not args.no_startup:
        figures["startup"] = startup.measure(state, url, args.rounds)
        _print_start(figures["startup"])
    with processes.minova(state, url) as ours:
        turns = Turns(state, ours, args.seconds, args.rounds)
        _first_server(turns)
        server_id = population.multiply(args.servers, PROJECT)
        print(f"{'':28s} {'':4s} {'answers/s':>9s} {'bare':>9s} {'ratio':>7s} {'CPU ms':>9s} "
              f"{'bare':>9s} {'ratio':>7s} {'bytes':>9s}")
        for case in cases(server_id):
            if args.only not in case.name:
                continue
            for connections in map(int, args.connections.split(",")):
                figures["cases"].append(turns.measure(case, connections))
                _print_row(figures["cases"][-1])
                _wait_for_work()
        figures["rss_mib"] = ours.rss_mib()
        print(f"memory of the process: {figures['rss_mib']:.0f} MiB")
    return figures


if __name__ == "__main__":
    main()
