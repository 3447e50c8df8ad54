"""Aggregates: groups of hosts."""

import abc


class AggregateAPI(abc.ABC):
    """An aggregate is a dict: id (int), name, hosts (list of names), metadata (dict of strings; its
    availability_zone makes the hosts a zone), created_at, updated_at.

    An aggregate_id is whatever the client wrote; one that is no number is not found.
    """

    @abc.abstractmethod
    def create_aggregate(self, context, name: str, availability_zone: str | None) -> dict:
        """Raises AggregateNameExists."""

    @abc.abstractmethod
    def get_aggregate_list(self, context) -> list[dict]:
        """All aggregates in the order of their ids."""

    @abc.abstractmethod
    def get_aggregate(self, context, aggregate_id: str) -> dict:
        """Raises AggregateNotFound."""

    @abc.abstractmethod
    def update_aggregate(self, context, aggregate_id: str, values: dict) -> dict:
        """Change name, availability_zone (None: take it away), or both; the aggregate afterwards.

        Raises AggregateNotFound, AggregateNameExists, InvalidAggregateAction when a host would be
        in two zones.
        """

    @abc.abstractmethod
    def update_aggregate_metadata(self, context, aggregate_id: str,
                                  metadata: dict[str, str | None]) -> dict:
        """Set these items and drop those that are None; the aggregate afterwards.

        Raises AggregateNotFound, InvalidAggregateAction.
        """

    @abc.abstractmethod
    def delete_aggregate(self, context, aggregate_id: str) -> None:
        """Raises AggregateNotFound, InvalidAggregateAction when it has hosts."""

    @abc.abstractmethod
    def add_host_to_aggregate(self, context, aggregate_id: str, host: str) -> dict:
        """The aggregate afterwards.

        Raises ComputeHostNotFound, AggregateNotFound, AggregateHostExists, InvalidAggregateAction
        when the host would be in two zones.
        """

    @abc.abstractmethod
    def remove_host_from_aggregate(self, context, aggregate_id: str, host: str) -> dict:
        """The aggregate afterwards.

        Raises ComputeHostNotFound, AggregateNotFound, AggregateHostNotFound.
        """
