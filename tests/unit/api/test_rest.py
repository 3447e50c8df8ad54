"""The frame that the neighbours of the compute API are made in."""

import io
import json

import pytest
import webob

from minova import exception
from minova.api import rest


class Things(rest.Controller):

    @rest.route('GET', '', public=True)
    def root(self, req):
        return {'version': 'v1'}

    @rest.route('GET', '/things')
    def index(self, req):
        return {'things': sorted(req.query)}

    @rest.route('POST', '/things', code=201, schema={
        'type': 'object', 'properties': {'name': {'type': 'string'}}, 'required': ['name']})
    def create(self, req):
        return {'thing': req.json}

    @rest.route('GET', '/things/{thing_id}')
    def show(self, req, thing_id):
        return {'thing': thing_id}

    @rest.route('DELETE', '/things/{thing_id}')
    def delete(self, req, thing_id):
        if thing_id == 'bug':
            raise RuntimeError('secret')
        if thing_id != 'here':
            raise exception.NotFound('There is no such thing.')

    @rest.route('GET', '/things/summary')
    def summary(self, req):
        return {'summary': 0}

    @rest.route('GET', '/things/{thing_id}/file')
    def file(self, req, thing_id):
        return webob.Response(body=b'bytes', content_type='application/octet-stream')


class Names(rest.Controller):

    @rest.route('PUT', '/things/{id}')
    @rest.route('PUT', '/things/{id}/names/{name}')
    def update(self, req, id, name=None):
        return {'thing': id, 'name': name}


class App(rest.Service):

    controllers = (Things, Names)

    def fault(self, error, cause):
        return rest.json_answer(error.code, {'fault': error.explanation, 'of': type(cause).__name__},
                                rest.allow_header(error))


@pytest.fixture(scope='module')
def app():
    return App()


def ask(app, method, path, body=None, known=True):
    req = webob.Request.blank(path, method=method)
    if body is not None:
        req.body = body if isinstance(body, bytes) else json.dumps(body).encode()
    if known:
        req.environ['nova.context'] = object()
    return req.get_response(app)


def test_dispatch(app):
    assert ask(app, 'GET', '/things?b=1&a=2&b=3').json == {'things': ['a', 'b']}
    assert ask(app, 'GET', '/things/caf%C3%A9.x').json == {'thing': 'café.x'}
    assert ask(app, 'GET', '/things/summary').json == {'summary': 0}
    created = ask(app, 'POST', '/things', {'name': 'n'})
    assert (created.status_int, created.json) == (201, {'thing': {'name': 'n'}})
    # No NUL, but the name of one.
    assert ask(app, 'POST', '/things', {'name': '\\u0000'}).status_int == 201
    assert ask(app, 'GET', '/things/x/file').body == b'bytes'


def test_controllers_name_the_variables_of_a_path_as_they_like(app):
    assert ask(app, 'PUT', '/things/1').json == {'thing': '1', 'name': None}
    assert ask(app, 'PUT', '/things/1/names/x').json == {'thing': '1', 'name': 'x'}
    assert ask(app, 'GET', '/things/1').json == {'thing': '1'}


def test_nothing_is_204_without_a_body(app):
    answer = ask(app, 'DELETE', '/things/here')
    assert (answer.status_int, answer.body, 'Content-Length' in answer.headers) == (204, b'', False)


def test_head_is_get_without_its_body(app):
    answer = ask(app, 'HEAD', '/things/x')
    assert (answer.status_int, answer.body) == (200, b'')
    assert answer.headers['Content-Length'] == str(len('{"thing":"x"}'))


@pytest.mark.parametrize('method, path, body, code, message, cause', [
    ('GET', '/things/', None, 404, 'The resource could not be found.', 'NoneType'),
    ('GET', '/nothing', None, 404, 'The resource could not be found.', 'NoneType'),
    ('GET', '/things/%ff', None, 404, 'The resource could not be found.', 'NoneType'),
    ('GET', '/things?a=%ff', None, 400, 'The query string is not UTF-8.', 'NoneType'),
    ('PUT', '/things', None, 405, 'The method is not allowed for this resource.', 'NoneType'),
    ('POST', '/things', b'{', 400, 'Malformed request body', 'NoneType'),
    ('POST', '/things', {}, 400, "'name' is a required property", 'ValidationError'),
    ('GET', '/things/%00', None, 404, 'The resource could not be found.', 'NoneType'),
    ('GET', '/things?a=%00', None, 400, 'There is a NUL character in the request.', 'NoneType'),
    ('POST', '/things', {'name': ['\0']}, 400, 'There is a NUL character in the request.', 'NoneType'),
    ('DELETE', '/things/gone', None, 404, 'There is no such thing.', 'NotFound'),
])
def test_faults(app, method, path, body, code, message, cause):
    answer = ask(app, method, path, body)
    assert (answer.status_int, answer.json) == (code, {'fault': message, 'of': cause})


def test_what_may_be_done_instead(app):
    assert ask(app, 'PUT', '/things').headers['Allow'] == 'GET, POST'


def test_a_mistake_of_ours_says_nothing_internal(app):
    answer = ask(app, 'DELETE', '/things/bug')
    assert answer.status_int == 500 and 'secret' not in answer.text


def test_a_body_shorter_than_announced(app):
    req = webob.Request.blank('/things', method='POST')
    req.environ['nova.context'] = object()
    req.environ['wsgi.input'] = io.BytesIO(b'{}')
    req.content_length = 10
    assert req.get_response(app).status_int == 400


def test_only_what_is_public_answers_without_a_token(app):
    assert ask(app, 'GET', '/', known=False).json == {'version': 'v1'}
    assert ask(app, 'GET', '', known=False).status_int == 200
    assert ask(app, 'GET', '/things', known=False).status_int == 401
