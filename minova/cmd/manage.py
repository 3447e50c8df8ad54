"""minova-manage: what an operator does to a cloud that is not done through its API."""

import argparse
import os
import sys
from collections.abc import Sequence

from oslo_config import cfg

from minova import config, exception, version
from minova.cmd.commands import (
    database,
    extension,
    flavor,
    identity,
    image,
    openapi,
    project,
    quota,
    routes,
    service,
    trace,
)

_DESCRIPTION = """\
What an operator does to a cloud that is not done through its API. All commands work
on the database that the configuration names, whether or not a service runs."""
_EPILOG = """\
Options of minova-manage itself stand before the command. Examples:

  minova-manage --config-file /etc/minova/nova.conf db sync
  minova-manage flavor create c1.big --ram 8192 --vcpus 4 --disk 40
  minova-manage quota set blue instances=20 cores=-1
  minova-manage flavor create --help

A failure is one line on stderr and exit status 1; a malformed command is status 2."""


def main(argv: Sequence[str] | None = None) -> int:
    """Carry out one command. Return the exit status: 0, 1 when it failed, 2 when malformed."""
    args = _parser().parse_args(argv)
    try:
        config.parse_args([], "minova-manage", args.config_file, args.config_dir)
        args.run(args)
        sys.stdout.flush()
    except (exception.MinovaException, cfg.Error) as exc:
        return _fail(str(exc))
    except BrokenPipeError:  # who read the output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as exc:  # of a database or a driver: whoever ran this wants the reason
        if args.debug:
            raise
        return _fail(f"{type(exc).__name__}: {exc}")
    return 0


def _fail(message: str) -> int:
    lines = message.strip().splitlines()
    print(f"minova-manage: {lines[0] if lines else 'failed'}", file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="minova-manage", description=_DESCRIPTION, epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--version", action="version", version=version.version_string(),
                        help="show the version of minova")
    parser.add_argument("--debug", action="store_true", help="show the traceback of a failure")
    parser.add_argument("--config-file", action="append", metavar="FILE",
                        help="the configuration of the service, see there; may be repeated")
    parser.add_argument("--config-dir", action="append", metavar="DIR",
                        help="a folder of such files; may be repeated")
    nouns = parser.add_subparsers(metavar="COMMAND", required=True)

    for noun in (database, extension, flavor, identity, image, openapi, project, quota, routes, service,
                 trace):
        noun.add(nouns)
    return parser
