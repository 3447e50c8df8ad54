"""Where the image service has an image, as links in answers of the compute API show it."""

from minova.conf import CONF


def url(image_id: str) -> str:
    base = (CONF.osapi_glance_link_prefix
            or f'{CONF.glance.protocol}://{_bracketed(CONF.glance.host)}:{CONF.glance.port}')
    return f'{base.rstrip("/")}/images/{image_id}'


def _bracketed(host: str) -> str:
    return f'[{host}]' if ':' in host else host
