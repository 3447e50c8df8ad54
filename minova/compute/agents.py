"""Agent builds of the default backend."""

from minova import exception
from minova.compute import contract
from minova.db import agent_builds as db


class AgentAPI(contract.AgentAPI):

    def get_all(self, context, hypervisor=None):
        return db.get_all(hypervisor)

    def create(self, context, values):
        agent_id = db.create(values)
        if agent_id is None:
            raise exception.AgentBuildExists(
                hypervisor=values['hypervisor'], os=values['os'],
                architecture=values['architecture'])
        return {'id': agent_id, **values}

    def update(self, context, agent_id, version, url, md5hash):
        if not db.update(agent_id, {'version': version, 'url': url, 'md5hash': md5hash}):
            raise exception.AgentBuildNotFound(id=agent_id)

    def delete(self, context, agent_id):
        if not db.delete(agent_id):
            raise exception.AgentBuildNotFound(id=agent_id)
