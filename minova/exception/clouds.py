"""What only some clouds have, and what only administrators see."""

from minova.exception.base import Conflict, Forbidden, Invalid, MinovaException, NotFound


class FeatureNotSupported(MinovaException):
    msg_fmt = "The requested functionality is not supported."
    code = 501


class CloudWasReset(MinovaException):
    """No NotFound: what that may be taken for, and does not matter, this is not and does."""

    msg_fmt = "The cloud was reset while this was under way."
    code = 404


class CannotReset(Conflict):
    msg_fmt = "The cloud cannot be put back to how it began: %(reason)s."


class FpingNotFound(MinovaException):
    msg_fmt = "fping utility is not found."
    code = 503


class AgentBuildNotFound(NotFound):
    msg_fmt = "No agent-build associated with id %(id)s."


class AgentBuildExists(Conflict):
    msg_fmt = ("Agent-build with hypervisor %(hypervisor)s os %(os)s architecture %(architecture)s "
               "exists.")


class NodeNotFound(NotFound):
    msg_fmt = "Node %(node_id)s could not be found."


class CellNotFound(NotFound):
    msg_fmt = "Cell %(cell_name)s doesn't exist."


class CellExists(Invalid):
    msg_fmt = "Cell with name %(name)s already exists."


class CellsUpdateUnsupported(Forbidden):
    msg_fmt = "Cannot update cells configuration file."
