"""What the compute API answers, apart from how it is served (see service.py and wsgi.py)."""

from oslo_config import cfg

api_opts = [
    cfg.StrOpt(
        "auth_strategy",
        default="noauth2",
        choices=[
            ("keystone", "tokens are checked by keystonemiddleware, see [keystone_authtoken]"),
            ("noauth2", "X-Auth-Token is `user:project`, and nothing is checked"),
        ],
        help="How requests are authenticated: the pipeline of this name in api-paste.ini.",
    ),
    cfg.BoolOpt(
        "use_forwarded_for",
        default=False,
        help="Take the client's address from X-Forwarded-For. Only behind a proxy that sets this "
        "header itself: any client can send one.",
    ),
    cfg.IntOpt(
        "osapi_max_limit",
        default=1000,
        min=0,
        mutable=True,
        help="The most items that one answer of a list carries, whatever limit the client asks "
        "for.",
    ),
    cfg.StrOpt(
        "osapi_compute_link_prefix",
        help="URL (scheme, host and path) to put in front of the links to this API, instead of "
        "the one that the client used.",
    ),
    cfg.StrOpt(
        "osapi_glance_link_prefix",
        help="URL (scheme, host and path) to put in front of the links to images, instead of the "
        "one of the image service.",
    ),
    cfg.ListOpt(
        "osapi_hide_server_address_states",
        default=["building"],
        help="States (vm_state) of a server in which its addresses are not shown.",
    ),
    cfg.BoolOpt(
        "allow_instance_snapshots",
        default=True,
        mutable=True,
        help="Permit the action createImage.",
    ),
    cfg.BoolOpt(
        "enable_instance_password",
        default=True,
        help="Show adminPass in the answers to create, rebuild, rescue and evacuate.",
    ),
]


def register_opts(conf: cfg.ConfigOpts) -> None:
    conf.register_opts(api_opts)


def list_opts() -> dict[str, list[cfg.Opt]]:
    return {"DEFAULT": api_opts}
