"""A whole cloud in one process: identity, compute, image, network and volume, with a state directory.

    folder      the state directory: which files it has, and how a new one begins
    access      how clients log in: users, clouds.yaml, OS_* variables
    client      the little that the command asks of a cloud that is running
    saving      the whole state in one file, and a state directory made of such a file

Two programs stand on it: `minova-cloud` (minova/cmd/cloud.py) and `minova.testing.Cloud`.
"""

#: The services of a cloud, in the order in which they are told of: {API: (type in the catalog, path)}.
SERVICES = {
    'identity': ('identity', '/v3'),
    'osapi_compute': ('compute', '/v2.1'),
    'image': ('image', ''),
    'network': ('network', ''),
    'volume': ('block-storage', '/v3'),
}
