"""What all exceptions have in common, and the families that the API turns into status codes."""


class MinovaException(Exception):
    """Base of all of minova's own exceptions.

    A subclass sets `msg_fmt`, a %-format filled from the keyword arguments, and `code`, the HTTP status
    that fits when nobody has a better idea. An explicit `message` wins over the format.
    """

    msg_fmt = "An unknown exception occurred."
    code = 500
    headers: dict[str, str] = {}

    def __init__(self, message: str | None = None, **kwargs):
        self.kwargs = kwargs
        super().__init__(self.msg_fmt % kwargs if message is None else message)

    @property
    def message(self) -> str:
        return self.args[0]

    def format_message(self) -> str:
        """The text for the client (the name extensions written for Nova expect)."""
        return self.args[0]


class Invalid(MinovaException):
    msg_fmt = "Bad Request - Invalid Parameters"
    code = 400


class Forbidden(MinovaException):
    msg_fmt = "Forbidden"
    code = 403


class NotFound(MinovaException):
    msg_fmt = "Resource could not be found."
    code = 404


class Conflict(MinovaException):
    msg_fmt = "Conflict"
    code = 409
