"""The configuration of minova: `from minova.conf import CONF` and every option is there.

One module per subject. Each has its lists of options (`<subject>_opts`), `register_opts(conf)` and
`list_opts()`; the latter feeds oslo-config-generator through `minova.conf.opts`. Names and
defaults are Liberty's wherever Liberty has the option. Options of libraries (oslo.log,
oslo.policy, keystonemiddleware ...) stay with the libraries.

An option that is read each time it is needed is marked `mutable`: SIGHUP changes it in a running
service. All others need a restart.
"""

import importlib

from oslo_config import cfg

CONF = cfg.CONF

MODULES = tuple(importlib.import_module(f'minova.conf.{name}') for name in (
    'api',
    'cloudpipe',
    'compute',
    'database',
    'fake',
    'fixtures',
    'identity',
    'images',
    'metadata',
    'metrics',
    'network',
    'noauth2',
    'osapi_v21',
    'paths',
    'quota',
    'scheduler',
    'service',
    'usage_audit',
    'vnc',
    'volumes',
    'workers',
    'wsgi',
))


def register_opts(conf: cfg.ConfigOpts) -> None:
    """Register every option of minova on `conf`. Harmless when repeated."""
    for module in MODULES:
        module.register_opts(conf)


register_opts(CONF)
