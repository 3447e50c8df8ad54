"""minova-manage routes: what the API answers, and what is behind it."""

import argparse
import json

from minova.cmd import commands

_DESCRIPTION = """\
Show every route that the API answers, extensions of other packages too: with the actions of
/action, the microversions, the policy rules that are asked, the schemas of bodies, and the extension and
the package that each comes from. A path that begins with /{project_id} needs the project; all others may
have it. Every path may end in .json."""


def add(nouns) -> None:
    verbs = commands.group(nouns, "routes", "the routes of the API")
    listing = commands.command(verbs, "list", _list, "show every route that the API answers",
                               _DESCRIPTION)
    listing.add_argument("--format", choices=("table", "json"), default="table",
                         help="for people, or for programs; default: table")
    listing.add_argument("--match", metavar="PATH", default="",
                         help="only paths with this in them, such as /servers/{id}")


def _list(args: argparse.Namespace) -> None:
    from minova.api.openstack import inspection
    from minova.api.openstack.compute import APIRouterV21

    rows = [row for row in inspection.describe_routes(APIRouterV21()) if args.match in row["path"]]
    if args.format == "json":
        print(json.dumps(rows, indent=2))
        return
    commands.print_table(
        ("PATH", "METHOD", "ACTION", "VERSIONS", "CONTROLLER", "POLICY", "SCHEMA", "EXTENSION",
         "PACKAGE"),
        [(row["path"], row["method"], row["action"], row["versions"],
          f"{row['controller']}.{row['function']}", ",".join(row["policy"]) or None,
          ",".join(".".join(name.split(".")[-2:]) for name in row["schema"]) or None,
          row["extension"], row["package"]) for row in rows])
