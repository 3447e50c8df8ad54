"""minova-manage image: images of the image service."""

import argparse

from minova import exception
from minova.cmd import commands

_IMPORT = """\
Add the images that a YAML file declares: a list, or a list named `images`, of mappings with an id (a uuid),
a name, and whatever else is known about the image: min_ram, min_disk, properties, tags ... Its content is
that of the `file` that is named there, as seen from the YAML file, or else it has none. Images
that are there already, or were deleted, stay as they are. Nothing is added when one of them is malformed."""


def add(nouns) -> None:
    verbs = commands.group(nouns, "image", "images of the embedded image service")
    importing = commands.command(
        verbs, "import", _import, "add the images that a YAML file declares", _IMPORT)
    importing.add_argument("file", metavar="FILE", help="in YAML")


def _import(args: argparse.Namespace) -> None:
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
