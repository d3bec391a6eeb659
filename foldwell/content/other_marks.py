"""Marks that other programs' Markdown has, and a word that the end of a line parts."""

from __future__ import annotations

import itertools
import re

from foldwell.content.html_words import SUB, SUP
from foldwell.content.tidyings import Tidyings

_RAISED = re.compile(rf"(?<![\^\\\[])\^([{re.escape(''.join(SUP))}]{{1,6}})\^(?!\^)")
_LOWERED = re.compile(rf"(?<![~\\])~([{re.escape(''.join(SUB))}]{{1,6}})~(?!~)")
_MARKED = re.compile(r"(?<![=*\\])==(?=[^\s=])([^=*\n]*[^\s=*])==(?![=*])")
LEFT = re.compile(
    r"(?<![~\\])~~(?=[^\s~])[^\n]*?[^\s~]~~(?!~)|(?<![=\\])==(?=[^\s=])[^\n=]+==(?!=)"
)
"""What strikes words out or marks them in other programs, and would be printed here."""
_PARTED = re.compile(r"[^\W\d_]{2,}-$")
_HANGING = re.compile(
    r"\s*(?:and|or|to|und|oder|bis|et|ou|y|o|u|e|i|lub|og|en|of)\b", re.IGNORECASE
)
"""Words behind the hyphen of 'pre- and post-'."""


def tidy_other_marks(lines: list[str], first_line: int, tidyings: Tidyings) -> list[str]:
    """Raised, lowered and marked words as Pandoc and notebooks write them."""

    def mended(number: int, line: str) -> str:
        def told(was: str, now: str) -> str:
            tidyings.note("D4", f"'{was}' was read as '{now}'.", number, was)
            return now

        line = _RAISED.sub(lambda m: told(m[0], "".join(SUP[c] for c in m[1])), line)
        line = _LOWERED.sub(lambda m: told(m[0], "".join(SUB[c] for c in m[1])), line)
        return _MARKED.sub(lambda m: told(m[0], f"**{m[1]}**"), line)

    return [
        mended(number, line) if "^" in line or "~" in line or "==" in line else line
        for number, line in enumerate(lines, first_line)
    ]


def note_parted_words(lines: list[str], first_line: int, tidyings: Tidyings) -> None:
    """Note words that end in a hyphen at the end of a line, as text that is copied from a PDF has.

    What was meant (``pain-killer`` or ``painkiller``) nobody can know, so both parts are printed.
    """
    for index, (line, after) in enumerate(itertools.pairwise(lines)):
        match = _PARTED.search(line.rstrip())
        if not match or not after.lstrip()[:1].islower() or _HANGING.match(after):
            continue
        rest = after.split()[0]
        tidyings.note(
            "D15",
            f"The end of the line parts a word: '{match[0]} {rest}' is printed.",
            first_line + index,
            match[0],
            "Put both parts on one line, with a hyphen only if it belongs there.",
        )
