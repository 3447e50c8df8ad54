"""Rules of oslo.policy as functions.

oslo.policy works out at each check which arguments each part of a rule takes, and parses the left side of
`is_admin:True` as Python. Both are the same every time, and are done here once per rule. What a rule means
is left to oslo.policy: parts of kinds that this module does not know are called as they are.
"""

import inspect
from collections.abc import Callable

from oslo_policy import _checks

#: (target, credentials, enforcer, name of the rule) -> whether it is allowed
Decider = Callable[[dict, dict, object, str], bool]

_LITERALS = frozenset(('True', 'False', 'None'))
_deciders: dict[str, tuple[_checks.BaseCheck, Decider]] = {}


def decider(name: str, check: _checks.BaseCheck) -> Decider:
    """The function for the rule `name`, which at present is `check`."""
    known = _deciders.get(name)
    if known is None or known[0] is not check:
        known = _deciders[name] = check, _function(check)
    return known[1]


def _function(check: _checks.BaseCheck) -> Decider:
    translate = _TRANSLATIONS.get(type(check), _unknown)
    return translate(check)


def _unknown(check) -> Decider:
    if len(inspect.getfullargspec(check.__call__).args) > 4:
        return check
    return lambda target, creds, enforcer, name: check(target, creds, enforcer)


def _and(check) -> Decider:
    parts = [_function(part) for part in check.rules]

    def decide(target, creds, enforcer, name):
        for part in parts:
            if not part(target, creds, enforcer, name):
                return False
        return True
    return decide


def _or(check) -> Decider:
    parts = [_function(part) for part in check.rules]

    def decide(target, creds, enforcer, name):
        for part in parts:
            if part(target, creds, enforcer, name):
                return True
        return False
    return decide


def _not(check) -> Decider:
    part = _function(check.rule)
    return lambda target, creds, enforcer, name: not part(target, creds, enforcer, name)


def _rule(check) -> Decider:
    other = check.match

    def decide(target, creds, enforcer, name):
        try:
            return decider(other, enforcer.rules[other])(target, creds, enforcer, name)
        except KeyError:
            return False        # there is no such rule, which allows nobody anything
    return decide


def _generic(check) -> Decider:
    """kind:match, where kind names one of the credentials."""
    kind, text = check.kind, check.match
    if not kind.isidentifier() or kind in _LITERALS:
        return _unknown(check)
    find, path = check._find_in_dict, [kind]
    if '%' in text:
        def decide(target, creds, enforcer, name):
            try:
                return find(creds, path, text % target)
            except KeyError:
                return False    # the target has nothing that could be compared
        return decide
    return lambda target, creds, enforcer, name: find(creds, path, text)


_TRANSLATIONS = {
    _checks.AndCheck: _and, _checks.OrCheck: _or, _checks.NotCheck: _not,
    _checks.RuleCheck: _rule, _checks.GenericCheck: _generic,
}
