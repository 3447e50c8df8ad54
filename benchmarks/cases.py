"""The requests that are measured."""

import json

import population

PROJECT = "bench"
NAME = "bench-created"


class Case:
    """A kind of request. `once` makes a list of requests that can each be sent a single time."""

    def __init__(self, name: str, method: str, path: str, body=None, status: int = 200, once=None):
        self.name = name
        self.status = status
        self._once = once
        self._text = None if once else request(method, path, body)

    @property
    def is_once(self) -> bool:
        return self._once is not None

    def requests(self) -> list[str]:
        return self._once() if self._once else [self._text]


def request(method: str, path: str, body=None) -> str:
    lines = [f"{method} /v2.1{path} HTTP/1.1", "Host: 127.0.0.1:8774", "Accept: application/json",
             "User-Agent: python-novaclient", f"X-Auth-Token: admin:{PROJECT}"]
    text = ""
    if body is not None:
        text = json.dumps(body)
        lines += ["Content-Type: application/json", f"Content-Length: {len(text)}"]
    return "\r\n".join(lines) + "\r\n\r\n" + text


def new_server(name: str, **values) -> dict:
    """The body of a request for a server."""
    return {"server": {"name": name, "imageRef": population.IMAGE, "flavorRef": "1"} | values}


def first_server() -> str:
    """The request for the server that the others are copies of."""
    return request("POST", f"/{PROJECT}/servers",
                   new_server("first", metadata={"role": "web", "owner": "somebody"}))


def of_requests(server_id: str) -> list[Case]:
    """Every kind of request, to one server and to lists; the last two make servers and delete them."""
    servers = f"/{PROJECT}/servers"

    def deletes() -> list[str]:
        return [request("DELETE", f"{servers}/{uuid}") for uuid in population.named(NAME)]

    return [
        Case("version root", "GET", "/"),
        Case("limits", "GET", f"/{PROJECT}/limits"),
        Case("flavors/detail", "GET", f"/{PROJECT}/flavors/detail"),
        Case("servers/{id}", "GET", f"{servers}/{server_id}"),
        Case("servers?limit=20", "GET", f"{servers}?limit=20"),
        Case("servers/detail?limit=20", "GET", f"{servers}/detail?limit=20"),
        Case("servers/detail?limit=100", "GET", f"{servers}/detail?limit=100"),
        Case("servers/detail?limit=1000", "GET", f"{servers}/detail?limit=1000"),
        Case("servers/{id}: 404", "GET", f"{servers}/{server_id[:-1]}x", status=404),
        Case("POST servers: 400", "POST", servers, {"server": {"name": ""}}, 400),
        Case("POST action lock", "POST", f"{servers}/{server_id}/action", {"lock": None}, 202),
        Case("POST servers", "POST", servers, new_server(NAME), 202),
        Case("DELETE servers/{id}", "DELETE", "", status=204, once=deletes),
    ]


def of_pages(middle: str) -> list[Case]:
    """Pages of 20 in detail; `middle` is the id of the server that the middle page comes after."""
    detail = f"/{PROJECT}/servers/detail?limit=20"
    return [
        Case("first page", "GET", detail),
        Case("middle page", "GET", f"{detail}&marker={middle}"),
        Case("status: all are", "GET", f"{detail}&status=ACTIVE"),
        Case("status: 1 in 20 is", "GET", f"{detail}&status=SHUTOFF"),
        Case("name: 1 in 10 has it", "GET", f"{detail}&name=7$"),
        Case("name: one has it", "GET", f"{detail}&name=^server-500$"),
        Case("host: 1 in 4 is there", "GET", f"{detail}&host=compute2"),
        Case("all tenants", "GET", f"{detail}&all_tenants=1"),
        Case("all tenants, middle page", "GET", f"{detail}&all_tenants=1&marker={middle}"),
    ]
