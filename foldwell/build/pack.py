"""Packing: every file of one leaflet for one clinic in one archive, to be sent to a print shop.

The archive holds press, office, screen and web files, the job tickets, the licences of the fonts
inside them, and a list of checksums. The same files give the same archive.
"""

from __future__ import annotations

import datetime
import hashlib
import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from foldwell.errors import FoldwellError, Place
from foldwell.fonts import fonts

NO_LICENCE = "The font says nothing of its licence: ask its maker before this is passed on."
"""What stands in a pack for a font that says nothing."""
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip archive can name; a clock would make each archive differ."""


def pack(files: Mapping[str, bytes], licences: Mapping[str, str] = MappingProxyType({})) -> bytes:
    """The archive of some finished files.

    Args:
        files: Contents by file name.
        licences: What the brand's own fonts say of their licences, by family.
    """
    own = {
        f"licences/{re.sub('[^A-Za-z0-9]+', '-', family)}.txt": text.encode()
        for family, text in licences.items()
    }
    shipped = {
        f"licences/{font.licence_name}": (font.folder / font.licence_file).read_bytes()
        for font in fonts()
    }
    named = {**files, **shipped, **own}
    sums = "".join(
        f"{hashlib.sha256(content).hexdigest()}  {name}\n"
        for name, content in sorted(named.items())
    )
    named["SHA256SUMS"] = sums.encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(named.items()):
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return out.getvalue()


def read_files(output: Path, hashes: Mapping[str, str]) -> dict[str, bytes]:
    """The contents of files that were built, by their names.

    Args:
        output: The output folder.
        hashes: The SHA-256 of each, by its path below the output folder.

    Raises:
        FoldwellError: If one of them is not there any more, or is not what was made.
    """
    files = {}
    for path, sha256 in hashes.items():
        try:
            content = (output / path).read_bytes()
        except OSError:
            content = b""
        if hashlib.sha256(content).hexdigest() != sha256:
            raise FoldwellError(
                "This file is not what was just made.",
                Place(str(output / path)),
                "Let no other program change the output folder, and try again.",
            )
        files[path.rpartition("/")[2]] = content
    return files


def font_licences(root: Path, clinic: str, today: datetime.date) -> dict[str, str]:
    """What the fonts of a clinic's brand say of their licences, by family; none of our own.

    Args:
        root: The project folder.
        clinic: The clinic, as its file is called.
        today: The day of the build.
    """
    from foldwell.content.library import read_library

    library = read_library(root, today)
    if clinic not in library.clinics:
        return {}
    cuts = library.brands[library.clinics[clinic].brand].cuts
    return {cut.family: cut.licence or NO_LICENCE for cut in cuts}
