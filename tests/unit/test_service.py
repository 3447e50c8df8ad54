"""Which services there are, with how many workers, on which addresses. Processes are tested in
tests/functional/test_processes.py."""

import os
import socket

import pytest

from minova import exception, service
from minova.cmd import serve
from minova.conf import CONF


class Loader:
    """Stands for the paste file."""

    def __init__(self, *names):
        self.names = names

    def load_app(self, name):
        if name not in self.names:
            raise exception.PasteAppNotFound(name=name, path="paste.ini")
        return f"application {name}"


@pytest.fixture
def conf(minova_configured):
    CONF.set_override("osapi_compute_listen_port", 0)
    yield CONF
    CONF.clear_override("osapi_compute_listen_port")


@pytest.fixture
def override(conf):
    changed = []

    def change(name, value, group=None):
        conf.set_override(name, value, group)
        changed.append((name, group))

    yield change
    for name, group in changed:
        conf.clear_override(name, group)


def test_service_takes_its_address_at_once(conf):
    made = service.WSGIService("osapi_compute", Loader("osapi_compute"))
    try:
        assert made.app == "application osapi_compute"
        with socket.create_connection(made.server.listener.getsockname()):
            pass
    finally:
        made.server.close()


def test_service_of_an_api_of_somebody_else_has_options(conf, override):
    made = service.WSGIService("theirs", Loader("theirs"))
    made.server.close()
    assert made.host == "127.0.0.1"
    override("theirs_workers", 3)
    made = service.WSGIService("theirs", Loader("theirs"))
    made.server.close()
    assert made.workers == 3


@pytest.mark.parametrize(
    ("connection", "workers"),
    [
        (None, 1),
        ("sqlite:////tmp/file", 1),
        ("postgresql+psycopg2://host/minova", len(os.sched_getaffinity(0))),
    ],
)
def test_default_number_of_workers(conf, override, connection, workers):
    override("connection", connection, "database")
    assert service.default_workers() == workers


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", True),
        ("127.1.2.3", True),
        ("::1", True),
        ("localhost", True),
        ("unix:/run/socket", True),
        ("0.0.0.0", False),
        ("::", False),
        ("", False),
        ("192.0.2.1", False),
    ],
)
def test_loopback(host, expected):
    assert serve.is_loopback(host) is expected


def test_noauth_stays_at_home_unless_it_is_meant(conf, override):
    serve.refuse_public_noauth("osapi_compute", "127.0.0.1")
    serve.refuse_public_noauth("metadata", "0.0.0.0")
    with pytest.raises(exception.PublicNoAuth, match="allow_public_address"):
        serve.refuse_public_noauth("osapi_compute", "0.0.0.0")
    override("allow_public_address", True, "noauth2")
    serve.refuse_public_noauth("osapi_compute", "0.0.0.0")


def test_keystone_may_be_public(conf, override):
    override("auth_strategy", "keystone")
    serve.refuse_public_noauth("osapi_compute", "0.0.0.0")
