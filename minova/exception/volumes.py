"""Volumes, snapshots and block devices."""

from minova.exception.base import Conflict, Invalid, NotFound
from minova.exception.quotas import QuotaError


class VolumeBDMNotFound(NotFound):
    msg_fmt = "No volume Block Device Mapping with id %(volume_id)s."


class VolumeNotFound(NotFound):
    msg_fmt = "Volume %(volume_id)s could not be found."


class SnapshotNotFound(NotFound):
    msg_fmt = "Snapshot %(snapshot_id)s could not be found."


class VolumeTypeNotFound(NotFound):
    msg_fmt = "Volume type %(volume_type_id)s could not be found."


class VolumeTypeExists(Conflict):
    msg_fmt = "Volume Type %(name)s already exists."


class VolumeTypeInUse(Invalid):
    msg_fmt = ("Volume Type %(volume_type_id)s deletion is not allowed with volumes present with the "
               "type.")


class VolumeTypeDefault(Invalid):
    msg_fmt = ("The volume type %(volume_type_id)s is a default volume type and cannot be deleted.")


class VolumeTypeExtraSpecsNotFound(NotFound):
    msg_fmt = ("Volume Type %(volume_type_id)s has no extra specs with key %(extra_specs_key)s.")


class VolumeTypeAccessExists(Conflict):
    msg_fmt = ("Volume type access for %(volume_type_id)s / %(project_id)s combination already "
               "exists.")


class VolumeTypeAccessNotFound(NotFound):
    msg_fmt = ("Volume type access not found for %(volume_type_id)s / %(project_id)s combination.")


class VolumeMetadataNotFound(NotFound):
    msg_fmt = "Volume %(volume_id)s has no metadata with key %(metadata_key)s."


class SnapshotMetadataNotFound(NotFound):
    msg_fmt = "Snapshot %(snapshot_id)s has no metadata with key %(metadata_key)s."


class VolumeAttachmentNotFound(NotFound):
    msg_fmt = "Volume attachment could not be found with filter: %(filter)s."


class VolumeInUseByServer(Conflict):
    msg_fmt = "Detach volume from instance %(instance_id)s using the Compute API"


class VolumeLimitExceeded(QuotaError):
    msg_fmt = "Maximum number of volumes allowed (%(allowed)d) exceeded for quota '%(name)s'."


class SnapshotLimitExceeded(QuotaError):
    msg_fmt = "Maximum number of snapshots allowed (%(allowed)d) exceeded"


class VolumeSizeExceedsAvailableQuota(QuotaError):
    msg_fmt = ("Requested volume or snapshot exceeds allowed %(name)s quota. Requested "
               "%(requested)sG, quota is %(quota)sG and %(consumed)sG has been consumed.")


class VolumeSizeExceedsLimit(QuotaError):
    msg_fmt = ("Requested volume size %(size)dG is larger than maximum allowed limit %(limit)dG.")


class InvalidVolume(Invalid):
    msg_fmt = "Invalid volume: %(reason)s"


class VolumeUnattached(Invalid):
    msg_fmt = "Volume %(volume_id)s is not attached to anything"


class InvalidDevicePath(Invalid):
    msg_fmt = "The supplied device path (%(path)s) is invalid."


class DevicePathInUse(Invalid):
    msg_fmt = "The supplied device path (%(path)s) is in use."
    code = 409


class InvalidBDM(Invalid):
    msg_fmt = "Block Device Mapping is Invalid."


class InvalidBDMSnapshot(InvalidBDM):
    msg_fmt = "Block Device Mapping is Invalid: failed to get snapshot %(id)s."


class InvalidBDMVolume(InvalidBDM):
    msg_fmt = "Block Device Mapping is Invalid: failed to get volume %(id)s."


class InvalidBDMVolumeNotBootable(InvalidBDM):
    msg_fmt = "Block Device %(id)s is not bootable."


class InvalidBDMImage(InvalidBDM):
    msg_fmt = "Block Device Mapping is Invalid: failed to get image %(id)s."


class InvalidBDMBootSequence(InvalidBDM):
    msg_fmt = ("Block Device Mapping is Invalid: Boot sequence for the instance and image/block "
               "device mapping combination is not valid.")


class InvalidBDMLocalsLimit(InvalidBDM):
    msg_fmt = ("Block Device Mapping is Invalid: You specified more local devices than the limit "
               "allows")


class InvalidBDMEphemeralSize(InvalidBDM):
    msg_fmt = "Ephemeral disks requested are larger than the instance type allows."


class InvalidBDMSwapSize(InvalidBDM):
    msg_fmt = "Swap drive requested is larger than instance type allows."


class InvalidBDMFormat(InvalidBDM):
    msg_fmt = "Block Device Mapping is Invalid: %(details)s"
