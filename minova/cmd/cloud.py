"""minova-cloud: a whole cloud in one command, with everything that it keeps in one folder.

    minova-cloud                        serve until Ctrl-C
    eval "$(minova-cloud env)"          the OS_* variables for clients
    minova-cloud reset                  put the cloud that is running back to how it began
    minova-cloud save FILE              its whole state; `minova-cloud --from FILE` begins with it
"""

import argparse
import json
import sys
from collections.abc import Sequence

from oslo_config import cfg

from minova import exception, version
from minova.cloud import folder


def main(argv: Sequence[str] | None = None) -> int:
    """Carry out the command. Return the exit status: 0, 1 when it failed, 2 when malformed."""
    args = _parser().parse_args(argv)
    try:
        return args.run(folder.Folder(args.state_dir), args) or 0
    except exception.FixturesError as exc:
        return _fail(*exc.mistakes)
    except (exception.MinovaException, cfg.Error) as exc:
        return _fail(str(exc))


def _fail(*messages: str) -> int:
    for message in messages:
        print(f'minova-cloud: {" ".join(message.split())}', file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog='minova-cloud', description='Serve a whole cloud: identity, compute, image, network and volume.',
        epilog='A new cloud begins with an image and two networks, unless told otherwise; later starts go on '
               'with what there is.')
    parser.set_defaults(run=_serve)
    parser.add_argument('--version', action='version', version=version.version_string())
    _add_state_dir(parser, folder.default_path())
    parser.add_argument('--host', metavar='ADDRESS',
                        help='listen there; default: 127.0.0.1, which only this machine reaches')
    parser.add_argument('--allow-public', action='store_true',
                        help='serve on an address that others reach although everybody knows the passwords')
    ports = parser.add_mutually_exclusive_group()
    ports.add_argument('--port-offset', type=int, default=0, metavar='N',
                       help='add N to the usual ports (5000, 8774, 9292, 9696, 8776)')
    ports.add_argument('--free-ports', action='store_true',
                       help='listen on any free ports, as told in the output and the files')
    begin = parser.add_mutually_exclusive_group()
    begin.add_argument('--empty', action='store_true', help='begin a new cloud without images and networks')
    begin.add_argument('--fixture', metavar='FILE', help='begin a new cloud with what a YAML file declares')
    begin.add_argument('--from', dest='saved', metavar='SAVED',
                       help='begin a new cloud with what `minova-cloud save` wrote')
    parser.add_argument('--ready-file', metavar='FILE',
                        help='write this file (JSON) when the cloud serves; it goes when the cloud ends')
    output = parser.add_mutually_exclusive_group()
    output.add_argument('--json', action='store_true', help='tell where the cloud is in one line of JSON')
    output.add_argument('--quiet', action='store_true', help='tell nothing')

    commands = parser.add_subparsers(metavar='COMMAND', title='commands for a cloud that is there')
    env = commands.add_parser('env', help='print the OS_* variables of a user, for eval')
    env.add_argument('--user', metavar='NAME', help='default: admin, or the first administrator')
    env.add_argument('--json', action='store_true', help='as JSON')
    env.set_defaults(run=_env)
    save = commands.add_parser('save', help='write the whole state of a cloud, running or not, to a file')
    save.add_argument('file', metavar='FILE')
    save.set_defaults(run=_save)
    reset = commands.add_parser('reset', help='put a cloud, running or not, back to how it began')
    reset.set_defaults(run=_reset)
    for each in (env, save, reset):
        _add_state_dir(each, argparse.SUPPRESS)
    return parser


def _add_state_dir(parser: argparse.ArgumentParser, default: str) -> None:
    parser.add_argument('--state-dir', metavar='DIR', default=default,
                        help=f'where the cloud keeps everything; default: {folder.default_path()}')


def _serve(state: folder.Folder, args: argparse.Namespace) -> int:
    from minova.cmd import green

    green.patch()
    from minova.cmd import cloud_process

    return cloud_process.run(cloud_process.Options(
        state, host=args.host, port_offset=args.port_offset, free_ports=args.free_ports,
        allow_public=args.allow_public, fixture='' if args.empty else args.fixture, saved=args.saved,
        ready_file=args.ready_file, json=args.json, quiet=args.quiet))


def _env(state: folder.Folder, args: argparse.Namespace) -> None:
    from minova.cloud import access

    told = state.told()
    user = _user(told, args.user)
    variables = access.environment(told['auth_url'], user, told['clouds_yaml'])
    print(json.dumps(variables) if args.json else access.exports(variables).rstrip('\n'))


def _user(told: dict, name: str | None) -> dict:
    """The user of that name; None: an administrator. Raises NoSuchUser."""
    known = [user for user in told['users'] if user['password'] is not None]
    for user in known:
        if user['name'] == name or (name is None and user['admin']):
            return user
    raise exception.NoSuchUser(name=name or 'who is administrator',
                               names=', '.join(user['name'] for user in known))


def _save(state: folder.Folder, args: argparse.Namespace) -> None:
    from minova.cloud import saving

    _read_config(state)
    saving.save(state, args.file)


def _reset(state: folder.Folder, args: argparse.Namespace) -> None:
    if state.is_locked():
        from minova.cloud import client

        told = state.told()
        token = client.log_in(told['auth_url'], _user(told, None))
        client.reset(told['services']['compute'], token)
        return
    with state.locked():
        _read_config(state)
        from minova.compute import beginning

        beginning.restore()


def _read_config(state: folder.Folder) -> None:
    """What the cloud in the folder is configured to be. Raises CannotRead when there is none."""
    from minova import config
    from minova.conf import CONF

    if not state.has_begun():
        raise exception.CannotRead(path=state.path, reason='There is no cloud in it')
    config.read(['--config-file', state.config], prog='minova-cloud')
    CONF.set_override('state_path', state.path)
