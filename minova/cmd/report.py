"""The Guru Meditation Report: on SIGUSR2 a process writes to stderr what it is doing."""

import os
import signal
import sys
from types import FrameType

from minova import version
from minova.conf import CONF


def install() -> None:
    """Write the report on SIGUSR2, to stderr or below [oslo_reports]log_dir.

    It is a plain signal handler on purpose: the report is wanted most when nothing else runs any
    more. What it needs is imported when the signal comes, which few processes ever see.
    """
    signal.signal(signal.SIGUSR2, _write)


def _write(number: int, frame: FrameType | None) -> None:
    from oslo_reports import guru_meditation_report, opts

    opts.set_defaults(CONF)
    guru_meditation_report.TextGuruMeditation.handle_signal(
        version, os.path.basename(sys.argv[0]), CONF.oslo_reports.log_dir, frame
    )
