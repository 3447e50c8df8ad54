"""What the documents name is there."""

import pathlib
import re

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document):
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", document.read_text()):
        if "://" not in target:
            assert (document.parent / target).exists(), target


def named_files() -> list[tuple[str, str]]:
    """(file, name) of everything of the form `path/to/file.py` or `path/to/file.py:Class.method`."""
    text = (ROOT / "docs" / "architecture.md").read_text()
    return re.findall(r"`([\w/.-]+\.(?:py|ini))(?::([\w.]+))?`", text)


@pytest.mark.parametrize("file, name", named_files())
def test_architecture_names_what_there_is(file, name):
    path = next((p for p in (ROOT / "minova" / file, ROOT / file) if p.exists()), None)
    assert path, f"{file} is not there"
    for part in name.split(".") if name else ():
        assert re.search(rf"^\s*(def|class) {part}\b", path.read_text(), re.M), (file, part)


def test_every_expected_failure_has_its_reason():
    text = (ROOT / "docs" / "differences.md").read_text()
    lines = (ROOT / "tests" / "conformance" / "expected_failures.txt").read_text().splitlines()
    names = [line.split()[0] for line in lines if line.strip() and not line.startswith("#")]
    assert names
    for name in names:
        assert f"`{name}`" in text, f"docs/differences.md says nothing about {name}"
