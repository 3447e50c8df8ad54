from tests.functional.conftest import *  # noqa: F403
