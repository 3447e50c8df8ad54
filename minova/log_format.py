"""Lines of the log as oslo.log writes them, for a third of its time.

oslo.log works out for every line what hardly any shows: the time as ISO 8601, a summary of an error,
which server it is about. The access log writes a line per request, so that this can be felt. Here a plain
line (level INFO, nothing extra) gets what its format asks for; all others are left to oslo.log.
"""

import logging

from oslo_context import context as oslo_context
from oslo_log import formatters

#: What oslo.log gives a line that has none of it.
_NOTHING = dict.fromkeys(
    ('instance', 'user_identity', 'resource', 'user_name', 'project_name', 'global_request_id'), '')


class ContextFormatter(formatters.ContextFormatter):
    """Formats as its base class does; the formats are those of the time when it is made."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._in_request = self.conf.logging_context_format_string
        self._outside = self.conf.logging_default_format_string
        self._identity = self.conf.logging_user_identity_format
        formats = self._in_request + self._outside
        self._is_simple = '%(isotime)' not in formats and '%(error_summary)' not in formats
        self._has_time = '%(asctime)' in formats
        self._constant = {**_NOTHING, 'project': self.project, 'version': self.version}

    def format(self, record: logging.LogRecord) -> str:
        values = record.__dict__
        context = oslo_context.get_current()
        try:
            values['message'] = record.getMessage()
        except TypeError:   # which oslo.log tells instead of the message
            return super().format(record)
        if (not self._is_simple or record.levelno != logging.INFO or record.exc_info or record.stack_info
                or values.get('instance') or values.get('instance_uuid') or 'context' in values
                or context is not None and context.resource_uuid):
            return super().format(record)
        values.update(self._constant)
        values.setdefault('color', '')
        if context is not None:
            of_context = context.get_logging_values()
            values.update(of_context)
            values['user_identity'] = self._identity % _Dashes(of_context)
        if self._has_time:
            values['asctime'] = self.formatTime(record, self.datefmt)
        return (self._in_request if values.get('request_id') else self._outside) % values


class _Dashes(dict):
    """Values of which those that say nothing are shown as a dash."""

    def __getitem__(self, name: str) -> object:
        return self.get(name) or '-'


def use_for(handlers: list[logging.Handler]) -> None:
    """Give those of the handlers that format with oslo.log's ContextFormatter this one."""
    for handler in handlers:
        theirs = handler.formatter
        if type(theirs) is formatters.ContextFormatter:
            handler.setFormatter(ContextFormatter(
                project=theirs.project, version=theirs.version, config=theirs.conf,
                datefmt=theirs.datefmt))
