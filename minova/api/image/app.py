"""The application at /v2, and how it tells of errors."""

import html

import webob.exc

from minova import exception
from minova.api import rest
from minova.api.image import data, images, members, schemas, tags
from minova.api.openstack.response import Answer


class ImageV2(rest.Service):

    controllers = (images.Images, data.Data, data.Importing, data.Actions, tags.Tags, members.Members,
                   schemas.Schemas)

    def fault(self, error: webob.exc.WSGIHTTPException, cause: Exception | None):
        if isinstance(cause, exception.ImageNotFound):
            error.explanation = f'No image found with ID {cause.kwargs["image_id"]}'
        elif isinstance(cause, exception.PolicyNotAuthorized):
            error.explanation = ('You are not authorized to complete '
                                 f'{cause.kwargs["action"].partition(":")[2]} action.')
        return _Fault(error)


class _Fault:
    """An error as Glance shows it: HTML for those who do not ask for JSON.

    Whether they accept HTML or not: many clients say nothing, and read the message out of the HTML.
    """

    def __init__(self, error: webob.exc.WSGIHTTPException):
        self._error = error

    def __call__(self, environ, start_response):
        error = self._error
        headers = rest.allow_header(error)
        if 'Accept-Patch' in error.headers:
            headers['Accept-Patch'] = error.headers['Accept-Patch']
        if 'Content-Range' in error.headers:
            headers['Content-Range'] = error.headers['Content-Range']
        if 'json' in environ.get('HTTP_ACCEPT', ''):
            answer = rest.json_answer(error.code, {
                'message': error.explanation, 'code': error.status, 'title': error.title}, headers)
        else:
            answer = _html(error, headers)
        return answer(environ, start_response)


def _html(error: webob.exc.WSGIHTTPException, headers: dict[str, str]) -> Answer:
    body = (f'<html>\n <head>\n  <title>{error.status}</title>\n </head>\n <body>\n'
            f'  <h1>{error.status}</h1>\n'
            f'  {html.escape(error.explanation)}<br /><br />\n\n\n\n </body>\n</html>').encode()
    return Answer(error.status, [*headers.items(), ('Content-Type', 'text/html; charset=UTF-8'),
                                 ('Content-Length', str(len(body)))], body)
