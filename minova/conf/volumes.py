"""Where volumes come from, how large and of what type they are, and how many disks a server may have."""

from oslo_config import cfg

volume_opts = [
    cfg.StrOpt(
        "volume_api_class",
        default="embedded",
        help="The volume backend: the name of an entry point in the namespace minova.volume.",
    ),
    cfg.StrOpt(
        "storage_availability_zone",
        default="nova",
        help="The availability zone of volumes of the embedded volume service.",
    ),
    cfg.StrOpt(
        "default_volume_type",
        default="__DEFAULT__",
        help="The type of a volume for which none was chosen in the volume API.",
    ),
    cfg.IntOpt(
        "per_volume_size_limit",
        default=-1,
        min=-1,
        mutable=True,
        help="GiB that a volume may have. -1: no limit.",
    ),
    cfg.IntOpt(
        "max_local_block_devices",
        default=3,
        min=-1,
        help="Disks on the host that a server may have. -1: any number; 0: none, so that servers "
        "boot from volumes only.",
    ),
]


def register_opts(conf: cfg.ConfigOpts) -> None:
    conf.register_opts(volume_opts)


def list_opts() -> dict[str, list[cfg.Opt]]:
    return {"DEFAULT": volume_opts}
