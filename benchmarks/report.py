"""Figures as Markdown, for people and for docs/performance.md."""

import pathlib

_BEGIN, _END = "<!-- figures: begin -->\n", "<!-- figures: end -->\n"


def markdown(figures: dict) -> str:
    """Everything that `figures`, as run.py collects them, has."""
    machine = figures["machine"]
    parts = [f"Measured at {figures['revision']} on {machine['cores']} cores ({machine['model']}), "
             f"Python {machine['python']}; load average {machine['load_before']} before and "
             f"{machine['load_after']} after, {figures['seconds']:.0f} s in all.\n"]
    for name in _PARTS:
        for database, found in figures["parts"].get(name, {}).items():
            parts.append(part(name, database, found))
    return "\n".join(parts)


def part(name: str, database: str, found) -> str:
    """What one part found over one database."""
    return _PARTS[name](database, found)


def into_document(path: pathlib.Path, text: str) -> None:
    """Put `text` where the document has its figures. Raises ValueError where it has none."""
    before, begin, rest = path.read_text().partition(_BEGIN)
    _old, end, after = rest.partition(_END)
    if not begin or not end:
        raise ValueError(f"{path} has no place for figures")
    path.write_text(f"{before}{begin}\n{text}\n{end}{after}")


def _table(head: list[str], rows: list[list]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(map(str, line))} |\n" for line in lines)


def _startup(database: str, found: dict) -> str:
    return (f"Start-up ({database}): {found['seconds']:.2f} s, the {found['modules']} third-party modules "
            f"alone {found['import_seconds']:.2f} s: {found['ratio']:.2f} times as long, "
            f"{found['cpu_ratio']:.2f} times the CPU.\n")


def _requests(database: str, found: list[dict]) -> str:
    rows = []
    with_baseline = any("baseline" in row for row in found)
    for row in found:
        if "not_served" in row:
            rows.append([row["case"], row["connections"], f"not served: {row['not_served']}", "", "", ""])
            continue
        ours, bare = row["minova"], row["bare"]
        rows.append([row["case"], row["connections"], f"{ours['ratio']:.3f}",
                     f"{1 / ours['cpu_ratio']:.3f}", f"{ours['cpu_ms']:.2f} ({bare['cpu_ms']:.2f})",
                     f"{ours['per_second']:.0f}"])
        if with_baseline:
            rows[-1].append(f"{row['baseline']['speedup']:.2f} ({row['baseline']['cpu_saved']:.2f})")
    head = ["request", "connections", "of bare eventlet, rate", "of bare eventlet, CPU",
            "CPU ms (bare)", "answers/s"] + (["times the baseline (CPU)"] if with_baseline else [])
    return f"Requests, {database}:\n\n{_table(head, rows)}"


def _creates(database: str, found: list[dict]) -> str:
    rows = [[row["connections"], row["count"], f"{row['per_second']:.0f}", row["waiting"],
             f"{row['with_work_per_second']:.0f}", f"{row['cpu_ms']:.2f}"] for row in found]
    return f"Many creates, {database}:\n\n" + _table(
        ["connections", "creates", "202 per second", "work that waits then",
         "per second until all are built", "CPU ms each, with work"], rows)


def _memory(database: str, found: dict) -> str:
    after = ", ".join(f"{rss:.1f} MiB after {int(count):,}" for count, rss in found["after"].items())
    return (f"Memory of a worker ({database}): {found['at_rest']:.1f} MiB at rest, {after} requests; "
            f"{found['growth'] * 100:+.1f} % from the first of these to the last.\n")


def _workers(database: str, found: dict) -> str:
    rows = [[name, f"{one['per_second']:.0f}", f"{two['per_second']:.0f}", f"{two['ratio']:.2f}"]
            for name, (one, two) in found["cases"].items()]
    memory = "; ".join(f"{name}: {', '.join(f'{rss:.0f}' for rss in each)} MiB"
                       for name, each in found["rss_mib"].items())
    return (f"Workers, {database}, with the client on the same cores ({memory}):\n\n"
            + _table(["request", "1 worker, answers/s", "2 workers", "ratio"], rows))


def _scale(database: str, found: dict) -> str:
    rows = [[name, f"{1000 / each[0]['per_second']:.2f}",
             *(f"{1 / size['ratio']:.2f} ({size['cpu_ratio']:.2f})" for size in each[1:])]
            for name, each in found["cases"].items()]
    first, *others = (f"{size:,}" for size in found["sizes"])
    return f"Pages of 20 in detail, {database}, one connection:\n\n" + _table(
        ["page", f"ms with {first} servers", *(f"times that with {size} (CPU)" for size in others)], rows)


_PARTS = {"startup": _startup, "requests": _requests, "creates": _creates, "memory": _memory,
          "workers": _workers, "scale": _scale}
