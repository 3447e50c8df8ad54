"""The cloud is put back to how it began, whatever is going on in it."""

import contextlib
import os
import pathlib
import threading

import pytest

from minova import compute, exception, image, lives
from minova import context as minova_context
from minova.compute import beginning
from minova.conf import CONF
from minova.db import copies, engine, work_items
from minova.db import tables as t
from minova.image import declared, embedded_content, store
from tests.client import Client
from tests.functional.api.test_server_actions import boot
from tests.functional.processes import eventually

URL = '/os-minova-simulator'


@pytest.fixture(scope='module')
def controlled_app(configured):
    CONF.set_override('enable_control', True, 'fake')
    yield Client.load()
    CONF.clear_override('enable_control', 'fake')


@pytest.fixture
def cloud(controlled_app, minova_database):
    """A cloud that remembers its beginning."""
    backend = compute.backend()
    backend.start()
    yield controlled_app
    backend.stop()


@pytest.fixture
def background(cloud):
    """The same, but work is done after the answer, by threads."""
    backend = compute.backend()
    backend.stop()
    CONF.set_override('mode', 'background', 'work')
    backend.start()
    yield cloud
    backend.stop()
    CONF.set_override('mode', 'inline', 'work')


def reset(client):
    answer = client.post(f'{URL}/reset')
    assert answer.status == 204, answer.text


def create(client, name='web'):
    image = client.get('/images').json['images'][0]['id']
    answer = client.post('/servers', {'server': {'name': name, 'imageRef': image, 'flavorRef': '1'}})
    assert answer.status == 202, answer.text
    return answer.json['server']['id']


def names(client):
    return [server['name'] for server in client.get('/servers/detail').json['servers']]


def rows(table):
    with engine.reader() as conn:
        return conn.execute(table.select()).all()


def test_everything_that_was_made_is_gone_and_what_was_there_is_back(cloud):
    images = cloud.get('/images').json['images']
    server_id = boot(cloud)
    assert cloud.post('/os-keypairs', {'keypair': {'name': 'mine'}}).status == 200
    assert cloud.delete(f'/images/{images[0]["id"]}').status == 204
    assert cloud.post(URL, {'simulator': {'transitions': {'stop': 5}}}).status == 200
    reset(cloud)
    assert cloud.get(f'/servers/{server_id}').status == 404
    assert cloud.get('/os-keypairs').json == {'keypairs': []}
    assert cloud.get('/images').json['images'] == images
    assert cloud.get(URL).json['simulator']['transitions'] == {}
    assert rows(t.instance_actions) == [] and rows(t.virtual_interfaces) == []


def test_the_cloud_works_afterwards_as_often_as_one_likes(cloud):
    for _ in range(3):
        server = cloud.get(f'/servers/{boot(cloud)}').json['server']
        assert server['status'] == 'ACTIVE'
        reset(cloud)
        services = cloud.get('/os-services').json['services']
        assert {service['state'] for service in services} == {'up'}


def test_it_is_for_administrators(cloud):
    boot(cloud)
    answer = cloud.as_user('demo').post(f'{URL}/reset')
    assert answer.status == 403
    assert len(names(cloud)) == 1


def test_a_start_does_not_forget_how_it_began(cloud):
    boot(cloud)
    compute.backend().stop()
    compute.backend().start()
    assert len(names(cloud)) == 1
    reset(cloud)
    assert names(cloud) == []


def test_work_that_is_under_way_comes_to_nothing(background):
    assert background.post(URL, {'simulator': {'transitions': {'build': 3600}}}).status == 200
    before = [create(background, f's{n}') for n in range(5)]
    old = threading.enumerate()
    reset(background)
    assert {background.get(f'/servers/{each}').status for each in before} == {404}
    # What is made now gets the ids that the old work knew.
    after = create(background, 'new')
    eventually(lambda: background.get(f'/servers/{after}').json['server']['status'] == 'ACTIVE',
               'a server of the new life')
    eventually(lambda: not any(each.is_alive() for each in old if each.name.startswith('work-')),
               'the end of the old work')
    eventually(lambda: rows(t.work_items) == [], 'no work that is left')
    assert names(background) == ['new']
    assert len(rows(t.virtual_interfaces)) == 1


def test_a_request_of_the_old_life_cannot_write(cloud):
    with lives.within(lives.current()):
        reset(cloud)
        with pytest.raises(Exception, match='The cloud was reset while this was under way'):
            work_items.release('somebody')


def test_requests_in_all_phases_end_well(background):
    """Resets in the middle of creates: each is accepted, or finds that there is no more of its life."""
    statuses, stop = [], threading.Event()

    def client():
        image = background.get('/images').json['images'][0]['id']
        while not stop.is_set():
            answer = background.post('/servers', {'server': {
                'name': 'web', 'imageRef': image, 'flavorRef': '1'}})
            statuses.append(answer.status if answer.status in (202, 404) else answer.text)
            if answer.status == 202:
                background.delete(f'/servers/{answer.json["server"]["id"]}')

    threads = [threading.Thread(target=client) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        for _ in range(10):
            done = len(statuses)
            eventually(lambda done=done: len(statuses) > done, 'another create')
            reset(background)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert {each for each in statuses if 'Quota exceeded' not in str(each)} <= {202, 404}
    reset(background)
    assert rows(t.work_items) == [] and names(background) == []
    with engine.reader() as conn:
        assert conn.exec_driver_sql('PRAGMA foreign_key_check').all() == []
        assert conn.exec_driver_sql('PRAGMA integrity_check').scalar() == 'ok'
    after = create(background, 'new')
    eventually(lambda: background.get(f'/servers/{after}').json['server']['status'] == 'ACTIVE',
               'a server that is built')


def test_where_the_beginning_is_not_known_it_says_so(cloud, tmp_path):
    path = copies.beginning()
    os.rename(path, tmp_path / 'aside')
    answer = cloud.post(f'{URL}/reset')
    assert answer.status == 409
    assert 'The cloud cannot be put back to how it began' in answer.message
    os.rename(tmp_path / 'aside', path)
    reset(cloud)


def test_several_processes_are_refused(cloud):
    CONF.set_override('osapi_compute_workers', 2)
    try:
        answer = cloud.post(f'{URL}/reset')
    finally:
        CONF.clear_override('osapi_compute_workers')
    assert answer.status == 409
    assert 'osapi_compute has more than one worker process' in answer.message


def _content() -> set[str]:
    folder = pathlib.Path(store.folder())
    return {str(path) for path in folder.rglob('*') if path.is_file()}


def test_an_upload_that_is_under_way_leaves_nothing(cloud):
    api, context = image.API(), minova_context.get_admin_context()
    new = api.create(context, declared.image({
        'id': '1f0c7d1e-0a3b-4c52-9a51-c1220571e500', 'name': 'new', 'status': 'queued',
        'disk_format': 'raw', 'container_format': 'bare'}))

    def blocks():
        yield b'half'
        beginning.go_back()
        yield b'of it'

    before = _content()
    with lives.within(lives.current()), pytest.raises(exception.CloudWasReset):
        api.upload(context, new['id'], blocks())
    assert cloud.get(f'/images/{new["id"]}').status == 404
    embedded_content.settle()
    assert _content() == before


def test_content_that_was_deleted_is_back(minova_database, controlled_app):
    backend = compute.backend()
    api, context = image.API(), minova_context.get_admin_context()
    declared_image = {'id': '2f0c7d1e-0a3b-4c52-9a51-c1220571e500', 'name': 'kept', 'status': 'queued',
                      'disk_format': 'raw', 'container_format': 'bare'}
    api.create(context, declared.image(declared_image))
    api.upload(context, declared_image['id'], [b'content'])
    backend.start()
    try:
        assert controlled_app.delete(f'/images/{declared_image["id"]}').status == 204
        assert store.read(declared_image['id']) is None
        reset(controlled_app)
        with contextlib.closing(api.download(context, declared_image['id'])) as content:
            assert b''.join(content) == b'content'
    finally:
        backend.stop()
        store.remove(declared_image['id'])
