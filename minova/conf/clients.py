"""Options of backends that ask a real service of OpenStack: the same in each group."""

from oslo_config import cfg


def client_opts(service: str) -> list[cfg.Opt]:
    """The options of the group of a service, which is called `service` in what they say.

    Those of keystoneauth (auth_type, auth_url, username, cafile ...) stay with keystoneauth, which
    registers them in the same group.
    """
    return [
        cfg.StrOpt(
            "cloud",
            help=f"Where a real {service} is: the name of a cloud in clouds.yaml. Unset: as auth_type and "
            "the other options of keystoneauth in this group say. Who asks on behalf of a user passes the "
            "user's token on; work that nobody waits for is done with this login, which has to be an "
            "administrator's.",
        ),
        cfg.StrOpt("region_name", help=f"Region of the {service}. Unset: the only one."),
        cfg.ListOpt(
            "valid_interfaces",
            default=["internal", "public"],
            help=f"Interfaces of the {service} to be used, the best first.",
        ),
        cfg.URIOpt(
            "endpoint_override",
            help=f"URL of the {service}, instead of what the service catalog says.",
        ),
    ]
