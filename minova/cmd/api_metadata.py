"""minova-api-metadata: the metadata service alone, whatever enabled_apis says."""

from minova.cmd import green


def main() -> int:
    """Serve until told to stop. Return the exit status."""
    green.patch()
    from minova.cmd import serve

    return serve.main("minova-api-metadata", only=["metadata"])
