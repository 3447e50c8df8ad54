"""What hostile and careless clients send: hypothesis strategies made from the OpenAPI document.

Paths and bodies are those of `minova-manage openapi`, with something odd put in here and there: ids that
are none, numbers beyond every column, NUL, half surrogates, deep nests, bytes that are no UTF-8, JSON
that is no JSON.
"""

import dataclasses
import io
import json
import re

from hypothesis import strategies as st

VARIABLE = re.compile(r":\((\w+)\)|\{(\w+)[^}]*\}")
METHODS = ("GET", "POST", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS", "BREW")

ODD_TEXTS = ("", " ", "0", "-1", "1", "1.5", "1e400", "9" * 40, "-" + "9" * 40, "9" * 5000,
             "9223372036854775808", "2147483648", "0x10", "None", "null", "true", "NaN", "é", "\u202e",
             "😀", "a\0b", "\0", "%", "%00", "%zz", "*", "(", "[", "a{2", "\\", "'", '"', "'; --", "a" *
             256, "x" * 3000, "::1", "10.0.0.300", "2011-13-45T99:99:99Z",
             "00000000-0000-0000-0000-000000000000", "٣", "²", "１", "+1", " 1", "1_0", "../..", "a/b",
             "\n", "\x7f", "\ud800")
ODD_VALUES = (None, True, False, 0, -1, 1, 1.5, 2 ** 31, 2 ** 63, -2 ** 63 - 1, 10 ** 40, 1e300, [],
              {}, [[]], [None], {"a": None}, {"": ""}, {"server": {}}, "MAGIC:nan", "MAGIC:inf",
              "MAGIC:deep", *ODD_TEXTS)
QUERY_KEYS = ("limit", "marker", "offset", "page_size", "sort_key", "sort_dir", "status", "name",
              "flavor", "image", "host", "ip", "ip6", "fixed_ip", "changes-since", "deleted",
              "all_tenants", "tenant_id", "project_id", "user_id", "reservation_id", "uuid", "node",
              "minRam", "minDisk", "is_public", "start", "end", "detailed", "binary", "vm_state",
              "task_state", "power_state", "config_drive", "key_name", "metadata", "locked_by",
              "launched_at", "memory_mb", "vcpus", "length", "reverse", "hypervisor_hostname",
              "server", "type", "display_name", "availability_zone", "property-a", "format")
HEADERS = {
    "HTTP_X_AUTH_TOKEN": ("admin:admin", "admin:admin", "admin", "member:admin", "m:other", ":", "",
                          "a:b:c", "\xff\xfe", "\xc3\xa9:\xc3\xa9", "x" * 300),
    "HTTP_X_OPENSTACK_NOVA_API_VERSION": ("2.1", "2.3", "2.9", "2.12", "latest", "2.13", "", "x",
                                          "2." + "9" * 30, "\xb2.\xb2", "2.1, 2.2"),
    "CONTENT_TYPE": ("application/json", "application/json", "application/json; charset=utf-16",
                     "application/vnd.openstack.compute+json", "text/plain", "",
                     "multipart/form-data", "application/x-www-form-urlencoded", ";;", "\xff"),
    "HTTP_ACCEPT": ("application/json", "application/vnd.openstack.compute+json", "*/*;q=x", "\xff",
                    "application/vnd.openstack.compute+json;q=0, ,"),
    "HTTP_X_AUTH_USER": ("a", "\xff", "a\tb"),
    "HTTP_X_FORWARDED_FOR": ("1.2.3.4", "x, y", "\xff"),
    "HTTP_X_FORWARDED_PROTO": ("https", "x"),
    "HTTP_HOST": ("localhost", "[::1]:1", "a:b", "\xff", "x" * 300),
    "HTTP_COOKIE": ("a=b", "=;=\xff"),
    "HTTP_TRANSFER_ENCODING": ("chunked",),
}


@dataclasses.dataclass
class Request:
    """One request, as a WSGI server would hand it over."""

    method: str
    path: bytes
    query: str
    headers: dict[str, str]
    body: bytes

    def environ(self) -> dict:
        environ = {
            "REQUEST_METHOD": self.method, "SCRIPT_NAME": "", "QUERY_STRING": self.query,
            "PATH_INFO": self.path.decode("latin-1"), "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8774", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1",
            "wsgi.version": (1, 0), "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(self.body),
            "wsgi.errors": io.StringIO(), "wsgi.multithread": True, "wsgi.multiprocess": False,
            "wsgi.run_once": False, "HTTP_HOST": "127.0.0.1:8774", **self.headers}
        if "HTTP_TRANSFER_ENCODING" in environ:
            environ["wsgi.input_terminated"] = True
        else:
            environ["CONTENT_LENGTH"] = str(len(self.body))
        return environ


def encode(value) -> bytes:
    """JSON with everything that JSON as spoken in the wild has, and what it has not."""
    text = json.dumps(value)
    text = text.replace('"MAGIC:nan"', "NaN").replace('"MAGIC:inf"', "-Infinity")
    return text.replace('"MAGIC:deep"', "[" * 3000 + "]" * 3000).encode()


class API:
    """The strategies for one document."""

    def __init__(self, document: dict, things: dict[str, list[str]]):
        """`things` are the ids of what is there, by collection."""
        self.things = things
        self.known = sorted({known for ids in things.values() for known in ids})
        self.operations = [(path, method.upper(), operation)
                           for path, methods in sorted(document["paths"].items())
                           for method, operation in sorted(methods.items())]
        self._bodies: dict = {}

    def requests(self) -> st.SearchStrategy[Request]:
        return st.sampled_from(self.operations).flatmap(lambda found: self.to(*found))

    def to(self, path: str, method: str, operation: dict) -> st.SearchStrategy[Request]:
        """Requests to one operation, and some that miss it."""
        return st.builds(
            Request, method=_mostly(st.just(method), st.sampled_from(METHODS), 19),
            path=self._path(path), query=_query(self.known), headers=_headers(),
            body=self._body(operation))

    # ---- paths

    def _path(self, path: str) -> st.SearchStrategy[bytes]:
        parts, end = [], 0
        if not path.startswith("/{project_id}"):
            parts.append(st.sampled_from((b"", b"/admin")))
        for match in VARIABLE.finditer(path):
            parts += [st.just(path[end:match.start()].encode()),
                      self._variable(match[1] or match[2], path[:match.start()])]
            end = match.end()
        parts += [st.just(path[end:].encode()),
                  _mostly(st.just(b""), st.sampled_from((b".json", b".xml", b".txt", b"/1")), 9)]
        root = st.sampled_from((b"/v2.1", b"/v2.1", b"/v21", b"/v2", b"/v1.1"))
        usual = st.tuples(root, *parts).map(b"".join)
        broken = st.tuples(usual, st.integers(0, 80), st.binary(max_size=5)).map(
            lambda t: t[0][:t[1]] + t[2] + t[0][t[1]:])
        return _mostly(usual, broken, 19)

    def _variable(self, name: str, before: str) -> st.SearchStrategy[bytes]:
        odd = st.one_of(_encoded(st.sampled_from(ODD_TEXTS)), st.binary(max_size=12))
        if name == "project_id":
            return _mostly(st.just(b"admin"), odd, 19)
        there = self.things.get(before.rstrip("/").rpartition("/")[2], self.known)
        return _mostly(_encoded(st.sampled_from(there)),
                       st.one_of(odd, _encoded(st.sampled_from(self.known))), 3)

    # ---- bodies

    def _body(self, operation: dict) -> st.SearchStrategy[bytes]:
        key = operation["operationId"]
        if key not in self._bodies:
            self._bodies[key] = self._make_body(operation)
        return self._bodies[key]

    def _make_body(self, operation: dict) -> st.SearchStrategy[bytes]:
        values = [st.fixed_dictionaries({name: arbitrary_json()})
                  for name in operation.get("x-actions", ())]
        if "requestBody" in operation:
            schema = operation["requestBody"]["content"]["application/json"]["schema"]
            values.append(self.from_schema(schema))
        from_value = st.one_of(values or [arbitrary_json()])
        odd = st.tuples(from_value, st.integers(0, 50), st.sampled_from(ODD_VALUES)).map(
            lambda t: put(*t))
        raw = st.one_of(
            st.just(b""), st.binary(max_size=20), arbitrary_json().map(encode),
            st.sampled_from((b"{", b"null", b"\xef\xbb\xbf{}", b'{"a":"\\ud800"}', b'"\xff"',
                             b"[" * 100000, b'{"server":' * 5000, b" " * 114689)))
        return st.one_of(from_value.map(encode), odd.map(encode), odd.map(encode), raw)

    def from_schema(self, schema) -> st.SearchStrategy:
        """Values that a schema more or less allows."""
        if not isinstance(schema, dict):
            return arbitrary_json()
        if "enum" in schema:
            return st.sampled_from(list(schema["enum"]))
        for choice in ("oneOf", "anyOf", "allOf"):
            if choice in schema:
                return st.one_of([self.from_schema(s) for s in schema[choice]])
        kinds = schema.get("type", ())
        kinds = [kinds] if isinstance(kinds, str) else list(kinds)
        if "properties" in schema or "patternProperties" in schema:
            kinds = kinds or ["object"]
        return st.one_of([self._of_kind(kind, schema) for kind in kinds] or [arbitrary_json()])

    def _of_kind(self, kind: str, schema: dict) -> st.SearchStrategy:
        if kind == "object":
            properties = {k: self.from_schema(s) for k, s in schema.get("properties", {}).items()}
            required = {k: properties.pop(k, arbitrary_json()) for k in schema.get("required", ())}
            fixed = st.fixed_dictionaries(required, optional=properties)
            others = list(schema.get("patternProperties", {}).values())
            if not others:
                return fixed
            extra = st.dictionaries(st.sampled_from(("a", "key 2", "1", "é")),
                                    self.from_schema(others[0]), max_size=2)
            return st.tuples(fixed, extra).map(lambda pair: {**pair[1], **pair[0]})
        if kind == "array":
            return st.lists(self.from_schema(schema.get("items")), max_size=3)
        return {
            "integer": _mostly(st.integers(0, 10),
                               st.sampled_from((-1, 2 ** 31, 2 ** 63, 10 ** 30))),
            "number": st.sampled_from((0, 1, 1.5, -1, 1e300, 2 ** 63)),
            "boolean": st.booleans(),
            "null": st.none(),
            "string": st.one_of(st.sampled_from(self.known), st.sampled_from(self.known),
                                st.sampled_from(ODD_TEXTS), st.text(max_size=8)),
        }[kind]


def arbitrary_json() -> st.SearchStrategy:
    leaf = st.one_of(st.sampled_from(ODD_VALUES), st.text(max_size=8), st.integers())
    return st.recursive(leaf, lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(("id", "name", "host", "server", "uuid", "")), inner,
                        max_size=3)), max_leaves=5)


def put(value, where: int, odd):
    """`value` with the node number `where` (counted depth first) replaced by `odd`."""
    count = 0

    def walk(node):
        nonlocal count
        count += 1
        if count - 1 == where:
            return odd
        if isinstance(node, dict):
            return {key: walk(child) for key, child in node.items()}
        if isinstance(node, list):
            return [walk(child) for child in node]
        return node

    return walk(value)


def _encoded(texts: st.SearchStrategy[str]) -> st.SearchStrategy[bytes]:
    return texts.map(lambda text: text.encode("utf-8", "surrogatepass"))


def _query(known: list[str]) -> st.SearchStrategy[str]:
    value = st.one_of(st.sampled_from(known), st.sampled_from(ODD_TEXTS), st.text(max_size=5))
    quoted = value.map(_quote)
    pair = st.tuples(st.sampled_from(QUERY_KEYS), quoted).map("=".join)
    raw = st.sampled_from(
        ("%", "%zz=%zz", "=", "&&&", "limit", "a=%ff", "name=%00", "limit=%d9%a3"))
    return st.one_of(st.just(""), st.lists(_mostly(pair, raw, 9), max_size=4).map("&".join))


def query_of(keys, value: str) -> str:
    """A query that asks for `value` by each of the keys."""
    return "&".join(f"{key}={_quote(value)}" for key in keys)


def _quote(text: str) -> str:
    safe = b"abcdefghijklmnopqrstuvwxyz0123456789-.:"
    return "".join(chr(b) if b in safe else f"%{b:02x}"
                   for b in text.encode("utf-8", "surrogatepass"))


def _headers() -> st.SearchStrategy[dict[str, str]]:
    usual = {"HTTP_X_AUTH_TOKEN": "admin:admin", "CONTENT_TYPE": "application/json"}
    pairs = [(name, value) for name, values in HEADERS.items() for value in values]
    odd = st.lists(st.sampled_from(pairs), max_size=2).map(lambda found: usual | dict(found))
    version = st.sampled_from(("2.1", "2.5", "2.12", "latest")).map(
        lambda value: usual | {"HTTP_X_OPENSTACK_NOVA_API_VERSION": value})
    return st.one_of(st.just(usual), version, version, odd)


def _mostly(usual: st.SearchStrategy, odd: st.SearchStrategy, weight: int = 4) -> st.SearchStrategy:
    """`usual` in `weight` of `weight` + 1 cases."""
    return st.integers(0, weight).flatmap(lambda n: odd if n == 0 else usual)
