"""Audits of the usage of servers."""

from oslo_config import cfg

usage_audit_opts = [
    cfg.StrOpt(
        "instance_usage_audit_period",
        default="month",
        regex=r"^(hour|month|day|year)(@([0-9]+))?$",
        help="The period of an audit: hour, day, month or year, with an offset after @ "
        "(day@6 begins at 6 o'clock, month@15 on the 15th).",
    ),
]


def register_opts(conf: cfg.ConfigOpts) -> None:
    conf.register_opts(usage_audit_opts)


def list_opts() -> dict[str, list[cfg.Opt]]:
    return {"DEFAULT": usage_audit_opts}
