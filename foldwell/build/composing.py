"""What each medium is composed for: the first step of the rows of the table of media."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from foldwell.build.job import Order, refuse
from foldwell.build.made import Made
from foldwell.build.unreadable import unreadable
from foldwell.check.finished import check_laid_out
from foldwell.check.web_contrast import check_web_contrast
from foldwell.check.wording.profiles import PROFILES
from foldwell.check.wording.reading import Reading
from foldwell.check.wording.table import check_before_print
from foldwell.content.edition import Edition
from foldwell.content.word_lists import WordList
from foldwell.errors import FoldwellError, Mistakes
from foldwell.finding import Finding
from foldwell.typeset.compose import compose_print, compose_web
from foldwell.typeset.page_source import Composition
from foldwell.typeset.plain_text import compose_text
from foldwell.typeset.purpose import Purpose


@dataclass(frozen=True)
class _Seen:
    """An edition, known by its words."""

    words_hash: str
    edition: Edition = field(compare=False)


@lru_cache(maxsize=64)
def _words_that_stop(seen: _Seen) -> tuple[Finding, ...]:
    edition = seen.edition
    reading = Reading(edition, PROFILES[edition.region.profile], WordList(), (), edition.today)
    return tuple(check_before_print(reading))


def refuse_words(edition: Edition) -> None:
    """Refuse an edition whose words must not go out, whatever it is composed for.

    Raises:
        Mistakes: With all of them.
    """
    if edition.beside:
        refuse_words(edition.beside)
    if found := _words_that_stop(
        _Seen(f"{edition.words_hash} {edition.status} {edition.gone}", edition)
    ):
        raise Mistakes(FoldwellError(one.message, one.place, one.hint) for one in found)


def screen(edition: Edition, order: Order) -> Composition:
    """Tagged panels."""
    return _printed(edition, order, Purpose("screen", tagged=True))


def office(edition: Edition, order: Order) -> Composition:
    """Panels, and if they are asked for instructions how to print and fold them."""
    asked = order.options.instructions
    return _printed(edition, order, Purpose("office", saves_toner=True, instructions=asked))


def press(edition: Edition, order: Order) -> Composition:
    """Panels with bleed, and a job ticket."""
    purpose = Purpose(
        "press",
        bleeds=True,
        ticket=True,
        condition=order.condition,
        sheet=order.options.sheet,
        spreads=order.in_spreads,
    )
    return _printed(edition, order, purpose)


def web(edition: Edition, order: Order) -> Made:
    """The finished web page, if all of it can be read, in the dark too.

    Raises:
        Mistakes: If not.
    """
    page = compose_web(edition)
    refuse(order, map(unreadable, check_web_contrast(page)))
    return Made(page.encode(), 1)


def text(edition: Edition, order: Order) -> Made:
    """The finished text, if it says every word of its page, in order.

    Raises:
        Mistakes: If not.
    """
    plain = compose_text(edition)
    refuse(order, check_laid_out(plain.page, [plain.pieces]))
    return Made(plain.text.encode(), 1)


def _printed(edition: Edition, order: Order, purpose: Purpose) -> Composition:
    if order.row is None:
        raise ValueError(f"{order.medium.name} is made in formats")
    return compose_print(edition, order.row, purpose)
