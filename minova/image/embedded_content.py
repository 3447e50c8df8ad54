"""The content of the images of the embedded image service: rows and files, kept together.

An image is saving (or uploading, when it is staged) and has no checksum while its content is written; it
gets the checksum, and the status that follows, by the statement that makes the upload a fact.
"""

import contextlib
import logging

from minova import exception, lives
from minova.conf import CONF
from minova.db import images as db
from minova.image import store

LOG = logging.getLogger(__name__)


class Content:
    """What contract.API says about content. Needs `get` and `_get_mutable`."""

    def start(self):
        settle()

    def upload(self, context, image_id, blocks, staged=False):
        working = 'uploading' if staged else 'saving'
        settle()
        image = self._get_mutable(context, image_id)
        _check_status(image, ('queued',), working)
        _check_formats(image)
        entry = store.begin_upload(image_id)
        if entry is None or not db.update(image_id, {'status': working}, {'status': 'queued'}):
            if entry is not None:
                entry.close()
            _check_status(self.get(context, image_id), ('queued',), working)
            raise exception.ImageStatusConflict(current=working, wanted=working)
        try:
            values = entry.write(blocks, CONF.image.image_size_cap)
            if not staged:
                values['status'] = 'active'
            if not db.update(image_id, values, {'status': working, 'checksum': None}):
                raise exception.ImageGone(image_id=image_id)
        except BaseException:
            _give_up(image_id, working, entry)
            raise
        entry.close()
        return self.get(context.elevated(), image_id)

    def import_staged(self, context, image_id):
        image = self._get_mutable(context, image_id)
        if image['checksum'] is None:
            raise exception.ImageNotStaged()
        _check_formats(image)
        staged = {'status': 'uploading', 'checksum': image['checksum']}
        if not db.update(image_id, {'status': 'active'}, staged):
            raise exception.ImageNotStaged()
        return self.get(context, image_id)

    def download(self, context, image_id, start=0, length=None):
        image = self.get(context, image_id)
        if image['status'] == 'deactivated' and not context.is_admin:
            raise exception.ImageDeactivated()
        if image['status'] not in ('active', 'deactivated'):
            return None
        return store.read(image_id, start, length)

    def keep_content(self, folder):
        store.keep(folder)

    def put_back_content(self, folder):
        store.put_back(folder)

    def deactivate(self, context, image_id):
        self._switch(context, image_id, 'active', 'deactivated')

    def reactivate(self, context, image_id):
        self._switch(context, image_id, 'deactivated', 'active')

    def _switch(self, context, image_id: str, before: str, after: str) -> None:
        image = self._get_mutable(context, image_id)
        _check_status(image, (before, after), after)
        if image['status'] == before and not db.update(image_id, {'status': after}, {'status': before}):
            # Somebody was faster: with the same, or by deleting it.
            _check_status(self.get(context, image_id), (after,), after)


@contextlib.contextmanager
def removed_with(image_id: str):
    """The content goes when the block ends, and stays when it raises."""
    entry = store.begin_delete(image_id)
    try:
        yield
        lives.check()       # a reset has brought the image back
        store.remove(image_id)
    except BaseException:
        if entry is not None:
            entry.close(done=False)     # whether the row is gone is not known here
        raise
    if entry is not None:
        entry.close()


def settle() -> None:
    """End what processes that were killed have left of uploads and deletions."""
    store.settle(_is_wanted)


def _is_wanted(image_id: str) -> bool:
    image = db.get(image_id)
    if image is None:
        return False
    if image['checksum'] is not None:
        return True
    for status in ('saving', 'uploading'):
        if db.update(image_id, {'status': 'queued'}, {'status': status, 'checksum': None}):
            LOG.warning('The upload of image %s was cut off; it is queued again', image_id)
    return False


def _give_up(image_id: str, working: str, entry: store.Upload) -> None:
    done = False
    try:
        db.update(image_id, {'status': 'queued'}, {'status': working, 'checksum': None})
        store.remove(image_id)
        done = True
    finally:
        entry.close(done)


def _check_status(image: dict, allowed: tuple[str, ...], wanted: str) -> None:
    if image['status'] not in allowed:
        raise exception.ImageStatusConflict(current=image['status'], wanted=wanted)


def _check_formats(image: dict) -> None:
    missing = [key for key in ('disk_format', 'container_format') if not image[key]]
    if missing:
        raise exception.ImageFormatMissing(
            missing=('Property ' if len(missing) == 1 else 'Properties ') + ', '.join(missing))
