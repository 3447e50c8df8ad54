"""What docs/clients.md says of a client is run as it stands there."""

import os
import pathlib
import re
import subprocess
import sys

from tests.clients.shells import outside
from tests.functional.processes import ROOT

PAGE = ROOT / "docs" / "clients.md"
_AS_DOCUMENTED = "http://127.0.0.1:5000"


def block(client: str, language: str) -> str:
    """The code in one language that the section about a client shows."""
    section = re.search(rf"^## {re.escape(client)}$(.*?)(?=^## |\Z)", PAGE.read_text(), re.M | re.S)[1]
    found, = re.findall(rf"^```{language}$(.*?)^```$", section, re.M | re.S)
    return found


def run(client: str, language: str, cloud) -> str:
    """Run that code; what it printed. Only where the cloud is differs from what the document says."""
    code = block(client, language).replace(_AS_DOCUMENTED, cloud.auth_url.removesuffix("/v3"))
    interpreter = {"python": [sys.executable, "-c"], "sh": ["bash", "-e", "-c"]}[language]
    scripts = pathlib.Path(sys.executable).parent
    ran = subprocess.run([*interpreter, code], capture_output=True, text=True, timeout=120, env=outside(
        PATH=f"{scripts}{os.pathsep}{os.environ['PATH']}", HOME=str(cloud.path),
        MINOVA_CLOUD_STATE=str(cloud.path), OS_CLIENT_CONFIG_FILE=cloud.clouds_yaml))
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout
