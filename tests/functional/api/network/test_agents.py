"""Agents of networks and providers of services: clients look for them, and there are none."""


def test_there_are_none(neutron, admin):
    for client in (neutron, admin):
        assert client.ask("GET", "/agents").json == {"agents": []}
        assert client.ask("GET", "/service-providers?service_type=VPN").json == {"service_providers": []}
