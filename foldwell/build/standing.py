"""Standing files: a finished file that others of its brand and format are printed from.

The first file of a master is kept once it has passed all checks. The second is made as a whole and
from it, and only if both are the same to the last byte are further ones made from it alone. What
holds of such a file is known from the first: its tags, boxes and drawings are those of the first,
and its words are looked at by themselves (in the right words, on grounds on which they can be read,
in glyphs that a file with all checks passed was set in). Where any of that is not sure, the file is
made as a whole.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from foldwell.build.job import Order
from foldwell.build.kept_file import KINDS, Dress, Finish, Kept, Pages, stood
from foldwell.build.made import Made
from foldwell.build.panels import Panels, hold_to_contrast
from foldwell.build.variable import VariableFile
from foldwell.typeset.page_source import Composition
from foldwell.typeset.stamping import is_on
from foldwell.typeset.stamping.differing import Differing
from foldwell.typeset.stamping.strokes import noting
from foldwell.typeset.variable.words import said_by


@dataclass
class Print:
    """A file that was made, before its checks.

    Attributes:
        kept: What it was made from, or what is kept of it.
        own: What is its own, where it was made from a forme.
        file: A file with fields that was learned from it.
    """

    kept: Kept
    own: Differing | None = None
    file: VariableFile | None = None

    @property
    def printed(self) -> bool:
        """Whether it was made from a forme."""
        return self.own is not None

    @property
    def sound(self) -> bool:
        """Whether its structure is that of a file that passed, in glyphs that passed too."""
        return self.own is not None and self.own.glyphs <= self.kept.glyphs

    @property
    def faultless(self) -> bool:
        """Whether nothing can be wrong with it that was not with what it was made from.

        That holds for all but what its codes say: checks found nothing there, and words stand
        within their blocks, which are the same.
        """
        return self.sound and self.kept.faultless and self.own is not None and self.own.framed

    def told(self, notes: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
        """Notes on the pages, with how the file was made."""
        how = ", printed from a file that stands" * self.printed
        return tuple((kind, line + how * (kind == "stamp")) for kind, line in notes)

    def passed(self, made: Made, name: str) -> VariableFile | None:
        """It has passed all checks.

        Args:
            made: What was made of it.
            name: The name of its order.

        Returns:
            A file with fields, if one was learned from it.
        """
        self.kept.passed = True
        if self.own:
            self.kept.glyphs |= self.own.glyphs
        if self.file is None:
            return None
        told = replace(made, content=b"", beside=())
        return replace(self.file, made=told, name=name)


def print_file(
    order: Order,
    composition: Composition,
    panels: Panels,
    kind: tuple[Any, ...],
    finish: Finish,
    dress: Dress | None = None,
    *,
    looks: bool = True,
) -> tuple[bytes, Print | None]:
    """The finished file of an order: from one that stands, where that can be.

    Args:
        order: The order.
        composition: What it is made from.
        panels: Its pages.
        kind: All beside its pages that finishing depends on.
        finish: What finishes a typeset file.
        dress: What lets a finished file say of itself what it shall, where that is not in ``kind``.
        looks: Whether the colours of its typeset pages are looked at; else who asks looks at those
            of the finished file, if it was not printed.

    Returns:
        The file, and what is to be told when it has passed its checks.

    Raises:
        Mistakes: If words or icons cannot be read.
    """
    fitted = panels.fitted
    master, document = fitted.typeset.master, fitted.typeset.document
    pages = Pages(document, fitted.measured, said_by(composition.pages), finish, dress)
    size = panels.count, fitted.fit.body_pt
    key = (*kind, order.medium.name, panels.tagged, composition.marks)
    kept: Kept | None = master.standing.get(key) if master and is_on() else None
    if kept and kept.passed and (made := kept.printed(document, composition.marks, dress)):
        content, own = made
        if not kept.lacks(pages.said):
            return content, Print(kept, own)
        kept.learn(pages, content)
        return content, Print(kept, own, kept.variable(*size))
    with noting() as noted:
        raw = panels.content
    if looks:
        hold_to_contrast(order, composition, panels, raw)
    content = finish(raw)
    if master is None or not is_on():
        return content, None
    if kept:
        kept.learn(pages, content)
        return content, Print(kept, file=kept.variable(*size))
    if len(master.standing) < KINDS and (
        kept := stood(pages, raw, noted, content, raw if looks else content)
    ):
        master.standing[key], kept.marks = kept, composition.marks
        return content, Print(kept)
    return content, None
