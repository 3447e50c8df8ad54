"""What the default backend has not: bare metal, cells, and guests that answer a ping."""

from minova import exception
from minova.compute import contract


class BareMetalAPI(contract.BareMetalAPI):

    def get_all(self, context):
        raise exception.FeatureNotSupported()

    def get(self, context, node_id):
        raise exception.FeatureNotSupported()


class CellsAPI(contract.CellsAPI):

    def check_enabled(self, context):
        raise exception.FeatureNotSupported()

    def get_all(self, context):
        raise exception.FeatureNotSupported()

    def get_info(self, context):
        raise exception.FeatureNotSupported()

    def get(self, context, name):
        raise exception.FeatureNotSupported()

    def get_capacities(self, context, name=None):
        raise exception.FeatureNotSupported()

    def create(self, context, values):
        raise exception.FeatureNotSupported()

    def update(self, context, name, values):
        raise exception.FeatureNotSupported()

    def delete(self, context, name):
        raise exception.FeatureNotSupported()

    def sync_instances(self, context, project_id, updated_since, deleted):
        raise exception.FeatureNotSupported()


class FpingAPI(contract.FpingAPI):

    def check_available(self, context):
        raise exception.FpingNotFound()

    def alive(self, context, addresses):
        raise exception.FpingNotFound()
