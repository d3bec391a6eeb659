"""Which day it is where leaflets are handed out: a server may stand in another time zone."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime

SETTINGS = "content/build.yml"
_MOST_BYTES = 1 << 20


def day_in(root: Path, now: datetime.datetime) -> datetime.date | None:
    """The day in the project's time zone; None where the project names none that there is.

    The build says of a zone that does not exist; which day it is has to be known before.

    Args:
        root: The project.
        now: The moment, with its own zone.
    """
    if not _names_a_zone(root):
        return None  # most projects; a build that has nothing to do loads no reader for them
    from zoneinfo import ZoneInfo, available_timezones

    from foldwell.content.reading import read_text
    from foldwell.content.yaml_text import read_yaml
    from foldwell.errors import FoldwellError, Mistakes

    try:
        name = read_yaml(read_text(root, SETTINGS), SETTINGS).value.get("time_zone")
    except (FoldwellError, Mistakes):
        return None
    if not isinstance(name, str) or name not in available_timezones():
        return None
    return now.astimezone(ZoneInfo(name)).date()


def _names_a_zone(root: Path) -> bool:
    """Whether the settings may name one; what is no plain file is left to the reader to refuse."""
    path = root / SETTINGS
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        if path.parent.is_symlink():
            return False
        handle = os.open(path, flags)
        with os.fdopen(handle, "rb") as file:
            plain = stat.S_ISREG(os.fstat(handle).st_mode)
            return plain and b"time_zone" in file.read(_MOST_BYTES)
    except OSError:
        return False
