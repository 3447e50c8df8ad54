#!/usr/bin/env python3
"""Writes docs/coverage.md: which operations of Nova 12's v2.1 API the loaded routes serve.

    tools/coverage.py           write the page
    tools/coverage.py --check   exit with 1 when it is not what would be written

docs/operations.tsv lists the operations of Nova 12.0.6 with every extension of v2.1 loaded: method,
path below the project, key of the body for actions, module, and microversions (a range that is open
at its end goes on to 2.12).
"""

import argparse
import csv
import dataclasses
import itertools
import pathlib
import re
import sys

DOCS = pathlib.Path(__file__).resolve().parent.parent / "docs"
PAGE = DOCS / "coverage.md"

HEAD = """\
# Coverage

Written by `tools/coverage.py` from the loaded routes; do not edit. The list of operations is that
of Nova 12.0.6 (Liberty), API v2.1 with every extension loaded: {served} of {total} are served.
"""


@dataclasses.dataclass
class Operation:
    method: str
    path: str
    action: str
    module: str
    versions: str

    def is_served(self, mapper) -> bool:
        """Whether there is a method for it, in every range of versions."""
        url = "/p" + re.sub(r"\{\w+\}", "1", self.path)
        found = mapper.routematch(environ={"REQUEST_METHOD": self.method, "PATH_INFO": url})
        if found is None:
            return False
        resource = found[0]["controller"]
        if self.action:
            method = resource.wsgi_actions.get(self.action)
        else:
            name = found[0]["action"]
            method = getattr(resource.controller, name, None) or resource.wsgi_actions.get(name)
        return method is not None and all(_serves(method, span) for span in self.versions.split())


def _serves(method, span: str) -> bool:
    from minova import exception
    from minova.api.openstack.api_version_request import MAX_API_VERSION, APIVersionRequest

    if not hasattr(method, "select"):
        return True
    first, last = span.split("-")
    try:
        method.select(APIVersionRequest(first))
        method.select(APIVersionRequest(last or MAX_API_VERSION))
    except exception.VersionNotFoundForAPIMethod:
        return False
    return True


def operations() -> list[Operation]:
    with open(DOCS / "operations.tsv", newline="", encoding="utf-8") as f:
        return [Operation(**row) for row in csv.DictReader(f, delimiter="\t")]


def page(mapper) -> str:
    """The page as it should be."""
    listed = operations()
    served = {id(o): o.is_served(mapper) for o in listed}
    lines = [HEAD.format(served=sum(served.values()), total=len(listed))]
    for module, group in itertools.groupby(listed, key=lambda o: o.module):
        lines += [f"## {module}", "", "| operation | microversions | served |", "|---|---|---|"]
        for o in group:
            what = f"{o.method} {o.path}" + (f" `{o.action}`" if o.action else "")
            spans = ", ".join(span.replace("-", " to ") if span[-1] != "-" else f"from {span[:-1]}"
                              for span in o.versions.split())
            lines.append(f"| {what} | {spans} | {'yes' if served[id(o)] else '**no**'} |")
        lines.append("")
    return "\n".join(lines)


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args(argv)
    from minova import config
    from minova.api.openstack.compute import APIRouterV21

    config.parse_args([], prog="coverage", config_files=[], config_dirs=[])
    text = page(APIRouterV21().map)
    if args.check:
        return int(not PAGE.exists() or PAGE.read_text(encoding="utf-8") != text)
    PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
