"""A client of the API in this process: a request is a call, and nothing is mocked."""

import dataclasses

import webob

from minova import jsonutils, wsgi


@dataclasses.dataclass
class Answer:
    """What came back; `json` is None when there was no JSON body."""

    status: int
    headers: dict
    json: dict | list | None
    text: str

    def __iter__(self):
        return iter((self.status, self.headers, self.json))

    @property
    def message(self) -> str:
        """The message of an error in Nova's form."""
        return next(iter(self.json.values()))["message"]


class Client:
    """Sends requests through the whole paste pipeline, without a socket."""

    def __init__(self, app, root: str = "/v2.1", user: str = "admin", project: str = "admin"):
        self.app = app
        self.root = root
        self.user = user
        self.project = project

    @classmethod
    def load(cls) -> "Client":
        return cls(wsgi.Loader().load_app("osapi_compute"))

    def as_user(self, user: str, project: str | None = None) -> "Client":
        """The same API for somebody else."""
        return Client(self.app, self.root, user, project or self.project)

    def request(self, method: str, path: str, body=None, *, user: str | None = None,
                project: str | None = None, version: str | None = None,
                headers: dict | None = None, root: str | None = None) -> Answer:
        """`path` is relative to the project; `body` is JSON data, or bytes, sent as they are."""
        user, project = user or self.user, project or self.project
        headers = {"X-Auth-Token": f"{user}:{project}", **(headers or {})}
        if version:
            headers["X-OpenStack-Nova-API-Version"] = version
        url = f"{self.root if root is None else root}/{project}{path}"
        request = webob.Request.blank(url, method=method, headers=headers)
        if body is not None:
            request.body = body if isinstance(body, bytes) else jsonutils.dump_as_bytes(body)
            request.headers.setdefault("Content-Type", "application/json")
            if not request.headers["Content-Type"]:
                request.headers["Content-Type"] = "application/json"
        response = request.get_response(self.app)
        is_json = (response.content_type or "").endswith("json") and response.body
        return Answer(response.status_int, dict(response.headers),
                      jsonutils.loads(response.body) if is_json else None, response.text)

    def boot(self, **values) -> dict:
        """Create a server and return it as the API shows it then.

        `values` are fields of the request beside name, imageRef and flavorRef, or instead of them;
        by default it is made of the first image and the smallest flavor. Raises AssertionError when
        the request is refused.
        """
        if "imageRef" not in values:
            values["imageRef"] = self.get("/images").json["images"][0]["id"]
        answer = self.post("/servers", {"server": {"name": "web", "flavorRef": "1"} | values})
        assert answer.status == 202, answer.text
        return self.get(f"/servers/{answer.json['server']['id']}").json["server"]

    def get(self, path: str, **kwargs) -> Answer:
        return self.request("GET", path, **kwargs)

    def post(self, path: str, body=None, **kwargs) -> Answer:
        return self.request("POST", path, body, **kwargs)

    def put(self, path: str, body=None, **kwargs) -> Answer:
        return self.request("PUT", path, body, **kwargs)

    def delete(self, path: str, **kwargs) -> Answer:
        return self.request("DELETE", path, **kwargs)
