"""What each medium is composed for: the first step of the rows of the table of media."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from foldwell.build.job import Order, refuse
from foldwell.build.made import Made
from foldwell.build.unreadable import unreadable
from foldwell.check.finished import check_laid_out
from foldwell.check.web_contrast import check_web_contrast
from foldwell.check.wording.table import Errors, errors_of
from foldwell.content.edition import Edition
from foldwell.errors import FoldwellError, Mistakes
from foldwell.typeset.compose import compose_print, compose_web
from foldwell.typeset.page_source import Composition
from foldwell.typeset.plain_text import compose_text
from foldwell.typeset.purpose import Purpose


@dataclass(frozen=True)
class _Seen:
    """An edition, known by all that rules of words ask of it: values, which it keeps alive."""

    key: tuple[object, ...]
    edition: Edition = field(compare=False)


@lru_cache(maxsize=64)
def _errors_of(seen: _Seen) -> Errors:
    return errors_of(seen.edition)


def _errors(edition: Edition) -> Errors:
    """The same for all files of an edition, as long as its values are the same objects."""
    values = (edition.leaflet, edition.clinic, edition.region, edition.held_to, edition.references)
    return _errors_of(_Seen((*map(id, values), edition.words_hash, repr(edition.gone)), edition))


def hold_to_rules(edition: Edition) -> tuple[tuple[str, str], ...]:
    """Refuse an edition whose words must not go out, whatever it is composed for.

    Returns:
        Notes on what stands between a draft and the press, a line each.

    Raises:
        Mistakes: With all that it is refused for.
    """
    sides = [edition, edition.beside] if edition.beside else [edition]
    found = [_errors(one) for one in sides]
    if stop := [finding for errors in found for finding in errors.stop]:
        raise Mistakes(FoldwellError(one.message, one.place, one.hint) for one in stop)
    return tuple(("press", str(finding)) for errors in found for finding in errors.press)


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
