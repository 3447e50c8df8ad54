"""Where images come from, and where they are kept."""

from oslo_config import cfg

from minova.conf.clients import client_opts

image_opts = [
    cfg.StrOpt(
        "image_api_class",
        default="embedded",
        help="The image backend: the name of an entry point in the namespace minova.image. Those of "
        "minova are embedded, and glance, which asks a real Glance.",
    ),
]

glance_group = cfg.OptGroup("glance", title="The image service: links to it, and a real one as the backend")

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
    *client_opts("Glance"),
]

storage_group = cfg.OptGroup("image", title="The embedded image service, and its API")

storage_opts = [
    cfg.StrOpt(
        "filesystem_store_datadir",
        sample_default="$state_path/images",
        help="Folder for the content of images, a file for each. It is made when it does not exist. "
        "All services that share a database need to share it, on a file system that knows locks. "
        "The default is the folder images below state_path.",
    ),
    cfg.IntOpt(
        "image_size_cap",
        default=1024**4,
        min=1,
        max=2**63 - 1,
        mutable=True,
        help="Bytes that an image may have. More are refused with 413, and nothing is kept.",
    ),
    cfg.IntOpt(
        "image_member_quota",
        default=128,
        min=0,
        mutable=True,
        help="Projects that an image can be shared with.",
    ),
    cfg.IntOpt(
        "image_property_quota",
        default=128,
        min=0,
        mutable=True,
        help="Properties that an image may have beside those that every image has.",
    ),
    cfg.IntOpt(
        "image_tag_quota", default=128, min=0, mutable=True, help="Tags that an image may have."
    ),
    cfg.URIOpt(
        "public_endpoint",
        schemes=["http", "https"],
        help="URL of the image API as clients see it, for the links in its answers. Unset: as the "
        "request was sent.",
    ),
    cfg.IntOpt(
        "limit_param_default",
        default=25,
        min=1,
        mutable=True,
        help="Images on a page of the image API, when the client does not say how many.",
    ),
    cfg.IntOpt(
        "api_limit_max",
        default=1000,
        min=1,
        mutable=True,
        help="The most images on a page of the image API.",
    ),
]


def register_opts(conf: cfg.ConfigOpts) -> None:
    conf.register_opts(image_opts)
    conf.register_group(glance_group)
    conf.register_opts(glance_opts, group=glance_group)
    conf.register_group(storage_group)
    conf.register_opts(storage_opts, group=storage_group)


def list_opts() -> dict[str, list[cfg.Opt]]:
    return {"DEFAULT": image_opts, "glance": glance_opts, "image": storage_opts}
