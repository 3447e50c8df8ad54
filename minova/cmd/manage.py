"""minova-manage: what an operator does to a cloud that is not done through its API."""

import argparse
import sys
from collections.abc import Sequence

from oslo_config import cfg

from minova import config, exception, version
from minova.cmd import commands
from minova.cmd.commands import database as database_commands
from minova.cmd.commands import (
    extension,
    flavor,
    openapi,
    project,
    quota,
    routes,
    service,
    trace,
)


def main(argv: Sequence[str] | None = None) -> int:
    """Carry out one command. Return the exit status: 0, 1 when it failed, 2 when malformed."""
    args = _parser().parse_args(argv)
    try:
        config.parse_args([], "minova-manage", args.config_file, args.config_dir)
        args.run(args)
    except (exception.MinovaException, cfg.Error) as exc:
        return _fail(str(exc))
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
    parser = argparse.ArgumentParser(prog="minova-manage", description=__doc__)
    parser.add_argument("--version", action="version", version=version.version_string())
    parser.add_argument("--debug", action="store_true", help="show the traceback of a failure")
    parser.add_argument("--config-file", action="append", metavar="FILE", help="may be repeated")
    parser.add_argument("--config-dir", action="append", metavar="DIR", help="may be repeated")
    nouns = parser.add_subparsers(metavar="COMMAND", required=True)

    database = nouns.add_parser("db", help="the database").add_subparsers(
        metavar="db COMMAND", required=True
    )
    sync = database.add_parser("sync", help="bring the tables to the newest version, or to another")
    sync.add_argument("--version", dest="revision", metavar="VERSION", help="default: the newest")
    sync.set_defaults(run=_db_sync)
    database.add_parser("version", help="show the version of the tables").set_defaults(
        run=_db_version
    )

    database_commands.add(database)
    for noun in (extension, flavor, openapi, project, quota, routes, service, trace):
        noun.add(nouns)

    images = nouns.add_parser("image", help="images of the embedded image service").add_subparsers(
        metavar="image COMMAND", required=True
    )
    importing = images.add_parser("import", help="add the images that a YAML file declares")
    importing.add_argument("file", metavar="FILE")
    importing.set_defaults(run=_image_import)

    return parser


def _db_sync(args: argparse.Namespace) -> None:
    from minova.db import migration

    migration.sync(args.revision)


def _db_version(args: argparse.Namespace) -> None:
    from minova.db import migration

    print(migration.version() or "none: run `minova-manage db sync`")


def _image_import(args: argparse.Namespace) -> None:
    from minova import image
    from minova.db import migration
    from minova.image import declared

    items = declared.read(args.file)
    migration.ensure_ready()
    try:
        for item in items:  # all of them, before the first one is added
            declared.image(item)
        with commands.Progress("Importing", len(items)) as progress:
            added = 0
            for item in items:
                added += image.load_fixtures([item])
                progress.advance()
    except ValueError as exc:
        raise exception.FixturesError(path=args.file, reason=exc) from exc
    print(f"{added} imported, {len(items) - added} were there already or were deleted")
