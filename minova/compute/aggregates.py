"""Aggregates of the default backend."""

from minova import exception
from minova.compute import contract, zones
from minova.db import aggregates as db
from minova.db import engine, query
from minova.db import services as services_db


class AggregateAPI(contract.AggregateAPI):

    @engine.retry_on_conflict
    def create_aggregate(self, context, name, availability_zone):
        with engine.writer() as conn:
            aggregate_id = db.create(conn, name, availability_zone)
            if aggregate_id is None:
                raise exception.AggregateNameExists(aggregate_name=name)
            return db.get(conn, aggregate_id)

    def get_aggregate_list(self, context):
        return db.get_all()

    def get_aggregate(self, context, aggregate_id):
        number = _number(aggregate_id)
        found = db.get_all(number) if number is not None else None
        if not found:
            raise exception.AggregateNotFound(aggregate_id=aggregate_id)
        return found[0]

    @engine.retry_on_conflict
    def update_aggregate(self, context, aggregate_id, values):
        with engine.writer() as conn:
            aggregate = _locked(conn, aggregate_id)
            if 'name' in values and not db.rename(conn, aggregate['id'], values['name']):
                raise exception.AggregateNameExists(aggregate_name=values['name'])
            if 'availability_zone' in values:
                metadata = {db.ZONE_KEY: values['availability_zone']}
                _check_zone(conn, aggregate, metadata, aggregate['hosts'],
                            exception.InvalidAggregateActionUpdate)
                db.set_metadata(conn, aggregate['id'], metadata)
            return db.get(conn, aggregate['id'])

    @engine.retry_on_conflict
    def update_aggregate_metadata(self, context, aggregate_id, metadata):
        with engine.writer() as conn:
            aggregate = _locked(conn, aggregate_id)
            _check_zone(conn, aggregate, metadata, aggregate['hosts'],
                        exception.InvalidAggregateActionUpdateMeta)
            db.set_metadata(conn, aggregate['id'], metadata)
            return db.get(conn, aggregate['id'])

    @engine.retry_on_conflict
    def delete_aggregate(self, context, aggregate_id):
        with engine.writer() as conn:
            aggregate = _locked(conn, aggregate_id)
            if not db.delete_if_empty(conn, aggregate['id']):
                raise exception.InvalidAggregateActionDelete(
                    aggregate_id=aggregate_id, reason='Host aggregate is not empty')

    @engine.retry_on_conflict
    def add_host_to_aggregate(self, context, aggregate_id, host):
        with engine.writer() as conn:
            _check_host(host)
            aggregate = _locked(conn, aggregate_id)
            _check_zone(conn, aggregate, aggregate['metadata'], [host],
                        exception.InvalidAggregateActionAdd)
            if not db.add_host(conn, aggregate['id'], host):
                raise exception.AggregateHostExists(aggregate_id=aggregate_id, host=host)
            return db.get(conn, aggregate['id'])

    @engine.retry_on_conflict
    def remove_host_from_aggregate(self, context, aggregate_id, host):
        with engine.writer() as conn:
            _check_host(host)
            aggregate = _locked(conn, aggregate_id)
            if not db.remove_host(conn, aggregate['id'], host):
                raise exception.AggregateHostNotFound(aggregate_id=aggregate_id, host=host)
            return db.get(conn, aggregate['id'])


def _number(aggregate_id) -> int | None:
    """The id that a client wrote, as a number that the database can look for."""
    try:
        number = int(aggregate_id)
    except ValueError:
        return None
    return number if query.is_id(number) else None


def _locked(conn, aggregate_id) -> dict:
    """The aggregate, which nobody else changes before the end of the transaction, and we do."""
    engine.after_commit(zones.changed)
    number = _number(aggregate_id)
    if number is not None:
        db.lock(conn)
        aggregate = db.get(conn, number)
        if aggregate is not None:
            return aggregate
    raise exception.AggregateNotFound(aggregate_id=aggregate_id)


def _check_host(host: str) -> None:
    if services_db.get(host, 'nova-compute') is None:
        raise exception.ComputeHostNotFound(host=host)


def _check_zone(conn, aggregate: dict, metadata: dict, hosts: list[str], error: type) -> None:
    """Raises `error` when one of `hosts` is in a zone that is not the one of `metadata`."""
    if db.ZONE_KEY not in metadata or not hosts:
        return
    others = [zone for zone in db.zones_of(conn, hosts, other_than=aggregate['id'])
              if zone != metadata[db.ZONE_KEY]]
    if others:
        raise error(aggregate_id=aggregate['id'],
                    reason=f'One or more hosts already in availability zone(s) {others}')
