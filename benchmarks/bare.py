"""The yardstick: eventlet.wsgi with an application that does nothing but answer.

    python bare.py PORT ANSWER

ANSWER is a JSON file: {"status": "200 OK", "headers": [[name, value], ...], "body": "..."}. Every
request is answered with it, after its body has been read. Connections are prepared as minova does it.
"""

import json
import socket
import sys

import eventlet
import eventlet.wsgi


def main() -> None:
    port, path = sys.argv[1:]
    with open(path) as file:
        answer = json.load(file)
    status = answer["status"]
    headers = [tuple(header) for header in answer["headers"]]
    body = [answer["body"].encode()]

    def application(environ, start_response):
        if environ["REQUEST_METHOD"] in ("POST", "PUT"):
            environ["wsgi.input"].read()
        start_response(status, headers)
        return body

    listener = eventlet.listen(("127.0.0.1", int(port)), backlog=128)
    # Connections inherit it. Without it, a large answer takes 40 ms.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with open("/dev/null", "w") as null:
        eventlet.wsgi.server(listener, application, log=null, log_output=False, debug=False)


if __name__ == "__main__":
    main()
