"""Consoles of servers, the tokens that open them, and what else a server tells of itself."""

import secrets
import uuid

from minova import exception
from minova.compute import actions
from minova.compute.api_base import Accepting
from minova.conf import CONF
from minova.db import console_auth_tokens, consoles, engine, query, services
from minova.db import instances as db

_PASSWORD_KEYS = tuple(f'password_{number}' for number in range(4))
_XVP_PORTS = 7000       # of the first console


def _url_with_token(base: str, token: str) -> str:
    return f'{base}?token={token}'


#: Console type -> (the group of its options, the option with the URL of its proxy).
_TYPES = {
    'novnc': ('vnc', 'novncproxy_base_url'),
    'xvpvnc': ('vnc', 'xvpvncproxy_base_url'),
    'spice-html5': ('spice', 'html5proxy_base_url'),
    'rdp-html5': ('rdp', 'html5_proxy_base_url'),
    'serial': ('serial_console', 'base_url'),
    'webmks': ('mks', 'mksproxy_base_url'),
}


def _number(console_id: str) -> int | None:
    """The id of a console, if that is what the client wrote."""
    text = str(console_id)
    return int(text) if text.isascii() and text.isdigit() and query.is_id(int(text)) else None


class ConsoleAPI(Accepting):

    def get_console_output(self, context, instance, tail_length=None):
        actions.check(context, instance, actions.CONSOLE_OUTPUT)
        return self.compute_rpcapi.call('get_console_output', instance, tail_length=tail_length)

    def get_console(self, context, instance, console_type):
        actions.check(context, instance, actions.CONSOLE)
        group, option = _TYPES[console_type]
        if not CONF[group].enabled:
            raise exception.ConsoleTypeUnavailable(console_type=console_type)
        where = self.compute_rpcapi.call('get_console', instance, console_type=console_type)
        token = str(uuid.uuid4())
        console_auth_tokens.insert(token, CONF.console_token_ttl, {
            'instance_uuid': instance['uuid'], 'console_type': console_type, **where})
        return {'url': _url_with_token(CONF[group][option], token)}

    def get_console_connect_info(self, context, token):
        return console_auth_tokens.get(token)

    def get_diagnostics(self, context, instance):
        actions.check(context, instance, actions.DIAGNOSTICS)
        return self.compute_rpcapi.call('get_diagnostics', instance)

    # ---- the consoles of a console service

    def get_consoles(self, context, instance_id):
        # A server of another project has no consoles, as one that is not there.
        return consoles.get_all(instance_id) if _find(context, instance_id) else []

    def get_console_by_id(self, context, instance_id, console_id):
        found = consoles.get(instance_id, _number(console_id))
        if found is None or not _find(context, instance_id):
            raise exception.ConsoleNotFoundForInstance(instance_uuid=instance_id)
        return found

    def create_console(self, context, instance_id):
        instance = _find(context, instance_id)
        if instance is None:
            raise exception.InstanceNotFound(instance_id=instance_id)
        offering = services.get_all(binary='nova-console')
        if not offering:
            return      # nobody is there to make one
        consoles.insert({
            'instance_uuid': instance_id, 'console_type': 'fake', 'host': instance['host'],
            'instance_name': CONF.instance_name_template % instance['id'],
            'password': secrets.token_hex(4), 'port': _XVP_PORTS + instance['id'],
            'public_hostname': offering[0]['host']})

    def delete_console(self, context, instance_id, console_id):
        if (not _find(context, instance_id)
                or not consoles.delete(instance_id, _number(console_id))):
            raise exception.ConsoleNotFoundForInstance(instance_uuid=instance_id)

    # ---- the password that the guest has made up

    def get_password(self, context, instance):
        metadata = (db.get(instance['uuid'], everything=True) or {}).get('system_metadata') or {}
        return ''.join(metadata.get(key) or '' for key in _PASSWORD_KEYS)

    @engine.retry_on_conflict
    def clear_password(self, context, instance):
        with engine.writer() as conn:
            current = db.lock(conn, instance['uuid'])
            if current is None:
                raise exception.InstanceNotFound(instance_id=instance['uuid'])
            kept = {k: v for k, v in current['system_metadata'].items() if k not in _PASSWORD_KEYS}
            db.update(conn, instance['uuid'], {'system_metadata': kept})


def _find(context, instance_id: str) -> dict | None:
    """The server, if the caller may see it."""
    return db.get(instance_id, None if context.is_admin else context.project_id)


def _number(console_id: str) -> int:
    """The number that a client wrote; 0, which no console has, when it wrote something else."""
    if len(console_id) <= 10 and console_id.isascii() and console_id.isdecimal():
        return int(console_id) if query.is_id(int(console_id)) else 0
    return 0
