"""README's walk-through, executed as it stands there, against a service on embedded defaults.

What is run are the code blocks under the headings named below; only the address is replaced by
that of the service under test.
"""

import importlib.util
import re
import shutil
import subprocess
import sys

import pytest

from tests.functional.processes import DEADLINE, ROOT, Process

README = (ROOT / "README.md").read_text()
ADDRESS = "http://127.0.0.1:8774"


def blocks(heading: str, language: str) -> str:
    """All code in `language` under `heading`."""
    section = re.search(rf"^## {re.escape(heading)}$(.*?)(?=^## |\Z)", README, re.M | re.S)[1]
    code = "".join(re.findall(rf"^```{language}\n(.*?)^```$", section, re.M | re.S))
    assert ADDRESS in code
    return code


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    with Process(tmp_path_factory.mktemp("walkthrough")) as process:
        yield process
        assert "Traceback" not in process.output
        assert process.stop() == 0


def run(command: list[str], code: str, process: Process) -> str:
    """The standard output of `code` as read by `command`."""
    code = code.replace(ADDRESS, f"http://127.0.0.1:{process.port}")
    result = subprocess.run([*command, code], cwd=process.folder, capture_output=True, text=True,
                            timeout=2 * DEADLINE)
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_the_first_answer_on_a_fresh_service(service):
    assert service.get("/v21/servers/detail") == (200, b'{"servers":[]}')


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not installed")
def test_curl(service):
    code = blocks("Five minutes with curl", "sh")
    out = run(["bash", "-euo", "pipefail", "-c"], code, service)
    assert '"name":"m1.tiny"' in out
    assert '"name":"cirros"' in out
    assert '"status": "ACTIVE"' in out              # shown
    assert out.count('"name":"first"') >= 3         # the last wait, and both lists
    assert '"totalInstancesUsed":1' in out
    assert "'flavorRef' is a required property" in out
    assert "HTTP/1.1 204" in out
    assert '"itemNotFound"' in out


def test_novaclient(service):
    if importlib.util.find_spec("novaclient") is None:
        pytest.skip("python-novaclient is not installed")
    out = run([sys.executable, "-c"], blocks("With python-novaclient", "python"), service)
    state, names = out.splitlines()
    assert re.fullmatch(r"ACTIVE .*'private', \['10\.[\d.]+'\].*", state)
    assert names == "['second']"


def test_openstacksdk(service):
    if importlib.util.find_spec("openstack") is None:
        pytest.skip("openstacksdk is not installed")
    out = run([sys.executable, "-c"], blocks("With openstacksdk", "python"), service)
    state, names = out.splitlines()
    assert re.fullmatch(r"ACTIVE .*'addr': '10\.[\d.]+'.*", state)
    assert names == "['third']"
