"""Where images come from."""

from oslo_config import cfg

image_opts = [
    cfg.StrOpt(
        "image_api_class",
        default="embedded",
        help="The image backend: the name of an entry point in the namespace minova.image.",
    ),
]

glance_group = cfg.OptGroup("glance", title="The image service, as links name it")

glance_opts = [
    cfg.StrOpt(
        "protocol",
        default="http",
        choices=("http", "https"),
        help="Protocol of the image service, in links to images.",
    ),
    cfg.StrOpt(
        "host",
        default="127.0.0.1",
        help="Name or address of the image service, in links to images.",
    ),
    cfg.PortOpt("port", default=9292, help="Port of the image service, in links to images."),
]


def register_opts(conf: cfg.ConfigOpts) -> None:
    conf.register_opts(image_opts)
    conf.register_group(glance_group)
    conf.register_opts(glance_opts, group=glance_group)


def list_opts() -> dict[str, list[cfg.Opt]]:
    return {"DEFAULT": image_opts, "glance": glance_opts}
