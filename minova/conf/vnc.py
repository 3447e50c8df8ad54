"""The consoles of servers, as URLs of proxies."""

from oslo_config import cfg

vnc_group = cfg.OptGroup("vnc", title="VNC consoles")

vnc_opts = [
    cfg.BoolOpt("enabled", default=True, help="Servers have VNC consoles."),
    cfg.StrOpt(
        "novncproxy_base_url",
        default="http://127.0.0.1:6080/vnc_auto.html",
        help="URL of the noVNC proxy that browsers reach; a token is added to it.",
    ),
    cfg.StrOpt(
        "xvpvncproxy_base_url",
        default="http://127.0.0.1:6081/console",
        help="URL of the XVP VNC proxy that Java clients reach; a token is added to it.",
    ),
]


token_opts = [
    cfg.IntOpt(
        "console_token_ttl",
        default=600,
        min=1,
        mutable=True,
        help="Seconds for which a token opens a console.",
    ),
]


def _proxy(group: str, what: str, option: str, url: str) -> tuple[cfg.OptGroup, list[cfg.Opt]]:
    return cfg.OptGroup(group, title=f"{what} consoles"), [
        cfg.BoolOpt("enabled", default=False, help=f"Servers have {what} consoles."),
        cfg.StrOpt(option, default=url,
                   help=f"URL of the {what} proxy that clients reach; a token is added to it."),
    ]


_GROUPS = (
    (vnc_group, vnc_opts),
    _proxy("spice", "SPICE", "html5proxy_base_url", "http://127.0.0.1:6082/spice_auto.html"),
    _proxy("rdp", "RDP", "html5_proxy_base_url", "http://127.0.0.1:6083/"),
    _proxy("serial_console", "serial", "base_url", "ws://127.0.0.1:6083/"),
    _proxy("mks", "MKS", "mksproxy_base_url", "http://127.0.0.1:6090/"),
)


def register_opts(conf: cfg.ConfigOpts) -> None:
    conf.register_opts(token_opts)
    for group, opts in _GROUPS:
        conf.register_group(group)
        conf.register_opts(opts, group=group)


def list_opts() -> dict[str, list[cfg.Opt]]:
    return {"DEFAULT": token_opts, **{group.name: opts for group, opts in _GROUPS}}
