"""docs/extensions.md shows the example as it is."""

import importlib.util
import pathlib
import re

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
_spec = importlib.util.spec_from_file_location('snippets', ROOT / 'tools' / 'snippets.py')
snippets = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(snippets)

WALK = ROOT / 'docs' / 'extensions.md'


def test_snippets_are_current():
    text = WALK.read_text('utf-8')
    assert snippets.renew(text) == text, 'run tools/snippets.py docs/extensions.md'


def test_every_block_of_code_has_its_source():
    text = WALK.read_text('utf-8')
    blocks = re.findall(r'^(.*)\n```\w+$', text, re.MULTILINE)
    assert len(blocks) > 10
    assert [line for line in blocks if not line.startswith('<!-- from examples/minova-notes/')] == []


def test_a_stale_snippet_is_found_and_renewed(tmp_path, capsys):
    stale = tmp_path / 'stale.md'
    stale.write_text(WALK.read_text('utf-8').replace("'Tear a note off.'", "'Burn it.'"))
    assert snippets.main(['--check', str(stale)]) == 1
    assert 'is not as its sources' in capsys.readouterr().out
    assert snippets.main([str(stale)]) == 0
    assert stale.read_text('utf-8') == WALK.read_text('utf-8')


@pytest.mark.parametrize('path, name', [
    ('examples/minova-notes/minova_notes/api.py', 'NotesController.nosuch'),
    ('examples/minova-notes/setup.cfg', 'nosuch')])
def test_a_source_that_is_gone(path, name):
    with pytest.raises(LookupError, match='nosuch'):
        snippets.source(path, name)
