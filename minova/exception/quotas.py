"""What a quota has no room for."""

from minova.exception.base import Forbidden, Invalid


class QuotaError(Forbidden):
    msg_fmt = "Quota exceeded: code=%(code)s"
    code = 413


class OverQuota(QuotaError):
    """Some resource has no room.

    `overs` names them, sorted. `quotas` (-1: no limit), `usages` and `headroom` (sys.maxsize: no
    limit) map all that were asked for to a number.
    """

    msg_fmt = "Quota exceeded for resources: %(overs)s"


class TooManyInstances(QuotaError):
    msg_fmt = ("Quota exceeded for %(overs)s: Requested %(req)s, but already used %(used)s of "
               "%(allowed)s %(overs)s")


class KeypairLimitExceeded(QuotaError):
    msg_fmt = "Maximum number of key pairs exceeded"


class MetadataLimitExceeded(QuotaError):
    msg_fmt = "Maximum number of metadata items exceeds %(allowed)d"


class OnsetFileLimitExceeded(QuotaError):
    msg_fmt = "Personality file limit exceeded"


class OnsetFilePathLimitExceeded(OnsetFileLimitExceeded):
    msg_fmt = "Personality file path too long"


class OnsetFileContentLimitExceeded(OnsetFileLimitExceeded):
    msg_fmt = "Personality file content too long"


class QuotaLimitInvalid(Invalid):
    """A limit that cannot be set. The messages stand where it is raised."""
