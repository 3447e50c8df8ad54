"""Where the catalog says that services are."""

import pytest

from minova.conf import CONF
from minova.identity import catalog


@pytest.fixture(autouse=True)
def everything(minova_configured):
    changed = {'enabled_apis': ['identity', 'osapi_compute', 'image', 'network', 'volume', 'metadata']}
    before = {name: getattr(CONF, name) for name in changed}
    for name, value in changed.items():
        CONF.set_override(name, value)
    listening = dict(catalog._listening)
    catalog.forget_listening()
    yield
    for name, value in before.items():
        CONF.set_override(name, value)
    catalog.forget_listening()
    for api, url in listening.items():
        catalog.set_listening(api, url)


@pytest.fixture
def public_endpoints():
    before = CONF.identity.public_endpoints
    yield lambda value: CONF.set_override('public_endpoints', value, 'identity')
    CONF.set_override('public_endpoints', before, 'identity')


def urls(host='127.0.0.1', project_id='p', interface='public') -> dict[str, str]:
    return {service['type']: endpoint['url'] for service in catalog.for_token(host, project_id)
            for endpoint in service['endpoints'] if endpoint['interface'] == interface}


def test_what_is_enabled_at_the_usual_ports():
    assert urls() == {
        'identity': 'http://127.0.0.1:5000/v3',
        'compute': 'http://127.0.0.1:8774/v2.1',
        'image': 'http://127.0.0.1:9292',
        'network': 'http://127.0.0.1:9696',
        'volumev3': 'http://127.0.0.1:8776/v3/p',
        'block-storage': 'http://127.0.0.1:8776/v3/p'}
    assert urls(interface='internal') == urls(interface='admin') == urls()
    CONF.set_override('enabled_apis', ['identity', 'osapi_compute'])
    assert set(urls()) == {'identity', 'compute'}


def test_without_a_project_there_is_no_url_that_has_one():
    assert set(urls(project_id=None)) == {'identity', 'compute', 'image', 'network'}
    assert catalog.url(catalog._SERVICES[-1], 'public', 'host', None) == 'http://host:8776/v3/%(project_id)s'


@pytest.mark.parametrize('listens, host, found', [
    ('http://0.0.0.0:5000/', 'cloud.example.com', 'http://cloud.example.com:5000/v3'),
    ('http://[::]:5000/', '[2001:db8::1]', 'http://[2001:db8::1]:5000/v3'),
    ('http://127.0.0.1:32768/', 'localhost', 'http://localhost:32768/v3'),
    ('https://192.0.2.7:5000/', 'cloud.example.com', 'https://192.0.2.7:5000/v3'),
    ('http://[2001:db8::7]:5000/', 'cloud.example.com', 'http://[2001:db8::7]:5000/v3'),
    ('unix:/run/identity', 'cloud.example.com', None),
])
def test_the_host_is_the_clients_unless_there_is_one_only(listens, host, found):
    catalog.set_listening('identity', listens)
    assert urls(host).get('identity') == found


def test_urls_of_outside_are_public_only(public_endpoints):
    public_endpoints({'compute': 'https://cloud/compute', 'volumev3': 'https://cloud/volume/%(project_id)s'})
    assert urls()['compute'] == 'https://cloud/compute'
    assert urls()['volumev3'] == 'https://cloud/volume/p'
    assert urls(interface='internal')['compute'] == 'http://127.0.0.1:8774/v2.1'
    assert 'volumev3' not in urls(project_id=None)
