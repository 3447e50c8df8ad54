"""All options of minova, for oslo-config-generator (entry point `oslo.config.opts`)."""

from oslo_config import cfg

from minova import conf


def list_opts() -> list[tuple[str, list[cfg.Opt]]]:
    """Return `(group, options)` once per group, in the order of the groups' names."""
    groups: dict[str, list[cfg.Opt]] = {}
    for module in conf.MODULES:
        for group, opts in module.list_opts().items():
            groups.setdefault(group, []).extend(opts)
    return sorted(groups.items())
