"""The identity service: who there is, and how long a token lasts."""

import pathlib

from oslo_config import cfg

identity_group = cfg.OptGroup("identity", title="Identity service")

identity_opts = [
    cfg.StrOpt(
        "users_file",
        default=str(pathlib.Path(__file__).resolve().parent.parent / "identity.yaml"),
        sample_default="the identity.yaml that comes with minova",
        mutable=True,
        help="YAML file of the users, with their passwords, and of projects, domains and roles. "
        "SIGHUP has it read again. The default has the users admin and demo, whose passwords "
        "are their names.",
    ),
    cfg.BoolOpt(
        "allow_default_passwords",
        default=False,
        help="Serve identity on an address other than loopback although a user has their name "
        "for a password, as those of the default users_file do.",
    ),
    cfg.StrOpt(
        "region",
        default="RegionOne",
        help="The region in which the catalog lists all services.",
    ),
    cfg.DictOpt(
        "public_endpoints",
        default={},
        help="URLs of services as clients outside see them, where that is not the host by which "
        "they reach identity and the port of the service: behind a proxy, say. Types of services "
        "and their URLs, `compute:https://cloud.example.com/compute/v2.1,...`; %(project_id)s "
        "stands for the project. They are listed with the interface public.",
    ),
]

token_group = cfg.OptGroup("token", title="Tokens of the identity service")

token_opts = [
    cfg.IntOpt(
        "expiration",
        default=3600,
        min=1,
        mutable=True,
        help="Seconds that a token is valid.",
    ),
    cfg.IntOpt(
        "allow_expired_window",
        default=2 * 24 * 3600,
        min=0,
        mutable=True,
        help="Seconds after its end for which a service may still have a token confirmed, to "
        "finish what was begun with it.",
    ),
]


def register_opts(conf: cfg.ConfigOpts) -> None:
    for group, opts in ((identity_group, identity_opts), (token_group, token_opts)):
        conf.register_group(group)
        conf.register_opts(opts, group=group)


def list_opts() -> dict[str, list[cfg.Opt]]:
    return {"identity": identity_opts, "token": token_opts}
