"""What can go wrong, told to people: where, what, and what to do.

An exception here means "this file, or this job, cannot go on". It is raised where the
mistake is seen and printed once, by the command line; nothing in between rewords it.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True)
class Place:
    """Where something stands: in a text by line and column, in a PDF by page and box.

    Attributes:
        path: As the user knows it; empty where it is told elsewhere which file is meant.
        line: Counted from 1.
        column: Counted from 1.
        page: Counted from 1.
        box_pt: On that page, not turned: left, lower, right and upper edge in points.
        cell: Of a spreadsheet, as its program names it: sheet, row and column.
    """

    path: str = ""
    line: int | None = None
    column: int | None = None
    page: int | None = None
    box_pt: tuple[float, float, float, float] | None = None
    cell: str = ""

    def __str__(self) -> str:
        if self.cell:
            return f"{self.path}: {self.cell}"
        parts = [self.path, *(str(n) for n in (self.line, self.column) if n is not None)]
        pages = [] if self.page is None else [f"page {self.page}"]
        return ": ".join([*filter(None, [":".join(parts)]), *pages])


class FoldwellError(Exception):
    """One mistake, printed as ``path:line: what is wrong. What to do.``.

    Args:
        message: What is wrong: one sentence with its full stop.
        place: Where, or None when no file is to blame.
        hint: What to do about it: one or more sentences.
        drawing: A drawing of it, as lines of text that stand below.
    """

    def __init__(
        self, message: str, place: Place | None = None, hint: str = "", drawing: str = ""
    ) -> None:
        super().__init__(message, place, hint, drawing)
        self.message = message
        self.place = place
        self.hint = hint
        self.drawing = drawing

    def __str__(self) -> str:
        where = "" if self.place is None else f"{self.place}: "
        text = visible(where + " ".join(part for part in (self.message, self.hint) if part))
        return "\n  ".join([text, *(visible(line) for line in self.drawing.splitlines())])


_UNSEEN = frozenset(["Cc", "Cf", "Cs", "Co", "Zl", "Zp"])
_JOINER = "\u200d"
"""Joins emoji; it stands in many names of files."""


def visible(text: str) -> str:
    """A text whose unseen characters are written out, so that none commands a terminal."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        repr(character)[1:-1]
        if unicodedata.category(character) in _UNSEEN and character != _JOINER
        else character
        for character in text
    )


class UsageError(FoldwellError):
    """The command was called with words that mean nothing (exit code 2)."""


class Mistakes(Exception):  # noqa: N818 - it carries errors, it is not one more kind
    """All the mistakes of one file or one job, so that they can be mended in one go."""

    def __init__(self, errors: Iterable[FoldwellError]) -> None:
        by_text = {str(error): error for error in errors}
        self.errors = tuple(by_text.values())
        super().__init__(self.errors)

    def __str__(self) -> str:
        return "\n".join(str(error) for error in self.errors)


def refused_by_the_system(error: OSError) -> FoldwellError:
    """What the system would not do, with the file that it was about."""
    return FoldwellError(
        f"The system refuses this ({error.strerror or error}).",
        Place(os.fsdecode(error.filename)) if isinstance(error.filename, str | bytes) else None,
        "Check that it is there, its permissions, and the free space.",
    )


def no_project(root: str | os.PathLike[str]) -> FoldwellError:
    """What to say of a folder that holds no project."""
    return FoldwellError(
        f"There is no folder 'content' in {os.fspath(root)}.",
        None,
        "Run Foldwell in the folder of a project.",
    )


MOST_NAMED = 40
"""How many known words a hint names at most."""


def sentence(clause: str) -> str:
    """A clause as a sentence: a capital first, a full stop last unless it ends in a mark."""
    return f"{clause[:1].upper()}{clause[1:]}{'' if clause.endswith(('.', '?')) else '.'}"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names the likeliest of the known words, else all of them if they are few."""
    names = sorted(known)
    written = {name.casefold(): name for name in names}  # however they are written
    close = get_close_matches(word.casefold(), written, n=1, cutoff=0.6)
    if close:
        return f"Did you mean '{written[close[0]]}'?"
    if len(names) > MOST_NAMED:
        return f"Known here: {', '.join(names[:MOST_NAMED])} and {len(names) - MOST_NAMED} more."
    return f"Known here: {', '.join(names)}." if names else "None is known here."
