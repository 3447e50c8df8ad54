"""What the services have in common: from the command line to serving processes."""

import ipaddress
import logging
import socket
import sys
from collections.abc import Callable, Sequence

from oslo_config import cfg

from minova import config, exception, hooks, metrics, sd_notify, service, sockets, wsgi
from minova.cmd import green, report
from minova.conf import CONF

LOG = logging.getLogger(__name__)


def main(prog: str, only: Sequence[str] | None = None) -> int:
    """Serve until told to stop. Return the exit status of the process.

    :param prog: name of the program, for messages
    :param only: names of the APIs to serve; None: those of enabled_apis
    """
    try:
        config.parse_args(sys.argv[1:], prog=prog)
        return run(prepare(CONF.enabled_apis if only is None else only))
    except (exception.MinovaException, cfg.Error) as exc:
        return fail(prog, str(exc))


def prepare(names: Sequence[str]) -> list[service.WSGIService]:
    """Make the services of these APIs, as the configuration says, ready to be run.

    :raises minova.exception.MinovaException: what keeps them from it
    """
    report.install()
    _prepare_backend()
    _prepare_metrics()
    return _services(names)


def run(services: Sequence[service.WSGIService], ready: Callable[[], None] | None = None) -> int:
    """Serve until told to stop. Return the exit status of the process.

    :param ready: called in each process that serves, when it is about to answer
    """
    launcher = service.process_launcher()
    for each in services:
        LOG.info("Serving %s at %s", each.name, each.server.url)
        launcher.launch_service(each)
    if ready:
        hooks.on_worker_start.append(ready)
    sd_notify.notify(READY=1, STATUS="Serving " + ", ".join(each.server.url for each in services))
    return launcher.wait()


def _prepare_backend() -> None:
    """Make sure that there is a database, and that accepted work is carried out."""
    from minova import compute, policy
    from minova.db import engine, migration

    migration.ensure_ready()
    backend = compute.backend()
    # Not before the fork: a worker would wait for threads that only its parent has.
    hooks.on_worker_start.append(lambda: engine.call_blocking_by(green.call_blocking))
    hooks.on_worker_start.append(backend.start)
    hooks.on_worker_stop.append(backend.stop)
    hooks.on_reload.append(policy.reset)


def _prepare_metrics() -> None:
    """Measure, and tell it at /metrics, if that is configured.

    Whichever worker takes a connection answers for all of them.
    """
    if CONF.metrics.listen_port is None:
        return
    from minova import compute

    metrics.setup()
    server = wsgi.Server("metrics", metrics.Exposition(compute.backend().figures),
                         CONF.metrics.listen, CONF.metrics.listen_port)
    LOG.info("Serving metrics at %smetrics", server.url)
    hooks.on_worker_start.append(server.start)
    hooks.on_worker_stop.append(server.stop)


def _services(names: Sequence[str]) -> list[service.WSGIService]:
    """Return the services of the APIs that the paste file has, ready to be launched."""
    loader = wsgi.Loader()
    services, missing = [], []
    # identity first: the others are told where it is.
    for name in sorted(names, key=lambda name: name != "identity"):
        try:
            each = service.WSGIService(name, loader, use_ssl=name in CONF.enabled_ssl_apis)
        except exception.PasteAppNotFound as exc:
            missing.append(str(exc))
            continue
        refuse_public_noauth(name, each.host)
        if "identity" in CONF.enabled_apis:
            _prepare_identity(each)
        services.append(each)
    if not services:
        raise exception.NoAPIToServe(reason="; ".join(missing) or "enabled_apis is empty")
    for reason in missing:
        LOG.warning("Left out of enabled_apis: %s", reason)
    return services


def _prepare_identity(each: service.WSGIService) -> None:
    """Have the catalog of the identity service list `each`; and if it is that itself, read who there is."""
    from minova.api import token_cache
    from minova.identity import catalog, directory

    catalog.set_listening(each.name, each.server.url)
    if each.name != "identity":
        return

    def check(found: directory.Directory) -> None:
        refuse_default_passwords(found, each.host)

    check(directory.current())
    hooks.on_reload.append(lambda: directory.reload(check))
    hooks.on_reload.append(token_cache.shared.clear)
    if CONF.auth_strategy == "noauth2" and set(CONF.enabled_apis) - {"identity", "metadata"}:
        LOG.warning("auth_strategy is noauth2: the tokens of identity are not looked at. Set it to keystone")


def refuse_default_passwords(found, host: str) -> None:
    """Refuse to be open to the network with passwords that everybody knows, unless that is meant.

    :param found: the minova.identity.directory.Directory of those who may log in
    :raises minova.exception.PublicDefaultPassword: it is not meant
    """
    user = found.user_with_default_password()
    if user and not CONF.identity.allow_default_passwords and not is_loopback(host):
        raise exception.PublicDefaultPassword(user=user.name, address=host or "all addresses")


def refuse_public_noauth(name: str, host: str) -> None:
    """Refuse to be open to the network without authentication, unless that is meant.

    :raises minova.exception.PublicNoAuth: it is not meant
    """
    # In every auth_strategy, the metadata service knows its clients by their address, and identity asks for
    # passwords.
    if (CONF.auth_strategy != "noauth2" or CONF.noauth2.allow_public_address
            or name in ("metadata", "identity")):
        return
    if not is_loopback(host):
        raise exception.PublicNoAuth(name=name, address=host or "all addresses")


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches `host`: an address, a name, or unix:/path."""
    if host.startswith(sockets.UNIX_PREFIX):
        return True
    if not host:
        return False
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return True  # nobody reaches it; listening will say what is wrong with it
    return all(ipaddress.ip_address(entry[4][0].split("%")[0]).is_loopback for entry in found)


def fail(prog: str, message: str) -> int:
    """Say in one line why there is no service: to who started it, and to the log if elsewhere."""
    line = " ".join(message.split())
    print(f"{prog}: {line}", file=sys.stderr)
    if getattr(CONF, "log_file", None) or getattr(CONF, "log_dir", None):
        LOG.critical("%s", line)
    return 1
