"""Reads the configuration and sets up the log: what every console script does first."""

import logging
from collections.abc import Sequence

from oslo_config import cfg
from oslo_log import log

from minova import log_format, version
from minova.conf import CONF

_was_read = False
_QUIET = ["alembic=WARN", "keystonemiddleware=WARN", "routes.middleware=WARN"]


def parse_args(
    args: Sequence[str],
    prog: str | None = None,
    config_files: Sequence[str] | None = None,
    config_dirs: Sequence[str] | None = None,
) -> None:
    """Read the configuration.

    :param args: command line without the program's name
    :param config_files: files to read when `args` names none; None: minova.conf and nova.conf
        from the first of ~/.minova, ~, /etc/minova and /etc that has it, or no file at all
    :param config_dirs: likewise for folders of *.conf files
    :raises oslo_config.cfg.Error: a file is missing or malformed, or an option has no such value
    """
    read(args, prog, config_files, config_dirs)
    set_up_log()


def read(
    args: Sequence[str],
    prog: str | None = None,
    config_files: Sequence[str] | None = None,
    config_dirs: Sequence[str] | None = None,
) -> None:
    """Read the configuration as parse_args does, and leave the log alone."""
    global _was_read
    if not _was_read:   # not once a command line was parsed: they are known then
        log.register_options(CONF)
    _was_read = True
    log.set_defaults(default_log_levels=log.get_default_log_levels() + _QUIET)
    if config_files is None:
        config_files = cfg.find_config_files(project="minova", prog="nova")
    CONF(
        args,
        project="minova",
        prog=prog,
        version=version.version_string(),
        default_config_files=list(config_files),
        default_config_dirs=None if config_dirs is None else list(config_dirs),
    )


def read_nothing() -> None:
    """In a process that has not read its configuration, do with the defaults. Else nothing happens."""
    if not _was_read:
        read([], prog="minova", config_files=[], config_dirs=[])


def set_up_log() -> None:
    """Set up the log as the configuration says."""
    # Nobody said where to: stderr, as in Liberty, not stdout.
    CONF.set_default("use_stderr", not (CONF.log_file or CONF.log_dir or CONF.use_journal))
    # Without oslo.log's own fix for eventlet: its locks are pipes that forked workers would share,
    # so that a worker that is killed while it writes a line silences all others for ever.
    log.setup(CONF, "minova", fix_eventlet=False)
    log_format.use_for(logging.getLogger().handlers)
