"""What minova may ask of a volume service: one abstract class per noun.

A context sees the volumes, snapshots and attachments of its project; an administrator finds all by
id, and lists those of the context's project unless all are asked for. Changes of state are atomic:
of several callers at most one succeeds.

Lists take these arguments besides `limit` and `offset`:

filters: a list of (key, operator, value); the operator is '=' (of a list of values: any of them),
    'like' (the text is somewhere in it), or for times gt, gte, lt, lte, eq, neq. The value for
    metadata is a dict of which everything must be there.
sort: a list of (key, 'asc' or 'desc'); without it the newest come first
marker: the id after which the list begins; MarkerNotFound is raised when the list has none such
all_projects: whether the things of other projects are listed too
"""

from minova.volume.contract.attachments import AttachmentAPI
from minova.volume.contract.quotas import QuotaAPI
from minova.volume.contract.snapshots import SnapshotAPI
from minova.volume.contract.types import TypeAPI
from minova.volume.contract.volumes import VolumeAPI

__all__ = ['API', 'AttachmentAPI', 'QuotaAPI', 'SnapshotAPI', 'TypeAPI', 'VolumeAPI']


class API(VolumeAPI, AttachmentAPI, SnapshotAPI, TypeAPI, QuotaAPI):
    """Everything about volumes."""
