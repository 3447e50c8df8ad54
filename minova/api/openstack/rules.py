"""Which policy rules a controller method asks, read off its source.

A rule is asked by its name, which is written down somewhere: as a constant of the policies module, as a
format that a word is put into, or as an argument of a helper. The finder goes through the method and
through the functions of minova's API, and of the extension's own package, that it calls, and evaluates
what can be evaluated without running anything. Every text that is the name of a rule counts.
"""

import ast
import functools
import inspect
import textwrap
import types
from collections.abc import Collection

_UNKNOWN = object()
_MAX_DEPTH = 6


class RuleFinder:
    """Finds the names out of `known`, which are all rules that there are."""

    def __init__(self, known: Collection[str]):
        self.known = known

    def of(self, function, controller: type) -> list[str]:
        """The rules that the method `function` of `controller` may ask, in the order of its source."""
        found: dict[str, None] = {}
        _Reader(self.known, found, set()).read(function, controller, {}, _MAX_DEPTH)
        return list(found)


@functools.lru_cache(maxsize=None)
def _tree(code: types.CodeType) -> ast.AST | None:
    try:
        return ast.parse(textwrap.dedent(inspect.getsource(code))).body[0]
    except (OSError, SyntaxError):
        return None     # without a source, or a lambda in the middle of something


class _Reader:

    def __init__(self, known: Collection[str], found: dict, seen: set):
        self.known, self.found, self.seen = known, found, seen

    def read(self, function, controller: type | None, local: dict, depth: int) -> None:
        """Collect the rules of `function`, some of whose arguments are known (`local`)."""
        plain = inspect.unwrap(function)
        plain = getattr(plain, '__func__', plain)
        if not isinstance(plain, types.FunctionType) or not depth:
            return
        key = plain.__code__, controller, tuple(sorted(local.items()))
        if key in self.seen:
            return
        self.seen.add(key)
        tree = _tree(plain.__code__)
        if isinstance(tree, ast.FunctionDef):
            scope = _Scope(plain, controller, local)
            for statement in tree.body:
                self._visit(statement, scope, depth)

    def _visit(self, node: ast.AST, scope: '_Scope', depth: int) -> None:
        if isinstance(node, ast.expr):
            value = scope.value(node)
            if isinstance(value, str) and value in self.known:
                self.found[value] = None
                return
        for child in ast.iter_child_nodes(node):
            self._visit(child, scope, depth)
        if isinstance(node, ast.Call):
            callee, controller = scope.callee(node.func)
            if callee is not None:
                self.read(callee, controller, scope.arguments(node, callee), depth - 1)


class _Scope:
    """What the names in a function stand for, as far as that is known."""

    def __init__(self, function: types.FunctionType, controller: type | None, local: dict):
        self.function, self.controller, self.local = function, controller, local
        self._packages = {'minova.api', function.__module__.partition('.')[0]} - {'minova'}

    def value(self, node: ast.expr):
        """The value of an expression: a text, a module, a class ...; _UNKNOWN if it depends."""
        if isinstance(node, ast.Constant):
            return node.value
        if isinstance(node, ast.Name):
            if node.id in self.local:
                return self.local[node.id]
            if node.id in self.function.__code__.co_varnames:
                return self.controller if node.id == 'self' and self.controller else _UNKNOWN
            return self.function.__globals__.get(node.id, _UNKNOWN)
        if isinstance(node, ast.Attribute):
            holder = self.value(node.value)
            if isinstance(holder, (types.ModuleType, type)):
                return inspect.getattr_static(holder, node.attr, _UNKNOWN)
        if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Mod, ast.Add)):
            left, right = self.value(node.left), self.value(node.right)
            if isinstance(left, str) and isinstance(right, str):
                return left + right if isinstance(node.op, ast.Add) else _formatted(left, right)
        if isinstance(node, ast.JoinedStr):
            parts = [self.value(part.value if isinstance(part, ast.FormattedValue) else part)
                     for part in node.values]
            if all(isinstance(part, str) for part in parts):
                return ''.join(parts)
        return _UNKNOWN

    def callee(self, node: ast.expr):
        """(the function that is called, the controller it belongs to), or (None, None)."""
        if isinstance(node, ast.Attribute) and self.controller is not None:
            holder, name = node.value, node.attr
            if isinstance(holder, ast.Name) and holder.id == 'self':
                return _plain(inspect.getattr_static(self.controller, name, None)), self.controller
            if (isinstance(holder, ast.Call) and isinstance(holder.func, ast.Name)
                    and holder.func.id == 'super'):
                for base in self.controller.__mro__[1:]:
                    if name in vars(base):
                        return _plain(vars(base)[name]), self.controller
        value = self.value(node)
        module = getattr(value, '__module__', None) or ''
        if isinstance(value, types.FunctionType) and any(
                module == p or module.startswith(f'{p}.') for p in self._packages):
            return value, None
        return None, None

    def arguments(self, call: ast.Call, callee) -> dict[str, str]:
        """Those arguments of a call that are texts which are known, by name."""
        plain = inspect.unwrap(callee)
        names = [n for n in inspect.signature(plain).parameters if n != 'self']
        known = {name: p.default for name, p in inspect.signature(plain).parameters.items()
                 if isinstance(p.default, str)}
        given = [*zip(names, call.args, strict=False),
                 *((k.arg, k.value) for k in call.keywords if k.arg)]
        for name, node in given:
            value = self.value(node)
            known.pop(name, None)
            if isinstance(value, str):
                known[name] = value
        return known


def _plain(member):
    return member.__func__ if isinstance(member, (staticmethod, classmethod)) else member


def _formatted(text: str, word: str):
    try:
        return text % word
    except (TypeError, ValueError):
        return _UNKNOWN
