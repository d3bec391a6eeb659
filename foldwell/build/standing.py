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
from dataclasses import dataclass, field, replace
from typing import Any

from pikepdf import Pdf

from foldwell.build.job import Order
from foldwell.build.made import Made
from foldwell.build.panels import Panels, hold_to_contrast
from foldwell.build.variable import VariableFile
from foldwell.check.archive_rules.fonts import holds
from foldwell.check.contrast import PageGround, grounds_of, runs_are_read
from foldwell.errors import Mistakes
from foldwell.pdf.raw_objects import taken_apart
from foldwell.press.forme import Forme, Unsound
from foldwell.typeset.engine import without_warnings
from foldwell.typeset.page_source import Composition
from foldwell.typeset.stamping import is_on
from foldwell.typeset.stamping.shapes import Unlike
from foldwell.typeset.stamping.standing import Differing, Standing
from foldwell.typeset.stamping.strokes import Noted, noting
from foldwell.typeset.variable.learning import Fields
from foldwell.typeset.variable.pages import VariablePages
from foldwell.typeset.variable.words import Said, said_by

TRIES = 6
"""How often a forme is made again, with more holes, before it is given up."""
KINDS = 6
"""How many files of one master are kept."""
_WAYS_OUT = (Unlike, Unsound, Mistakes, ValueError)

Finish = Callable[[bytes], bytes]
Dress = Callable[[Pdf], None]


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
        if self.file and (self.kept.faultless or not made.beside):
            return replace(self.file, made=made, name=name)
        return None


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
        return content, Print(kept, own, kept.learned(panels, composition, content, finish, dress))
    with noting() as noted:
        raw = panels.content
    if looks:
        hold_to_contrast(order, composition, panels, raw)
    content = finish(raw)
    if master is None or not is_on():
        return content, None
    if kept is None:
        if len(master.standing) < KINDS and (
            kept := _stood(
                document, raw, noted, content, raw if looks else content,
                said_by(composition.pages),
            )
        ):
            master.standing[key], kept.dress, kept.marks = kept, dress, composition.marks
            return content, Print(kept)
        return content, None
    kept.learn(panels, said_by(composition.pages), content, finish, dress)
    return content, Print(kept, file=kept.variable(panels))


def _stood(
    document: Any, raw: bytes, noted: Noted, content: bytes, seen: bytes, said: Said
) -> Kept | None:
    """A file that is kept standing; None if it cannot be."""
    with suppress(*_WAYS_OUT), without_warnings():
        standing = Standing(document, taken_apart(raw), noted)
        glyphs = set(standing.glyphs)
        return Kept(standing, content, grounds_of(seen), None, said, glyphs=glyphs)
    return None
