"""What is wrong with a request, whatever it is about."""

from minova.exception.base import Forbidden, Invalid, MinovaException, NotFound


class ValidationError(Invalid):
    msg_fmt = "%(detail)s"


class InvalidRequest(Invalid):
    msg_fmt = "The request is invalid."


class InvalidInput(Invalid):
    msg_fmt = "Invalid input received: %(reason)s"


class InvalidContentType(Invalid):
    msg_fmt = "Invalid content type %(content_type)s."


class InvalidAPIVersionString(Invalid):
    msg_fmt = ("API Version String %(version)s is of invalid format. "
               "Must be of format MajorNum.MinorNum.")


class VersionNotFoundForAPIMethod(Invalid):
    msg_fmt = "API version %(version)s is not supported on this method."
    code = 404


class InvalidGlobalAPIVersion(Invalid):
    msg_fmt = ("Version %(req_ver)s is not supported by the API. "
               "Minimum is %(min_ver)s and maximum is %(max_ver)s.")
    code = 406


class ServiceUnreachable(MinovaException):
    """A real service of OpenStack, which a backend asks, could not be asked or gave up."""

    msg_fmt = "The %(service)s service cannot do that now: %(reason)s"
    code = 503


class PolicyNotAuthorized(Forbidden):
    msg_fmt = "Policy doesn't allow %(action)s to be performed."


class MarkerNotFound(NotFound):
    msg_fmt = "Marker %(marker)s could not be found."


class InvalidSortKey(Invalid):
    msg_fmt = "Sort key supplied was not valid."
