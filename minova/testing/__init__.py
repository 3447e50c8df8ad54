"""What tests of minova, and of extensions to it, stand on: the API in the process of the test.

    client          requests through the whole paste pipeline, without a socket
    plugin          pytest's fixtures; pytest finds them by itself where minova is installed
    cloud           all five APIs on free ports, for anything that speaks HTTP: `minova.testing.Cloud`
    databases       clean databases of every kind that minova can use
    distributions   packages that are installed for the time of a test

A test of an extension asks for `minova_client`; docs/extensions.md shows how.
"""


def __getattr__(name: str):
    # Not before somebody asks: pytest imports this package wherever minova is installed.
    if name == 'Cloud':
        from minova.testing.cloud import Cloud
        return Cloud
    raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
