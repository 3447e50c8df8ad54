"""What is called in each process that serves when it begins, when it ends, and on SIGHUP.

Whoever has something to do then appends a function without arguments before the service starts.
"""

from collections.abc import Callable

#: After the fork, before the first request.
on_worker_start: list[Callable[[], None]] = []
#: After the last answer.
on_worker_stop: list[Callable[[], None]] = []
#: After the options have been read again; in the parent of the workers, too.
on_reload: list[Callable[[], None]] = []
