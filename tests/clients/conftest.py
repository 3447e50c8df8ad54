"""What the tests of clients stand on: one cloud for all of them, and shells that are logged in."""

import itertools
from collections.abc import Callable, Iterator

import pytest

from tests.clients.cloud import Cloud
from tests.clients.shells import Shell

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    with Cloud(tmp_path_factory.mktemp("cloud")) as cloud:
        yield cloud
    # Whatever clients have asked for.
    assert "Traceback" not in cloud.log


@pytest.fixture
def name() -> str:
    """A name that nothing else in the cloud has."""
    return f"web-{next(_numbers)}"


@pytest.fixture
def new() -> Callable[[str], str]:
    """More such names, for things of a kind."""
    return lambda kind: f"{kind}-{next(_numbers)}"


@pytest.fixture(scope="module")
def openstack(cloud: Cloud) -> Iterator[Shell]:
    """`openstack`, as the user demo."""
    with Shell("openstack", cloud.environment("demo")) as shell:
        yield shell


@pytest.fixture(scope="module")
def admin(cloud: Cloud) -> Iterator[Shell]:
    """`openstack`, as the administrator."""
    with Shell("openstack", cloud.environment("admin")) as shell:
        yield shell
