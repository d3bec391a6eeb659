"""Kept files: finished files that stand, and what others are made from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from foldwell.build.variable import VariableFile
from foldwell.check.archive_rules.fonts import holds
from foldwell.check.contrast import PageGround, grounds_of, runs_are_read
from foldwell.errors import Mistakes
from foldwell.pdf.raw_objects import taken_apart
from foldwell.press.forme import Forme, Unsound
from foldwell.press.imprint import Imprint
from foldwell.typeset.engine import without_warnings
from foldwell.typeset.stamping.differing import Differing
from foldwell.typeset.stamping.shapes import Unlike
from foldwell.typeset.stamping.standing import Standing
from foldwell.typeset.stamping.strokes import Noted
from foldwell.typeset.variable.learning import Fields
from foldwell.typeset.variable.pages import VariablePages
from foldwell.typeset.variable.words import Said

TRIES = 6
"""How often a forme is made again, with more holes, before it is given up."""
KINDS = 6
"""How many files of one master are kept."""
_WAYS_OUT = (Unlike, Unsound, Mistakes, ValueError)

Finish = Callable[[bytes], bytes]
Dress = Callable[[Imprint], None]


@dataclass(frozen=True)
class Pages:
    """Pages that were laid out, and what makes a file of them.

    Attributes:
        document: The engine's document.
        measured: For the numbers of words where blocks with them were measured.
        said: What they say.
        finish: What finishes a typeset file.
        dress: What lets a finished file say of itself what it shall, if that is not always so.
    """

    document: Any
    measured: Callable[[set[int]], list[Any] | None]
    said: Said
    finish: Finish
    dress: Dress | None = None


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

    def learn(self, pages: Pages, content: bytes) -> None:
        """Make a forme for files like another one, and hold it to that and to the first.

        Args:
            pages: The pages of the other.
            content: The other as it was made as a whole.
        """
        standing, document, said = self.standing, pages.document, pages.said
        dress = pages.dress
        if self.tries >= TRIES or not self.passed:
            return
        with suppress(*_WAYS_OUT), without_warnings():
            pairs = standing.pairs(document)
            missing = self.fields and self.fields.missing(said)
            if self.forme and standing.knows(pairs) and not missing:
                return  # it differs in what no hole can hold
            self.tries, self.forme, self.fields = self.tries + 1, None, None
            fields = self._fields(pages)
            standing.make_holes([*pairs, *(fields.paths if fields else ())])
            bodies, parts = standing.bodies()
            marked = [*standing.link_numbers, *filter(None, standing.figures())]
            forme = Forme(standing.file, bodies, parts, marked, pages.finish)
            first = (standing.document, self.content, self.dress)
            for one, made, dressed in (first, (document, content, dress)):
                if _filled(forme, standing.differing(one), dressed) != made:
                    return
            self.forme = forme
            if fields:
                found = fields.pages()
                for one, made, dressed in (
                    (self.said, self.content, self.dress), (said, content, dress),
                ):  # fmt: skip
                    if self._from_fields(found, one, dressed) != made:
                        return
                self.fields = found

    def variable(self, count: int = 1, body_pt: float = 0.0) -> VariableFile | None:
        """A file with fields like these; None if none was learned.

        Args:
            count: How many panels it has.
            body_pt: The size of their text.
        """
        if self.fields is None or self.forme is None:
            return None
        return VariableFile(self.fields, self.forme, self.glyphs, self.grounds, count, body_pt)

    def lacks(self, said: Said) -> bool:
        """Whether words of another file stand in no field, though others do."""
        return self.fields is not None and bool(self.fields.missing(said))

    def _fields(self, pages: Pages) -> Fields | None:
        """The fields that the words of its pages have; None if any that differs has none."""
        said = pages.said
        if said.shape != self.said.shape:
            return None
        self.differ |= {
            n for n, (own, other) in enumerate(zip(self.said.words, said.words, strict=True))
            if own != other
        }  # fmt: skip
        with suppress(Unlike):
            return Fields(self.standing, self.said, self.differ, pages.measured, self._is_read)
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


def stood(pages: Pages, raw: bytes, noted: Noted, content: bytes, seen: bytes) -> Kept | None:
    """A file that is kept standing; None if it cannot be.

    Args:
        pages: Its pages.
        raw: The file as the engine wrote it.
        noted: What was noted meanwhile.
        content: The finished file.
        seen: A file of its pages in colours of light.
    """
    with suppress(*_WAYS_OUT), without_warnings():
        standing = Standing(pages.document, taken_apart(raw), noted)
        glyphs = set(standing.glyphs)
        return Kept(standing, content, grounds_of(seen), pages.dress, pages.said, glyphs=glyphs)
    return None
