"""Which families a brand's text is set in: shipped ones, or its own where they can be used.

Fonts of the web or of a system are never fetched; our own family stands in, and a note says so.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from foldwell.content.brand_fonts import Cut, has_both, read_cuts
from foldwell.content.brand_text import Keys
from foldwell.content.brand_type import Typography
from foldwell.content.known_pictures import KnownPictures
from foldwell.content.tidyings import Tidyings
from foldwell.content.yaml_text import YamlText
from foldwell.errors import FoldwellError, did_you_mean
from foldwell.fonts import FAMILIES


def settle(
    root: Path,
    type_: Typography,
    yaml: YamlText,
    known: KnownPictures | None,
    cuts: list[Cut],
    notes: Tidyings,
    errors: list[FoldwellError],
) -> Typography:
    """The typography with families that can be used.

    Args:
        root: The project folder.
        type_: What the brand says.
        yaml: Its file, for places.
        known: What was made of fonts before.
        cuts: Where the cuts of its own families are put.
        notes: Where it is noted what stands in for what.
        errors: Where mistakes are put.
    """
    absent: dict[str, str] = {}
    for number, font in enumerate(type_.fonts):
        at: Keys = ("typography", "fonts", number)
        if font.source == "bundled" and font.family not in FAMILIES:
            errors.append(
                FoldwellError(
                    f"The family '{font.family}' is not shipped with Foldwell.",
                    yaml.place(at),
                    f"Put its files beside brand.yml and name them under 'files', or take"
                    f" {' or '.join(FAMILIES)}.",
                )
            )
            absent[font.family] = ""
        if font.source in ("google", "bunny", "system"):
            absent[font.family] = font.source
        for file in font.files if font.source == "file" else ():
            try:
                cuts += read_cuts(root, font.family, file, known)
            except FoldwellError as wrong:
                error = wrong
                if not os.path.exists(root / file.folder / file.path):
                    what = f"The font file '{file.path}' does not exist."
                    hint = "Put it there, or correct its name."
                    error = FoldwellError(what, yaml.place((*at, "files")), hint)
                errors.append(error)
                absent.setdefault(font.family, "")
    if told := [f"{family} ({source})" for family, source in absent.items() if source]:
        notes.note(
            "D14",
            f"Fonts are not fetched from the network or the system: {', '.join(told)}."
            f" {FAMILIES[0]} stands in.",
            yaml.place(("typography", "fonts")).line,
            hint="Put the font files beside brand.yml, with 'source: file' and 'files'.",
        )
    changed: dict[str, Any] = {}
    families = {cut.family for cut in cuts} | {*FAMILIES, *absent}
    for name in ("base", "headings"):
        face = getattr(type_, name)
        at = ("typography", name, "family")
        own = [cut for cut in cuts if cut.family == face.family]
        if face.family not in families:
            errors.append(
                FoldwellError(
                    f"'typography.{name}.family': '{face.family}' is not among the fonts.",
                    yaml.place(at),
                    _hint_of_family(face.family, families),
                )
            )
        lacking = name == "base" and own and not has_both(own)
        if lacking:
            weights = ", ".join(str(cut.weight) for cut in own)
            notes.note(
                "D14",
                f"The family '{face.family}' has only the weight {weights}, and body text"
                f" needs a regular and a bold: {FAMILIES[0]} stands in.",
                yaml.place(at).line,
                hint="Put its other weights beside brand.yml, under 'files'.",
            )
        if lacking or (face.family not in FAMILIES and not own):
            changed[name] = face.model_copy(update={"family": FAMILIES[0]})
    return type_.model_copy(update=changed)


def _hint_of_family(family: str, known: set[str]) -> str:
    near = did_you_mean(family, known)
    way = f"Name its files under 'fonts', or take {FAMILIES[0]}."
    return f"{near} {way}" if near.startswith("Did") else way
