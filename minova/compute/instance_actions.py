"""The record of what was done to servers, of the default backend."""

from minova.compute import contract
from minova.db import instance_actions as db


class InstanceActionAPI(contract.InstanceActionAPI):

    def actions_get(self, context, instance):
        return db.get_all(instance['uuid'])

    def action_get_by_request_id(self, context, instance, request_id):
        return db.get(instance['uuid'], request_id)
