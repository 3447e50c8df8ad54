"""Every recorded transcript passes at value level, except for those of expected_failures.txt.

That list is strict: a transcript that is in it and passes fails the test, so it can only shrink.
"""

from pathlib import Path

import pytest

from tests.conformance import transcripts

_LIST = Path(__file__).parent / "expected_failures.txt"
EXPECTED_FAILURES = {
    line.split()[0] for line in _LIST.read_text().splitlines()
    if line.strip() and not line.startswith("#")}
TRANSCRIPTS = {t["name"]: t for t in transcripts.find()}


@pytest.mark.skipif(not TRANSCRIPTS, reason="the transcripts are not there")
@pytest.mark.parametrize("name", sorted(TRANSCRIPTS))
def test_transcript(name, client):
    differences = transcripts.play(TRANSCRIPTS[name], client.app)
    if name in EXPECTED_FAILURES:
        assert differences, f"{name} passes: take it out of {_LIST.name}"
        pytest.xfail(differences[0])
    assert not differences, "\n".join(differences)


@pytest.mark.skipif(not TRANSCRIPTS, reason="the transcripts are not there")
def test_the_list_names_transcripts():
    assert EXPECTED_FAILURES <= set(TRANSCRIPTS)
