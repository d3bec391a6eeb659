"""Kept files: finished files that stand, and what others are made from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from foldwell.build.panels import Panels
from foldwell.build.variable import VariableFile
from foldwell.check.archive_rules.fonts import holds
from foldwell.check.contrast import PageGround, grounds_of, runs_are_read
from foldwell.errors import Mistakes
from foldwell.pdf.raw_objects import taken_apart
from foldwell.press.forme import Forme, Unsound
from foldwell.press.imprint import Imprint
from foldwell.typeset.engine import without_warnings
from foldwell.typeset.page_source import Composition
from foldwell.typeset.stamping.differing import Differing
from foldwell.typeset.stamping.shapes import Unlike
from foldwell.typeset.stamping.standing import Standing
from foldwell.typeset.stamping.strokes import Noted
from foldwell.typeset.variable.learning import Fields
from foldwell.typeset.variable.pages import VariablePages
from foldwell.typeset.variable.words import Said, said_by

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
        said: What its pages say.
        differ: The numbers of the words that differed in others.
        fields: Its pages with fields, once there are any.
        marks: The colours of the pale word of a draft.
    """

    standing: Standing
    content: bytes
    grounds: list[PageGround]
    dress: Dress | None
    said: Said
    passed: bool = False
    faultless: bool = False
    forme: Forme | None = None
    glyphs: set[tuple[str, int, str]] = field(default_factory=set)
    tries: int = 0
    differ: set[int] = field(default_factory=set)
    fields: VariablePages | None = None
    marks: tuple[str, ...] = ()

    def learn(
        self, panels: Panels, said: Said, content: bytes, finish: Finish, dress: Dress | None
    ) -> None:
        """Make a forme for files like another one, and hold it to that and to the first.

        Args:
            panels: The pages of the other.
            said: What they say.
            content: The other as it was made as a whole.
            finish: What finishes a typeset file.
            dress: What lets the other say of itself what it says.
        """
        standing, document = self.standing, panels.fitted.typeset.document
        if self.tries >= TRIES or not self.passed:
            return
        with suppress(*_WAYS_OUT), without_warnings():
            pairs = standing.pairs(document)
            missing = self.fields and self.fields.missing(said)
            if self.forme and standing.knows(pairs) and not missing:
                return  # it differs in what no hole can hold
            self.tries, self.forme, self.fields = self.tries + 1, None, None
            fields = self._fields(said, panels)
            standing.make_holes([*pairs, *(fields.paths if fields else ())])
            bodies, parts = standing.bodies()
            marked = [*standing.link_numbers, *filter(None, standing.figures())]
            forme = Forme(standing.file, bodies, parts, marked, finish)
            first = (standing.document, self.content, self.dress)
            for one, made, dressed in (first, (document, content, dress)):
                if _filled(forme, standing.differing(one), dressed) != made:
                    return
            self.forme = forme
            if fields:
                pages = fields.pages()
                for one, made, dressed in (
                    (self.said, self.content, self.dress), (said, content, dress),
                ):  # fmt: skip
                    if self._from_fields(pages, one, dressed) != made:
                        return
                self.fields = pages

    def variable(self, panels: Panels) -> VariableFile | None:
        """A file with fields like these; None if none was learned."""
        if self.fields is None or self.forme is None:
            return None
        return VariableFile(
            self.fields, self.forme, self.glyphs, self.grounds, panels.count,
            panels.fitted.fit.body_pt,
        )  # fmt: skip

    def learned(
        self,
        panels: Panels,
        composition: Composition,
        content: bytes,
        finish: Finish,
        dress: Dress | None,
    ) -> VariableFile | None:
        """A file with more fields, if words of another that was printed have none."""
        said = said_by(composition.pages)
        if self.fields is None or not self.fields.missing(said):
            return None
        before = self.fields
        self.learn(panels, said, content, finish, dress)
        return self.variable(panels) if self.fields is not before else None

    def _fields(self, said: Said, panels: Panels) -> Fields | None:
        """The fields that the words of its pages have; None if any that differs has none."""
        if said.shape != self.said.shape:
            return None
        self.differ |= {
            n for n, (own, other) in enumerate(zip(self.said.words, said.words, strict=True))
            if own != other
        }  # fmt: skip
        with suppress(Unlike):
            measured = panels.fitted.measured
            return Fields(self.standing, self.said, self.differ, measured, self._is_read)
        return None

    def _is_read(self, page: int, run: Any) -> bool:
        """Whether a run can be read whatever is behind it."""
        return runs_are_read(self.grounds[page], self.marks, [run], 0.0)

    def _from_fields(self, pages: VariablePages, said: Said, dress: Dress | None) -> bytes | None:
        own = pages.differing(said)
        if own is None or self.forme is None:
            return None
        return self.forme.filled(own.steps, own.said, own.fonts, dress)

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


def stood(
    document: Any, raw: bytes, noted: Noted, content: bytes, seen: bytes, said: Said
) -> Kept | None:
    """A file that is kept standing; None if it cannot be."""
    with suppress(*_WAYS_OUT), without_warnings():
        standing = Standing(document, taken_apart(raw), noted)
        glyphs = set(standing.glyphs)
        return Kept(standing, content, grounds_of(seen), None, said, glyphs=glyphs)
    return None
