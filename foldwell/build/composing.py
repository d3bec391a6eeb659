"""What each medium is composed for: the first step of the rows of the table of media."""

from __future__ import annotations

from foldwell.build.held_again import held_again
from foldwell.build.job import Order, refuse
from foldwell.build.made import Made
from foldwell.check.wording.table import errors_of
from foldwell.content.edition import Edition
from foldwell.errors import FoldwellError, Mistakes
from foldwell.finding import Finding
from foldwell.typeset.compose import compose_print, compose_web
from foldwell.typeset.page_source import Composition
from foldwell.typeset.purpose import Purpose


def hold_to_rules(edition: Edition, rest: str = "") -> tuple[tuple[str, str], ...]:
    """Refuse an edition whose words must not go out, whatever it is composed for.

    Args:
        edition: The edition.
        rest: A hash of what it depends on beside its clinic, if that is known.

    Returns:
        Notes on what stands between a draft and the press, a line each.

    Raises:
        Mistakes: With all that it is refused for.
    """
    sides = [edition, edition.beside] if edition.beside else [edition]
    found = [held_again(one, errors_of, "" if edition.beside else rest) for one in sides]
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
    # Only web pages need what reads them.
    from foldwell.build.looked_again import look
    from foldwell.build.unreadable import unreadable

    page = compose_web(edition)
    refuse(order, map(unreadable, look(page, _check_web_contrast)))
    return Made(page.encode(), 1)


def _check_web_contrast(page: str) -> list[Finding]:
    from foldwell.check.web_contrast import check_web_contrast  # for pages of a new kind alone

    return check_web_contrast(page)


def text(edition: Edition, order: Order) -> Made:
    """The finished text, if it says every word of its page, in order.

    Raises:
        Mistakes: If not.
    """
    from foldwell.check.finished import check_laid_out
    from foldwell.typeset.plain_text import compose_text

    plain = compose_text(edition)
    refuse(order, check_laid_out(plain.page, [plain.pieces]))
    return Made(plain.text.encode(), 1)


def _printed(edition: Edition, order: Order, purpose: Purpose) -> Composition:
    if order.row is None:
        raise ValueError(f"{order.medium.name} is made in formats")
    return compose_print(edition, order.row, purpose)
