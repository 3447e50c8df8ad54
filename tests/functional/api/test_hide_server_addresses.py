"""Addresses of servers that are being built: who sees them."""

from minova.db import engine
from minova.db import tables as t


def test_administrators_see_them(client):
    server_id = client.boot()["id"]
    with engine.writer() as conn:
        conn.execute(t.instances.update().values(vm_state="building", task_state="spawning"))
    for user, seen in (("admin", True), ("demo", False)):
        for server in (client.get(f"/servers/{server_id}", user=user).json["server"],
                       *client.get("/servers/detail", user=user).json["servers"]):
            assert bool(server["addresses"]) == seen
