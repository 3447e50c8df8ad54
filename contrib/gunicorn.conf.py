"""minova under gunicorn, with threads instead of green ones:

    OS_MINOVA_CONFIG_FILE=/etc/minova/nova.conf gunicorn -c contrib/gunicorn.conf.py

With the embedded database keep to one worker; with PostgreSQL or MariaDB one per CPU.
"""

import os

wsgi_app = "minova.cmd.wsgi:init_application()"
bind = os.environ.get("MINOVA_BIND", "127.0.0.1:8774")
workers = int(os.environ.get("MINOVA_WORKERS", "1"))
worker_class = "gthread"
threads = 16
# The application is made in each worker: it has threads and connections, which no fork survives.
preload_app = False
# As [DEFAULT]graceful_shutdown_timeout, max_url_len and max_header_line.
graceful_timeout = 60
limit_request_line = 8190
limit_request_field_size = 16384
keepalive = 75
