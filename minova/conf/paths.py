"""Where minova keeps what must survive a restart."""

import os
from collections.abc import Mapping

from oslo_config import cfg


def default_state_path(environ: Mapping[str, str] = os.environ) -> str:
    """Return the folder for state: as the environment says, else below the user's home."""
    if environ.get("MINOVA_STATE_PATH"):
        return environ["MINOVA_STATE_PATH"]
    state_home = environ.get("XDG_STATE_HOME") or os.path.expanduser("~/.local/state")
    return os.path.join(state_home, "minova")


path_opts = [
    cfg.StrOpt(
        "state_path",
        default=default_state_path(),
        sample_default="~/.local/state/minova",
        help="Folder for everything that minova keeps by itself, first of all the embedded "
        "database. It is made when it does not exist. The default is $MINOVA_STATE_PATH, or else "
        "$XDG_STATE_HOME/minova, or else ~/.local/state/minova, read from the environment.",
    ),
]


def register_opts(conf: cfg.ConfigOpts) -> None:
    conf.register_opts(path_opts)


def list_opts() -> dict[str, list[cfg.Opt]]:
    return {"DEFAULT": path_opts}
