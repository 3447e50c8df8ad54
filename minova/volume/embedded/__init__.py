"""The embedded volume service: volumes are rows of minova's own database, and have no content.

Nothing has to be copied, so a volume is available in the moment in which it is made.
"""

from minova.volume import contract
from minova.volume.embedded.attachments import AttachmentMixin
from minova.volume.embedded.quotas import QuotaMixin
from minova.volume.embedded.snapshots import SnapshotMixin
from minova.volume.embedded.types import TypeMixin
from minova.volume.embedded.volumes import VolumeMixin


class API(VolumeMixin, AttachmentMixin, SnapshotMixin, TypeMixin, QuotaMixin, contract.API):
    """Volumes, attachments, snapshots, types and quotas."""
