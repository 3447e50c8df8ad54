"""Options that are different for a while, in a process whose configuration others use, too."""

import contextlib
from collections.abc import Iterator, Mapping

from minova.conf import CONF


@contextlib.contextmanager
def overridden(options: Mapping[str, object]) -> Iterator[None]:
    """Inside, the options are as `options` says: {'section.option': value}, [DEFAULT]'s without a section.

    Afterwards they are as they were, be it that somebody else had overridden them.
    """
    before = []
    try:
        for name, value in options.items():
            group, _, option = name.rpartition('.')
            # get_location() would tell, but not once an override has been cleared.
            was_set = 'override' in CONF._get_opt_info(option, group or None)
            before.append((option, group or None, was_set, was_set and _value(option, group)))
            CONF.set_override(option, value, group or None)
        yield
    finally:
        for option, group, was_set, value in reversed(before):
            if was_set:
                CONF.set_override(option, value, group)
            else:
                CONF.clear_override(option, group)


def _value(option: str, group: str):
    return CONF[group][option] if group else CONF[option]
