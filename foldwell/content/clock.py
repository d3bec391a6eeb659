"""Which day it is where leaflets are handed out: a server may stand in another time zone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime

SETTINGS = "content/build.yml"


def day_in(root: Path, now: datetime.datetime) -> datetime.date | None:
    """The day in the project's time zone; None where the project names none that there is.

    The build says of a zone that does not exist; which day it is has to be known before.

    Args:
        root: The project.
        now: The moment, with its own zone.
    """
    try:
        if b"time_zone" not in (root / SETTINGS).read_bytes():
            return None  # most projects; a build that has nothing to do loads no reader for them
    except OSError:
        return None
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
