"""The options of all tests: what the conformance transcripts find before them."""

from pathlib import Path

import pytest

FIXTURES = Path(__file__).parent / "conformance" / "fixtures.yaml"


@pytest.fixture(scope="session")
def minova_options() -> dict:
    # Here, and nowhere deeper: a session has one configuration, made of what the first test that asks finds.
    return {"fixtures_file": str(FIXTURES), "fake.nodes": ["fake-mini"]}
