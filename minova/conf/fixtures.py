"""What a deployment starts with."""

import pathlib

from oslo_config import cfg

fixtures_opts = [
    cfg.StrOpt(
        "fixtures_file",
        default=str(pathlib.Path(__file__).resolve().parent.parent / "fixtures.yaml"),
        sample_default="the fixtures.yaml that comes with minova",
        help="YAML file of things that are to be there when the service starts: images, flavors, "
        "networks, servers and more, see docs/fixtures.md. Those that are there already stay as they "
        "are, and those that were deleted stay deleted. The default has one small image, cirros, and "
        "for network backends with ports two networks. Empty: nothing.",
    ),
]


def register_opts(conf: cfg.ConfigOpts) -> None:
    conf.register_opts(fixtures_opts)


def list_opts() -> dict[str, list[cfg.Opt]]:
    return {"DEFAULT": fixtures_opts}
