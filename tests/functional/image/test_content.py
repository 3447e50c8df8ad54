"""The content of the embedded image service: what is left when something stops in the middle."""

import os
import signal
import subprocess
import sys
import textwrap

import pytest
import yaml

from minova import context, exception, image
from minova.conf import CONF
from minova.db import images as db
from minova.image import declared, store
from tests.functional.processes import ROOT

MEMBER = context.RequestContext(user_id="u", project_id="p", is_admin=False, overwrite=False)


@pytest.fixture
def folder(tmp_path):
    """Where the content is: a folder of this test alone."""
    path = tmp_path / "images"
    CONF.set_override("filesystem_store_datadir", str(path), "image")
    yield path
    CONF.clear_override("filesystem_store_datadir", "image")


@pytest.fixture
def images(minova_configured, minova_database, folder):
    return image.API()


def make(images, **values):
    values = {"name": "x", "disk_format": "raw", "container_format": "bare", **values}
    return images.create(MEMBER, values)["id"]


def files(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def content(images, image_id):
    found = images.download(MEMBER, image_id)
    try:
        return found and b"".join(found)
    finally:
        if found:
            found.close()


def test_upload(images, folder):
    image_id = make(images)
    found = images.upload(MEMBER, image_id, [b"abc", b"def"])
    assert (found["status"], found["size"]) == ("active", 6)
    assert content(images, image_id) == b"abcdef"
    assert files(folder) == [image_id]
    images.delete(MEMBER, image_id)
    assert files(folder) == []


def test_what_is_read_can_be_deleted_meanwhile(images, folder):
    image_id = make(images)
    images.upload(MEMBER, image_id, [b"abc"])
    reading = images.download(MEMBER, image_id)
    images.delete(MEMBER, image_id)
    assert b"".join(reading) == b"abc"
    reading.close()
    reading.close()


def test_one_upload_at_a_time(images, folder):
    image_id = make(images)

    def blocks():
        yield b"mine"
        with pytest.raises(exception.ImageStatusConflict):
            images.upload(MEMBER, image_id, [b"other"])
        assert images.get(MEMBER, image_id)["status"] == "saving"
        images.start()      # others that begin to serve leave it alone
        assert images.get(MEMBER, image_id)["status"] == "saving"
    images.upload(MEMBER, image_id, blocks())
    assert content(images, image_id) == b"mine"
    assert files(folder) == [image_id]


def test_deleted_while_it_is_uploaded(images, folder):
    image_id = make(images)

    def blocks():
        yield b"x"
        images.delete(MEMBER, image_id)
    with pytest.raises(exception.ImageGone):
        images.upload(MEMBER, image_id, blocks())
    assert files(folder) == []


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_a_failure_leaves_the_image_queued(images, folder, error):
    image_id = make(images)

    def blocks():
        yield b"x"
        raise error
    with pytest.raises(error):
        images.upload(MEMBER, image_id, blocks())
    assert images.get(MEMBER, image_id)["status"] == "queued"
    assert files(folder) == []
    images.upload(MEMBER, image_id, [b"again"])
    assert content(images, image_id) == b"again"


def test_a_new_upload_that_was_taken_for_an_old_one(images, folder, monkeypatch):
    """By a process that starts between the two steps of making an entry."""
    real, image_id = store._lock, make(images)

    def lock(fd, name):
        monkeypatch.setattr(store, "_lock", real)
        store.settle(lambda image_id: True)
        return real(fd, name)
    monkeypatch.setattr(store, "_lock", lock)
    images.upload(MEMBER, image_id, [b"x"])
    assert content(images, image_id) == b"x"
    assert files(folder) == [image_id]


def test_no_space_left(images, monkeypatch):
    image_id = make(images)

    def full(fd, block):
        raise OSError(28, "No space left on device")
    monkeypatch.setattr(store.os, "write", full)
    with pytest.raises(exception.ImageStorageFull, match="No space left"):
        images.upload(MEMBER, image_id, [b"x"])
    assert images.get(MEMBER, image_id)["status"] == "queued"


def test_an_image_that_is_not_deleted_keeps_its_content(images, folder):
    image_id = make(images, protected=True)
    images.upload(MEMBER, image_id, [b"x"])
    with pytest.raises(exception.ImageProtected):
        images.delete(MEMBER, image_id)
    assert content(images, image_id) == b"x"
    images.start()
    assert files(folder) == [image_id]


# A process that kills itself where it hurts: `point` is a function of a module that is not to come back.
_DYING = textwrap.dedent('''
    import importlib, os, signal, sys
    from minova import config, context, image
    from minova.db import engine
    url, folder, image_id, operation, module, point, when = sys.argv[1:]
    config.parse_args([], prog='x', config_files=[], config_dirs=[])
    from minova.conf import CONF
    CONF.set_override('filesystem_store_datadir', folder, 'image')
    engine.configure(url)
    def die(*args, **kwargs):
        os.kill(os.getpid(), signal.SIGKILL)
    def blocks():
        yield b'x' * 100000
        if point == 'blocks':
            die()
    if module != '-':
        module = importlib.import_module(module)
        *outer, point = point.split('.')
        for name in outer:
            module = getattr(module, name)
        real = getattr(module, point)
        calls = []
        def replacement(*args, **kwargs):
            calls.append(args)
            if len(calls) < int(when):
                return real(*args, **kwargs)
            die()
        setattr(module, point, replacement)
    admin = context.get_admin_context()
    if operation == 'delete':
        image.API().delete(admin, image_id)
    else:
        image.API().upload(admin, image_id, blocks(), staged=operation == 'stage')
''')


def die(folder, url, image_id, operation, module, point, when=1):
    result = subprocess.run(
        [sys.executable, "-c", _DYING, url, str(folder), image_id, operation, module, point, str(when)],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=60)
    assert result.returncode == -signal.SIGKILL, result.stderr


@pytest.mark.parametrize("operation, working", [("upload", "saving"), ("stage", "uploading")])
@pytest.mark.parametrize("module, point, when, has_begun", [
    ("minova.db.images", "update", 1, False),
    ("-", "blocks", 1, True),                       # in the middle of the body
    ("minova.image.store", "remove", 1, True),      # written, not in its place
    ("minova.db.images", "update", 2, True),        # in its place, not active
])
def test_an_upload_that_is_killed(images, minova_database, folder, operation, working, module, point, when,
                                  has_begun):
    image_id = make(images)
    die(folder, minova_database, image_id, operation, module, point, when)
    assert images.get(MEMBER, image_id)["status"] == (working if has_begun else "queued")
    assert f"journal/{image_id}" in files(folder)
    images.start()
    assert images.get(MEMBER, image_id)["status"] == "queued"
    assert files(folder) == []
    images.upload(MEMBER, image_id, [b"again"])
    assert content(images, image_id) == b"again"


def test_an_upload_that_is_killed_is_forgotten_by_the_next_one(images, minova_database, folder):
    image_id = make(images)
    die(folder, minova_database, image_id, "upload", "-", "blocks")
    images.upload(MEMBER, image_id, [b"again"])
    assert content(images, image_id) == b"again"
    assert files(folder) == [image_id]


@pytest.mark.parametrize("operation, status", [("upload", "active"), ("stage", "uploading")])
def test_an_upload_that_is_killed_when_all_is_done(images, minova_database, folder, operation, status):
    image_id = make(images)
    die(folder, minova_database, image_id, operation, "minova.image.store", "Upload.close")
    assert files(folder) == [image_id, f"journal/{image_id}"]
    images.start()
    assert files(folder) == [image_id]
    if operation == "stage":
        assert images.get(MEMBER, image_id)["status"] == status
        images.import_staged(MEMBER, image_id)
    assert content(images, image_id) == b"x" * 100000


@pytest.mark.parametrize("module, point, is_there", [
    ("minova.db.images", "delete", True), ("minova.image.store", "remove", False)])
def test_a_deletion_that_is_killed(images, minova_database, folder, module, point, is_there):
    image_id = make(images)
    images.upload(MEMBER, image_id, [b"content"])
    die(folder, minova_database, image_id, "delete", module, point)
    images.start()
    assert (db.get(image_id) is not None) == is_there
    assert files(folder) == ([image_id] if is_there else [])
    if is_there:
        assert content(images, image_id) == b"content"


def test_images_with_files_in_fixtures(images, folder, tmp_path):
    (tmp_path / "cirros.img").write_bytes(b"content")
    item = {"id": "70a599e0-31e7-49b7-b260-868f441e862b", "name": "cirros", "file": "cirros.img"}
    path = tmp_path / "fixtures.yaml"
    path.write_text(yaml.safe_dump({"images": [item]}))
    items = declared.read(str(path))
    assert [image.load_fixtures(items) for _ in range(2)] == [1, 0]
    found = images.get(MEMBER, item["id"])
    assert (found["status"], found["size"], found["visibility"]) == ("active", 7, "public")
    assert content(images, item["id"]) == b"content"
    for bad in ({**item, "file": "nosuch"}, {**items[0], "size": 7}, {**items[0], "checksum": "x"}):
        with pytest.raises(ValueError):
            image.load_fixtures([bad])
