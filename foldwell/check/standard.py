"""What a file is held to: for what it is meant, and what its caller, or the file itself, knows.

The caller's word comes first, then what a page of ours says of itself, then what the file looks
like: one with a PDF/X output intent, or with a sheet larger than its trim, is for a press;
anything else is judged as a file for a desktop printer or a screen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from pikepdf import Array, Dictionary, Name, Pdf

from foldwell.check.page_facts import PageFacts
from foldwell.check.pdf_file import FileFacts
from foldwell.errors import FoldwellError, did_you_mean
from foldwell.paper.conditions import CONDITIONS
from foldwell.paper.formats import FORMATS, Format
from foldwell.pdf.plane import Box, holds, size

Purpose = Literal["press", "office", "screen"]

PURPOSES: tuple[Purpose, ...] = ("press", "office", "screen")
COATED_PERCENT, UNCOATED_PERCENT = (300.0, 330.0), (260.0, 300.0)
"""Total ink: a warning above the first, an error above the second."""
_UNCOATED = ("FOGRA30", "FOGRA47", "FOGRA52")
_LEAST_BLEED_PT = 3.0
"""A sheet that is larger than its trim by this looks like one for a press."""


@dataclass(frozen=True)
class Expected:
    """What the caller knows of a file; None where the file is to say it.

    Attributes:
        medium: What it is for.
        format: The name of its format.
        trim_mm: The size that each trimmed piece must have.
        stitched: Whether it is a booklet, its pages in reading order.
        large_print: Whether it is held to the sizes of large print.
        qr_expected: How many QR codes it must hold.
        ink_percent: The total ink that the printer dislikes, and what does not dry.
        formats: The table of formats, when a project has formats of its own.
    """

    medium: Purpose | None = None
    format: str | None = None
    trim_mm: tuple[float, float] | None = None
    stitched: bool | None = None
    large_print: bool | None = None
    qr_expected: int | None = None
    ink_percent: tuple[float, float] | None = None
    formats: Mapping[str, Format] = field(default_factory=lambda: FORMATS)


@dataclass(frozen=True)
class Standard:
    """What a file is held to.

    Attributes:
        medium: What it is for.
        ours: Whether it was made by Foldwell, and says so.
        imposed: Whether its pages are sides of sheets, not pages in reading order.
        format: Its format, where it is known.
        sizes_mm: The sizes that a trimmed piece may have; empty where none is known.
        stitched: Whether it is (to be) stitched.
        large_print: Whether it is held to the sizes of large print.
        ink_percent: The total ink that a printer dislikes, and what does not dry.
    """

    medium: Purpose
    ours: bool
    imposed: bool
    format: Format | None
    sizes_mm: tuple[tuple[float, float], ...]
    stitched: bool
    large_print: bool
    ink_percent: tuple[float, float]

    @property
    def press(self) -> bool:
        """Whether it goes to a print shop."""
        return self.medium == "press"


def standard_for(file: FileFacts, expected: Expected) -> Standard:
    """What a file is held to.

    Raises:
        FoldwellError: If the caller names a format that does not exist.
    """
    named = [page.info for page in file.pages if page.info is not None]
    info = named[0] if named else None
    medium = expected.medium or _said(info.medium if info else "") or _looks(file)
    if expected.format is not None and expected.format not in expected.formats:
        raise FoldwellError(
            f"There is no format '{expected.format}'.",
            None,
            did_you_mean(expected.format, expected.formats),
        )
    name = expected.format or (info.format if info else "")
    format_ = expected.formats.get(name)
    bound = format_ is not None and format_.layout == "booklet"
    single = bound and all(len(info.panels) == 1 for info in named)
    imposed = info is not None and medium != "screen" and not single
    condition = " ".join((info.condition if info else "", *_conditions(file.pdf)))
    return Standard(
        medium,
        info is not None,
        imposed,
        format_,
        _sizes(expected, format_, medium, imposed),
        bound if expected.stitched is None else expected.stitched,
        name == "large-print" if expected.large_print is None else expected.large_print,
        expected.ink_percent or _ink(condition),
    )


def _ink(condition: str) -> tuple[float, float]:
    """The limits of a condition: of one of ours by its name, of others by their stock."""
    for row in CONDITIONS.values():
        if row.identifier in condition:
            return 100 * row.ink_warn, 100 * row.ink_error
    if any(word in condition.upper() for word in (*_UNCOATED, "UNCOATED")):
        return UNCOATED_PERCENT
    return COATED_PERCENT


def _said(medium: str) -> Purpose | None:
    return next((purpose for purpose in PURPOSES if purpose == medium), None)


def _looks(file: FileFacts) -> Purpose:
    if any(intent.get("/S") == Name.GTS_PDFX for intent in output_intents(file.pdf)):
        return "press"
    return "press" if any(_has_bleed(page) for page in file.pages) else "office"


def _has_bleed(page: PageFacts) -> bool:
    def beyond(box: Box) -> bool:
        return max(a - b for a, b in zip(size(box), size(page.trim), strict=True)) > _LEAST_BLEED_PT

    return page.has_trim and beyond(page.media) and holds(page.media, page.trim, 1)


def output_intents(pdf: Pdf) -> list[Any]:
    """The output intents of a file, as far as they are dictionaries."""
    found = pdf.Root.get("/OutputIntents")
    items: list[Any] = list(found) if isinstance(found, Array) else []
    return [item for item in items if isinstance(item, Dictionary)]


def _conditions(pdf: Pdf) -> list[str]:
    keys = ("/OutputConditionIdentifier", "/OutputCondition", "/Info")
    return [str(intent.get(key, "")) for intent in output_intents(pdf) for key in keys]


def _sizes(
    expected: Expected, format_: Format | None, medium: Purpose, imposed: bool
) -> tuple[tuple[float, float], ...]:
    """The sizes that trimmed pieces may have, on any paper."""
    if expected.trim_mm is not None:
        return (expected.trim_mm,)
    if format_ is None or (medium == "office" and not imposed):
        return ()  # an office page is the paper, whatever is cut from it
    sizes: list[tuple[float, float]] = []
    for geometry in format_.geometry.values():
        if medium == "press" or imposed:
            sizes.append(geometry.sheet_mm)
        if not imposed and (medium == "screen" or geometry.binding == "stitched"):
            sizes += [(panel.width_mm, panel.height_mm) for panel in geometry.panels]
    return tuple(dict.fromkeys(sizes))
