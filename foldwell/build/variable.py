"""Files with fields: for one more clinic its words are put into a file that stands, with no engine.

What was made as a whole twice, and from the first file to the last byte, is taken apart into
values: where its words came from and what room they have. The next file is made both ways, and
only if both are the same are further ones made from these values alone. What was proven so is put
on the rack for other processes, and for later builds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from foldwell.build.job import Order
from foldwell.build.made import Made
from foldwell.build.proven import Proven
from foldwell.carried import Carried, is_true
from foldwell.check.archive_rules.fonts import holds
from foldwell.check.contrast import PageGround, runs_are_read
from foldwell.check.grounds import Ground
from foldwell.check.shown_words import shows
from foldwell.pdf.packing import Piece
from foldwell.press.font_places import FontPlaces
from foldwell.press.forme import Forme, Unsound
from foldwell.press.holes import HoledStream, Region
from foldwell.press.imprint import Imprint, ImprintPlaces
from foldwell.typeset.page_source import Composition, PageSource
from foldwell.typeset.stamping.looks import Look
from foldwell.typeset.variable.fields import (
    Closing,
    Line,
    Link,
    OwnWords,
    Picture,
    Room,
    Run,
    Told,
)
from foldwell.typeset.variable.font_words import FontFacts
from foldwell.typeset.variable.pages import VariablePages
from foldwell.typeset.variable.programs import register
from foldwell.typeset.variable.shaping import Face
from foldwell.typeset.variable.words import Said, said_by

if TYPE_CHECKING:
    from foldwell.build.imprints import TicketPage

HOW = "its own words put into the fields of a file that stands"
_SOUND = Carried[bool]("glyphs", is_true)
"""That glyphs of a font hold all clauses, by their numbers and what they say."""

T = TypeVar("T")
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
        made: What was told of the edition that it was learned from.
        name: The name of that.
        proven: Whether a further file was the same as one that was made otherwise.
        racked: Whether it stands on the rack.
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
    racked: bool = False

    def printed(
        self, order: Order, composition: Composition, said: Said, ticket_page: TicketPage
    ) -> Made | None:
        """The file of another order; None if its words do not fit in the fields.

        Args:
            order: The order.
            composition: What it is made from.
            said: What its pages say.
            ticket_page: Makes the page of a job ticket.
        """
        medium, about = order.medium, (order, composition, self.panels, self.body_pt)
        dress = medium.dress(*about) if medium.dress else None
        found = self.filled(said, composition.marks, dress)
        if found is None or self.made is None:
            return None
        content, own = found
        beside = ()
        if medium.beside:
            beside = medium.beside(*about, content, own.steps, ticket_page)
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
        """Whether glyphs of the file made last, in which none was set before, hold all clauses.

        What a font says of a glyph is the same in each file that is made here.
        """
        for mark in {mark for mark, _, _ in glyphs}:
            own, font = {one for one in glyphs if one[0] == mark}, repr(self.pages.fonts[mark])
            known = _SOUND.answers(font)
            new = {glyph: f"{glyph} {word}" for _, glyph, word in own}
            new = {glyph: asked for glyph, asked in new.items() if asked not in known}
            if new:
                codes = {glyph.to_bytes(2, "big") for glyph in new}
                if not holds(self.forme.font(mark), codes):
                    return False
                for asked in new.values():
                    _SOUND.keep(font, asked, True)
            self.glyphs |= own
        return True


def _is_shown(own: OwnWords, step: int, mark: str, text: str) -> bool:
    """Whether a viewer will read a text where it is shown."""
    font = own.fonts[mark]
    return font is not None and all(shows(one, font.to_unicode, text) for one in own.steps[step])


_CLASSES = (
    Closing, Face, FontFacts, FontPlaces, Forme, Ground, HoledStream, ImprintPlaces, Line, Link,
    Look, Made, Picture, Piece, Region, Room, Run, Said, Told, VariableFile, VariablePages,
)  # fmt: skip
"""All that a file with fields is made of."""


FILES = Proven(VariableFile, _CLASSES)
"""The files with fields of this process."""


def ticket_with_fields(source: PageSource, kind: str) -> bytes | None:
    """The page of a job ticket, from one with fields; None if there is none for it.

    Args:
        source: The page.
        kind: Of what kind of file it is: tickets of others say more that is not the same.
    """
    for font in source.fonts:
        register(font.content)
    said = said_by(source)
    key = key_of_ticket(said, kind)
    for file in FILES.find(key):
        if file.proven and (found := _soundly(key, file, lambda one: one.filled(said))):
            return found[0]
    return None


def key_of_ticket(said: Said, kind: str) -> str:
    """What the pages of job tickets of a kind are kept by."""
    return f"ticket {kind} {said.shape}"


def _soundly(key: str, file: VariableFile, use: Callable[[VariableFile], T]) -> T | None:
    """Put a file to use; one from the rack that is not what it should be is given up."""
    try:
        return use(file)
    except MemoryError:
        raise
    except Exception:  # an output folder may come from anybody
        if not file.racked:
            raise
        FILES.forget(key, file)
        return None


@dataclass(frozen=True)
class Asked:
    """What a file is asked to say, and the key of files with fields for it."""

    order: Order
    composition: Composition
    said: Said
    key: str

    def printed(self, ticket_page: TicketPage = ticket_with_fields) -> Made | None:
        """The file, from one with fields; None if there is none for it.

        Args:
            ticket_page: Makes the page of a job ticket.
        """
        about = self.order, self.composition, self.said, ticket_page
        for file in FILES.find(self.key):
            if file.proven and (made := _soundly(self.key, file, lambda one: one.printed(*about))):
                return made
        return None

    def prove(self, made: Made, ticket_page: TicketPage) -> None:
        """Hold files with fields to what was made otherwise."""
        for file in FILES.find(self.key):
            if file.proven:
                continue
            other = file.printed(self.order, self.composition, self.said, ticket_page)
            if other is None:
                continue
            if _alike(other, made):
                FILES.proved(self.key, file)
            else:
                FILES.forget(self.key, file)


def asked_for(order: Order, composition: Composition) -> Asked:
    """What an order asks for."""
    for font in composition.pages.fonts:
        register(font.content)
    said = said_by(composition.pages)
    rest = replace(composition, pages=None, ticket=None, facts=None, notes=())  # type: ignore[arg-type]
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
