"""minova-api-os-compute: the compute API alone, whatever enabled_apis says."""

from minova.cmd import green


def main() -> int:
    """Serve until told to stop. Return the exit status."""
    green.patch()
    from minova.cmd import serve

    return serve.main("minova-api-os-compute", only=["osapi_compute"])
