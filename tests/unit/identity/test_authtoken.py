"""What is filled in for keystonemiddleware, and what the neighbours make of its answer."""

import pytest
from keystonemiddleware import auth_token  # noqa: F401 - registers the options

from minova import exception
from minova.api.auth import NeighbourContext
from minova.conf import CONF
from minova.identity import authtoken, catalog

GROUP = 'keystone_authtoken'


@pytest.fixture
def options(minova_configured):
    """Set options for the time of a test."""
    before = []

    def change(name, value, group=None):
        before.append((name, getattr(CONF[group] if group else CONF, name), group))
        CONF.set_override(name, value, group)

    listening = dict(catalog._listening)
    catalog.forget_listening()
    authtoken.reset()
    yield change
    authtoken.reset()
    for name, value, group in reversed(before):
        CONF.set_override(name, value, group)
    catalog.forget_listening()
    for api, url in listening.items():
        catalog.set_listening(api, url)


def test_nobody_to_ask(options):
    options('enabled_apis', ['osapi_compute'])
    with pytest.raises(exception.IdentityMissing, match='add identity to enabled_apis'):
        authtoken.configure({}, 'cache')


@pytest.mark.parametrize('settings', [{'auth_type': 'v3password'}, {'auth_section': 'keystone'}])
def test_who_has_a_keystone_is_left_alone(options, settings):
    options('enabled_apis', ['osapi_compute'])
    authtoken.configure(settings, 'cache')
    assert CONF[GROUP].auth_type is None and CONF[GROUP].token_cache_time == 300
    assert CONF[GROUP].cache == 'cache' and CONF[GROUP].service_token_roles_required


@pytest.mark.parametrize('listens, url', [
    ('http://127.0.0.1:5000/', 'http://127.0.0.1:5000/v3'),
    ('http://0.0.0.0:32768/', 'http://127.0.0.1:32768/v3'),
    ('http://[::]:5000/', 'http://[::1]:5000/v3'),
    ('https://192.0.2.1:5000/', 'https://192.0.2.1:5000/v3'),
    ('http://localhost:5000/', 'http://localhost:5000/v3'),
])
def test_minovas_own_identity_is_asked(options, listens, url):
    options('enabled_apis', ['identity', 'osapi_compute'])
    catalog.set_listening('identity', listens)
    authtoken.configure({}, 'cache')
    group = CONF[GROUP]
    assert group.auth_url == group.www_authenticate_uri == url
    assert (group.auth_type, group.username, group.project_name) == ('password', 'minova', 'service')
    assert len(group.password) == 64 and group.token_cache_time == authtoken.CACHE_SECONDS
    assert group.insecure is listens.startswith('https')


@pytest.mark.parametrize('listens', ['unix:/run/identity', 'http://127.0.0.1:0/'])
def test_where_it_cannot_be_asked(options, listens):
    options('enabled_apis', ['identity', 'osapi_compute'])
    catalog.set_listening('identity', listens)
    with pytest.raises(exception.IdentityUnreachable, match='say in .keystone_authtoken. how'):
        authtoken.configure({}, 'cache')


@pytest.mark.parametrize('environ, known', [
    ({}, False),
    ({'HTTP_X_IDENTITY_STATUS': 'Invalid', 'HTTP_X_PROJECT_ID': 'p', 'HTTP_X_USER_ID': 'u'}, False),
    # Things without a project are nobody's, not those of who has none.
    ({'HTTP_X_IDENTITY_STATUS': 'Confirmed', 'HTTP_X_USER_ID': 'u'}, False),
    ({'HTTP_X_IDENTITY_STATUS': 'Confirmed', 'HTTP_X_PROJECT_ID': 'p', 'HTTP_X_USER_ID': 'u'}, True),
])
def test_neighbours_know_who_has_a_token_for_a_project(minova_configured, environ, known):
    environ = dict(environ)
    NeighbourContext(lambda environ, start_response: [])(environ, None)
    context = environ.get('nova.context')
    assert (context is not None) is known
    if known:
        assert (context.user_id, context.project_id) == ('u', 'p')
