"""How the cloud began, and the way back to it.

Where [fake]enable_control is set, the first start leaves a copy of the embedded database beside it, made when
the fixtures were in place. Going back puts that copy into the database, in one transaction, and begins a
new life: what requests and work of the old one still try to write is refused.
"""

import logging
import threading

from minova import exception, image, lives
from minova.compute import host, work
from minova.conf import CONF
from minova.db import copies, engine

LOG = logging.getLogger(__name__)
_one_at_a_time = threading.Lock()


def remember() -> None:
    """Take the cloud as it is now for how it began, unless that is known. Once per database."""
    if engine.is_embedded() and not copies.has_beginning():
        image.API().keep_content(_content())
        copies.keep_beginning()


def go_back() -> None:
    """Make the cloud what it was when it began. Raises CannotReset where that is not known."""
    # Processes know nothing of each other's lives.
    several = [name for name in CONF.enabled_apis if (getattr(CONF, f'{name}_workers', None) or 1) > 1]
    if several:
        raise exception.CannotReset(reason=f'{", ".join(several)} has more than one worker process')
    with _one_at_a_time:
        restore()
        # The signs of life that the copy holds are old.
        with lives.within(None):
            host.register()
            work.start()
    LOG.info('The cloud is back at its beginning')


def restore() -> None:
    """Put the beginning back into the database. Raises CannotReset where that is not known."""
    if not engine.is_embedded():
        raise exception.CannotReset(reason='that can only be done with the embedded database')
    if not copies.has_beginning():
        raise exception.CannotReset(reason=f'there is no {copies.beginning()}')
    copies.put_back(copies.beginning(), _begin_anew)


def _begin_anew() -> None:
    lives.end()
    work.drop()
    image.API().put_back_content(_content())


def _content() -> str:
    return copies.beginning() + '.images'
