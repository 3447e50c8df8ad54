"""vendor_data.json: what the operator tells all servers."""

import logging

from minova import exception, jsonutils
from minova.conf import CONF

LOG = logging.getLogger(__name__)


def read(path: str) -> dict:
    """The object in the JSON file. Raises VendorDataInvalid."""
    try:
        with open(path, 'rb') as file:
            data = jsonutils.loads(file.read())
    except (OSError, ValueError) as exc:
        raise exception.VendorDataInvalid(path=path, reason=exc) from exc
    if not isinstance(data, dict):
        raise exception.VendorDataInvalid(path=path, reason='it is not a JSON object')
    return data


def vendor_data() -> dict:
    """What [DEFAULT]vendordata_jsonfile_path has; without it, or when it is broken, nothing.

    The file may be changed while servers start: those must start all the same.
    """
    if not CONF.vendordata_jsonfile_path:
        return {}
    try:
        return read(CONF.vendordata_jsonfile_path)
    except exception.VendorDataInvalid as exc:
        LOG.warning('%s', exc.message)
        return {}
