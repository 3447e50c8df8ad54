"""Rows of servers, for tests of what shows servers but does not make them."""

import datetime
import uuid

from minova import jsonutils
from minova.db import engine
from minova.db import tables as t
from minova.db.types import utcnow


def add_server(**values) -> str:
    """Enter a running server of one CPU, 512 MiB and 1 GiB on the host `compute`; its uuid."""
    row = {
        'uuid': str(uuid.uuid4()), 'user_id': 'alice', 'project_id': 'blue', 'vm_state': 'active',
        'display_name': 'web', 'vcpus': 1, 'memory_mb': 512, 'root_gb': 1, 'ephemeral_gb': 0,
        'host': 'compute', 'node': 'fake-mini', 'flavor': jsonutils.dumps({'name': 'm1.tiny'}),
        'launched_at': utcnow() - datetime.timedelta(hours=1)} | values
    with engine.writer() as conn:
        conn.execute(t.instances.insert().values(**row))
    return row['uuid']
