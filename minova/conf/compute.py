"""Servers: which backend and driver carry them, their names, and what happens to them in time."""

from oslo_config import cfg

backend_opts = [
    cfg.StrOpt(
        "compute_api_class",
        default="default",
        help="The compute API backend: the name of an entry point in the namespace "
        "minova.compute.api.",
    ),
    cfg.StrOpt(
        "compute_driver",
        default="fake",
        help="The hypervisor driver: the name of an entry point in the namespace minova.virt.",
    ),
]

server_opts = [
    cfg.StrOpt(
        "default_flavor",
        default="m1.small",
        help="Name of the flavor of servers that are created without one.",
    ),
    cfg.StrOpt(
        "instance_name_template",
        default="instance-%08x",
        help="How a hypervisor calls a server. The one argument is the server's number; "
        "%(uuid)s stands for its id.",
    ),
    cfg.StrOpt(
        "multi_instance_display_name_template",
        default="%(name)s-%(count)d",
        help="How servers are named that one request creates. Known are name (that of the "
        "request), count (1, 2, ...) and uuid.",
    ),
    cfg.IntOpt(
        "password_length",
        default=12,
        min=1,
        mutable=True,
        help="Length in characters of the passwords that are made up for servers.",
    ),
    cfg.BoolOpt(
        "allow_resize_to_same_host",
        default=False,
        mutable=True,
        help="Permit a resize or migration to end on the host where the server is.",
    ),
]

time_opts = [
    cfg.IntOpt(
        "reclaim_instance_interval",
        default=0,
        min=0,
        help="Seconds for which a deleted server can be restored. 0: it is gone at once.",
    ),
    cfg.IntOpt(
        "resize_confirm_window",
        default=0,
        min=0,
        help="Seconds after which a resize confirms itself. 0: never.",
    ),
    cfg.IntOpt(
        "shelved_offload_time",
        default=0,
        min=-1,
        help="Seconds after which a shelved server is taken off its host. 0: at once, -1: never.",
    ),
    cfg.IntOpt(
        "report_interval",
        default=10,
        min=1,
        help="Seconds between two signs of life of a service.",
    ),
    cfg.IntOpt(
        "service_down_time",
        default=60,
        min=1,
        help="Seconds without a sign of life after which a service counts as down.",
    ),
]

compute_opts = backend_opts + server_opts + time_opts


def register_opts(conf: cfg.ConfigOpts) -> None:
    conf.register_opts(compute_opts)


def list_opts() -> dict[str, list[cfg.Opt]]:
    return {"DEFAULT": compute_opts}
