"""The process that serves a cloud: from the options of `minova-cloud` to a cloud that is ready.

The process must have been made green before this is imported.
"""

import contextlib
import dataclasses
import json
import os

from minova import config, exception, sd_notify
from minova.cloud import access, folder, saving
from minova.cmd import serve
from minova.conf import CONF
from minova.conf import service as service_conf


@dataclasses.dataclass
class Options:
    """What the command line says; see cmd/cloud.py."""

    state: folder.Folder
    host: str | None = None
    port_offset: int = 0
    free_ports: bool = False
    allow_public: bool = False
    fixture: str | None = None      # '' for an empty cloud
    saved: str | None = None
    ready_file: str | None = None
    json: bool = False
    quiet: bool = False


def run(options: Options) -> int:
    """Serve until told to stop. Return the exit status.

    Raises MinovaException and oslo_config.cfg.Error, with the reason why there is no cloud.
    """
    state = options.state
    state.create()
    with state.locked():
        _begin(options)
        config.read(['--config-file', state.config], prog='minova-cloud')
        _configure(options)
        config.set_up_log()
        services = serve.prepare(CONF.enabled_apis)
        try:
            return serve.run(services, lambda: _ready(options, [each.name for each in services]))
        finally:
            state.forget()
            if options.ready_file:
                with contextlib.suppress(OSError):
                    os.unlink(options.ready_file)


def _begin(options: Options) -> None:
    """Fill the state directory, unless there is a cloud in it."""
    state = options.state
    if state.has_begun():
        for option, value in (('--from', options.saved), ('--fixture', options.fixture or None),
                              ('--empty', options.fixture == '' or None)):
            if value is not None:
                raise exception.CloudHasBegun(path=state.path, option=option)
    else:
        state.clear()
        if options.saved is not None:
            saving.unpack(options.saved, state)
    state.complete(options.fixture)


def _configure(options: Options) -> None:
    """What the command line says wins over nova.conf."""
    CONF.set_override('state_path', options.state.path)
    if not (CONF.log_file or CONF.log_dir or CONF.use_journal or CONF.use_syslog):
        CONF.set_override('log_file', options.state.log)
    for name in CONF.enabled_apis:
        service_conf.register_api_opts(CONF, name)
        # Only within one process a cloud can be reset.
        CONF.set_override(f'{name}_workers', 1)
        if options.host is not None:
            CONF.set_override(f'{name}_listen', options.host)
        if options.free_ports:
            CONF.set_override(f'{name}_listen_port', 0)
        elif options.port_offset:
            port = getattr(CONF, f'{name}_listen_port') + options.port_offset
            CONF.set_override(f'{name}_listen_port', port)
    if options.allow_public:
        CONF.set_override('allow_default_passwords', True, 'identity')
        CONF.set_override('allow_public_address', True, 'noauth2')


def _ready(options: Options, served: list[str]) -> None:
    state, users = options.state, access.users()
    urls = access.service_urls(served)
    told = {'state_dir': state.path, 'pid': os.getpid(), 'auth_url': urls['identity'], 'services': urls,
            'users': users, 'clouds_yaml': state.clouds}
    state.tell(told, access.clouds_yaml(urls['identity'], users))
    if options.json:
        print(json.dumps(told), flush=True)
    elif not options.quiet:
        print(_guide(told), flush=True)
    if options.ready_file:
        folder.write(options.ready_file, (json.dumps(told) + '\n').encode())
    sd_notify.notify(READY=1, STATUS=f'A cloud at {urls["identity"]}')


def _guide(told: dict) -> str:
    """What a person is told who has started a cloud."""
    lines = ['A cloud, at']
    lines += [f'    {kind:<14} {url}' for kind, url in told['services'].items()]
    lines += ['with the users']
    lines += [f'    {user["name"]:<14} {_password(user)}, project {user["project"] or "none"}'
              + (', administrator' if user['admin'] else '') for user in told['users']]
    example = access.cloud_name(told['users'][-1])
    command = 'minova-cloud env'
    if told['state_dir'] != folder.default_path():
        command += f' --state-dir {told["state_dir"]}'
    lines += ['To use it:',
              f'    export OS_CLIENT_CONFIG_FILE={told["clouds_yaml"]}',
              f'    openstack --os-cloud {example} server list',
              'or',
              f'    eval "$({command} --user {told["users"][-1]["name"]})"',
              '    openstack server list',
              f'What is made stays in {told["state_dir"]}. Ready; Ctrl-C ends it.']
    return '\n'.join(lines)


def _password(user: dict) -> str:
    return f'password {user["password"]}' if user['password'] else 'password as hashed in users.yaml'
