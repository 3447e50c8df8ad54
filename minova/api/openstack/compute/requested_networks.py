"""The networks that the body of a create request asks for."""

import webob.exc
from oslo_utils import uuidutils


def parse(networks: list[dict], has_ports: bool) -> list[dict]:
    """The networks of a create request as compute.API.create takes them: dicts of uuid, fixed_ip and port.

    :param networks: as in the body, by its schema
    :param has_ports: whether the network backend has ports, which may be named, and networks twice
    :raises webob.exc.HTTPBadRequest: they make no sense, whichever networks there are
    """
    requested, seen = [], []
    for wanted in networks:
        if wanted.get('port') is not None:
            requested.append(_port(wanted, has_ports))
            continue
        if 'uuid' not in wanted:
            raise webob.exc.HTTPBadRequest(explanation="Bad network format: missing 'uuid'")
        network_id = wanted['uuid']
        # Networks of bridges were called br-UUID.
        if not (uuidutils.is_uuid_like(network_id)
                or uuidutils.is_uuid_like(network_id.partition('-')[2])):
            raise webob.exc.HTTPBadRequest(
                explanation='Bad networks format: network uuid is not in proper format '
                            f'({network_id})')
        if network_id in seen and not has_ports:
            raise webob.exc.HTTPBadRequest(
                explanation=f'Duplicate networks ({network_id}) are not allowed')
        seen.append(network_id)
        requested.append({'uuid': network_id, 'fixed_ip': wanted.get('fixed_ip'), 'port': None})
    return requested


def _port(wanted: dict, has_ports: bool) -> dict:
    if not has_ports:
        raise webob.exc.HTTPBadRequest(explanation='Unknown argument: port')
    if wanted.get('fixed_ip') is not None:
        raise webob.exc.HTTPBadRequest(
            explanation=f"Specified Fixed IP '{wanted['fixed_ip']}' cannot be used with port "
                        f"'{wanted['port']}': port already has a Fixed IP allocated.")
    return {'uuid': None, 'fixed_ip': None, 'port': wanted['port']}
