"""The table of media: what a file is for, and by which steps it is made and checked.

A step is named here and loaded when it is first called, because composing needs none of what
typesetting needs, and the process that the user starts needs neither.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from foldwell.build.job import Made, Order
    from foldwell.build.panels import Finished
    from foldwell.content.edition import Edition
    from foldwell.errors import FoldwellError
    from foldwell.typeset.page_source import Composition


@dataclass(frozen=True)
class Medium:
    """One row of the table.

    Attributes:
        name: As in ``build.yml``, ``only`` blocks and file names.
        ending: What its files end in: more than the dot where others write such files too.
        compose: Makes what is typeset, or, where nothing is, the finished file.
        finish: Makes the finished file of what was composed; None where nothing is typeset.
        checks: What is asked of a finished file before it may go out.
        in_formats: Whether it is made once for each format, or once for each edition.
        options: The names of the user's options that it depends on.
        for_print_shops: Whether it goes to a print shop, which must not get what is not reviewed.
    """

    name: str
    ending: str
    compose: Callable[[Edition, Order], Composition | Made]
    finish: Callable[[Order, Composition], Finished] | None = None
    checks: tuple[Callable[[Finished], list[FoldwellError]], ...] = ()
    in_formats: bool = True
    options: tuple[str, ...] = ()
    for_print_shops: bool = False


def _step(module: str, name: str) -> Callable[..., Any]:
    """A function of this room, loaded when it is first called."""

    def step(*arguments: Any) -> Any:
        return getattr(import_module(f"foldwell.build.{module}"), name)(*arguments)

    return step


_WORDS, _PLACES = _step("panels", "words_differ"), _step("panels", "pages_differ")

MEDIA: dict[str, Medium] = {
    row.name: row
    for row in (
        Medium(
            "screen",
            ".pdf",
            _step("composing", "screen"),
            _step("screen", "finish"),
            (_WORDS, _PLACES),
        ),
        Medium(
            "office",
            ".pdf",
            _step("composing", "office"),
            _step("office", "finish"),
            (_WORDS, _PLACES),
            options=("instructions",),
        ),
        Medium(
            "press",
            ".pdf",
            _step("composing", "press"),
            _step("press", "finish"),
            (_WORDS, _step("press", "preflight_errors")),
            options=("condition", "own_condition", "sheet", "spreads"),
            for_print_shops=True,
        ),
        Medium("web", ".html", _step("composing", "web"), in_formats=False),
        Medium("text", "-text.txt", _step("composing", "text"), in_formats=False),
    )
}
"""Every medium, by name."""


def names_of_media(*, in_formats: bool) -> tuple[str, ...]:
    """The names of the media that are made in formats, or of those that are not."""
    return tuple(name for name, row in MEDIA.items() if row.in_formats == in_formats)
