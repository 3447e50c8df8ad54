"""minova-manage trace: the way of one request."""

import argparse
import shutil
import sys

from minova.cmd import commands

_DESCRIPTION = """\
Send one request to the API in this process and print its way: paste's filters, the route, the controller
method and its version, the checks, the calls of the backends and the SQL statements, with times. It is a real
request to the configured database, and what it starts is carried out before it is answered. A PATH
without a version is below the project in v2.1: /servers/detail."""


def add(nouns) -> None:
    parser = commands.command(nouns, "trace", _trace, "show the way of one request", _DESCRIPTION)
    parser.add_argument("method", metavar="METHOD", help="GET, POST ...")
    parser.add_argument("path", metavar="PATH", help="such as /servers/detail?limit=5")
    parser.add_argument("--body", metavar="FILE", help="JSON to send; - is stdin")
    parser.add_argument("--user", default="admin", metavar="U", help="who asks; default: admin")
    parser.add_argument("--project", default="admin", metavar="P",
                        help="the project that is asked for; default: admin")
    parser.add_argument("--version", dest="microversion", metavar="V",
                        help="microversion, such as 2.12 or latest")
    parser.add_argument("--header", type=_header, action="append", default=[], metavar="NAME:VALUE",
                        help="a token of keystone, say; may be repeated")
    parser.add_argument("--html", metavar="FILE", help="draw the way as a page, too")
    parser.add_argument("--full", action="store_true", help="do not cut lines at the screen's edge")


def _header(text: str) -> tuple[str, str]:
    name, colon, value = text.partition(":")
    if not name.strip() or not colon:
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME:VALUE")
    return name.strip(), value.strip()


def _trace(args: argparse.Namespace) -> None:
    from minova import compute, exception
    from minova.conf import CONF
    from minova.db import migration
    from minova.tracing import rendering, session

    body = None
    if args.body:
        try:
            with open(args.body, "rb") if args.body != "-" else sys.stdin.buffer as file:
                body = file.read()
        except OSError as exc:
            raise exception.CannotRead(path=args.body, reason=exc.strerror) from exc
    CONF.set_override("mode", "inline", "work")     # so that it is in the tree
    migration.ensure_ready()
    compute.backend().start()   # there are to be hosts, also when no service runs
    try:
        found = session.trace(args.method, args.path, body, args.user, args.project,
                              args.microversion, dict(args.header))
    finally:
        compute.backend().stop()
    is_terminal = sys.stdout.isatty() and not args.full
    width = shutil.get_terminal_size().columns if is_terminal else 0
    print(rendering.as_text(found.root, width))
    print()
    print(found.answer)
    if args.html:
        try:
            with open(args.html, "w", encoding="utf-8") as file:
                file.write(rendering.as_page(found.root, found.answer))
        except OSError as exc:
            raise exception.CannotWrite(path=args.html, reason=exc.strerror) from exc
