"""minova-manage extension: packages that add to the API."""

import argparse
import importlib.resources
import keyword
import pathlib
import re
import string
import sys

from minova.cmd import commands

_NAME = re.compile(r"[a-z][a-z0-9]*([-_][a-z0-9]+)*")
_NEW = """\
Write a package that adds a resource and an action on servers to the API, with its policy, schema and tests: a
beginning to be changed. NAME is that of the package; a leading minova- is not part of the alias
and the paths. docs/extensions.md explains what is in it."""


def add(nouns) -> None:
    verbs = commands.group(nouns, "extension", "packages that add to the API")
    new = commands.command(verbs, "new", _new, "write the skeleton of an extension", _NEW)
    new.add_argument("name", metavar="NAME", type=_package, help="such as minova-notes")
    new.add_argument("--directory", metavar="D", type=pathlib.Path,
                     help="where to; default: a new folder NAME")


def _package(text: str) -> str:
    if not _NAME.fullmatch(text):
        raise argparse.ArgumentTypeError(
            f"{text!r} is no name of a package: small letters, digits, and - or _ between words")
    module = text.replace("-", "_")
    if keyword.iskeyword(module) or module in sys.stdlib_module_names or module == "minova":
        raise argparse.ArgumentTypeError(f"{text!r} is taken: Python, or minova, calls something so")
    return text


def _new(args: argparse.Namespace) -> None:
    from minova import exception

    target = args.directory or pathlib.Path(args.name)
    names = _names(args.name)
    try:
        if target.exists() and any(target.iterdir()):
            raise exception.CannotWrite(path=target, reason="there is something already")
        written = [_write(source, target / _place(parts, names), names)
                   for parts, source in _templates()]
    except OSError as exc:
        raise exception.CannotWrite(path=target, reason=exc.strerror) from exc
    for path in sorted(written):
        print(path)
    print(f"\nNow: pip install -e {target}, and minova-manage routes list --match "
          f"{names['collection']}")


def _names(package: str) -> dict[str, str]:
    """What the templates call things, for a package of that name."""
    short = re.sub(r"^minova[-_]", "", package).replace("_", "-")
    cls = "".join(word.capitalize() for word in short.split("-"))
    return {"package": package, "module": package.replace("-", "_"), "alias": short,
            "collection": short, "cls": cls, "action": f"do{cls}"}


def _templates(folder=None, parts: tuple[str, ...] = ()):
    """(parts of the path, template) of every file."""
    folder = folder or importlib.resources.files("minova.cmd.skeleton") / "files"
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _templates(entry, (*parts, entry.name))
        elif entry.name.endswith(".tmpl"):
            yield (*parts, entry.name.removesuffix(".tmpl")), entry


def _place(parts: tuple[str, ...], names: dict[str, str]) -> pathlib.Path:
    return pathlib.Path(*(names["module"] if p == "__module__" else p for p in parts))


def _write(source, path: pathlib.Path, names: dict[str, str]) -> pathlib.Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(string.Template(source.read_text("utf-8")).substitute(names), "utf-8")
    return path
