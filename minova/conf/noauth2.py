"""Authentication by the client's own word: for development and tests."""

from oslo_config import cfg

noauth2_group = cfg.OptGroup("noauth2", title="No authentication")

noauth2_opts = [
    cfg.BoolOpt(
        "allow_public_address",
        default=False,
        help="Serve auth_strategy noauth2 on an address other than loopback, too. Everybody who "
        "reaches that address is then administrator.",
    ),
]


def register_opts(conf: cfg.ConfigOpts) -> None:
    conf.register_group(noauth2_group)
    conf.register_opts(noauth2_opts, group=noauth2_group)


def list_opts() -> dict[str, list[cfg.Opt]]:
    return {"noauth2": noauth2_opts}
