"""Listing, showing, creating, changing and deleting: the same for all nouns."""

from minova import network
from minova.api import rest
from minova.api.network import bodies, lists
from minova.api.network.nouns import Noun
from minova.policies import network as policies


def controller(noun: Noun) -> type[rest.Controller]:
    """The controller of that noun."""
    collection, member = f'/{noun.path}', f'/{noun.path}/{{thing_id}}'

    class Things(rest.Controller):

        @rest.route('GET', collection)
        def index(self, req):
            req.context.can(policies.NETWORK % f'get_{noun.name}')
            query = lists.query(req, noun)
            things = network.NeutronAPI().get_all(req.context, noun.name, query)
            return {noun.plural: [lists.view(req, noun, thing) for thing in things],
                    **lists.links(req, noun, query, things)}

        @rest.route('POST', collection, code=201)
        def create(self, req):
            things, several = bodies.to_create(req, noun)
            made = [lists.view(req, noun, thing) for thing in network.NeutronAPI().create(
                req.context, noun.name, things)]
            return {noun.plural: made} if several else {noun.name: made[0]}

        @rest.route('GET', member)
        def show(self, req, thing_id):
            req.context.can(policies.NETWORK % f'get_{noun.name}')
            thing = network.NeutronAPI().get(req.context, noun.name, thing_id)
            return {noun.name: lists.view(req, noun, thing)}

        @rest.route('DELETE', member)
        def delete(self, req, thing_id):
            req.context.can(policies.NETWORK % f'delete_{noun.name}')
            network.NeutronAPI().delete(req.context, noun.name, thing_id)

    class Changing(Things):

        @rest.route('PUT', member)
        def update(self, req, thing_id):
            values = bodies.to_update(req, noun, thing_id)
            thing = network.NeutronAPI().update(req.context, noun.name, thing_id, values)
            return {noun.name: lists.view(req, noun, thing)}

    return Changing if noun.updates else Things
