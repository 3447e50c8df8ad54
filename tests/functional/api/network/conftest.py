"""The network API and the compute API over it in this process: the backend embedded_neutron."""

import pytest
import webob

from minova import compute, jsonutils, network, wsgi
from minova.conf import CONF
from tests.client import Client


class Neutron:
    """Sends requests of one user of one project through the paste pipeline of the network API."""

    def __init__(self, app, user="demo", project="p"):
        self.app, self.user, self.project = app, user, project

    def of(self, user, project):
        return Neutron(self.app, user, project)

    def ask(self, method, path, body=None, root="/v2.0"):
        request = webob.Request.blank(
            root + path, method=method, headers={"X-Auth-Token": f"{self.user}:{self.project}"})
        if body is not None:
            request.body = body if isinstance(body, bytes) else jsonutils.dump_as_bytes(body)
        return request.get_response(self.app)

    def do(self, method, path, body=None):
        """What was asked for, without the key around it; it must work."""
        answer = self.ask(method, path, body)
        assert answer.status_int < 300, answer.text
        if not answer.body:
            return None
        return next(iter(answer.json.values())) if len(answer.json) == 1 else answer.json

    def refused(self, method, path, body=None):
        """(status, type, message) of what must not work."""
        answer = self.ask(method, path, body)
        assert answer.status_int >= 400, answer.text
        error = answer.json["NeutronError"]
        assert set(error) == {"type", "message", "detail"}
        return answer.status_int, error["type"], error["message"]

    def make(self, noun, **values):
        return self.do("POST", PATHS.get(noun, f"/{noun}s"), {noun: values})

    def subnet_of(self, cidr="10.1.0.0/24", version=4, **values):
        """A new network with one subnet: that subnet."""
        created = self.make("network", name="net", **values)
        return self.make("subnet", network_id=created["id"], cidr=cidr, ip_version=version)

    def named(self, noun, name):
        [found] = self.do("GET", f"{PATHS.get(noun, f'/{noun}s')}?name={name}")
        return found


PATHS = {"security_group": "/security-groups", "security_group_rule": "/security-group-rules"}


@pytest.fixture(scope="package")
def apps(minova_configured):
    """(network API, compute API), loaded with the backend that has ports and then put away."""
    from minova.conf import fixtures

    chosen = (network._chosen, compute._chosen)
    options = {"network_api_class": "embedded_neutron",
               "fixtures_file": next(opt for opt in fixtures.fixtures_opts).default}
    before = {name: getattr(CONF, name) for name in options}
    drivers = [each._driver for each in chosen]

    def use(values, found):
        for name, value in values.items():
            CONF.set_override(name, value)
        for each, driver in zip(chosen, found, strict=True):
            each._driver = driver

    use(options, [None, None])
    loader = wsgi.Loader()
    try:
        loaded = loader.load_app("network"), loader.load_app("osapi_compute")
        own = [each() for each in chosen]
    finally:
        use(before, drivers)
    return loaded, lambda: use(options, own), lambda: use(before, drivers)


def _serve(apps):
    (network_app, compute_app), enter, leave = apps
    enter()
    try:
        backend = compute.backend()
        backend.start()
        yield Neutron(network_app), Client(compute_app)
        backend.stop()
    finally:
        leave()


@pytest.fixture
def both(apps, minova_database):
    """(network API, compute API) with the networks private and public, as a start leaves them."""
    yield from _serve(apps)


@pytest.fixture
def any_both(apps, database):
    """The same over each kind of database."""
    yield from _serve(apps)


@pytest.fixture
def neutron(both):
    """As demo, a member of the project p."""
    return both[0]


@pytest.fixture
def admin(neutron):
    return neutron.of("admin", "admin")


@pytest.fixture
def nova(both):
    """Compute for the same member."""
    return both[1].as_user("demo", "p")
