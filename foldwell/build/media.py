"""The table of media: what a file is for, and by which steps it is made and checked.

A step is named here and loaded when it is first called, because composing needs none of what
typesetting needs, and the process that the user starts needs neither.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

Step = Callable[..., Any]
"""A step of making a file. The table stands below all that its steps take and give, so that it
names none of their types; whoever takes a step does."""


@dataclass(frozen=True)
class Medium:
    """One row of the table.

    Attributes:
        name: As in ``build.yml``, ``only`` blocks and file names.
        ending: What its files end in: more than the dot where others write such files too.
        compose: Of an ``Edition`` and its ``Order``: makes the ``Composition`` that is typeset, or,
            where nothing is, the ``Made`` file.
        finish: Of an ``Order`` and its ``Composition``: makes the ``Finished`` file; None where
            nothing is typeset.
        checks: What is asked of a ``Finished`` file before it may go out: errors come back.
        in_formats: Whether it is made once for each format, or once for each edition.
        options: The names of the user's options that it depends on.
        for_print_shops: Whether it goes to a print shop, which must not get what is not reviewed.
    """

    name: str
    ending: str
    compose: Step
    finish: Step | None = None
    checks: tuple[Step, ...] = ()
    in_formats: bool = True
    options: tuple[str, ...] = ()
    for_print_shops: bool = False


def _step(module: str, name: str) -> Step:
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
