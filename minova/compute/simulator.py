"""The command of the simulated hypervisors, while they run."""

import datetime
import time

from minova import exception
from minova.compute import beginning, contract
from minova.db import services
from minova.db import simulator as db
from minova.virt import simulation


class SimulatorAPI(contract.SimulatorAPI):

    def get(self, context):
        settings = db.get_all()
        now = datetime.datetime.fromtimestamp(simulation.now(settings), datetime.timezone.utc)
        clock = settings.get('clock') or {}
        return {
            'transitions': settings.get('transitions') or {},
            'failures': settings.get('failures') or {},
            'hosts_down': settings.get('hosts_down') or [],
            'clock': {'now': now.replace(tzinfo=None).isoformat(timespec='milliseconds'),
                      'frozen': clock.get('frozen_at') is not None}}

    def set_transitions(self, context, transitions):
        _check_kinds(transitions)
        for seconds in transitions.values():
            _checked(simulation.parse_seconds, seconds)
        db.change('transitions', lambda now: {**(now or {}), **transitions})

    def set_failures(self, context, failures):
        _check_kinds(failures)
        failures = {kind: _checked(simulation.parse_failure, failure)
                    for kind, failure in failures.items()}
        db.change('failures', lambda now: {**(now or {}), **failures})

    def set_host(self, context, host, up):
        if not services.update(host, 'nova-compute', {'forced_down': not up}):
            raise exception.ComputeHostNotFound(host=host)
        db.change('hosts_down', lambda now: sorted(
            {*(now or []), host} if not up else {*(now or [])} - {host}))

    def set_clock(self, context, advance=0.0, frozen=None):
        def change(clock: dict | None) -> dict:
            clock = dict(clock or {})
            clock['offset'] = clock.get('offset', 0.0) + advance
            if frozen is True:
                clock.setdefault('frozen_at', time.time())
            elif frozen is False and 'frozen_at' in clock:
                # It goes on from where it stood.
                clock['offset'] -= time.time() - clock.pop('frozen_at')
            return clock
        db.change('clock', change)
        if advance:
            db.bring_forward(advance)

    def reset(self, context):
        for host in db.get_all().get('hosts_down') or ():
            services.update(host, 'nova-compute', {'forced_down': False})
        db.reset()

    def reset_cloud(self, context):
        beginning.go_back()


def _check_kinds(by_kind: dict) -> None:
    unknown = sorted(set(by_kind) - set(simulation.KINDS))
    if unknown:
        raise exception.InvalidInput(reason=f'There is no transition {", ".join(unknown)}')


def _checked(parse, value):
    try:
        return parse(value)
    except ValueError as error:
        raise exception.InvalidInput(reason=str(error)) from None
