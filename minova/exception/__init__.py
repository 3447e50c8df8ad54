"""What can go wrong, in the words the client sees.

Every exception that may reach a client carries its whole message: the API maps the class to a status
code and passes the text on. Nothing here knows HTTP beyond the customary `code`. One module per subject;
everybody else says `from minova import exception`, and `exception.InstanceNotFound`; Neutron's
names are Nova's too, so those are `exception.neutron.NetworkNotFound`.
"""

from minova.exception import neutron  # noqa: F401
from minova.exception.base import *  # noqa: F403
from minova.exception.clouds import *  # noqa: F403
from minova.exception.hosts import *  # noqa: F403
from minova.exception.identity import *  # noqa: F403
from minova.exception.images import *  # noqa: F403
from minova.exception.networks import *  # noqa: F403
from minova.exception.quotas import *  # noqa: F403
from minova.exception.request import *  # noqa: F403
from minova.exception.servers import *  # noqa: F403
from minova.exception.startup import *  # noqa: F403
from minova.exception.things import *  # noqa: F403
from minova.exception.volumes import *  # noqa: F403
