"""What keeps minova from starting, or a command from being carried out."""

from minova.exception.base import MinovaException


class ConfigNotFound(MinovaException):
    msg_fmt = "Could not find config at %(path)s"


class PasteAppNotFound(MinovaException):
    msg_fmt = "Could not load paste app '%(name)s' from %(path)s"


class CannotListen(MinovaException):
    msg_fmt = "Cannot listen on %(address)s: %(reason)s"


class TLSFilesInvalid(MinovaException):
    msg_fmt = "Cannot serve by TLS: %(reason)s"


class NetworkWithoutPorts(MinovaException):
    msg_fmt = ("The network API needs ports of minova's own: set [DEFAULT]network_api_class = "
               "embedded_neutron, or take network out of enabled_apis")


class PublicNoAuth(MinovaException):
    msg_fmt = ("Refusing to serve %(name)s on %(address)s with auth_strategy noauth2: whoever "
               "reaches it is administrator. If this is meant, set [noauth2]allow_public_address")


class PublicDefaultPassword(MinovaException):
    msg_fmt = ("Refusing to serve identity on %(address)s: the password of user %(user)s is the user's name. "
               "Name users with passwords of their own in [identity]users_file; or if this is meant, set "
               "[identity]allow_default_passwords")


class IdentityMissing(MinovaException):
    msg_fmt = ("auth_strategy is keystone, and there is no Keystone to ask: add identity to enabled_apis, or "
               "say in [keystone_authtoken] how to log in to one (auth_type, auth_url, ...)")


class IdentityUnreachable(MinovaException):
    msg_fmt = "The identity service cannot be asked about tokens: %(reason)s"


class UsersFileInvalid(MinovaException):
    msg_fmt = "The users file %(path)s cannot be loaded: %(reason)s"


class SigningKeysInvalid(MinovaException):
    msg_fmt = "The keys that sign tokens cannot be had from %(path)s: %(reason)s"


class NoAPIToServe(MinovaException):
    msg_fmt = "There is no API to serve: %(reason)s"


class CoreAPIMissing(MinovaException):
    msg_fmt = "Core API extensions are missing: %(missing_apis)s"


class ExtensionLoadError(MinovaException):
    msg_fmt = ("API extension '%(name)s' of package %(package)s (%(group)s, %(value)s) is refused: "
               "%(reason)s")


class DriverNotLoaded(MinovaException):
    msg_fmt = "%(option)s = %(name)s (%(namespace)s) cannot be loaded: %(reason)s"


class ServiceNotConfigured(DriverNotLoaded):
    msg_fmt = "[%(group)s] does not say how to reach a real service: %(reason)s"


class DatabaseNotReady(MinovaException):
    msg_fmt = "The database is not ready: %(reason)s"


class FixturesError(MinovaException):
    """:param mistakes: one line for each thing that is wrong; without, `reason` is the only one"""

    msg_fmt = "The fixtures file %(path)s cannot be loaded: %(reason)s"

    def __init__(self, message: str | None = None, mistakes: tuple[str, ...] = (), **kwargs):
        if mistakes:
            kwargs['reason'] = '; '.join(mistakes)
        super().__init__(message, **kwargs)
        self.mistakes = [f"{kwargs['path']}: {each}" for each in mistakes] or [self.message]


class MetadataSecretMissing(MinovaException):
    msg_fmt = ("[neutron]service_metadata_proxy needs [neutron]metadata_proxy_shared_secret: "
               "without it anybody could sign requests in the name of any server.")


class VendorDataInvalid(MinovaException):
    msg_fmt = "Cannot read vendor data from %(path)s: %(reason)s"


class MetricsUnavailable(MinovaException):
    msg_fmt = ("[metrics]listen_port is set, and there is no prometheus_client: %(reason)s. Install "
               "it, or unset the option.")


class CannotRead(MinovaException):
    msg_fmt = "Cannot read %(path)s: %(reason)s"


class CannotWrite(MinovaException):
    msg_fmt = "Cannot write to %(path)s: %(reason)s"


class CloudRuns(MinovaException):
    msg_fmt = "A cloud runs in %(path)s already"


class NoCloudRuns(MinovaException):
    msg_fmt = "No cloud runs in %(path)s"


class CloudHasBegun(MinovaException):
    msg_fmt = ("There is a cloud in %(path)s already: %(option)s is for a new one. Name another "
               "--state-dir, or remove this one")


class NoSuchUser(MinovaException):
    msg_fmt = "There is no user %(name)s whose password is known; there are %(names)s"


class CloudRefuses(MinovaException):
    msg_fmt = "%(url)s: %(reason)s"


class CannotSave(MinovaException):
    msg_fmt = "The cloud cannot be saved: %(reason)s"


class CloudNested(MinovaException):
    msg_fmt = ("There is a minova.testing.Cloud in this process already, and there can be one at a time: "
               "end or pause it first, or use another process")


class TestingUnavailable(MinovaException):
    __test__ = False    # no class of tests, whatever pytest thinks of the name
    msg_fmt = "minova.testing.Cloud needs waitress, which the extra `testing` of minova brings: %(reason)s"
