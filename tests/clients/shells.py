"""The command line clients, many commands in one process: what they need a second for is starting.

Run as a program, this module is that process: it calls the `main` that the console script calls, once for
each line of JSON on stdin, and writes what came of it as a line of JSON.
"""

import contextlib
import dataclasses
import importlib
import io
import json
import logging
import os
import shlex
import subprocess
import sys
import traceback

_MAINS = {"nova": "novaclient.shell", "openstack": "openstackclient.shell"}


def outside(**variables: str) -> dict[str, str]:
    """The environment of a client: that of the tests without what tells of another cloud, and `variables`."""
    here = {name: value for name, value in os.environ.items() if not name.startswith(("OS_", "NOVA_"))}
    return here | variables


@dataclasses.dataclass
class Output:
    command: str
    status: int
    stdout: str
    stderr: str


class Shell:
    """A command line client, as a context manager.

    :param variables: of the environment, which say where the cloud is and who logs in
    """

    def __init__(self, program: str, variables: dict[str, str]):
        self.program = program
        self._environment = outside(**variables)

    def __enter__(self) -> "Shell":
        self._process = subprocess.Popen(
            [sys.executable, __file__, self.program], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            # Without a terminal, what asks for a password reads it from stdin.
            env=self._environment, start_new_session=True, text=True)
        return self

    def __exit__(self, *exc_info) -> None:
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(10)

    def attempt(self, command: str, *words, stdin: str = "") -> Output:
        """Run one command: quoted as in a shell, then words as they are."""
        argv = [*shlex.split(command), *map(str, words)]
        self._process.stdin.write(json.dumps({"argv": argv, "stdin": stdin}) + "\n")
        self._process.stdin.flush()
        return Output(" ".join([self.program, *argv]), **json.loads(self._process.stdout.readline()))

    def __call__(self, command: str, *words, stdin: str = "") -> str:
        """Run a command that must work; what it printed."""
        output = self.attempt(command, *words, stdin=stdin)
        assert output.status == 0, f"{output.command}: {output.stderr or output.stdout}"
        return output.stdout

    def json(self, command: str, *words):
        """What a command says in JSON, of a program that can."""
        return json.loads(self(command, *words, "-f", "json"))

    def refused(self, command: str, *words) -> str:
        """Run a command that must not work; what it says about that."""
        output = self.attempt(command, *words)
        assert output.status != 0, f"{output.command}: {output.stdout}"
        return output.stderr


def _run(main, argv: list[str], stdin: str) -> dict:
    stdout, stderr = io.StringIO(), io.StringIO()
    sys.stdin = io.StringIO(stdin)
    with contextlib.redirect_stdout(stdout), contextlib.redirect_stderr(stderr):
        try:
            status = main(argv)
        except SystemExit as exit_:
            status = exit_.code
            if isinstance(status, str):
                stderr.write(status)
                status = 1
        except BaseException:
            status = 1
            traceback.print_exc()
    # Each run sets up its log anew, and adds to what the last one left.
    logging.getLogger().handlers.clear()
    return {"status": status or 0, "stdout": stdout.getvalue(), "stderr": stderr.getvalue()}


def serve(program: str) -> None:
    commands, answers = sys.stdin, sys.stdout
    main = importlib.import_module(_MAINS[program]).main
    for line in commands:
        answers.write(json.dumps(_run(main, **json.loads(line))) + "\n")
        answers.flush()


if __name__ == "__main__":
    sys.argv[0] = sys.argv[1]
    serve(sys.argv.pop(1))
