"""The database. Names of options are those of oslo.db."""

from oslo_config import cfg

database_group = cfg.OptGroup("database", title="Database")

database_opts = [
    cfg.StrOpt(
        "connection",
        secret=True,
        help="URL of the database, as SQLAlchemy writes it: postgresql+psycopg2://user:password@"
        "host/minova or mysql+pymysql://user:password@host/minova. Such a database is prepared "
        "by `minova-manage db sync`. Unset: the embedded database, an SQLite file below "
        "state_path that is made and kept up to date by the service itself.",
    ),
    cfg.IntOpt(
        "max_pool_size",
        default=10,
        min=1,
        help="Connections to the database that a process has at most, and keeps open. Whoever needs "
        "one more waits. All workers together must stay below what the database allows, which is "
        "100 with PostgreSQL's defaults.",
    ),
    cfg.IntOpt(
        "max_overflow",
        default=0,
        min=0,
        help="Connections that a process may open on top of max_pool_size. They are closed after "
        "each use, and to open one takes longer than to wait for one.",
    ),
    cfg.IntOpt(
        "pool_timeout",
        default=30,
        min=1,
        help="Seconds to wait for a free connection before the request fails.",
    ),
    cfg.IntOpt(
        "connection_recycle_time",
        default=3600,
        min=-1,
        help="Seconds after which an idle connection is replaced when it is next needed. "
        "-1: never.",
    ),
    cfg.IntOpt(
        "db_max_retries",
        default=20,
        min=0,
        help="How often a transaction is tried again after a deadlock or a lost connection.",
    ),
    cfg.BoolOpt(
        "sqlite_synchronous",
        default=True,
        help="SQLite only: wait, before a request is answered, until what it wrote has reached the "
        "disk. Without, answers are faster, and a crash of the machine may lose the last of them.",
    ),
]


def register_opts(conf: cfg.ConfigOpts) -> None:
    conf.register_group(database_group)
    conf.register_opts(database_opts, group=database_group)


def list_opts() -> dict[str, list[cfg.Opt]]:
    return {"database": database_opts}
