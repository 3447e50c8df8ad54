"""JSON Schema as Nova 12 checks it, and the messages that it gives.

Three things differ from plain jsonschema: the messages of jsonschema 2 are kept, which clients have seen
for years; keywords and properties are checked in Nova's order, so that of several faults the same one is
told; and a minimum or maximum holds for a number written as a string too.
"""

import base64
import binascii
import datetime
import ipaddress
import re
import unicodedata
import urllib.parse

import jsonschema
from jsonschema import exceptions as jsonschema_exc
from jsonschema import validators
from oslo_utils import uuidutils

from minova import exception
from minova.api.validation import order, parameter_types

# The order in which Nova 12 reports several faults of one value, read off its answers: what may not be
# there comes before what is missing, a value outside an enumeration before one of the wrong type.
KEYWORD_ORDER = (
    'additionalProperties', 'minItems', 'minLength', 'uniqueItems', 'items', 'additionalItems', 'enum',
    'oneOf', 'required', 'pattern', 'minimum', 'format', 'type', 'patternProperties', 'anyOf',
    'maxProperties', 'properties', 'maximum', 'maxItems', 'minProperties', 'maxLength', 'allOf', 'not')
_RANK = {keyword: i for i, keyword in enumerate(KEYWORD_ORDER)}

_NOT_IN_URIS = re.compile(r"[^A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]")

format_checker = jsonschema.FormatChecker(formats=())


@format_checker.checks('base64')
def _is_base64(value) -> bool:
    if not isinstance(value, str):
        return True
    try:
        base64.decodebytes(value.encode())      # what is not of the alphabet is passed over
        return True
    except binascii.Error:
        return False


@format_checker.checks('date-time')
def _is_date_time(value) -> bool:
    if not isinstance(value, str):
        return True
    try:
        datetime.datetime.fromisoformat(value.replace('Z', '+00:00'))
        return True
    except ValueError:
        return False


@format_checker.checks('uuid')
def _is_uuid(value) -> bool:
    return not isinstance(value, str) or uuidutils.is_uuid_like(value)


@format_checker.checks('uri')
def _is_uri(value) -> bool:
    """With a scheme and an authority, and of the characters that RFC 3986 has."""
    if not isinstance(value, str):
        # Nova has no look at the type before, and says what Python says.
        raise exception.ValidationError(detail='expected string or buffer')
    try:
        parts = urllib.parse.urlsplit(value)
    except ValueError:
        return False
    return bool(parts.scheme and parts.netloc) and not _NOT_IN_URIS.search(value)


@format_checker.checks('ipv4')
def _is_ipv4(value) -> bool:
    return not isinstance(value, str) or _is_address(ipaddress.IPv4Address, value)


@format_checker.checks('ipv6')
def _is_ipv6(value) -> bool:
    return (not isinstance(value, str)
            or '%' not in value and _is_address(ipaddress.IPv6Address, value))


@format_checker.checks('cidr')
def _is_cidr(value) -> bool:
    if not isinstance(value, str):
        return True
    try:
        ipaddress.ip_network(value, strict=False)
    except ValueError:
        return False
    return '/' in value


def _is_address(cls, value: str) -> bool:
    try:
        cls(value)
        return True
    except ValueError:
        return False


def _number(instance):
    """The number that Nova compares: whole if int() makes it so, as it does with floats and booleans.

    None for what is no number.
    """
    for kind in (int, float):
        try:
            return kind(instance)
        except (TypeError, ValueError, OverflowError):
            continue
    return None


def _minimum(_validator, minimum, instance, schema):
    number = _number(instance)
    if number is None:
        return
    if number <= minimum and schema.get('exclusiveMinimum'):
        yield jsonschema_exc.ValidationError(
            f'{number!r} is less than or equal to the minimum of {minimum!r}')
    elif number < minimum:
        yield jsonschema_exc.ValidationError(f'{number!r} is less than the minimum of {minimum!r}')


def _maximum(_validator, maximum, instance, _schema):
    number = _number(instance)
    if number is not None and number > maximum:
        yield jsonschema_exc.ValidationError(f'{number!r} is greater than the maximum of {maximum!r}')


def _too_short(kind):
    def check(validator, limit, instance, _schema):
        if validator.is_type(instance, kind) and len(instance) < limit:
            yield jsonschema_exc.ValidationError(f'{instance!r} is too short')
    return check


def _too_long(kind):
    def check(validator, limit, instance, _schema):
        if validator.is_type(instance, kind) and len(instance) > limit:
            yield jsonschema_exc.ValidationError(f'{instance!r} is too long')
    return check


def _min_properties(validator, limit, instance, _schema):
    if validator.is_type(instance, 'object') and len(instance) < limit:
        yield jsonschema_exc.ValidationError(f'{instance!r} does not have enough properties')


def _additional_properties(validator, allowed, instance, schema):
    if not validator.is_type(instance, 'object'):
        return
    patterns = schema.get('patternProperties', ())
    extras = [name for name in instance if name not in schema.get('properties', ())
              and not any(re.search(pattern, name) for pattern in patterns)]
    if isinstance(allowed, dict):
        for extra in extras:
            yield from validator.descend(instance[extra], allowed, path=extra)
    elif not allowed and extras:
        names = ', '.join(repr(name) for name in extras)
        verb = 'was' if len(extras) == 1 else 'were'
        yield jsonschema_exc.ValidationError(
            f'Additional properties are not allowed ({names} {verb} unexpected)')


def _pattern_properties(validator, patterns, instance, _schema):
    if not validator.is_type(instance, 'object'):
        return
    for pattern, subschema in patterns.items():
        for name in order.python2(instance):
            if re.search(pattern, name):
                yield from validator.descend(instance[name], subschema, path=name, schema_path=pattern)


def _enum(_validator, enums, instance, _schema):
    # As in Python, and so in Nova, 1 is one of [True, ...]; the type is checked on its own.
    if instance not in enums:
        yield jsonschema_exc.ValidationError(f'{instance!r} is not one of {enums!r}')


def _is_name(value: str) -> bool:
    if value and (value[0].isspace() or value[-1].isspace()):
        return False
    # Category C is control, format, surrogate, private use, unassigned; Zl and Zp break lines. Nova's
    # pattern names the characters of Unicode's first plane.
    return all(c < '\uffff' and (category := unicodedata.category(c))[0] != 'C'
               and category not in ('Zl', 'Zp') for c in value)


def _pattern(validator, pattern, instance, _schema):
    if not validator.is_type(instance, 'string'):
        return
    matches = (_is_name(instance) if pattern == parameter_types.NAME_PATTERN
               else re.search(pattern, instance))
    if not matches:
        yield jsonschema_exc.ValidationError(f'{instance!r} does not match {pattern!r}')


def _is_integer(_checker, instance) -> bool:
    return isinstance(instance, int) and not isinstance(instance, bool)


_Validator = validators.extend(
    jsonschema.Draft4Validator,
    {'minimum': _minimum, 'maximum': _maximum, 'enum': _enum, 'pattern': _pattern,
     'minLength': _too_short('string'), 'maxLength': _too_long('string'),
     'minItems': _too_short('array'), 'maxItems': _too_long('array'),
     'minProperties': _min_properties, 'additionalProperties': _additional_properties,
     'patternProperties': _pattern_properties},
    type_checker=jsonschema.Draft4Validator.TYPE_CHECKER.redefine('integer', _is_integer))


def _strip_unknown(validator, allowed, instance, schema):
    """additionalProperties for clients of v2, where what is not known is not looked at."""
    if allowed or 'patternProperties' in schema:
        yield from _additional_properties(validator, allowed, instance, schema)
    elif validator.is_type(instance, 'object'):
        for name in [name for name in instance if name not in schema.get('properties', ())]:
            del instance[name]


def _trim_names(validator, properties, instance, schema):
    """properties for clients of v2, which may put white space around names; it is taken away."""
    if validator.is_type(instance, 'object'):
        for name, subschema in properties.items():
            value = instance.get(name)
            if subschema.get('pattern') == parameter_types.NAME_PATTERN and isinstance(value, str):
                # What is nothing but white space stays, to be refused.
                instance[name] = value.strip() or value
    yield from jsonschema.Draft4Validator.VALIDATORS['properties'](
        validator, properties, instance, schema)


_LegacyV2Validator = validators.extend(
    _Validator, {'additionalProperties': _strip_unknown, 'properties': _trim_names})


def _ordered(schema):
    """A copy of `schema` with the keywords in KEYWORD_ORDER, and the properties in that of Python 2."""
    if isinstance(schema, list):
        return [_ordered(s) for s in schema]
    if not isinstance(schema, dict):
        return schema
    out = {}
    for keyword in sorted(schema, key=lambda k: _RANK.get(k, len(_RANK))):
        value = schema[keyword]
        if keyword in ('properties', 'patternProperties'):
            value = {name: _ordered(value[name]) for name in order.python2(value)}
        elif keyword not in ('enum', 'required', 'type'):
            value = _ordered(value)
        out[keyword] = value
    return out


class SchemaValidator:
    """A compiled schema.

    With `legacy_v2` it checks as the v2 API did: properties that the schema does not know are taken out
    of the body, and so is white space around names.
    """

    def __init__(self, schema: dict, legacy_v2: bool = False):
        self.schema = _ordered(schema)
        cls = _LegacyV2Validator if legacy_v2 else _Validator
        self._validator = cls(self.schema, format_checker=format_checker)

    def validate(self, body) -> None:
        """Raises ValidationError with the first thing that is wrong with `body`."""
        error = next(self._validator.iter_errors(body), None)
        if error is None:
            return
        detail = error.message
        if error.path:
            detail = (f'Invalid input for field/attribute {error.path[-1]}. '
                      f'Value: {error.instance}. {detail}')
        raise exception.ValidationError(detail=detail)
