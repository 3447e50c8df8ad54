"""Agents of networks: clients look for them, and there are none."""


def test_there_are_none(neutron, admin):
    for client in (neutron, admin):
        assert client.ask("GET", "/agents").json == {"agents": []}
