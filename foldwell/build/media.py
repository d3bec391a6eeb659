"""The table of media.

A step is named here and loaded when it is first called, because composing needs none of what
typesetting needs, and the process that the user starts needs neither.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any

from foldwell.build.medium import Medium
from foldwell.paper.sheets import PRESS_SHEETS_MM


@dataclass(frozen=True)
class Step:
    """A function of this room, loaded when it is first called."""

    module: str
    name: str

    def __call__(self, *arguments: Any) -> Any:
        """Take the step."""
        return getattr(import_module(f"foldwell.build.{self.module}"), self.name)(*arguments)


_WORDS, _PLACES = Step("panels", "words_differ"), Step("panels", "pages_differ")
_FOUND = Step("panels", "found_before")

MEDIA: dict[str, Medium] = {
    row.name: row
    for row in (
        Medium(
            "screen",
            ".pdf",
            Step("composing", "screen"),
            Step("screen", "finish"),
            (_WORDS, _PLACES, _FOUND),
            look=Step("screen", "look"),
        ),
        Medium(
            "office",
            ".pdf",
            Step("composing", "office"),
            Step("office", "finish"),
            (_WORDS, _PLACES),
            options=("instructions",),
            look=Step("office", "look"),
        ),
        Medium(
            "press",
            ".pdf",
            Step("composing", "press"),
            Step("press", "finish"),
            (_WORDS, _FOUND),
            options=("condition", "own_condition", "sheet", "spreads"),
            for_print_shops=True,
            dress=Step("imprints", "dress"),
            beside=Step("imprints", "beside"),
        ),
        Medium("web", ".html", Step("composing", "web"), in_formats=False),
        Medium("text", "-text.txt", Step("composing", "text"), in_formats=False),
    )
}
"""Every medium, by name."""


def names_of_media(*, in_formats: bool) -> tuple[str, ...]:
    """The names of the media that are made in formats, or of those that are not."""
    return tuple(name for name, row in MEDIA.items() if row.in_formats == in_formats)


def without_sheet(path: str) -> str:
    """The path that a file has when no press sheet is asked for; any other path itself."""
    for medium in MEDIA.values():
        for sheet in PRESS_SHEETS_MM if "sheet" in medium.options else ():
            path = path.replace(f"-{medium.name}-{sheet}", f"-{medium.name}")
        if "spreads" in medium.options:
            path = path.replace(f"-{medium.name}-spreads", f"-{medium.name}")
    return path
