"""Makes a process green, before anything else is imported: blocking calls switch threads.

Everything but the service itself is written as if for ordinary threads; this is what makes it
cooperate. Processes that another WSGI server runs do without.
"""

import os
import warnings


def patch() -> None:
    """Replace the blocking parts of the standard library. Call it first of all."""
    os.environ.setdefault("EVENTLET_NO_GREENDNS", "yes")  # the system's resolver, and 50 ms less
    with warnings.catch_warnings():
        # That eventlet is on its way out is known, and is no news to whoever starts a service.
        warnings.simplefilter("ignore")
        import eventlet

        eventlet.monkey_patch(psycopg=False)  # minova/db sees to that where it is in use


def call_blocking(function) -> None:
    """Call what blocks the process in a thread of the system, while green threads go on.

    For what asks for it; what the standard library does is patched already.
    """
    from eventlet import tpool

    tpool.execute(function)
