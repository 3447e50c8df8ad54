"""A compute backend around the default one: servers can be born with a note, and take theirs along.

It is in use where the configuration says `compute_api_class = notes`.
"""

import functools

from stevedore import driver

from minova.compute import contract
from minova_notes import notes


class API:
    """The servers of another backend. What is not said here is done as there."""

    def __init__(self, inner: contract.API):
        self._inner = inner

    def __getattr__(self, name):
        return getattr(self._inner, name)

    def create(self, context, *args, note: str | None = None, **kwargs):
        """As in the contract, and with `note`, which is written on every server."""
        servers, reservation_id = self._inner.create(context, *args, **kwargs)
        if note is not None:
            notes.add(context, note, [server['uuid'] for server in servers])
        return servers, reservation_id

    def delete(self, context, instance):
        self._inner.delete(context, instance)
        notes.delete_of_server(instance['uuid'])

    def force_delete(self, context, instance):
        self._inner.force_delete(context, instance)
        notes.delete_of_server(instance['uuid'])


class Backend(contract.Backend):
    """Every interface of the default backend, and its life; the one for servers is wrapped."""

    def __init__(self):
        self._inner = driver.DriverManager(
            'minova.compute.api', 'default', invoke_on_load=True).driver

    def __getattr__(self, name):
        return getattr(self._inner, name)

    @functools.cached_property
    def api(self):
        return API(self._inner.api)

    def start(self):
        self._inner.start()

    def stop(self):
        self._inner.stop()
