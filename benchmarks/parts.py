"""The parts of a benchmark: what is measured, each as a function from the arguments to figures."""

import contextlib
import json
import pathlib
import subprocess
import sys

import cases
import processes
import scenes
import turns

from minova.db import engine

HERE = pathlib.Path(__file__).resolve().parent
_MIX = ("version root", "servers/{id}", "servers?limit=20", "servers/detail?limit=20", "limits")


def requests(args, state: pathlib.Path, url: str | None) -> list[dict]:
    """Each kind of request against a bare server that answers the same, and perhaps a baseline."""
    figures = []
    taking = turns.Turns(state, args.seconds, args.rounds)
    with contextlib.ExitStack() as stack:
        ours, middle = stack.enter_context(scenes.filled(state / "ours", url, args.servers))
        own_url = engine.url().render_as_string(hide_password=False)
        other = None
        if args.baseline:
            other = stack.enter_context(scenes.baseline(state / "other", args.baseline, args.servers))
        for position, case in enumerate(cases.of_requests(middle)):
            if args.only not in case.name:
                continue
            for connections in args.connections:
                contenders = [turns.Contender("minova", ours, case.requests(), case.is_once)]
                if other:
                    engine.configure(other[2])
                    theirs = cases.of_requests(other[1])[position]
                    contenders.append(turns.Contender(
                        "baseline", other[0], theirs.requests(), theirs.is_once))
                    engine.configure(own_url)
                figures.append(_against_bare(state, taking, case, contenders, connections))
                scenes.wait_for_work()
                if other:
                    engine.configure(other[2])
                    scenes.wait_for_work()
                    engine.configure(own_url)
    return figures


def _against_bare(state, taking: turns.Turns, case: cases.Case, contenders: list[turns.Contender],
                  connections: int) -> dict:
    head = {"case": case.name, "connections": connections}
    if not contenders[0].requests:
        return head | {"not_served": "nothing is left"}
    answer = turns.fetch(contenders[0].process, contenders[0].requests[0])
    if int(answer["status"][:3]) != case.status:
        return head | {"not_served": answer["status"]}
    contenders[0].sent += case.is_once
    file = state / "answer.json"
    file.write_text(json.dumps(answer))
    with processes.bare(file) as bare:
        yardstick = turns.Contender("bare", bare, contenders[0].requests[:1])
        found = taking.measure([yardstick, *contenders], connections, case.status)
    figures = head | {"bytes": len(answer["body"]), "bare": found[0], "minova": found[1]}
    if len(found) > 2:
        figures["baseline"] = found[2] | {
            "speedup": found[1]["per_second"] / found[2]["per_second"],
            "cpu_saved": found[2]["cpu_ms"] / found[1]["cpu_ms"]}
    return figures


def creates(args, state: pathlib.Path, url: str | None) -> list[dict]:
    """How fast many creates are accepted, and how long their work takes after that."""
    figures = []
    with scenes.filled(state / "creates", url, 1) as (server, _middle):
        new = cases.request("POST", f"/{cases.PROJECT}/servers", cases.new_server(cases.NAME))
        file = state / "creates.json"
        for connections in args.connections:
            file.write_text(json.dumps([new] * args.creates))
            before = server.cpu_seconds()
            result = _client(server, connections, 600, file, offset=0)
            waiting = scenes.population.open_work()
            drained = scenes.wait_for_work()
            figures.append({
                "connections": connections, "count": result["count"], "statuses": result["statuses"],
                "per_second": result["count"] / result["seconds"], "waiting": waiting,
                "with_work_per_second": result["count"] / (result["seconds"] + drained),
                "cpu_ms": (server.cpu_seconds() - before) / result["count"] * 1000})
    return figures


def memory(args, state: pathlib.Path, url: str | None) -> dict:
    """The memory of a worker at rest, and while it answers many requests."""
    with scenes.filled(state / "memory", url, args.servers) as (server, middle):
        figures = {"at_rest": server.rss_mib()[0], "after": {}}
        mix = [text for case in cases.of_requests(middle) if case.name in _MIX
               for text in case.requests()]
        file = state / "mix.json"
        answered = 0
        for wanted in (args.memory_requests // 10, args.memory_requests // 2, args.memory_requests):
            count = wanted - answered
            file.write_text(json.dumps((mix * (count // len(mix) + 1))[:count]))
            answered += _client(server, 8, 3600, file, offset=0)["count"]
            figures["after"][str(answered)] = server.rss_mib()[0]
    first, *_, last = figures["after"].values()
    return figures | {"growth": last / first - 1}


def workers(args, state: pathlib.Path, url: str | None) -> dict:
    """Two workers against one, over the same database; the client needs some of the CPU, too."""
    taking = turns.Turns(state, max(args.seconds, 1.0), args.rounds)
    with scenes.database(state / "workers", url) as chosen, \
            processes.minova(state / "workers", chosen, 1) as one:
        middle = scenes.fill(one, args.servers)
        with processes.minova(state / "workers", chosen, 2) as two:
            found = {}
            for case in cases.of_requests(middle):
                if case.name in ("servers/{id}", "servers/detail?limit=20", "servers/detail?limit=100"):
                    contenders = [turns.Contender(name, process, case.requests())
                                  for name, process in (("1 worker", one), ("2 workers", two))]
                    found[case.name] = taking.measure(contenders, 16, case.status)
            return {"cases": found, "rss_mib": {"1 worker": one.rss_mib(), "2 workers": two.rss_mib()}}


def scale(args, state: pathlib.Path, url: str | None) -> dict:
    """Pages of lists over databases of several sizes, compared with the smallest."""
    taking = turns.Turns(state, args.seconds, args.rounds)
    figures: dict = {"sizes": args.sizes, "cases": {}}
    with contextlib.ExitStack() as stack:
        found = [stack.enter_context(scenes.filled(state / f"scale-{size}", url, size))
                 for size in args.sizes]
        pages = [cases.of_pages(middle) for _server, middle in found]
        for same in zip(*pages, strict=True):
            contenders = [turns.Contender(str(size), server, case.requests()) for size, (server, _), case
                          in zip(args.sizes, found, same, strict=True)]
            figures["cases"][same[0].name] = taking.measure(contenders, 1, 200)
    return figures


def _client(server: processes.Process, connections: int, seconds: float, file: pathlib.Path,
            offset: int) -> dict:
    return json.loads(subprocess.run(
        [sys.executable, "-S", "-E", str(HERE / "client.py"), str(server.port), str(connections),
         str(seconds), str(file), str(offset)], stdout=subprocess.PIPE, check=True).stdout)
