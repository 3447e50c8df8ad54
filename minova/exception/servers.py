"""Servers, their groups, and the hypervisor below them."""

from minova.exception.base import Conflict, Invalid, MinovaException, NotFound


class InstanceGroupNotFound(NotFound):
    msg_fmt = "Instance group %(group_uuid)s could not be found."


class InstanceNotFound(NotFound):
    msg_fmt = "Instance %(instance_id)s could not be found."


class InstanceInvalidState(Invalid):
    msg_fmt = ("Instance %(instance_uuid)s in %(attr)s %(state)s. Cannot %(method)s while the instance "
               "is in this state.")
    code = 409


class InstanceIsLocked(InstanceInvalidState):
    msg_fmt = "Instance %(instance_uuid)s is locked"


class InstanceNotReady(Invalid):
    msg_fmt = "Instance %(instance_id)s is not ready"
    code = 409


class InvalidMetadata(Invalid):
    msg_fmt = "Invalid metadata: %(reason)s"


class InvalidMetadataSize(Invalid):
    msg_fmt = "Invalid metadata size: %(reason)s"


class InstanceUserDataTooLarge(Invalid):
    msg_fmt = ("User data too large. User data must be no larger than %(maxsize)s bytes once base64 "
               "encoded. Your data is %(length)d bytes")


class ConfigDriveInvalidValue(Invalid):
    msg_fmt = "Invalid value for Config Drive option: %(option)s"


class AutoDiskConfigDisabledByImage(Invalid):
    msg_fmt = ("Requested image %(image)s has automatic disk resize disabled.")


class MaxCountWithFixedIp(Invalid):
    msg_fmt = ("Failed to launch instances: max_count cannot be greater than 1 if an fixed_ip is "
               "specified.")


class AvailabilityZoneNotAvailable(Invalid):
    msg_fmt = "The requested availability zone is not available"


class CannotResizeToSameFlavor(Invalid):
    msg_fmt = "When resizing, instances must change flavor!"


class CannotResizeDisk(Invalid):
    msg_fmt = "Server disk was unable to be resized because: %(reason)s"


class MigrationNotFoundByStatus(NotFound):
    msg_fmt = "Migration not found for instance %(instance_id)s with status %(status)s."


class UnableToMigrateToSelf(Invalid):
    msg_fmt = "Unable to migrate instance (%(instance_id)s) to current host (%(host)s)."


class InstanceNotRescuable(Invalid):
    msg_fmt = "Instance %(instance_id)s cannot be rescued: %(reason)s"


class ConsoleTypeUnavailable(Invalid):
    msg_fmt = "Unavailable console type %(console_type)s."


class ConsoleNotFoundForInstance(NotFound):
    msg_fmt = "Console for instance %(instance_uuid)s could not be found."


class NoValidHost(MinovaException):
    msg_fmt = "No valid host was found. %(reason)s"


class VirtError(MinovaException):
    msg_fmt = "The hypervisor failed: %(reason)s"


class PasswordAlreadySet(Conflict):
    msg_fmt = "Instance %(instance_uuid)s has a password already."
