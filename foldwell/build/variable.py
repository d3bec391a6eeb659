"""Files with fields: for one more clinic its words are put into a file that stands, with no engine.

What was made as a whole twice, and from the first file to the last byte, is taken apart into
values: where its words came from and what room they have. The next file is made both ways, and
only if both are the same are further ones made from these values alone.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace

from foldwell.build.job import Order
from foldwell.build.made import Made
from foldwell.check.archive_rules.fonts import holds
from foldwell.check.contrast import PageGround, runs_are_read
from foldwell.check.shown_words import shows
from foldwell.press.forme import Forme, Unsound
from foldwell.press.imprint import Imprint
from foldwell.typeset.page_source import Composition
from foldwell.typeset.variable.fields import OwnWords
from foldwell.typeset.variable.pages import VariablePages
from foldwell.typeset.variable.words import Said, said_by

KEPT = 96
"""How many files with fields are kept."""
A_SHAPE = 4
"""How many of them have the same shape, and differ in the room that words take."""
HOW = "its own words put into the fields of a file that stands"


Dress = Callable[[Imprint], None]


@dataclass
class VariableFile:
    """A file with fields.

    Attributes:
        pages: Its pages, as values.
        forme: What is printed from.
        glyphs: The glyphs that were looked at: font, glyph, what it says.
        grounds: What stands behind the text of its pages.
        panels: How many panels it has.
        body_pt: The size of their text.
        made: What was made of the edition that it was learned from.
        name: The name of that.
        proven: Whether a further file was the same as one that was made otherwise.
    """

    pages: VariablePages
    forme: Forme
    glyphs: set[tuple[str, int, str]]
    grounds: list[PageGround]
    panels: int
    body_pt: float
    made: Made | None = None
    name: str = ""
    proven: bool = False

    def printed(self, order: Order, composition: Composition, said: Said) -> Made | None:
        """The file of another order; None if its words do not fit in the fields."""
        medium, about = order.medium, (order, composition, self.panels, self.body_pt)
        dress = medium.dress(*about) if medium.dress else None
        found = self.filled(said, composition.marks, dress)
        if found is None or self.made is None:
            return None
        content, own = found
        beside = medium.beside(*about, content, own.steps) if medium.beside else ()
        if beside is None:
            return None
        notes = tuple(
            (kind, HOW if kind == "stamp" else line.replace(self.name, order.name))
            for kind, line in self.made.notes
        )
        findings = tuple(line.replace(self.name, order.name) for line in self.made.findings)
        return Made(content, self.made.pages, beside, notes, findings)

    def filled(
        self, said: Said, marks: tuple[str, ...] = (), dress: Dress | None = None
    ) -> tuple[bytes, OwnWords] | None:
        """The file with other words; None if they do not fit in the fields.

        Args:
            said: What it shall say.
            marks: The colours of the pale word of a draft.
            dress: What lets it say of itself what it shall.
        """
        own = self.pages.differing(said)
        if own is None or not all(_is_shown(own, *one) for one in own.texts):
            return None
        if not all(runs_are_read(self.grounds[n], marks, runs) for n, runs in own.runs.items()):
            return None
        try:
            content = self.forme.filled(own.steps, own.said, own.fonts, dress)
        except (Unsound, ValueError):
            return None
        return (content, own) if self._are_sound(own.glyphs - self.glyphs) else None

    def _are_sound(self, glyphs: frozenset[tuple[str, int, str]]) -> bool:
        """Whether glyphs of the file made last, in which none was set before, hold all clauses."""
        for mark in {mark for mark, _, _ in glyphs}:
            own = {one for one in glyphs if one[0] == mark}
            codes = {glyph.to_bytes(2, "big") for _, glyph, _ in own}
            if not holds(self.forme.font(mark), codes):
                return False
            self.glyphs |= own
        return True


def _is_shown(own: OwnWords, step: int, mark: str, text: str) -> bool:
    """Whether a viewer will read a text where it is shown."""
    font = own.fonts[mark]
    return font is not None and all(shows(one, font.to_unicode, text) for one in own.steps[step])


class VariableFiles:
    """The files with fields that a process keeps."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, list[VariableFile]] = OrderedDict()

    def keep(self, key: str, file: VariableFile) -> None:
        """Keep a file, and forget those that were of no use for longest."""
        own = self._kept.setdefault(key, [])
        own.append(file)
        del own[:-A_SHAPE]
        self._kept.move_to_end(key)
        while sum(map(len, self._kept.values())) > KEPT:
            self._kept.popitem(last=False)

    def forget(self, key: str, file: VariableFile) -> None:
        """Give a file up."""
        with suppress(KeyError, ValueError):
            self._kept[key].remove(file)

    def forget_all(self) -> None:
        """Give all of them up."""
        self._kept.clear()

    def find(self, key: str) -> list[VariableFile]:
        """The files of a key, those that were of use last first."""
        found = self._kept.get(key)
        if found is None:
            return []
        self._kept.move_to_end(key)
        return found[::-1]


FILES = VariableFiles()
"""Those of this process."""


@dataclass(frozen=True)
class Asked:
    """What a file is asked to say, and the key of files with fields for it."""

    order: Order
    composition: Composition
    said: Said
    key: str

    def printed(self) -> Made | None:
        """The file, from one with fields; None if there is none for it."""
        for file in FILES.find(self.key):
            if file.proven and (made := file.printed(self.order, self.composition, self.said)):
                return made
        return None

    def prove(self, made: Made) -> None:
        """Hold files with fields to what was made otherwise."""
        for file in FILES.find(self.key):
            if file.proven:
                continue
            other = file.printed(self.order, self.composition, self.said)
            if other is None:
                continue
            if _alike(other, made):
                file.proven = True
            else:
                FILES.forget(self.key, file)


def asked_for(order: Order, composition: Composition) -> Asked:
    """What an order asks for."""
    said = said_by(composition.pages)
    rest = replace(composition, pages=None, ticket=None, facts=None)  # type: ignore[arg-type]
    kind = repr((
        order.row, order.geometry, order.paper, order.medium.name, order.language, order.beside,
        order.right_to_left, order.status, order.title, order.options, order.dates, rest,
        composition.ticket is None,
    ))  # fmt: skip
    key = hashlib.sha256(f"{said.shape} {kind}".encode()).hexdigest()
    return Asked(order, composition, said, key)


def _alike(one: Made, other: Made) -> bool:
    """Whether two files are the same, but for how they were made."""
    blank = [
        replace(made, notes=tuple(note for note in made.notes if note[0] != "stamp"))
        for made in (one, other)
    ]
    return blank[0] == blank[1]
