"""The client of minova.testing, under the name that minova's own tests know it by."""

from minova.testing.client import Answer, Client

__all__ = ("Answer", "Client")
