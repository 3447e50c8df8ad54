"""How long minova-api takes from exec to its first answer.

It is compared with the import of the third-party packages that it imports.
"""

import os
import pathlib
import re
import statistics
import subprocess
import sys
import time

import processes

_LINE = re.compile(r"^import time:\s+\d+ \|\s+\d+ \| +([\w.]+)$", re.MULTILINE)
_IMPORT_ALL = """\
import importlib, sys
for name in sys.argv[1].split(","):
    try:
        importlib.import_module(name)
    except ImportError:
        pass
"""


def measure(state: pathlib.Path, database: str, rounds: int) -> dict:
    """Medians of `rounds` starts on a database that is there, and the ratios to the imports."""
    modules = _third_party_modules(state, database)
    starts, imports = [], []
    _time_imports(state, modules)       # which compiles what no minova-api has
    for _ in range(rounds):
        imports.append(_time_imports(state, modules))
        starts.append(_time_start(state, database))
    wall, cpu = (statistics.median(s[i] / b[i] for s, b in zip(starts, imports, strict=True))
                 for i in (0, 1))
    return {"seconds": statistics.median(s[0] for s in starts),
            "cpu_seconds": statistics.median(s[1] for s in starts),
            "import_seconds": statistics.median(b[0] for b in imports),
            "import_cpu_seconds": statistics.median(b[1] for b in imports),
            "ratio": wall, "cpu_ratio": cpu, "modules": len(modules)}


def _third_party_modules(state: pathlib.Path, database: str) -> list[str]:
    """What a starting minova-api imports that is neither its own nor the standard library's."""
    server = processes.minova(state, database)
    server.command[1:1] = ["-X", "importtime"]
    with open(state / "imports", "w") as log:
        server.popen = subprocess.Popen(server.command, cwd=processes.ROOT, stderr=log,
                                        env=processes.environment(state))
    try:
        server.first_answer()
    finally:
        server.__exit__()
    names = dict.fromkeys(_LINE.findall((state / "imports").read_text()))
    own = {"minova", *sys.stdlib_module_names}
    # A module is listed after those that it imports: backwards, each begins its imports itself.
    return [name for name in reversed(names) if name.partition(".")[0] not in own]


def _time_imports(state: pathlib.Path, modules: list[str]) -> tuple[float, float]:
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", _IMPORT_ALL, ",".join(modules)],
        env=processes.environment(state))
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError("the packages cannot be imported on their own")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime


def _time_start(state: pathlib.Path, database: str) -> tuple[float, float]:
    server = processes.minova(state, database)
    start = time.perf_counter()
    with server:
        return time.perf_counter() - start, server.cpu_seconds()
