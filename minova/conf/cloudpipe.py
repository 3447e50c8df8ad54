"""Cloudpipes: servers that are a project's VPN."""

from oslo_config import cfg

cloudpipe_opts = [
    cfg.StrOpt("vpn_image_id", default="0", help="Image that cloudpipes are made of."),
    cfg.StrOpt("vpn_flavor", default="m1.tiny", help="Name of the flavor of cloudpipes."),
    cfg.StrOpt(
        "vpn_key_suffix",
        default="-vpn",
        help="What the names of a cloudpipe and of its key pair have after the project's id.",
    ),
]


def register_opts(conf: cfg.ConfigOpts) -> None:
    conf.register_opts(cloudpipe_opts)


def list_opts() -> dict[str, list[cfg.Opt]]:
    return {"DEFAULT": cloudpipe_opts}
