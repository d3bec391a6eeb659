"""A medium: what a file is for, and by which steps it is made and checked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Step = Callable[..., Any]
"""A step of making a file. A row stands below all that its steps take and give, so that it names
none of their types; whoever takes a step does."""


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
        look: Of an ``Order`` and its ``Composition``: its ``Panels`` and a PDF that shows the pages
            of the finished file, made sooner; None where nobody looks at it unbuilt.
        for_print_shops: Whether it goes to a print shop, which must not get what is not reviewed.
        dress: Of an ``Order``, its ``Composition``, the number of its panels and the size of their
            text: what lets a file that stands say of itself what this one shall; None where no
            file says anything of its own edition.
        beside: The same with the finished file behind, what stands in its holes, and who makes the
            page of a job ticket: the files beside it, or None if they cannot be made there, or the
            file is not what it should be; None where there are none.
    """

    name: str
    ending: str
    compose: Step
    finish: Step | None = None
    checks: tuple[Step, ...] = ()
    in_formats: bool = True
    options: tuple[str, ...] = ()
    look: Step | None = None
    for_print_shops: bool = False
    dress: Step | None = None
    beside: Step | None = None
