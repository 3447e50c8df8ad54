"""The HTTP server and the paste file."""

from oslo_config import cfg

paste_opts = [
    cfg.StrOpt(
        "api_paste_config",
        default="api-paste.ini",
        help="The paste file that says what is served. A relative name is looked for in the "
        "working directory, beside the configuration files, in ~/.minova, ~, /etc/minova and "
        "/etc, and last among the files that come with minova.",
    ),
]

server_opts = [
    cfg.BoolOpt(
        "wsgi_access_log",
        default=True,
        help="Write a line to the log for each request.",
    ),
    cfg.StrOpt(
        "wsgi_log_format",
        default='%(client_ip)s "%(request_line)s" status: %(status_code)s '
        "len: %(body_length)s time: %(wall_seconds).7f",
        sample_default='%(client_ip)s "%(request_line)s" status: %(status_code)s '
        "len: %(body_length)s time: %(wall_seconds).7f",
        help="That line. Known are client_ip, client_port, date_time, request_line, status_code, "
        "body_length (bytes) and wall_seconds.",
    ),
    cfg.IntOpt(
        "wsgi_default_pool_size",
        default=1000,
        min=1,
        mutable=True,
        help="Connections that a process serves at the same time; more have to wait.",
    ),
    cfg.IntOpt(
        "backlog",
        default=4096,
        min=1,
        help="Connections that the kernel keeps waiting per socket. (It cuts this to "
        "net.core.somaxconn.)",
    ),
    cfg.IntOpt(
        "max_header_line",
        default=16384,
        min=1024,
        help="Longest line of a request's header, in bytes. Tokens of keystone can be long.",
    ),
    cfg.IntOpt(
        "max_url_len",
        default=8192,
        min=256,
        help="Longest request line (method, URL and version), in bytes; beyond it: 414.",
    ),
    cfg.BoolOpt(
        "wsgi_keep_alive",
        default=True,
        help="Keep a connection open after a request, for the next one.",
    ),
    cfg.IntOpt(
        "client_socket_timeout",
        default=900,
        min=0,
        help="Seconds for which a connection may be silent before it is closed. 0: for ever.",
    ),
    cfg.IntOpt(
        "tcp_keepidle",
        default=600,
        min=1,
        help="Seconds of silence after which the kernel probes whether a client is still there.",
    ),
]

tls_opts = [
    cfg.StrOpt("ssl_cert_file", help="Certificate (chain) of the server, PEM."),
    cfg.StrOpt("ssl_key_file", help="Private key of the server, PEM."),
    cfg.StrOpt(
        "ssl_ca_file",
        help="Certificates of authorities, PEM. When set, clients must have a certificate of one.",
    ),
]

wsgi_opts = paste_opts + server_opts + tls_opts


def register_opts(conf: cfg.ConfigOpts) -> None:
    conf.register_opts(wsgi_opts)


def list_opts() -> dict[str, list[cfg.Opt]]:
    return {"DEFAULT": wsgi_opts}
