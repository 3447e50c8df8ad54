#!/usr/bin/env python3
"""Takes the snippets of the documents from the files that they are of.

    tools/snippets.py [--check] docs/extensions.md ...

A snippet is a fenced block below a line that says where it is from:

    <!-- from examples/minova-notes/minova_notes/api.py: NotesController.create -->

The name after the colon is that of a function, a class, a method or a variable; in a .cfg file it is a
section. Without a name the snippet is the whole file. Without --check the documents are written anew; with
it nothing is written, and the exit status is 1 when one is not as its source.
"""

import ast
import pathlib
import re
import sys
import textwrap

ROOT = pathlib.Path(__file__).resolve().parents[1]
_SNIPPET = re.compile(
    r'(?P<mark><!-- from (?P<path>\S+?)(?:: (?P<name>[^\n]+?))? -->\n)```(?P<language>\w*)\n'
    r'(?P<text>.*?)^```$', re.DOTALL | re.MULTILINE)


def source(path: str, name: str | None) -> str:
    """The text that a snippet ought to be. Raises LookupError when there is no such thing."""
    text = (ROOT / path).read_text('utf-8')
    if name is None:
        return text
    if path.endswith('.cfg'):
        section = re.search(rf'^\[{re.escape(name)}\]\n.*?(?=^\[|\Z)', text, re.DOTALL | re.MULTILINE)
        if section is None:
            raise LookupError(f'{path} has no section {name}')
        return section[0].rstrip() + '\n'
    return _definition(path, text, name)


def _definition(path: str, text: str, name: str) -> str:
    """All definitions of a dotted name, as far as one follows the other; versions share a name."""
    body, found = ast.parse(text).body, []
    for part in name.split('.'):
        found = [node for node in body if part in _names(node)]
        if not found:
            raise LookupError(f'{path} has no {name}')
        body = getattr(found[0], 'body', [])
    lines = text.splitlines()
    pieces = []
    for node in found:
        first = min([node.lineno, *(d.lineno for d in getattr(node, 'decorator_list', ()))])
        while lines[first - 2].lstrip().startswith('#'):
            first -= 1
        pieces.append(textwrap.dedent('\n'.join(lines[first - 1:node.end_lineno])))
    return '\n\n'.join(pieces) + '\n'


def _names(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.Assign):
        return [target.id for target in node.targets if isinstance(target, ast.Name)]
    return [node.name] if hasattr(node, 'name') else []


def renew(document: str) -> str:
    """The document with all its snippets as their sources are now."""
    def replace(match: re.Match) -> str:
        text = source(match['path'], match['name'])
        return f"{match['mark']}```{match['language']}\n{text}```"
    return _SNIPPET.sub(replace, document)


def main(args: list[str]) -> int:
    check, status = '--check' in args, 0
    for name in [a for a in args if a != '--check']:
        path = pathlib.Path(name)
        old = path.read_text('utf-8')
        new = renew(old)
        if old != new:
            status = 1 if check else 0
            print(f'{name}: {"is not as its sources" if check else "written anew"}')
            if not check:
                path.write_text(new, 'utf-8')
    return status


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
