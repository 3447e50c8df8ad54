"""How aggregates look."""

from minova.api.openstack.compute.views import times


class ViewBuilder:

    def index(self, aggregates: list[dict]) -> dict:
        return {'aggregates': [self._one(aggregate) for aggregate in aggregates]}

    def show(self, aggregate: dict) -> dict:
        return {'aggregate': self._one(aggregate)}

    def create(self, aggregate: dict) -> dict:
        """As `show`, without what a new aggregate has none of."""
        view = self._one(aggregate)
        del view['hosts'], view['metadata']
        return {'aggregate': view}

    def _one(self, aggregate: dict) -> dict:
        return {
            'id': aggregate['id'],
            'name': aggregate['name'],
            'availability_zone': aggregate['metadata'].get('availability_zone'),
            'hosts': aggregate['hosts'],
            'metadata': aggregate['metadata'],
            'created_at': times.microseconds(aggregate['created_at']),
            'updated_at': times.microseconds(aggregate['updated_at']),
            'deleted_at': None,
            'deleted': False,
        }
