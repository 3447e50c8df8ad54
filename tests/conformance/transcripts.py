"""Plays the recorded transcripts against the API in this process, each over a database of its own.

The transcripts and the program that plays them are not part of minova: they are looked for where
MINOVA_CONFORMANCE says, or in ../shared/conformance beside the source tree.
"""

import importlib.util
import os
from pathlib import Path

import webob

ROOT = Path(__file__).resolve().parent.parent.parent
HOME = Path(os.environ.get("MINOVA_CONFORMANCE") or ROOT.parent / "shared" / "conformance")


def load_replay():
    """The module replay.py, or None where there is none."""
    path = HOME / "replay.py"
    if not path.exists():
        return None
    spec = importlib.util.spec_from_file_location("replay", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


replay = load_replay()


def find() -> list[dict]:
    """All transcripts."""
    return replay.find_transcripts([str(HOME)]) if replay else []


class InProcessServer(replay.Server if replay else object):
    """What replay() sends requests to: a WSGI application instead of a socket."""

    def __init__(self, app):
        super().__init__("http://127.0.0.1:8774/v2.1")
        self.app = app

    def send(self, exchange, path, body):
        headers = {"Accept": "application/json"}
        data = None
        if body is not None:
            if isinstance(body, dict) and set(body) == {"raw"}:
                data = body["raw"].encode()
            else:
                data = replay.json.dumps(body).encode()
            headers["Content-Type"] = "application/json"
        if exchange.get("auth"):
            headers["X-Auth-Token"] = exchange["auth"]
        headers.update(exchange.get("headers") or {})
        request = webob.Request.blank(
            self.url_path(path, exchange.get("auth")), base_url=f"http://{self.host}:{self.port}",
            method=exchange["method"])
        # Not through the attributes of webob's request, which make sense of what they are given.
        for name, value in headers.items():
            key = name.upper().replace("-", "_")
            # Servers strip the blanks around a value.
            request.environ[key if key == "CONTENT_TYPE" else f"HTTP_{key}"] = value.strip()
        if data is not None:
            request.environ["wsgi.input"] = replay_input(data)
            request.environ["CONTENT_LENGTH"] = str(len(data))
        response = request.get_response(self.app)
        return response.status_int, dict(response.headers), replay.parse_body(response.body)


def replay_input(data: bytes):
    """A body as WSGI servers hand it over."""
    import io
    return io.BytesIO(data)


def play(transcript: dict, app) -> list[str]:
    """Every difference between what was recorded and what `app` answers; none if it passes."""
    fixtures = replay.load_fixtures(str(HOME / "preconditions.json"))
    results = replay.replay(transcript, InProcessServer(app), fixtures)
    return [f"#{n} {r['method']} {r['path']}: {d}"
            for n, r in enumerate(results) for d in r["diffs"]]
