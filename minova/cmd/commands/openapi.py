"""minova-manage openapi: the API as a document for tools."""

import argparse
import json

from minova.cmd import commands


def add(nouns) -> None:
    parser = commands.command(
        nouns, "openapi", _openapi, "describe the API that is served, as OpenAPI 3.1",
        "Print an OpenAPI 3.1 document (JSON) made from what is loaded now, extensions of other "
        "packages too: routes, actions, microversions, schemas of bodies, policy rules.")
    parser.add_argument("--output", metavar="FILE", help="write to a file instead")


def _openapi(args: argparse.Namespace) -> None:
    from minova import exception
    from minova.api import openapi
    from minova.api.openstack.compute import APIRouterV21

    text = json.dumps(openapi.document(APIRouterV21()), indent=2, sort_keys=True)
    if not args.output:
        print(text)
        return
    try:
        with open(args.output, "w", encoding="utf-8") as file:
            file.write(text + "\n")
    except OSError as exc:
        raise exception.CannotWrite(path=args.output, reason=exc.strerror) from exc
