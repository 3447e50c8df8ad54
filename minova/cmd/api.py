"""minova-api: every API of enabled_apis, in one command."""

from minova.cmd import green


def main() -> int:
    """Serve until told to stop. Return the exit status."""
    green.patch()
    from minova.cmd import serve

    return serve.main("minova-api")
