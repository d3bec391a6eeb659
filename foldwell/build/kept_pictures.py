"""Pictures that were normalised once, kept below the output folder; see ``KnownPictures``."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from foldwell.build.ledger import FOLDER
from foldwell.build.write import remove_file, write_file
from foldwell.errors import FoldwellError

if TYPE_CHECKING:
    from foldwell.build.request import Jobs

PICTURES = f"{FOLDER}/pictures"
"""Where they stand, below the output folder."""


def keep_pictures(output: Path, found: Jobs) -> None:
    """Keep what was made of pictures, and no others; if that fails, it costs time alone.

    Args:
        output: The output folder.
        found: What was planned.
    """
    folder = output / PICTURES
    with contextlib.suppress(FoldwellError, OSError):
        for name, content in found.pictures.items():
            write_file(output, f"{PICTURES}/{name}", content)
        for name in os.listdir(folder) if folder.is_dir() else ():
            if name not in found.pictures_used:
                remove_file(output, f"{PICTURES}/{name}")
