"""What needs eventlet is tested in processes of their own: to import it changes what is imported after it."""

import pathlib
import subprocess
import sys

import pytest

FOLDER = pathlib.Path(__file__).parent / "green"
FILES = sorted(path.name for path in FOLDER.glob("[!_]*.py"))


@pytest.mark.parametrize("name", FILES)
def test_green(name):
    result = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(FOLDER / name)],
        cwd=FOLDER.parents[2], capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr
