"""minova-manage flavor: the sizes that servers come in."""

import argparse

from minova.cmd import commands

_EXAMPLE = ("Example: minova-manage flavor create c1.big --ram 8192 --vcpus 4 --disk 40 "
            "--property hw:mem_page_size=large")


def add(nouns) -> None:
    verbs = commands.group(nouns, "flavor", "the sizes that servers come in")
    commands.command(verbs, "list", _list, "show all flavors, private ones too")
    create = commands.command(verbs, "create", _create, "add a flavor", epilog=_EXAMPLE)
    create.add_argument("name", metavar="NAME", help="what people call it")
    create.add_argument("--id", metavar="ID", help="what clients name it by; default: a new uuid")
    create.add_argument("--ram", type=int, required=True, metavar="MIB",
                        help="memory of a server")
    create.add_argument("--vcpus", type=int, required=True, metavar="N",
                        help="processors of a server")
    create.add_argument("--disk", type=int, required=True, metavar="GIB",
                        help="root disk of a server; 0: as large as the image")
    create.add_argument("--ephemeral", type=int, default=0, metavar="GIB",
                        help="a second, empty disk; default: none")
    create.add_argument("--swap", type=int, default=0, metavar="MIB",
                        help="a disk to swap on; default: none")
    create.add_argument("--rxtx-factor", type=float, default=1.0, metavar="FACTOR",
                        help="share of the network's speed; default: 1.0")
    create.add_argument("--private", action="store_true",
                        help="only projects that are given access see it")
    create.add_argument("--property", action="append", default=[], metavar="KEY=VALUE",
                        help="an extra spec; may be repeated")
    delete = commands.command(verbs, "delete", _delete, "remove a flavor; its servers keep it")
    delete.add_argument("id", metavar="ID", help="as `flavor list` shows it")


def _api():
    from minova import compute

    return compute.FlavorAPI()


def _list(args: argparse.Namespace) -> None:
    context = commands.admin_context()
    commands.print_table(
        ("ID", "Name", "MiB", "vCPUs", "GiB", "Ephemeral", "Swap", "Public"),
        ((f["flavorid"], f["name"], f["memory_mb"], f["vcpus"], f["root_gb"], f["ephemeral_gb"],
          f["swap"], "yes" if f["is_public"] else "no")
         for f in _api().get_all(context, {"is_public": None}, "flavorid", "asc")))


def _create(args: argparse.Namespace) -> None:
    specs = dict(_item(text) for text in args.property)
    _check(args, specs)
    context = commands.admin_context()
    flavor = _api().create(
        context, name=args.name, memory_mb=args.ram, vcpus=args.vcpus, root_gb=args.disk,
        ephemeral_gb=args.ephemeral, flavorid=args.id, swap=args.swap,
        rxtx_factor=args.rxtx_factor, is_public=not args.private)
    if specs:
        _api().set_extra_specs(context, flavor, specs)
    print(flavor["flavorid"])


def _check(args: argparse.Namespace, specs: dict[str, str]) -> None:
    """Raise ValidationError for what the API would not take either."""
    from minova.api.openstack.compute.schemas import flavor_manage, flavors_extraspecs
    from minova.api.validation.validators import SchemaValidator

    SchemaValidator(flavor_manage.create).validate({"flavor": {
        "name": args.name, "id": args.id, "ram": args.ram, "vcpus": args.vcpus, "disk": args.disk}})
    SchemaValidator(flavors_extraspecs.create).validate({"extra_specs": specs})


def _item(text: str) -> tuple[str, str]:
    from minova import exception

    key, separator, value = text.partition("=")
    if not key or not separator:
        raise exception.InvalidInput(reason=f"--property {text} is not KEY=VALUE")
    return key, value


def _delete(args: argparse.Namespace) -> None:
    _api().destroy(commands.admin_context(), args.id)
