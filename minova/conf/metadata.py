"""The metadata service: what servers are told about themselves, and how they are known."""

from oslo_config import cfg

from minova.conf.clients import client_opts

metadata_opts = [
    cfg.IntOpt(
        "metadata_cache_expiration",
        default=15,
        min=0,
        mutable=True,
        help="Seconds for which the metadata service goes on telling a server what it told it "
        "last. 0: it looks each time.",
    ),
    cfg.StrOpt(
        "dhcp_domain",
        default="novalocal",
        help="Domain of the host names that servers are told. Empty: none.",
    ),
    cfg.StrOpt(
        "vendordata_jsonfile_path",
        help="JSON file, an object, with what the operator tells all servers (vendor_data.json).",
    ),
]

neutron_group = cfg.OptGroup("neutron", title="A real Neutron as the backend, and its metadata proxy")

neutron_opts = [
    cfg.BoolOpt(
        "service_metadata_proxy",
        default=False,
        help="Requests to the metadata service come through Neutron's proxy, which says in signed "
        "headers whose they are. Without, a server is known by its fixed address.",
    ),
    cfg.StrOpt(
        "metadata_proxy_shared_secret",
        default="",
        secret=True,
        help="Secret that the proxy signs with. Needed with service_metadata_proxy.",
    ),
    *client_opts("Neutron"),
]


def register_opts(conf: cfg.ConfigOpts) -> None:
    conf.register_opts(metadata_opts)
    conf.register_group(neutron_group)
    conf.register_opts(neutron_opts, group=neutron_group)


def list_opts() -> dict[str, list[cfg.Opt]]:
    return {"DEFAULT": metadata_opts, "neutron": neutron_opts}
