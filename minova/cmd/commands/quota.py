"""minova-manage quota: how much projects, and users in them, may have."""

import argparse

from minova import exception
from minova.cmd import commands


def add(nouns) -> None:
    verbs = commands.group(nouns, "quota", "how much projects may have")
    show = commands.command(verbs, "show", _show, "show limits, and what is used of them")
    change = commands.command(
        verbs, "set", _set, "change limits", epilog="Example: minova-manage quota set blue "
        "instances=20 cores=40. `quota show` tells what can be limited.")
    for parser in (show, change):
        parser.add_argument("project", type=commands.name, metavar="PROJECT", help="its id")
        parser.add_argument("--user", type=commands.name, metavar="USER",
                            help="the limits of this user in the project, not of all")
    change.add_argument("limits", nargs="+", metavar="RESOURCE=LIMIT",
                        help="such as instances=20; -1 is no limit")
    change.add_argument("--force", action="store_true", help="also set a limit that is below what is used")


def _get(context, args: argparse.Namespace) -> dict[str, dict]:
    from minova import compute

    api = compute.QuotaAPI()
    if args.user:
        return api.get_user_quotas(context, args.project, args.user)
    return api.get_project_quotas(context, args.project)


def _show(args: argparse.Namespace) -> None:
    quotas = _get(commands.admin_context(), args)
    commands.print_table(
        ("Resource", "Limit", "In use", "Reserved"),
        ((name, "none" if quota["limit"] < 0 else quota["limit"], quota["in_use"],
          quota["reserved"]) for name, quota in sorted(quotas.items())))


def _set(args: argparse.Namespace) -> None:
    from minova import compute

    context = commands.admin_context()
    known, limits = _get(context, args), {}
    for text in args.limits:
        name, _separator, value = text.partition("=")
        if name not in known:
            raise exception.InvalidInput(
                reason=f"{name} cannot be limited, only {', '.join(sorted(known))}")
        try:
            limits[name] = int(value)
        except ValueError:
            raise exception.InvalidInput(reason=f"{text} has no number after the =") from None
        if not -1 <= limits[name] <= 0x7FFFFFFF:
            raise exception.InvalidInput(reason=f"{value} is no limit: -1 to {0x7FFFFFFF}")
    compute.QuotaAPI().update_limits(context, args.project, limits, args.user, args.force)
