"""minova_client is a fixture of minova's: a fresh API over a fresh database, in this process."""

import pytest

from minova.db import engine

NOTE = {'note': {'text': 'Do not switch off'}}


@pytest.fixture
def member(minova_client):
    return minova_client.as_user('alice', 'blue')


def test_a_note_is_written_changed_and_torn_off(member):
    created = member.post('/notes', NOTE)
    assert created.status == 201
    note = created.json['note']
    assert sorted(note) == ['created_at', 'id', 'server_id', 'text']
    assert member.get('/notes').json == {'notes': [note]}
    changed = member.put(f"/notes/{note['id']}", {'note': {'text': 'Go on'}}, version='2.9')
    assert changed.json == {'note': note | {'text': 'Go on'}}
    assert member.get(f"/notes/{note['id']}").json == changed.json
    assert member.delete(f"/notes/{note['id']}").status == 204
    assert member.get('/notes').json == {'notes': []}
    gone = member.get(f"/notes/{note['id']}")
    assert (gone.status, gone.message) == (404, f"Note {note['id']} could not be found.")


@pytest.mark.parametrize('note_id', ['0', 'x', '2147483648', '%D9%A1'])
def test_there_is_no_such_note(member, note_id):
    assert member.get(f'/notes/{note_id}').status == 404


def test_who_may(minova_client, member):
    note = member.post('/notes', NOTE).json['note']
    stranger = minova_client.as_user('eve', 'red')
    assert stranger.get('/notes').json == {'notes': []}
    for answer in (stranger.get(f"/notes/{note['id']}"), stranger.delete(f"/notes/{note['id']}")):
        assert answer.status == 403
        assert answer.message.startswith("Policy doesn't allow minova_notes:")
    colleague = minova_client.as_user('bob', 'blue')
    assert colleague.get(f"/notes/{note['id']}").status == 200
    assert minova_client.delete(f"/notes/{note['id']}").status == 204


@pytest.mark.parametrize('version, status, keys', [
    ('2.1', 404, ['created_at', 'id', 'server_id', 'text']),
    ('2.9', 200, ['created_at', 'id', 'server_id', 'text']),
    ('2.10', 200, ['created_at', 'id', 'server_id', 'text', 'user_id']),
])
def test_microversions(member, version, status, keys):
    path = f"/notes/{member.post('/notes', NOTE).json['note']['id']}"
    assert sorted(member.get(path, version=version).json['note']) == keys
    assert member.put(path, {'note': {'text': 'x'}}, version=version).status == status


@pytest.mark.parametrize('body, message', [
    ({'note': {}}, "Invalid input for field/attribute note. Value: {}. "
                   "'text' is a required property"),
    ({'note': {'text': ''}}, "Invalid input for field/attribute text. Value: . '' is too short"),
    ({'note': {'text': 'x', 'colour': 'red'}},
     "Invalid input for field/attribute note. Value: {'text': 'x', 'colour': 'red'}. "
     "Additional properties are not allowed ('colour' was unexpected)"),
])
def test_validation(member, body, message):
    answer = member.post('/notes', body)
    assert (answer.status, answer.message) == (400, message)


def test_a_note_on_a_server_of_others(minova_client, member):
    server = minova_client.boot()
    answer = member.post('/notes', {'note': {'text': 'x', 'server_id': server['id']}})
    assert answer.status == 404
    answer = member.post(f"/servers/{server['id']}/action", {'addNote': {'text': 'x'}})
    assert answer.status == 404


def test_the_action_and_the_attribute(member):
    server = member.boot()
    assert server['notes:count'] == 0
    for text in ('one', 'two'):
        answer = member.post(f"/servers/{server['id']}/action", {'addNote': {'text': text}})
        assert answer.status == 202
    assert member.get(f"/servers/{server['id']}").json['server']['notes:count'] == 2
    assert [n['server_id'] for n in member.get('/notes').json['notes']] == [server['id']] * 2
    assert 'notes:count' not in member.get('/servers').json['servers'][0]


def test_counting_costs_one_statement_however_many_servers(member):
    def cost():
        with engine.count_statements() as seen:
            assert member.get('/servers/detail').status == 200
        return [s for s in seen.statements if 'minova_notes' in s], seen.count

    member.boot()
    notes, before = cost()
    assert len(notes) == 1
    member.boot()
    assert cost()[1] == before


def test_a_server_is_born_with_a_note_and_takes_its_notes_along(member):
    members = [member.boot(**{'notes:text': 'new'}), member.boot()]
    assert [server['notes:count'] for server in members] == [1, 0]
    many = member.post('/servers', {'server': {
        'name': 'many', 'flavorRef': '1', 'imageRef': members[0]['image']['id'], 'min_count': 2,
        'notes:text': 'twin', 'return_reservation_id': True}})
    assert many.status == 202
    assert [n['text'] for n in member.get('/notes').json['notes']] == ['new', 'twin', 'twin']
    assert member.delete(f"/servers/{members[0]['id']}").status == 204
    assert [n['text'] for n in member.get('/notes').json['notes']] == ['twin', 'twin']


def test_it_is_listed(minova_client):
    extension = minova_client.get('/extensions/minova-notes').json['extension']
    assert (extension['name'], extension['description']) == ('Notes', 'Notes on servers.')
