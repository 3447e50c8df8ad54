"""Where the VPNs of the embedded networks are reached."""

from minova.db import vpns as db
from minova.network import contract


class VPNAPI(contract.VPNAPI):

    def get_all(self, context):
        return {uuid: {'address': address, 'port': port}
                for uuid, (address, port) in db.get_all().items()}

    def configure(self, context, project_id, address, port):
        db.configure(project_id, address, port)
