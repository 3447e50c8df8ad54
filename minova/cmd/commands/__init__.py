"""What minova-manage does, one module per noun.

Each module has add(nouns), which adds its commands to the command line. A command is a function of
the parsed arguments; what it raises as a MinovaException is shown in one line. Heavy imports belong
into the functions: --help is to be quick.
"""

import argparse
import sys
import time
from collections.abc import Iterable, Sequence


def group(nouns, name: str, help: str, description: str | None = None):
    """Add the noun `name`; what it answers takes the verbs."""
    parser = nouns.add_parser(name, help=help, description=description or _sentence(help))
    return parser.add_subparsers(metavar="COMMAND", required=True)


def command(verbs, name: str, run, help: str, description: str | None = None,
            epilog: str | None = None) -> argparse.ArgumentParser:
    """Add the verb `name`, carried out by run(args); its parser, for its arguments."""
    parser = verbs.add_parser(name, help=help, description=description or _sentence(help),
                              epilog=epilog)
    parser.set_defaults(run=run)
    return parser


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:] + "."


def positive(text: str) -> int:
    """An argument that is a whole number above 0."""
    return _number(text, 1)


def not_negative(text: str) -> int:
    """An argument that is a whole number, 0 or above."""
    return _number(text, 0)


def _number(text: str, least: int) -> int:
    try:
        number = int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number") from None
    if not least <= number <= 0x7FFFFFFF:
        raise argparse.ArgumentTypeError(f"{text} is not between {least} and {0x7FFFFFFF}")
    return number


def name(text: str) -> str:
    """An argument that names something, or says something about it, in a column of the database."""
    if not text.strip() or len(text) > 255:
        raise argparse.ArgumentTypeError("it must have 1 to 255 characters")
    return text


def print_table(headings: Sequence[str], rows: Iterable[Sequence]) -> None:
    """Print rows below headings, in columns."""
    lines = [[str("-" if cell is None else cell) for cell in row] for row in (headings, *rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        print("  ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)).rstrip())


def admin_context():
    """Prepare the database, and return the context of an administrator of no project."""
    from minova import context
    from minova.db import migration

    migration.ensure_ready()
    return context.get_admin_context()


class Progress:
    """How far long work is, on stderr: a bar on a terminal, elsewhere a line now and then.

    Work that is done within seconds leaves no line, so that a nightly job has nothing to report.
    """

    _WIDTH = 40
    _PAUSE = 5.0  # seconds between two lines

    def __init__(self, what: str, total: int, stream=None, clock=time.monotonic):
        self._what, self._total, self._done = what, total, 0
        self._stream, self._clock = stream or sys.stderr, clock
        self._has_bar, self._said = self._stream.isatty(), clock()

    def advance(self, number: int = 1) -> None:
        self._done += number
        if not self._total:
            return
        if self._has_bar:
            bar = "#" * int(min(1.0, self._done / self._total) * self._WIDTH)
            self._write(f"\r{self._what} [{bar:<{self._WIDTH}}] {self._done}/{self._total}")
        elif self._clock() >= self._said + self._PAUSE:
            self._said = self._clock()
            self._write(f"{self._what}: {self._done} of {self._total}\n")

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()

    def __enter__(self) -> "Progress":
        self.advance(0)
        return self

    def __exit__(self, *exc_info) -> None:
        if self._has_bar and self._total:
            self._write("\n")
