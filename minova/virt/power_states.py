"""Whether a server runs, as its hypervisor sees it: the numbers of Nova's API."""

NOSTATE = 0
RUNNING = 1
PAUSED = 3
SHUTDOWN = 4
CRASHED = 6
SUSPENDED = 7
