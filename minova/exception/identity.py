"""What the identity service cannot do, in Keystone's words."""

from minova.exception.base import Conflict, Forbidden, Invalid, MinovaException, NotFound


class Unauthorized(MinovaException):
    msg_fmt = "The request you have made requires authentication."
    code = 401


class AuthMethodNotSupported(Unauthorized):
    msg_fmt = "Attempted to authenticate with an unsupported method."


class ApplicationCredentialAuthError(Unauthorized):
    msg_fmt = "Error authenticating with application credential: %(detail)s"


class TokenNotFound(NotFound):
    # Whose token it is nobody should read in a log: it is not repeated.
    msg_fmt = "Could not find token."


class IdentityNotFound(NotFound):
    msg_fmt = "Could not find %(kind)s: %(id)s."


class IdentityForbidden(Forbidden):
    msg_fmt = "You are not authorized to perform the requested action: %(action)s."


class IdentityReadOnly(Forbidden):
    msg_fmt = ("Users, projects and roles come from the file [identity]users_file, and the catalog from the "
               "configuration: they cannot be changed through the API.")


class ApplicationCredentialExists(Conflict):
    msg_fmt = ("Conflict occurred attempting to store application_credential - Duplicate entry found with "
               "name %(name)s.")


class ApplicationCredentialInvalid(Invalid):
    msg_fmt = "Invalid application credential: %(detail)s"
