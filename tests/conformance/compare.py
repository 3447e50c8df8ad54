"""compare.py RESULT: holds a result of the transcript player against expected_failures.txt.

RESULT is the file that its option --json writes. Exits with 1, and says which, when a transcript failed
that is not expected to, or passed that is.
"""

import json
import pathlib
import sys

EXPECTED = pathlib.Path(__file__).parent / "expected_failures.txt"


def expected_failures() -> set[str]:
    return {line.split()[0] for line in EXPECTED.read_text().splitlines()
            if line.strip() and not line.startswith("#")}


def main(path: str) -> int:
    transcripts = json.loads(pathlib.Path(path).read_text())["transcripts"]
    failed = {t["name"] for t in transcripts if not t["value"]}
    played = {t["name"] for t in transcripts}
    expected = expected_failures() & played
    for name in sorted(failed - expected):
        print(f"fails: {name}")
    for name in sorted(expected - failed):
        print(f"passes, take it out of {EXPECTED.name}: {name}")
    print(f"{len(played - failed)} of {len(played)} transcripts pass; "
          f"{len(expected)} were expected to fail")
    return int(failed != expected)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
