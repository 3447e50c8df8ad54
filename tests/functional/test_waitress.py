"""The same application under another WSGI server: threads, no eventlet, and work in the background."""

import importlib.util
import json
import os
import subprocess
import sys

import pytest

from tests.functional.processes import ROOT

SERVER = '''
import json, sys, threading, time, urllib.request
import waitress.server
from minova.cmd import wsgi

server = waitress.server.create_server(wsgi.init_application(), host="127.0.0.1", port=0, threads=8)
threading.Thread(target=server.run, daemon=True).start()
root = f"http://127.0.0.1:{server.effective_port}/v2.1"


def call(path, body=None):
    data = body and json.dumps(body).encode()
    request = urllib.request.Request(root + path, data, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        return answer.status, json.loads(answer.read())


created = []
def create(name):
    created.append(call("/servers", {"server": {
        "name": name, "flavorRef": "1", "imageRef": "5f0c7d1e-0a3b-4c52-9a51-c1220571e500"}}))

threads = [threading.Thread(target=create, args=(f"s{n}",)) for n in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert [status for status, _ in created] == [202] * 8, created
seen = set()
end = time.monotonic() + 30
while time.monotonic() < end:
    servers = call("/servers/detail")[1]["servers"]
    seen |= {server["status"] for server in servers}
    if all(server["status"] == "ACTIVE" for server in servers):
        break
    time.sleep(0.05)
addresses = {ip["addr"] for s in servers for ips in s["addresses"].values() for ip in ips}
print(json.dumps({"seen": sorted(seen), "servers": len(servers), "addresses": len(addresses),
                  "last": sorted({s["status"] for s in servers}),
                  "eventlet": "eventlet" in sys.modules}))
'''


def test_servers_are_built_under_waitress(tmp_path):
    if importlib.util.find_spec("waitress") is None:
        pytest.skip("waitress is not installed")
    config = tmp_path / "nova.conf"
    config.write_text(f"[DEFAULT]\nstate_path = {tmp_path}/state\n[fake]\nboot_seconds = 0.5\n")
    result = subprocess.run(
        [sys.executable, "-c", SERVER], cwd=tmp_path, capture_output=True, text=True, timeout=120,
        env={**os.environ, "OS_MINOVA_CONFIG_FILE": str(config), "PYTHONPATH": str(ROOT)})
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout) == {
        "seen": ["ACTIVE", "BUILD"], "servers": 8, "addresses": 8, "last": ["ACTIVE"],
        "eventlet": False}
