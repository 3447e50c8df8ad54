"""minova-manage project: the end of a project."""

import argparse
from collections.abc import Callable, Iterator

from minova.cmd import commands

_PAGE = 200


def add(nouns) -> None:
    verbs = commands.group(nouns, "project", "what belongs to a project")
    purge = commands.command(
        verbs, "purge", _purge, "delete everything that a project has",
        "Delete the servers, snapshots, volumes, floating addresses, networks, server groups, security "
        "groups and quotas of a project, once the project itself is gone, say. Without --yes it "
        "only shows what that would be. Key pairs belong to users and stay.")
    purge.add_argument("project", type=commands.name, metavar="PROJECT", help="its id")
    purge.add_argument("--yes", action="store_true", help="do it")


def _purge(args: argparse.Namespace) -> None:
    from minova import context, volume
    from minova.conf import CONF

    commands.admin_context()
    # The servers' end is carried out here and now, whether or not a service runs.
    CONF.set_override("mode", "inline", "work")
    owner = context.RequestContext(
        user_id="minova-manage", project_id=args.project, is_admin=True, overwrite=False)
    everything = [(name, list(find(owner)), delete) for name, find, delete in _kinds()]
    if not args.yes:
        commands.print_table(("Kind", "Number"),
                             ((name, len(found)) for name, found, _delete in everything))
        print("Nothing was deleted. With --yes it is.")
        return
    with commands.Progress("Deleting", sum(len(found) for _n, found, _d in everything)) as progress:
        for _name, found, delete in everything:
            for thing in found:
                delete(owner, thing)
                progress.advance()
    _compute().QuotaAPI().delete_limits(owner, args.project)
    volume.API().delete_quotas(owner, args.project)
    print(", ".join(f"{len(found)} {name}" for name, found, _d in everything) + " deleted")


def _kinds() -> Iterator[tuple[str, Callable, Callable]]:
    """(what it is called, what finds all of it, what deletes one), in the order of deletion."""
    from minova import network, volume

    compute = _compute()
    addresses, groups = network.API(), compute.SecurityGroupAPI()
    yield "servers", _servers, compute.API().force_delete
    yield ("snapshots", volume.API().get_all_snapshots,
           lambda owner, snapshot: volume.API().delete_snapshot(owner, snapshot["id"]))
    yield ("volumes", volume.API().get_all,
           lambda owner, found: volume.API().delete(owner, found["id"]))
    yield ("floating addresses", addresses.get_floating_ips_by_project,
           addresses.release_floating_ip)
    if network.backend().has_ports:
        yield from _neutron_kinds(network.NeutronAPI())
    yield ("server groups", compute.ServerGroupAPI().get_all,
           lambda owner, group: compute.ServerGroupAPI().delete(owner, group["uuid"]))
    # Its group `default` stays: everybody has one as soon as it is looked for.
    yield ("security groups",
           lambda owner: [g for g in groups.get_all(owner) if g["name"] != "default"],
           groups.delete)


def _neutron_kinds(neutron) -> Iterator[tuple[str, Callable, Callable]]:
    from minova.network.contract import Query

    def find(noun):
        return lambda owner: neutron.get_all(owner, noun, Query(filters={
            "project_id": [owner.project_id]}))

    def delete(noun):
        return lambda owner, thing: neutron.delete(owner, noun, thing["id"])

    def delete_router(owner, router):
        for port in neutron.get_all(owner, "port", Query(filters={
                "device_id": [router["id"]], "device_owner": ["network:router_interface"]})):
            neutron.remove_router_interface(owner, router["id"], None, port["id"])
        neutron.delete(owner, "router", router["id"])

    def find_ports(owner):
        # The others go with what has them.
        return [port for port in find("port")(owner) if not port["device_owner"].startswith("network:")]

    yield "routers", find("router"), delete_router
    yield "ports", find_ports, delete("port")
    yield "networks", find("network"), delete("network")


def _servers(owner) -> Iterator[dict]:
    api, marker = _compute().API(), None
    while True:
        page = api.get_all(owner, {"project_id": owner.project_id, "deleted": False}, _PAGE, marker)
        yield from page
        if len(page) < _PAGE:
            return
        marker = page[-1]["uuid"]


def _compute():
    from minova import compute

    return compute
