"""The OpenAPI document says what the API does."""

import json
import re

import pytest
from jsonschema import Draft4Validator

from minova.api import openapi
from minova.api.openstack.compute import APIRouterV21


@pytest.fixture(scope='module')
def document(configured) -> dict:
    # As it is written: whatever is no JSON fails here.
    return json.loads(json.dumps(openapi.document(APIRouterV21())))


def _operations(document):
    for path, methods in document['paths'].items():
        for method, operation in methods.items():
            yield path, method, operation


def test_every_operation_is_well_formed(document):
    identities = []
    for path, _method, operation in _operations(document):
        identities.append(operation['operationId'])
        named = [p['name'] for p in operation['parameters'] if p.get('in') == 'path']
        assert named == re.findall(r'{(\w+)}', path)
        assert any(code.startswith('2') for code in operation['responses'])
        if 'requestBody' in operation:
            schema = operation['requestBody']['content']['application/json']['schema']
            Draft4Validator.check_schema(schema)
    assert len(set(identities)) == len(identities) > 150


def test_it_has_versions_schemas_policies_and_errors(document):
    create = document['paths']['/os-keypairs']['post']
    assert create['tags'] == ['os-keypairs']
    assert create['x-microversions'] == ['2.1 to 2.1', '2.2 to 2.9', '2.10 to the newest']
    assert {'200', '201', '400', '403', '409', 'default'} <= set(create['responses'])
    assert create['x-policies'][0]['rule'] == 'os_compute_api:os-keypairs:create'
    bodies = create['requestBody']['content']['application/json']['schema']['anyOf']
    assert [body['x-microversions'] for body in bodies] == [
        '2.1 to 2.1', '2.2 to 2.9', '2.10 to the newest']


def test_actions_are_the_bodies_of_one_path(document):
    action = document['paths']['/servers/{id}/action']['post']
    assert {'reboot', 'pause', 'os-start', 'createImage'} <= set(action['x-actions'])
    assert not {'create', 'update', 'delete'} & set(action['x-actions'])
    bodies = action['requestBody']['content']['application/json']['schema']['oneOf']
    reboot = next(body for body in bodies if body['title'] == 'reboot')
    assert reboot['required'] == ['reboot']


@pytest.mark.parametrize('path', ['/flavors', '/servers/detail', '/os-services', '/limits'])
def test_what_it_says_can_be_read_can_be(document, client, path):
    assert 'get' in document['paths'][path]
    assert client.get(path).status == 200


def test_bodies_that_a_schema_refuses_are_refused(document, client):
    schema = document['paths']['/flavors']['post']['requestBody']['content'][
        'application/json']['schema']
    body = {'flavor': {'name': 'x', 'ram': 'much', 'vcpus': 1, 'disk': 1}}
    assert not Draft4Validator(schema).is_valid(body)
    assert client.post('/flavors', body).status == 400
    body['flavor'] |= {'ram': 64, 'id': 'x1'}
    assert Draft4Validator(schema).is_valid(body)
    assert client.post('/flavors', body).status == 200
