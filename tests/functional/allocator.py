"""Clients that all want addresses and volumes: python -m tests.functional.allocator ...

Arguments: a database URL, the number of the first client, the number of clients, and what they share
as JSON: {"server": UUID, "volumes": [UUIDs]}. Each client works in a thread, through the whole API.

The process makes things and deletes them, makes them again, prints a line of JSON, {"won": {volume:
times}, "floating": number of addresses}, and deletes everything when it reads a line.
"""

import collections
import json
import sys
import tempfile
import threading
import traceback

from minova import compute, config
from minova.conf import CONF
from minova.db import engine
from minova.testing.client import Client

IMAGE = "70a599e0-31e7-49b7-b260-868f441e862b"
#: As many clients also attach a volume to the server that they share, which has names for 25.
SHARING = 20


class Worker:
    """One client: what it has, and how it gets and loses that."""

    def __init__(self, api: Client, number: int, shared: dict):
        self.api = api.as_user("demo", "blue")
        self.number = number
        self.shared = shared
        self.won: list[str] = []
        self.address: dict | None = None
        self.shares = False

    def ask(self, method: str, path: str, body=None, allowed=()):
        answer = self.api.request(method, path, body)
        if answer.status >= 300 and answer.status not in allowed:
            raise AssertionError(f"{method} {path}: {answer.status} {answer.text}")
        return answer

    def make(self) -> None:
        self.server = self.ask("POST", "/servers", {"server": {
            "name": f"s{self.number}", "imageRef": IMAGE, "flavorRef": "1"}}).json["server"]["id"]
        self.volumes = [self.ask("POST", "/os-volumes", {"volume": {"size": 1}})
                        .json["volume"]["id"] for _ in range(2)]
        self.attach(self.server, self.volumes[0])
        answer = self.ask("POST", "/os-floating-ips", {"pool": "scarce"}, allowed=(404,))
        if answer.status == 200:
            self.address = answer.json["floating_ip"]
            self.act(addFloatingIp={"address": self.address["ip"]})

    def contend(self) -> None:
        """Want what others want at the same time."""
        if self.number < SHARING:
            self.attach(self.shared["server"], self.volumes[1])
            self.shares = True
        self.won = [volume for volume in self.shared["volumes"]
                    if self.attach(self.server, volume, allowed=(400,)).status == 200]

    def attach(self, server: str, volume: str, **kwargs):
        return self.ask("POST", f"/servers/{server}/os-volume_attachments",
                        {"volumeAttachment": {"volumeId": volume}}, **kwargs)

    def detach(self, server: str, volume: str) -> None:
        self.ask("DELETE", f"/servers/{server}/os-volume_attachments/{volume}")

    def act(self, **body) -> None:
        self.ask("POST", f"/servers/{self.server}/action", body)

    def delete(self) -> None:
        """Give everything back: half of the clients in order, the others by deleting the server."""
        if self.number % 2:
            for volume in [self.volumes[0], *self.won]:
                self.detach(self.server, volume)
            if self.address:
                self.act(removeFloatingIp={"address": self.address["ip"]})
        if self.shares:
            self.detach(self.shared["server"], self.volumes[1])
        self.ask("DELETE", f"/servers/{self.server}")
        if self.address:
            self.ask("DELETE", f"/os-floating-ips/{self.address['id']}")
        for volume in self.volumes:
            self.ask("DELETE", f"/os-volumes/{volume}")
        self.won, self.address = [], None


def together(workers: list[Worker], *steps: str) -> None:
    """Every worker takes the steps, in a thread of its own."""
    failures = []

    def work(worker: Worker) -> None:
        try:
            for step in steps:
                getattr(worker, step)()
        except BaseException:
            failures.append(traceback.format_exc())

    threads = [threading.Thread(target=work, args=(worker,), daemon=True) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        sys.exit("\n".join(failures))


def main(url: str, first: str, count: str, shared: str) -> None:
    config.parse_args([], prog="minova-test", config_files=[], config_dirs=[])
    with tempfile.TemporaryDirectory() as state:
        for name, value, group in (
            ("state_path", state, None), ("mode", "inline", "work"), ("nodes", ["fake-mini"], "fake"),
            ("boot_seconds", 0.0, "fake"), ("action_seconds", 0.0, "fake"),
            ("sqlite_synchronous", False, "database"),
            # A server has only so many connections to give, and others want some too.
            ("max_pool_size", 5, "database"), ("max_overflow", 10, "database"),
        ):
            CONF.set_override(name, value, group)
        engine.configure(url)
        backend = compute.backend()
        backend.start()
        api = Client.load()
        workers = [Worker(api, int(first) + n, json.loads(shared)) for n in range(int(count))]
        # Threads are to run into each other.
        sys.setswitchinterval(1e-4)
        together(workers, "make", "delete", "make")
        together(workers, "contend")
        print(json.dumps({
            "won": collections.Counter(volume for worker in workers for volume in worker.won),
            "floating": sum(worker.address is not None for worker in workers)}), flush=True)
        sys.stdin.readline()
        together(workers, "delete")
        backend.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
