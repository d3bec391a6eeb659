"""Cleaning: deletes what builds have made, and nothing else."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterable
from pathlib import Path

from foldwell.build.editions import read_register
from foldwell.build.media import MEDIA
from foldwell.build.provenance import FILE as PROVENANCE
from foldwell.build.published import FOLDER, PAGES, pages_of_leaflets
from foldwell.content.edition import PAGES as PAGES_OF_EDITIONS
from foldwell.content.words_groups import is_short
from foldwell.errors import FoldwellError, Place
from foldwell.paper.sheets import PRESS_SHEETS_MM

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*")
_SHEETS = "|".join([*PRESS_SHEETS_MM, "spreads"])
_OURS = re.compile(
    "|".join(
        rf"[a-z0-9-]+-{row.name}(-({_SHEETS}))?(-draft)?{re.escape(row.ending)}"
        if row.in_formats
        else rf"[a-z0-9-]+{re.escape(row.ending)}"
        for row in MEDIA.values()
    )
    + rf"|[a-z0-9-]+-press(-({_SHEETS}))?(-draft)?-ticket\.(pdf|yml)"
    r"|[a-z0-9-]+-(pack|pack-draft)\.zip"
    r"|\.foldwell-.*\.part"
)

_OUR_PAGES = (
    "gallery.html", "gallery.pdf", "icons.html", "icons.pdf", *PAGES, PROVENANCE,
)  # fmt: skip
"""What commands put beside the folders of clinics."""


def clean_output(folder: Path) -> int:
    """Delete files of our media two folders deep, and folders that this leaves empty.

    The register of editions stays, with the pages of those that no build can make again: paper
    lasts longer than files, and somebody may ask what it was.

    Args:
        folder: The output folder.

    Returns:
        How many files were deleted.

    Raises:
        FoldwellError: If the folder is a link, or a file cannot be deleted.
    """
    if any((folder / name).exists() for name in ("content", "templates", "build.yml", ".git")):
        raise FoldwellError(
            "This folder holds more than what builds have made.",
            Place(str(folder)),
            "Name the output folder.",
        )
    if folder.is_symlink():
        raise FoldwellError("The output folder is a link.", Place(str(folder)), "Clean it by hand.")
    count = _unlink(folder / name for name in _OUR_PAGES)
    count += _clean_pages(folder)
    count += _unlink(pages_of_leaflets(folder)) + _unlink(folder.glob(f"{FOLDER}/covers/*.webp"))
    for empty in (folder / FOLDER / "covers", folder / FOLDER):
        with contextlib.suppress(OSError):  # something else stands in it
            empty.rmdir()
    for language in sorted(folder.glob("*/*")):
        # A folder that is not <clinic>/<language> was not made by a build.
        usual = _LANGUAGE.fullmatch(language.name) and language.is_dir()
        if not usual or language.is_symlink() or language.parent.is_symlink():
            continue
        path = language
        try:
            for path in sorted(language.iterdir()):
                if _OURS.fullmatch(path.name) and not path.is_dir():
                    path.unlink()
                    count += 1
            for path in (language, language.parent):
                if not os.listdir(path):
                    path.rmdir()
        except OSError as error:
            raise FoldwellError(
                f"This cannot be deleted ({error.strerror}).",
                Place(str(path)),
                "Check the permissions of its folder.",
            ) from error
    return count


def _clean_pages(output: Path) -> int:
    """Delete the pages of editions that stand, and their folder if nothing else is in it."""
    folder = output / PAGES_OF_EDITIONS
    if folder.is_symlink() or not folder.is_dir():
        return 0
    kept = {entry.id for entry in read_register(output) if entry.state != "current"}
    pages = [path for path in sorted(folder.glob("*.html")) if is_short(path.stem)]
    count = _unlink(path for path in pages if path.stem not in kept)
    if not os.listdir(folder):
        folder.rmdir()
    return count


def _unlink(paths: Iterable[Path]) -> int:
    """Delete the files that are there; how many these were."""
    count = 0
    for path in paths:
        if path.is_file() and not path.is_symlink():
            path.unlink()
            count += 1
    return count
