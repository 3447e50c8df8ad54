"""Policy checks: may this context do that?

The rules are declared in minova/policies/ and may be overridden by the file that [oslo_policy]policy_file
names. oslo.policy parses them, once; a check then is a function call. A changed policy file is noticed
within a second.
"""

import threading
import time

from oslo_policy import opts as policy_opts
from oslo_policy import policy

from minova import exception, policy_checks
from minova.conf import CONF

_RELOAD_INTERVAL = 1.0      # seconds between looks at the policy file
_lock = threading.Lock()
_enforcer: policy.Enforcer | None = None
_next_look = 0.0
_extra: dict[str, policy.RuleDefault] = {}      # of extensions from outside


def init() -> policy.Enforcer:
    """The enforcer with all rules loaded, made at first use."""
    global _enforcer
    with _lock:
        if _enforcer is None:
            from minova import policies
            policy_opts.set_defaults(CONF, policy_file='policy.yaml')
            enforcer = policy.Enforcer(CONF)
            enforcer.register_defaults([*policies.list_rules(), *_extra.values()])
            enforcer.load_rules()
            _enforcer = enforcer
    return _enforcer


def register(rules: list) -> None:
    """Add the rules of an extension that lives outside minova (oslo.policy RuleDefault objects).

    They stay when the policy file is read again. Raises ValueError for a name that is taken.
    """
    if not rules:
        return
    from minova import policies
    own = {rule.name: rule for rule in policies.list_rules()}
    for rule in rules:
        other = own.get(rule.name) or _extra.get(rule.name)
        if other is not None and (other.check_str != rule.check_str or rule.name in own):
            raise ValueError(f'its policy rule {rule.name} is there already')
    with _lock:
        for rule in rules:
            _extra[rule.name] = rule
            if _enforcer is not None and rule.name not in _enforcer.registered_rules:
                _enforcer.register_default(rule)
                _enforcer.rules.setdefault(rule.name, rule.check)


def reset() -> None:
    """Forget everything that was read; the next check reads it again."""
    global _enforcer
    _enforcer = None


def _rules():
    global _next_look
    enforcer = _enforcer or init()
    now = time.monotonic()
    if now >= _next_look:
        _next_look = now + _RELOAD_INTERVAL
        enforcer.load_rules()
    return enforcer


def authorize(context, action: str, target: dict | None = None, fatal: bool = True) -> bool:
    """Whether `context` may do `action` to `target` (default: the context's own project and user).

    Raises PolicyNotAuthorized when it may not and `fatal` is true, and
    oslo_policy.policy.PolicyNotRegistered for a rule that nobody declared.
    """
    enforcer = _rules()
    if target is None:
        target = context.own
    check = enforcer.rules.get(action)
    if check is None or action not in enforcer.registered_rules:
        raise policy.PolicyNotRegistered(action)
    allowed = bool(policy_checks.decider(action, check)(
        target, context.credentials, enforcer, action))
    if not allowed and fatal:
        raise exception.PolicyNotAuthorized(action=action)
    return allowed


def check_is_admin(context) -> bool:
    """Whether the roles of `context` make it an administrator (rule `context_is_admin`)."""
    enforcer = _rules()
    creds = {'user_id': context.user_id, 'project_id': context.project_id,
             'roles': context.roles, 'is_admin': False}
    return bool(enforcer.rules['context_is_admin'](creds, creds, enforcer))
