"""Measures minova, against a bare eventlet.wsgi server that answers the same bytes and against itself.

    python benchmarks/run.py                          # start-up and requests: SQLite, 1 and 8 connections
    python benchmarks/run.py --full --document        # everything, into docs/performance.md: 10 minutes
    python benchmarks/run.py --parts scale --sizes 1000,1000000 --database postgresql://postgres@127.0.0.1
    python benchmarks/run.py --parts requests --only servers --baseline REVISION --json figures.json

Everything is started here, on free ports of 127.0.0.1, with temporary state. Servers that are compared
take turns of S seconds, N times, and the ratios are those of neighbouring turns (their median), so that
whatever else the machine does meets all. The rate is in answers per second of wall time; the CPU is that
of the server's processes, which other load on the machine changes far less.
"""

import argparse
import json
import os
import pathlib
import platform
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import parts  # noqa: E402
import report  # noqa: E402
import scenes  # noqa: E402
import startup  # noqa: E402

DOCUMENT = HERE.parent / "docs" / "performance.md"


def _start(args, state: pathlib.Path, url: str | None) -> dict:
    with scenes.database(state / "startup", url) as chosen:
        return startup.measure(state / "startup", chosen, args.rounds)


PARTS = {"startup": _start, "requests": parts.requests, "creates": parts.creates,
         "memory": parts.memory, "workers": parts.workers, "scale": parts.scale}


def _numbers(text: str) -> list[int]:
    return [int(number) for number in text.split(",")]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parts", default="startup,requests", help=f"of {', '.join(PARTS)}")
    parser.add_argument("--full", action="store_true",
                        help="all parts, at 1, 8 and 64 connections, with up to a million servers")
    parser.add_argument("--database", action="append",
                        help="URL of a PostgreSQL or MariaDB server, or sqlite (default); may be repeated")
    parser.add_argument("--baseline", help="a git revision that requests are compared with (SQLite)")
    parser.add_argument("--servers", type=int, default=1000, help="in the database (1000)")
    parser.add_argument("--sizes", type=_numbers, help="of the databases of scale (1000,100000)")
    parser.add_argument("--seconds", type=float, default=0.4, help="length of a turn (0.4)")
    parser.add_argument("--rounds", type=int, default=3, help="turns of each server (3)")
    parser.add_argument("--connections", type=_numbers, help="numbers of connections (1,8)")
    parser.add_argument("--creates", type=int, default=1000, help="of the part creates (1000)")
    parser.add_argument("--memory-requests", type=int, default=100_000, help="of the part memory (100000)")
    parser.add_argument("--only", default="", help="requests whose name has this in it")
    parser.add_argument("--json", type=pathlib.Path, help="write the figures to this file")
    parser.add_argument("--document", action="store_true", help="write them into docs/performance.md")
    args = parser.parse_args()
    args.parts = list(PARTS) if args.full else args.parts.split(",")
    unknown = set(args.parts) - set(PARTS)
    if unknown:
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    args.connections = args.connections or ([1, 8, 64] if args.full else [1, 8])
    args.sizes = args.sizes or ([1000, 100_000, 1_000_000] if args.full else [1000, 100_000])
    return args


def _machine() -> dict:
    info = pathlib.Path("/proc/cpuinfo").read_text()
    model = next((line.partition(":")[2].strip() for line in info.splitlines()
                  if line.startswith("model name")), platform.machine())
    return {"cores": len(os.sched_getaffinity(0)), "model": model, "python": platform.python_version(),
            "load_before": f"{os.getloadavg()[0]:.1f}"}


def _revision() -> str:
    return subprocess.run(["git", "describe", "--always", "--dirty"], cwd=HERE, text=True,
                          stdout=subprocess.PIPE, check=True).stdout.strip()


def main() -> None:
    args = _arguments()
    begun = time.monotonic()
    figures: dict = {"revision": _revision(), "machine": _machine(), "parts": {}}
    with tempfile.TemporaryDirectory(prefix="minova-bench-") as folder:
        for name in args.parts:
            for number, database in enumerate(args.database or ["sqlite"]):
                kind, _, _ = database.partition(":")
                state = pathlib.Path(folder) / f"{name}-{number}"
                state.mkdir()
                found = PARTS[name](args, state, None if kind == "sqlite" else database)
                figures["parts"].setdefault(name, {})[kind] = found
                print(report.part(name, kind, found), flush=True)
    figures["machine"]["load_after"] = f"{os.getloadavg()[0]:.1f}"
    figures["seconds"] = time.monotonic() - begun
    if args.json:
        args.json.write_text(json.dumps(figures, indent=2) + "\n")
    if args.document:
        report.into_document(DOCUMENT, report.markdown(figures))


if __name__ == "__main__":
    main()
