"""The log's own formatter writes what oslo.log's writes."""

import io
import logging

import pytest
from oslo_context import context as oslo_context
from oslo_log import formatters, handlers

from minova import context, log_format
from minova.conf import CONF


@pytest.fixture
def override(minova_configured):
    changed = []

    def change(name: str, value) -> None:
        CONF.set_override(name, value)
        changed.append(name)
    yield change
    for name in changed:
        CONF.clear_override(name)


@pytest.fixture
def both(minova_configured, monkeypatch):
    """Formats a record with oslo.log's formatter and with ours."""
    monkeypatch.setattr(oslo_context._request_store, 'context', None, raising=False)

    def format_with_both(**values) -> tuple[str, str]:
        found = []
        for kind in (formatters.ContextFormatter, log_format.ContextFormatter):
            handler = handlers.ColorHandler(io.StringIO()) if values.get('color') else \
                logging.StreamHandler(io.StringIO())
            handler.setFormatter(kind(project='minova', version='1', config=CONF,
                                      datefmt='%Y-%m-%d %H:%M:%S'))
            record = logging.LogRecord('minova.x', logging.INFO, 'file.py', 7, 'a %s', ('word',), None)
            record.__dict__.update({'created': 1e9, 'msecs': 123.0}, **values)
            handler.emit(record)
            found.append(handler.stream.getvalue())
        return tuple(found)
    return format_with_both


def _someone() -> None:
    context.RequestContext(user_id='u', project_id='p', auth_token='secret', roles=['member'],
                           request_id='req-1', is_admin=False)


def _nobody_yet() -> None:
    oslo_context.RequestContext(request_id='req-2')


def _about_a_resource() -> None:
    context.RequestContext(user_id='u', resource_uuid='r', is_admin=False, request_id='req-3')


@pytest.mark.parametrize('who', [None, _someone, _nobody_yet, _about_a_resource])
@pytest.mark.parametrize('values', [
    {}, {'levelno': logging.ERROR, 'levelname': 'ERROR'}, {'levelno': logging.DEBUG},
    {'instance': {'uuid': 'i'}}, {'instance_uuid': 'i'}, {'instance': ''}, {'color': 'x'},
    {'msg': '%d', 'args': ('no number',)}, {'msg': '100 %', 'args': ()},
    {'exc_info': (ValueError, ValueError('bad'), None)}, {'stack_info': 'Stack:\n  somewhere'},
], ids=str)
@pytest.mark.parametrize('formats', [
    {}, {'logging_context_format_string': '%(isotime)s %(message)s'},
    {'logging_context_format_string': '%(error_summary)s %(message)s %(user_name)s %(roles)s %(instance)s'},
    {'logging_default_format_string': '%(levelname)s %(project)s %(version)s %(message)s'},
    {'logging_context_format_string': '%(auth_token)s %(project_name)s %(domain)s %(message)s'},
    {'logging_user_identity_format': '%(user)s %(system_scope)s'}], ids=str)
def test_as_oslo_log(both, override, who, values, formats):
    for name, value in formats.items():
        override(name, value)
    if who:
        who()
    theirs, ours = both(**values)
    assert ours == theirs


def test_a_line_for_several_handlers_is_the_same_in_all(minova_configured):
    _someone()
    record = logging.LogRecord('minova.x', logging.INFO, 'file.py', 7, 'a %s', ('word',), None)
    formatter = log_format.ContextFormatter(config=CONF)
    assert formatter.format(record) == formatter.format(record)


def test_the_services_log_with_it(minova_configured):
    handler = logging.StreamHandler()
    handler.setFormatter(formatters.ContextFormatter(project='minova', version='1', config=CONF))
    json = logging.StreamHandler()
    json.setFormatter(formatters.JSONFormatter())
    log_format.use_for([handler, json, logging.NullHandler()])
    assert type(handler.formatter) is log_format.ContextFormatter
    assert handler.formatter.project == 'minova'
    assert type(json.formatter) is formatters.JSONFormatter
