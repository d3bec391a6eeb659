"""Imprints: what a printed file says of itself, and the job ticket that goes beside it.

Nothing of it asks the engine, so whoever puts words into the fields of a file has it too.
"""

from __future__ import annotations

import hashlib
import html
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from foldwell.build.job import Order
from foldwell.check.code_strokes import is_code, said_by
from foldwell.errors import FoldwellError
from foldwell.paper.conditions import Condition
from foldwell.paper.sheets import PRESS_SHEETS_MM, Side, flat_sides, on_press_sheet
from foldwell.press.imprint import Imprint
from foldwell.press.office import Piece
from foldwell.press.press_file import SIDE, SIDES, readdress
from foldwell.typeset.page_source import Composition, PageSource
from foldwell.typeset.paperwork import token

TicketPage = Callable[[PageSource, str], bytes | None]
"""Makes the page of a job ticket, of a kind of file; None if it cannot here."""


def dress(
    order: Order, composition: Composition, panels: int, body_pt: float
) -> Callable[[Imprint], None]:
    """What lets a finished file with the same sheets say of itself what an order's shall.

    Args:
        order: The order.
        composition: What it is made from.
        panels: How many panels it has.
        body_pt: The size of their text.
    """
    sides, piece = sides_of(order, panels), piece_of(order, composition, body_pt)
    assert order.geometry is not None
    bleed_mm = order.geometry.bleed_mm
    return lambda sheets: readdress(sheets, sides, piece, bleed_mm)


def beside(
    order: Order,
    composition: Composition,
    panels: int,
    body_pt: float,
    content: bytes,
    steps: Sequence[Sequence[bytes]],
    ticket_page: TicketPage,
) -> tuple[tuple[str, bytes], ...] | None:
    """The job ticket of a file that was made from one that stands.

    Args:
        order: The order.
        composition: What it is made from.
        panels: How many panels it has.
        body_pt: The size of their text.
        content: The file.
        steps: What stands in its holes.
        ticket_page: Makes the page of the ticket.

    Returns:
        The ticket; None if its page cannot be made here, or the codes in the file are not those of
        its pages.
    """
    if not codes_are_its_own(steps, content, composition):
        return None
    return ticket_of(order, composition, panels, body_pt, content, ticket_page)


def sides_of(order: Order, panels: int) -> tuple[Side, ...]:
    """What stands where on the sheets of so many panels."""
    sides = trimmed_sides(order, panels)
    assert order.geometry is not None
    return _on_sheet(order, sides, order.geometry.bleed_mm) if order.options.sheet else sides


def piece_of(order: Order, composition: Composition, body_pt: float) -> Piece:
    """What the file says of itself."""
    assert order.geometry is not None
    slug = _slug(order, order.condition, dict(composition.facts or ()))
    return Piece(
        order.title, order.format, body_pt, order.geometry.flip, slug, order.language,
        order.right_to_left,
    )  # fmt: skip


def codes_are_its_own(
    steps: Sequence[Sequence[bytes]], content: bytes, composition: Composition
) -> bool:
    """Whether the codes that a viewer reads say what the pages say that they do.

    Those in holes are read by themselves; if there are none, the pages are read.
    """
    from foldwell.check.codes import words_of_codes

    asked = sum(name == "qr.svg" for name, _, _ in composition.pages.assets)
    said = html.unescape(composition.pages.html)
    holes = (b"\n".join(lines) for lines in steps)
    words = tuple(said_by(strokes) for strokes in holes if is_code(strokes))
    if asked and not words:
        words = words_of_codes(content)
    return len(words) >= asked and all(one and one in said for one in words)


def _on_sheet(order: Order, sides: tuple[Side, ...], bleed_mm: float) -> tuple[Side, ...]:
    width, height = PRESS_SHEETS_MM[order.options.sheet]
    several = on_press_sheet(sides, (width, height), bleed_mm)
    if several is sides:
        raise FoldwellError(
            f"A sheet of {order.options.sheet.upper()} ({width:g} × {height:g} mm) is too small"
            f" for '{order.format}' with its bleed and marks.",
            None,
            "Leave --sheet out.",
        )
    return several


def _slug(order: Order, condition: Condition, facts: Mapping[str, object]) -> str:
    """The line outside the trim, with marks for the number of the side.

    Its dates are the edition's: with the day of a build the same job would be another one a day
    later, and be made again.
    """
    words = [
        order.title,
        f"edition {order.edition}",
        f"{order.clinic} {order.language}",
        order.format,
        f"side {SIDE} of {SIDES}",
        condition.identifier,
        f"published {facts.get('published', '')}, reviewed {facts.get('reviewed', '')}",
    ]
    if order.status:
        words.insert(0, "PROOF, NOT FOR PRINTING")
    return " · ".join(words)


def ticket_of(
    order: Order,
    composition: Composition,
    panels: int,
    body_pt: float,
    content: bytes,
    ticket_page: TicketPage,
) -> tuple[tuple[str, bytes], ...] | None:
    """The job ticket of a press file: its facts, and its page.

    Args:
        order: The order.
        composition: What it is made from.
        panels: How many panels it has.
        body_pt: The size of their text.
        content: The file.
        ticket_page: Makes the page.

    Returns:
        Both; nothing where no ticket was composed; None if the page cannot be made here.
    """
    if composition.ticket is None or composition.facts is None:
        return ()
    sides = len(sides_of(order, panels))
    known: dict[str, object] = {
        "sha256": hashlib.sha256(content).hexdigest(),
        "sides": sides,
        "pages": panels,
        "set": _set(order, panels),
        "body_pt": body_pt,
        "colour": "4/0, CMYK" if sides == 1 else "4/4, CMYK",
    }
    text = composition.ticket.html
    facts = {}
    for name, value in composition.facts:
        for key, later in known.items():
            if value == token(key):
                value = later
        facts[name] = value
    for key, later in known.items():
        text = text.replace(token(key), f"{later:g}" if isinstance(later, float) else str(later))
    facts["file"] = order.path.rpartition("/")[2]
    kind = order.leaflet, order.language, order.beside, order.format, order.paper
    page = ticket_page(replace(composition.ticket, html=text), " ".join(kind))
    return None if page is None else (("-ticket.yml", _yaml(facts)), ("-ticket.pdf", page))


def _set(order: Order, pages: int) -> str:
    """How the sheets of a leaflet are held together."""
    if order.geometry and order.geometry.binding == "stitched":
        return "sheets laid into each other, two wire stitches in the fold"
    if pages > 2 and order.row and order.row.any_length:
        return f"{(pages + 1) // 2} sheets, in order, one staple at the corner where reading starts"
    return "none"


def _yaml(facts: dict[str, object]) -> bytes:
    import yaml

    return yaml.dump(
        facts, Dumper=yaml.CSafeDumper, default_flow_style=False, allow_unicode=True, width=200,
        sort_keys=False, encoding="utf-8",
    )  # fmt: skip


def trimmed_sides(order: Order, count: int) -> tuple[Side, ...]:
    """The sides of the trimmed sheets on which so many panels stand."""
    if order.row is None or order.geometry is None:
        raise ValueError("what is made in no format has no sides")
    sides = flat_sides(
        order.geometry,
        count,
        flows=order.row.flows,
        right_to_left=order.right_to_left,
        single_pages=order.single_pages,
    )
    return tuple(side for side in sides if side.placements)
