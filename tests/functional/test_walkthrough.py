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


def expected(text: str) -> str:
    """A pattern for what README says comes out: ids, ports and addresses are those of the moment."""
    pattern = re.escape(text.strip())
    for value, wanted in ((r"[0-9a-f]{8}(\\-[0-9a-f]{4}){3}\\-[0-9a-f]{12}", "[0-9a-f-]{36}"),
                          (r"([0-9a-f]{2}:){5}[0-9a-f]{2}", "[0-9a-f:]{17}"),
                          (r"10\\\.\d+\\\.\d+\\\.\d+", r"10\.[0-9.]+"),
                          (r"127\\\.0\\\.0\\\.1:8774", r"127\.0\.0\.1:\d+"),
                          (r"\\\.\\\.\\\.", ".*?")):
        pattern = re.sub(value, lambda _match, wanted=wanted: wanted, pattern)
    return pattern


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not installed")
def test_curl(service):
    """What comes out is what README shows, block by block."""
    heading, mark = "Five minutes with curl", "==== the next block ===="
    section = re.search(rf"^## {heading}$(.*?)(?=^## )", README, re.M | re.S)[1]
    found = re.findall(r"^```sh\n(.*?)^```\n(?:```text\n(.*?)^```$)?", section, re.M | re.S)
    assert len(found) == 4
    out = run(["bash", "-euo", "pipefail", "-c"],
              "".join(f"{code}\necho; echo '{mark}'\n" for code, _shown in found), service)
    for (_code, shown), really in zip(found, out.replace("\r", "").split(mark), strict=False):
        # curl ends no line that the server has not ended.
        really, shown = (re.sub(r"\}\n*(\{\"|HTTP)", r"}\n\1", text) for text in (really, shown))
        assert re.match(r"\s*" + expected(shown) + (r"\s*" if shown.rstrip()[-1] == "}" else ""),
                        really, re.S), (shown, really)


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
