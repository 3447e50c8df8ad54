"""How accepted work (a 202) is carried out."""

from oslo_config import cfg

work_group = cfg.OptGroup("work", title="Accepted work")

work_opts = [
    cfg.StrOpt(
        "mode",
        default="background",
        choices=[
            ("background", "the answer is sent first, as clouds do"),
            ("inline", "the work is done before the answer is sent, for tests"),
            ("prompt", "the answer waits for the work, but no longer than half a second"),
        ],
        help="When the work of a request that is answered with 202 is carried out.",
    ),
    cfg.IntOpt(
        "max_threads",
        default=64,
        min=1,
        help="Pieces of work that one process carries out at the same time.",
    ),
    cfg.IntOpt(
        "lease_seconds",
        default=30,
        min=1,
        help="Seconds for which a process holds the work it took, unless it renews that. After "
        "them the work of a process that died is taken over by another.",
    ),
]


def register_opts(conf: cfg.ConfigOpts) -> None:
    conf.register_group(work_group)
    conf.register_opts(work_opts, group=work_group)


def list_opts() -> dict[str, list[cfg.Opt]]:
    return {"work": work_opts}
