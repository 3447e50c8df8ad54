"""Figures for Prometheus."""

from oslo_config import cfg

metrics_group = cfg.OptGroup("metrics", title="Figures for Prometheus")

metrics_opts = [
    cfg.PortOpt(
        "listen_port",
        help="TCP port on which minova-api answers /metrics. Unset: nothing is measured. "
        "0: any free port. It needs the package prometheus_client.",
    ),
    cfg.StrOpt(
        "listen",
        default="127.0.0.1",
        help="Address for that: whoever reaches it reads the figures, there are no accounts.",
    ),
]


def register_opts(conf: cfg.ConfigOpts) -> None:
    conf.register_group(metrics_group)
    conf.register_opts(metrics_opts, group=metrics_group)


def list_opts() -> dict[str, list[cfg.Opt]]:
    return {"metrics": metrics_opts}
