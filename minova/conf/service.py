"""Which APIs are served, where, and by how many processes.

For an API `<name>` there are `<name>_listen`, `<name>_listen_port` and `<name>_workers`.
"""

from oslo_config import cfg

APIS = {
    "osapi_compute": 8774,
    "metadata": 8775,
    "identity": 5000,
    "image": 9292,
    "network": 9696,
    "volume": 8776,
}

_WORKERS_HELP = (
    "Worker processes of {}. Unset: 1 with an SQLite database, else the number of CPUs."
)


def _api_opts(name: str, port: int) -> list[cfg.Opt]:
    return [
        cfg.StrOpt(
            f"{name}_listen",
            default="127.0.0.1",
            help=f"Address on which {name} listens: IPv4, IPv6, or unix:/path of a socket.",
        ),
        cfg.PortOpt(
            f"{name}_listen_port",
            default=port,
            help=f"TCP port on which {name} listens. 0: any free one.",
        ),
        cfg.IntOpt(f"{name}_workers", min=1, help=_WORKERS_HELP.format(name)),
    ]


service_opts = [
    cfg.ListOpt(
        "enabled_apis",
        default=["osapi_compute"],
        help="APIs that minova-api serves: names of applications in the paste file.",
    ),
    cfg.ListOpt(
        "enabled_ssl_apis",
        default=[],
        help="Those of enabled_apis that are served by TLS, see ssl_cert_file.",
    ),
    cfg.IntOpt(
        "graceful_shutdown_timeout",
        default=60,
        min=0,
        help="Seconds that requests in progress have to end after SIGTERM. 0: as long as they "
        "take.",
    ),
]
for _name, _port in APIS.items():
    service_opts += _api_opts(_name, _port)


def register_api_opts(conf: cfg.ConfigOpts, name: str) -> None:
    """Register the options of an API that minova does not know, from somebody's paste file."""
    if name not in APIS:
        conf.register_opts(_api_opts(name, 0))


def register_opts(conf: cfg.ConfigOpts) -> None:
    conf.register_opts(service_opts)


def list_opts() -> dict[str, list[cfg.Opt]]:
    return {"DEFAULT": service_opts}
