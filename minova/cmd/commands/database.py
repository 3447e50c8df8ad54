"""minova-manage db: its tables, and what was deleted long ago."""

import argparse
import datetime
import json
import os

from minova import exception
from minova.cmd import commands

_DAYS = 90
_BATCH = 500


def add(nouns) -> None:
    verbs = commands.group(nouns, "db", "the database")
    sync = commands.command(
        verbs, "sync", _sync, "bring the tables to the newest version, or to another",
        "Make the tables in a new database, or bring them to the version that this minova needs. The "
        "embedded database does not need it: the service looks after that itself.")
    sync.add_argument("--version", dest="revision", metavar="VERSION",
                      help="bring them to this version instead of the newest")
    commands.command(verbs, "version", _version, "show the version of the tables")
    purge = commands.command(
        verbs, "purge", _purge, "remove for good what was deleted long ago",
        "Remove servers, volumes, snapshots, services and flavors that were deleted some time ago, "
        "with all that is kept about them. They are no longer found by changes-since or among "
        "deleted servers, and no longer counted by os-simple-tenant-usage.")
    purge.add_argument("--dry-run", action="store_true", help="only say how many there are")
    archive = commands.command(
        verbs, "archive_deleted_rows", _archive, "move what was deleted long ago to a file",
        "As purge, but the rows are appended to a file first, a JSON object per line: "
        '{"table": ..., "row": {...}}. Interrupted, it loses nothing, but may leave a row in both '
        "places.")
    archive.add_argument("--file", required=True, metavar="FILE",
                         help="what to append to; made if it is not there")
    for parser in (purge, archive):
        parser.add_argument("--older-than", type=commands.not_negative, default=_DAYS, metavar="DAYS",
                            help=f"what was deleted longer ago than this; default: {_DAYS}")
        parser.add_argument("--max-rows", type=commands.positive, metavar="N",
                            help="stop after so many servers, volumes ...; default: all")
        parser.add_argument("--batch", type=commands.positive, default=_BATCH, metavar="N",
                            help=f"how many in one transaction; default: {_BATCH}")


def _sync(args: argparse.Namespace) -> None:
    from minova.db import migration

    migration.sync(args.revision)


def _version(args: argparse.Namespace) -> None:
    from minova.db import migration

    print(migration.version() or "none: run `minova-manage db sync`")


def _purge(args: argparse.Namespace) -> None:
    if args.dry_run:
        from minova.db import archive

        commands.admin_context()
        print(f"{archive.count(_before(args))} to be removed")
        return
    print(f"{_remove(args, None)} removed")


def _archive(args: argparse.Namespace) -> None:
    try:
        # What was kept of servers is for the operator's eyes alone.
        descriptor = os.open(args.file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    except OSError as exc:
        raise exception.CannotWrite(path=args.file, reason=exc.strerror) from exc
    with open(descriptor, "w", encoding="utf-8") as file:
        def keep(table: str, rows: list[dict]) -> None:
            for row in rows:
                json.dump({"table": table, "row": row}, file, default=str)
                file.write("\n")
            file.flush()
            os.fsync(file.fileno())  # before the database forgets them

        try:
            removed = _remove(args, keep)
        except OSError as exc:
            raise exception.CannotWrite(path=args.file, reason=exc.strerror) from exc
    print(f"{removed} moved to {args.file}")


def _remove(args: argparse.Namespace, keep) -> int:
    from minova.db import archive

    commands.admin_context()
    before, removed = _before(args), 0
    total = min(archive.count(before), args.max_rows or float("inf"))
    with commands.Progress("Removing", total) as progress:
        for number in archive.purge(before, args.batch, args.max_rows, keep):
            removed += number
            progress.advance(number)
    return removed


def _before(args: argparse.Namespace) -> datetime.datetime:
    from minova.db.types import utcnow

    try:
        return utcnow() - datetime.timedelta(days=args.older_than)
    except OverflowError:
        raise exception.InvalidInput(
            reason=f"--older-than {args.older_than} is before all calendars") from None
