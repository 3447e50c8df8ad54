"""The loader, the base classes of filters, and what the server makes of eventlet's log."""

import logging
import os
import pathlib

import pytest
import webob
import webob.exc

from minova import exception, wsgi
from minova.conf import CONF

ROOT = pathlib.Path(__file__).resolve().parents[2]

PASTE = f"""
[app:plain]
paste.app_factory = {__name__}:plain_factory

[app:broken]
paste.app_factory = {__name__}:broken_factory

[pipeline:filtered]
pipeline = tagged plain

[pipeline:torn]
pipeline = nosuch plain

[filter:tagged]
paste.filter_factory = {__name__}:Tagged.factory
tag = hello
"""


def plain(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"plain"]


def plain_factory(global_config, **local_config):
    return plain


def broken_factory(global_config, **local_config):
    raise KeyError("not paste's business")


class Tagged(wsgi.Middleware):
    def __init__(self, application, tag):
        super().__init__(application)
        self.tag = tag

    def process_request(self, req):
        if req.path == "/refused":
            return webob.Response("refused", status=403)
        if req.path == "/raised":
            raise webob.exc.HTTPConflict("raised")

    def process_response(self, response):
        response.headers["X-Tag"] = self.tag
        return response


@pytest.fixture
def loader(tmp_path):
    path = tmp_path / "paste.ini"
    path.write_text(PASTE)
    return wsgi.Loader(str(path))


@pytest.fixture
def conf(minova_configured):
    yield CONF
    # Whatever the test has read: as it was, for whoever comes next.
    CONF([], project="minova", default_config_files=[], default_config_dirs=[])


def test_missing_paste_file_is_named(tmp_path):
    with pytest.raises(exception.ConfigNotFound, match=str(tmp_path / "nosuch.ini")):
        wsgi.Loader(str(tmp_path / "nosuch.ini"))


def test_default_paste_file_comes_with_minova(conf, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert wsgi.Loader().config_path == str(ROOT / "etc" / "api-paste.ini")


def test_paste_file_in_the_working_directory_comes_first(conf, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "api-paste.ini").write_text(PASTE)
    assert wsgi.Loader().config_path == str(tmp_path / "api-paste.ini")


def test_paste_file_beside_the_configuration(conf, tmp_path, monkeypatch):
    folder = tmp_path / "conf"
    folder.mkdir()
    (folder / "api-paste.ini").write_text(PASTE)
    (folder / "nova.conf").write_text("[DEFAULT]\n")
    monkeypatch.chdir(tmp_path)
    CONF([f"--config-file={folder}/nova.conf"], project="minova")
    assert wsgi.Loader().config_path == str(folder / "api-paste.ini")


def test_load_app(loader):
    assert loader.load_app("plain") is plain


@pytest.mark.parametrize("name", ["nosuch", "torn"])
def test_missing_application_or_part_is_named(loader, name):
    with pytest.raises(exception.PasteAppNotFound) as caught:
        loader.load_app(name)
    assert f"'{name}' from {loader.config_path}" in str(caught.value)
    assert "'nosuch'" in str(caught.value)


def test_failure_of_a_factory_is_not_taken_for_a_missing_application(loader):
    with pytest.raises(KeyError, match="not paste's business"):
        loader.load_app("broken")


@pytest.mark.parametrize(
    ("path", "status", "tag"),
    [("/", 200, "hello"), ("/refused", 403, None), ("/raised", 409, None)],
)
def test_middleware_sees_requests_and_responses(loader, path, status, tag):
    response = webob.Request.blank(path).get_response(loader.load_app("filtered"))
    assert response.status_int == status
    assert response.headers.get("X-Tag") == tag


def test_middleware_without_process_response_adds_nothing():
    start_response = object()
    seen = []

    def application(environ, start):
        seen.append(start)
        return []

    wsgi.Middleware(application)(webob.Request.blank("/").environ, start_response)
    assert seen == [start_response]


def test_server_log_sorts_what_eventlet_says(caplog):
    log = wsgi._ServerLog(logging.getLogger("test.server"))
    caplog.set_level(logging.DEBUG)
    log.info(f"({os.getpid()}) wsgi starting up on http://127.0.0.1:1")
    log.info("Traceback (most recent call last):\n  100% certain")
    log.info('127.0.0.1 "GET /%s HTTP/1.1" status: 200')
    log.info("")
    assert [(r.levelname, r.getMessage()[:10]) for r in caplog.records] == [
        ("DEBUG", caplog.records[0].getMessage()[:10]),
        ("ERROR", "Traceback "),
        ("INFO", '127.0.0.1 '),
    ]
