"""Which extensions make up the API."""

from oslo_config import cfg

osapi_v21_group = cfg.OptGroup("osapi_v21", title="Compute API v2.1")

osapi_v21_opts = [
    cfg.BoolOpt("enabled", default=True, help="Serve the compute API v2.1."),
    cfg.ListOpt(
        "extensions_blacklist",
        default=[],
        help="Aliases of extensions that are not loaded, comma-separated. The core extensions "
        "cannot be left out.",
    ),
    cfg.ListOpt(
        "extensions_whitelist",
        default=[],
        help="When not empty, only the extensions of these aliases are loaded, less those of "
        "extensions_blacklist. The core extensions are always loaded.",
    ),
]


def register_opts(conf: cfg.ConfigOpts) -> None:
    conf.register_group(osapi_v21_group)
    conf.register_opts(osapi_v21_opts, group=osapi_v21_group)


def list_opts() -> dict[str, list[cfg.Opt]]:
    return {"osapi_v21": osapi_v21_opts}
