"""minova-manage identity: the users file, before the service reads it."""

import argparse
import getpass
import sys

from minova.cmd import commands


def add(nouns) -> None:
    verbs = commands.group(nouns, "identity", "the users of the identity service")
    commands.command(
        verbs, "hash", _hash, "make a password's hash for the users file",
        "Read a password, from the terminal or else from the first line of the standard input, and write "
        "the hash that may stand in the users file instead.")
    check = commands.command(
        verbs, "check", _check, "read a users file, and show who has which roles where",
        "Read a users file as the service does, and show who has which roles where. What makes no sense in "
        "it is one line on stderr.")
    check.add_argument("--file", metavar="FILE", help="which; otherwise that of [identity]users_file")


def _hash(args: argparse.Namespace) -> None:
    from minova import exception
    from minova.identity import passwords

    if sys.stdin.isatty():
        password = getpass.getpass()
        if password and password != getpass.getpass("Once more: "):
            raise exception.Invalid("These were two passwords.")
    else:
        password = sys.stdin.readline().rstrip("\n")
    if not password:
        raise exception.Invalid("There is no password.")
    print(passwords.hashed(password))


def _check(args: argparse.Namespace) -> None:
    from minova.conf import CONF
    from minova.identity import users_file

    who = users_file.load(args.file or CONF.identity.users_file)
    places = {"project": who.projects, "domain": who.domains}
    commands.print_table(("User", "Domain", "Where", "Roles"), (
        (user.name, who.domains[user.domain_id].name,
         f"{scope.kind} {places[scope.kind][scope.id].name}" if scope.kind in places else scope.kind,
         ", ".join(roles))
        for user in who.users.values() for (user_id, scope), roles in who.grants.items()
        if user_id == user.id))
