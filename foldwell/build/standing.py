"""Standing files: a finished file that others of its brand and format are printed from.

The first file of a master is kept once it has passed all checks. The second is made as a whole and
from it, and only if both are the same to the last byte are further ones made from it alone. What
holds of such a file is known from the first: its tags, boxes and drawings are those of the first,
and its words are looked at by themselves (in the right words, on grounds on which they can be read,
in glyphs that a file with all checks passed was set in). Where any of that is not sure, the file is
made as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from foldwell.build.job import Order
from foldwell.build.panels import Panels, hold_to_contrast
from foldwell.check.archive_rules.fonts import holds
from foldwell.check.contrast import PageGround, grounds_of, runs_are_read
from foldwell.errors import Mistakes
from foldwell.pdf.raw_objects import taken_apart
from foldwell.press.forme import Forme, Unsound
from foldwell.press.imprint import Imprint
from foldwell.typeset.engine import without_warnings
from foldwell.typeset.page_source import Composition
from foldwell.typeset.stamping import is_on
from foldwell.typeset.stamping.shapes import Unlike
from foldwell.typeset.stamping.standing import Differing, Standing
from foldwell.typeset.stamping.strokes import Noted, noting

TRIES = 6
"""How often a forme is made again, with more holes, before it is given up."""
KINDS = 6
"""How many files of one master are kept."""
_WAYS_OUT = (Unlike, Unsound, Mistakes, ValueError)

Finish = Callable[[bytes], bytes]
Dress = Callable[[Imprint], None]


@dataclass
class Kept:
    """A file that stands.

    Attributes:
        standing: Its pages.
        content: The finished file.
        grounds: What stands behind the text of its pages.
        dress: What lets it say of itself what it says.
        passed: Whether it has passed all checks.
        faultless: Whether checks found nothing to say of it.
        forme: What others are made from, once there is any.
        glyphs: The glyphs that were looked at.
        tries: How often a forme was made.
    """

    standing: Standing
    content: bytes
    grounds: list[PageGround]
    dress: Dress | None
    passed: bool = False
    faultless: bool = False
    forme: Forme | None = None
    glyphs: set[tuple[str, int, str]] = field(default_factory=set)
    tries: int = 0

    def learn(self, document: Any, content: bytes, finish: Finish, dress: Dress | None) -> None:
        """Make a forme for files like another one, and hold it to that and to the first.

        Args:
            document: The engine's document of the other.
            content: The other as it was made as a whole.
            finish: What finishes a typeset file.
            dress: What lets the other say of itself what it says.
        """
        standing = self.standing
        if self.tries >= TRIES or not self.passed:
            return
        with suppress(*_WAYS_OUT), without_warnings():
            pairs = standing.pairs(document)
            if self.forme and standing.knows(pairs):
                return  # it differs in what no hole can hold
            self.tries, self.forme = self.tries + 1, None
            standing.make_holes(pairs)
            bodies, parts = standing.bodies()
            marked = [*standing.link_numbers, *filter(None, standing.figures())]
            forme = Forme(standing.file, bodies, parts, marked, finish)
            first = (standing.document, self.content, self.dress)
            for one, made, dressed in (first, (document, content, dress)):
                if _filled(forme, standing.differing(one), dressed) != made:
                    return
            self.forme = forme

    def printed(
        self, document: Any, marks: Sequence[str], dress: Dress | None
    ) -> tuple[bytes, Differing] | None:
        """Another file from the forme; None if it must be made as a whole."""
        if self.forme is None:
            return None
        with suppress(*_WAYS_OUT), without_warnings():
            if not self.standing.knows(self.standing.pairs(document)):
                return None
            own = self.standing.differing(document)
            if all(runs_are_read(self.grounds[page], marks, runs) for page, runs in own.runs):
                made = _filled(self.forme, own, dress)
                self._look_at(own.glyphs - self.glyphs)
                return made, own
        return None

    def _look_at(self, glyphs: frozenset[tuple[str, int, str]]) -> None:
        """Hold glyphs that no file was set in before to all clauses for fonts."""
        for name in {name for name, _, _ in glyphs}:
            own = {one for one in glyphs if one[0] == name}
            codes = {glyph.to_bytes(2, "big") for _, glyph, _ in own}
            if self.forme and holds(self.forme.font(name), codes):
                self.glyphs |= own


def _filled(forme: Forme, own: Differing, dress: Dress | None) -> bytes:
    return forme.filled(own.steps, own.said, own.fonts, dress)


@dataclass
class Print:
    """A file that was made, before its checks.

    Attributes:
        kept: What it was made from, or what is kept of it.
        own: What is its own, where it was made from a forme.
    """

    kept: Kept
    own: Differing | None = None

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

    def passed(self) -> None:
        """It has passed all checks."""
        self.kept.passed = True
        if self.own:
            self.kept.glyphs |= self.own.glyphs


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
    typeset = panels.fitted.typeset
    master, document = typeset.master, typeset.document
    key = (*kind, order.medium.name, panels.tagged, composition.marks)
    kept: Kept | None = master.standing.get(key) if master and is_on() else None
    if kept and kept.passed and (made := kept.printed(document, composition.marks, dress)):
        content, own = made
        return content, Print(kept, own)
    with noting() as noted:
        raw = panels.content
    if looks:
        hold_to_contrast(order, composition, panels, raw)
    content = finish(raw)
    if master is None or not is_on():
        return content, None
    if kept is None:
        if len(master.standing) < KINDS and (
            kept := _stood(document, raw, noted, content, raw if looks else content)
        ):
            master.standing[key], kept.dress = kept, dress
            return content, Print(kept)
        return content, None
    kept.learn(document, content, finish, dress)
    return content, None


def _stood(document: Any, raw: bytes, noted: Noted, content: bytes, seen: bytes) -> Kept | None:
    """A file that is kept standing; None if it cannot be."""
    with suppress(*_WAYS_OUT), without_warnings():
        standing = Standing(document, taken_apart(raw), noted)
        return Kept(standing, content, grounds_of(seen), None, glyphs=set(standing.glyphs))
    return None
