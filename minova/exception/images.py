"""Images: what the image service does not do, and why."""

from minova.exception.base import Conflict, Forbidden, Invalid, MinovaException, NotFound


class ImageNotFound(NotFound):
    msg_fmt = "Image %(image_id)s could not be found."


class ImageNotAuthorized(Forbidden):
    msg_fmt = "Not authorized for image %(image_id)s."


class ImageProtected(ImageNotAuthorized):
    msg_fmt = "Image %(image_id)s is protected and cannot be deleted."


class ImageDeactivated(ImageNotAuthorized):
    msg_fmt = "The requested image has been deactivated. Image data download is forbidden."


class ImageExists(Conflict):
    msg_fmt = "Image %(image_id)s already exists."


class ImageChanged(Conflict):
    msg_fmt = "Image %(image_id)s was changed by somebody else."


class ImageStatusConflict(Conflict):
    msg_fmt = "Image status transition from %(current)s to %(wanted)s is not allowed"


class ImageNotStaged(Conflict):
    msg_fmt = "Image needs to be staged before 'glance-direct' method can be used"


class InvalidImageQuery(Invalid):
    msg_fmt = "%(reason)s"


class ImageNotActive(Invalid):
    msg_fmt = "Image %(image_id)s is not active."


class ImageFormatMissing(Invalid):
    msg_fmt = "%(missing)s must be set prior to saving data."


class ImageContentIncomplete(Invalid):
    msg_fmt = "The data of image %(image_id)s ended before it was complete."


class ImageTooLarge(MinovaException):
    msg_fmt = "The incoming image is too large: the limit is %(limit)d bytes."
    code = 413


class ImageStorageFull(MinovaException):
    msg_fmt = "Image storage media is full: %(reason)s"
    code = 413


class ImageGone(MinovaException):
    msg_fmt = ("Image %(image_id)s could not be found after upload. The image may have been deleted "
               "during the upload.")
    code = 410


class ImageTagNotFound(NotFound):
    msg_fmt = "Image %(image_id)s has no tag %(tag)s."


class ImageNotShared(Forbidden):
    msg_fmt = "Only shared images have members."


class ImageMemberNotFound(NotFound):
    msg_fmt = "%(member)s not found in the member list of the image %(image_id)s."


class ImageMemberExists(Conflict):
    msg_fmt = "Member %(member)s is duplicated for image %(image_id)s"


class ImageMemberLimitExceeded(MinovaException):
    msg_fmt = ("Image member limit exceeded for image %(image_id)s: there may be %(maximum)d.")
    code = 413


