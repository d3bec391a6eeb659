"""A leaflet: its pages as they print, beside its words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.responses import JSONResponse, Response

from foldwell.build.job import Order
from foldwell.content.interface_words import LANGUAGES, SOURCE
from foldwell.content.leaflet import Leaflet
from foldwell.content.locales import right_to_left
from foldwell.errors import FoldwellError
from foldwell.studio.conflicts import conflicted
from foldwell.studio.desk import Call, Desk, NotThere, seen_other
from foldwell.studio.draft_page import by_gravity, told_of
from foldwell.studio.new_leaflet import formats
from foldwell.studio.pictures import count_pages
from foldwell.studio.saving import (
    NOT_UTF8,
    Conflict,
    editable,
    mark,
    present,
    shown,
)
from foldwell.studio.standing import CHANGED

SIDES = "sides"
"""The view of a fold that shows its panels side by side, as they stand on the sheet."""
VIEWS = {SIDES: "Sides of the sheet", "screen": "Panels one by one",
         "office": "For your own printer", "web": "Web page", "text": "Plain text"}  # fmt: skip


@dataclass(frozen=True)
class _Chosen:
    """What of a leaflet is looked at.

    Attributes:
        own: The files of one clinic.
        clinics: The clinics that can be chosen, and the one that is.
        formats: The formats, likewise.
        views: The views, likewise.
        order: The file that is shown; None for a view that only a preview gives.
        folds: Where its sheet is creased; empty if it is not.
    """

    own: list[Order]
    clinics: tuple[list[str], str]
    formats: tuple[list[str], str]
    views: tuple[list[str], str]
    order: Order | None
    folds: str


def _chosen(desk: Desk, slug: str, language: str, query: Mapping[str, str]) -> _Chosen:
    book = desk.shelf.book
    orders = [one for one in book.of(slug, language) if not one.medium.for_print_shops]
    clinics = [*dict.fromkeys(one.clinic for one in orders)] or [*book.library.clinics]
    clinic = _one_of(query.get("clinic", ""), clinics)
    own = [one for one in orders if one.clinic == clinic]
    formats = list(dict.fromkeys(one.format for one in own if one.format))
    usual = next((one for one in ("letter-fold", "bifold") if one in formats), "")
    format_name = _one_of(query.get("format", "") or usual, formats)
    here = {one.medium.name: one for one in own if one.format in ("", format_name)}
    folds = next(filter(None, map(_folds, here.values())), "")
    # The screen's pages are set while one types, whether they are built or not.
    views = [name for name in VIEWS if name in here or (name == "screen" and format_name)]
    views = [SIDES, *views] if folds else views
    view = _one_of(query.get("medium", ""), views)
    order = here.get("screen" if view == SIDES else view)
    return _Chosen(own, (clinics, clinic), (formats, format_name), (views, view), order, folds)


def leaflet_page(desk: Desk, call: Call) -> Response:
    """The pages of a file of a leaflet, and its words."""
    leaflet = desk.leaflet(call)
    slug, language = call.path["slug"], call.path["language"]
    book = desk.shelf.book
    path = f"content/leaflets/{slug}/{language}.md"
    content = present(desk.root, path)
    if content is None:
        raise NotThere
    text, may_change = shown(content, path)
    chosen = _chosen(desk, slug, language, call.query)
    order, (clinics, clinic) = chosen.order, chosen.clinics
    state = desk.standing(chosen.own)
    pages, no_pages = _pages(desk, order)
    printed, why_not = _printed(desk, state, chosen.own, chosen.formats[1])
    said = call.query.get("said", "")
    return desk.page(
        "leaflet.html",
        title=str(leaflet.facts.title) if leaflet else slug,
        slug=slug, language=language, path=path,
        languages=[one for one in book.library.leaflets.get(slug, {}) if one != language],
        source=SOURCE, text=text, seen=mark(content), not_utf8="" if may_change else NOT_UTF8,
        dir="rtl" if language in LANGUAGES and right_to_left(language) else "ltr",
        clinics=[(name, str(book.library.clinics[name].name)) for name in clinics], clinic=clinic,
        formats=chosen.formats[0], format=chosen.formats[1],
        more=[one for one in formats(desk) if one not in chosen.formats[0]],
        media=[(name, VIEWS[name]) for name in chosen.views[0]], medium=chosen.views[1],
        set=order.medium.name if order else "screen",
        flip=_flip(printed) if printed and printed.medium.name == "office" else "",
        fold=chosen.folds, building=desk.builder.state == "running",
        sides=_sides(order, pages) if chosen.views[1] == SIDES else [],
        file=order.path if order and (desk.output / order.path).is_file() else "",
        pages=pages, no_pages=no_pages, old=state[order.path] if order else "",
        printed=printed.path if printed else "", draft=bool(printed and printed.status),
        downloads=[path for path, why in state.items() if not why],
        whole=bool(state) and not any(state.values()), why_not=why_not, changed=CHANGED,
        statuses=list(desk.shelf.statuses(leaflet)) if leaflet else [],
        findings=_findings(desk, path, (slug, language), leaflet), said=said,
        facts=json.dumps(_facts(desk, clinic)),
    )  # fmt: skip


def _facts(desk: Desk, clinic: str) -> dict[str, str]:
    """What facts say for a clinic, for the view that shows words as words."""
    library = desk.shelf.book.library
    one = library.clinics.get(clinic)
    if one is None or one.region not in library.regions:
        return {}
    region = one.region_here(library.regions)
    return {"clinic.name": str(one.name), "clinic.phone": str(one.phone),
            "region.emergency_number": str(region.emergency_number)}  # fmt: skip


def _one_of(asked: str, known: list[str]) -> str:
    return asked if asked in known else (known[0] if known else "")


def _pages(desk: Desk, order: Order | None) -> tuple[list[str], str]:
    """The addresses of the pictures of a finished file, or what is to be said in their place."""
    if order is None or order.medium.ending != ".pdf":
        return [], "Not built yet."
    path = desk.output / order.path
    if not path.is_file():
        return [], "Not built yet."
    try:
        many = desk.pictures.apart(count_pages, path)
    except FoldwellError:
        return [], "The file that was built cannot be shown. Build it again."
    return [f"/page/{order.path}?n={number}&w=1100" for number in range(min(many, 64))], ""


def _printed(
    desk: Desk, state: Mapping[str, str], own: list[Order], format_name: str
) -> tuple[Order | None, str]:
    """The file for a desktop printer, else the one for the screen; or why it is not printed."""
    for medium in ("office", "screen"):
        for one in own:
            there = (desk.output / one.path).is_file()
            if there and (one.medium.name, one.format) == (medium, format_name):
                why = state[one.path]
                return (None, why) if why else (one, "")
    return None, ""


def _sides(order: Order | None, pages: list[str]) -> list[tuple[str, list[tuple[int, str]]]]:
    """The pictures of panels as they stand on each side of the sheet, with their numbers."""
    geometry = order.geometry if order else None
    if geometry is None or not pages:
        return []
    names = ("Outside", "Inside") if all(geometry.sides) else ("The side", "The other side")
    return [
        (name, [(spot.panel + 1, pages[spot.panel]) for spot in side if spot.panel < len(pages)])
        for name, side in zip(names, geometry.sides, strict=False) if side
    ]  # fmt: skip


def _flip(order: Order) -> str:
    return str(getattr(order.geometry, "flip", ""))


def _folds(order: Order | None) -> str:
    """Where the sheet of a fold is creased, for the folded view, as JSON."""
    geometry = order.geometry if order else None
    if geometry is None or not geometry.folds or len(geometry.panels) > 8:
        return ""
    spots = [spot for side in geometry.sides for spot in side]
    if any(spot.turn or spot.y_mm for spot in spots) or geometry.cuts:
        return ""
    sides = [[spot.panel for spot in side] for side in geometry.sides]
    widths = [panel.width_mm for panel in geometry.panels]
    tall = max(panel.height_mm for panel in geometry.panels)
    return json.dumps({"sides": sides, "widths": widths, "tall": tall})


def _findings(
    desk: Desk, path: str, name: tuple[str, str], leaflet: Leaflet | None
) -> list[dict[str, Any]]:
    book = desk.shelf.book
    told = [told_of(one, name) for one in book.library.broken.get(path, ())]
    if leaflet is None:
        return told
    found = desk.shelf.checked_of(leaflet.slug)
    told += [
        {**told_of(error, name), "text": f"The rules could not be asked: {error}"}
        for error in found.wrong
    ]
    checked = found.leaflets.get(path)
    told += [told_of(one, name) for one in (checked.findings if checked else ())]
    return by_gravity(told)


def save_leaflet(desk: Desk, call: Call) -> Response:
    """Save the words, unless somebody else saved them in the meantime."""
    slug, language = call.path["slug"], call.path["language"]
    desk.leaflet(call)
    path = f"content/leaflets/{slug}/{language}.md"
    before = present(desk.root, path) or b""
    editable(before, path)
    text = call.one("text").replace("\r\n", "\n")
    if b"\r\n" in before:  # the file keeps the line ends that it has
        text = text.replace("\n", "\r\n")
    if before.startswith(b"\xef\xbb\xbf") and not text.startswith("\ufeff"):
        text = "\ufeff" + text
    try:
        said = desk.save(path, text.encode(), call.one("seen"))
    except Conflict as conflict:
        return conflicted(desk, call, conflict, text.encode(), f"/leaflet/{slug}/{language}")
    except UnicodeEncodeError:
        raise FoldwellError("The text holds half a character.", None, "Delete it.") from None
    if call.wants_json:
        facts = {"saved": said != "same", "said": said, "seen": mark(text.encode())}
        return JSONResponse(facts)
    return seen_other(f"/leaflet/{slug}/{language}?said={said}")
