"""minova-manage service: what runs on the hosts."""

import argparse

from minova.cmd import commands


def add(nouns) -> None:
    verbs = commands.group(nouns, "service", "what runs on the hosts")
    commands.command(verbs, "list", _list, "show all services, and whether they are up")
    enable = commands.command(verbs, "enable", _enable, "let a host take new servers again")
    disable = commands.command(verbs, "disable", _disable, "let a host take no new servers")
    disable.add_argument("--reason", type=commands.name, metavar="TEXT", help="shown with the service")
    down = commands.command(
        verbs, "forced-down", _forced_down, "say that a host is down, whatever it reports",
        "Say that a host is down (it has been fenced, say), so that its servers can be evacuated "
        "at once; or take that back.")
    down.add_argument("--unset", action="store_true", help="take it back")
    for parser in (enable, disable, down):
        parser.add_argument("host", type=commands.name, metavar="HOST", help="as `service list` shows it")
        parser.add_argument("--binary", type=commands.name, default="nova-compute", metavar="NAME",
                            help="the service on it; default: nova-compute")


def _api():
    from minova import compute

    return compute.HostAPI()


def _list(args: argparse.Namespace) -> None:
    context = commands.admin_context()
    commands.print_table(
        ("ID", "Binary", "Host", "Zone", "Status", "State", "Last seen", "Reason"),
        ((s["id"], s["binary"], s["host"], s["availability_zone"],
          "disabled" if s["disabled"] else "enabled", _state(s),
          s["updated_at"] and s["updated_at"].isoformat(sep=" ", timespec="seconds"),
          s["disabled_reason"]) for s in _api().service_get_all(context)))


def _state(service: dict) -> str:
    return "forced down" if service["forced_down"] else "up" if service["up"] else "down"


def _enable(args: argparse.Namespace) -> None:
    _update(args, disabled=False, disabled_reason=None)


def _disable(args: argparse.Namespace) -> None:
    _update(args, disabled=True, disabled_reason=args.reason)


def _forced_down(args: argparse.Namespace) -> None:
    _update(args, forced_down=not args.unset)


def _update(args: argparse.Namespace, **values) -> None:
    _api().service_update(commands.admin_context(), args.host, args.binary, **values)
