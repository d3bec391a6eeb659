"""A leaflet: its pages as they print, beside its words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from starlette.responses import JSONResponse, Response

from foldwell.build.icons import found_icons
from foldwell.build.job import Order
from foldwell.content.blocks import BLOCKS, EXAMPLES
from foldwell.content.clinic import Clinic
from foldwell.content.leaflet import Leaflet
from foldwell.errors import FoldwellError
from foldwell.studio.desk import Call, Desk, NotThere, seen_other, sentence, whole_number
from foldwell.studio.pictures import count_pages
from foldwell.studio.previewing import Preview, places
from foldwell.studio.saving import (
    NOT_UTF8,
    Conflict,
    difference,
    editable,
    mark,
    present,
    shown,
)
from foldwell.studio.standing import CHANGED

VIEWS = {"screen": "Panels", "office": "Sheet", "web": "Web page", "text": "Plain text"}
ICONS_SHOWN = 60


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
    orders = [one for one in book.of(slug, language) if not one.medium.for_print_shops]
    clinics = list(dict.fromkeys(one.clinic for one in orders)) or list(book.library.clinics)
    clinic = _one_of(call.query.get("clinic", ""), clinics)
    own = [one for one in orders if one.clinic == clinic]
    formats = list(dict.fromkeys(one.format for one in own if one.format))
    usual = next((one for one in ("letter-fold", "bifold") if one in formats), "")
    format_name = _one_of(call.query.get("format", "") or usual, formats)
    media = [one.medium.name for one in own if one.format in ("", format_name)]
    medium = _one_of(call.query.get("medium", "screen"), media)
    order = next(
        (o for o in own if o.medium.name == medium and o.format in ("", format_name)), None
    )
    state = desk.standing(own)
    pages, no_pages = _pages(desk, order)
    printed, why_not = _printed(desk, state, own, format_name)
    return desk.page(
        "leaflet.html",
        title=str(leaflet.facts.title) if leaflet else slug,
        slug=slug, language=language, path=path,
        text=text, seen=mark(content), not_utf8="" if may_change else NOT_UTF8,
        right_to_left=order.right_to_left if order else False,
        clinics=[(name, str(book.library.clinics[name].name)) for name in clinics],
        clinic=clinic, formats=formats, format=format_name,
        media=[(name, VIEWS.get(name, name)) for name in dict.fromkeys(media)], medium=medium,
        sides=_sides(order), flip=_flip(order), fold=_folds(order),
        file=order.path if order and (desk.output / order.path).is_file() else "",
        pages=pages, no_pages=no_pages, old=state[order.path] if order else "",
        printed=printed, downloads=[path for path, why in state.items() if not why],
        why_not=why_not, changed=CHANGED,
        statuses=list(desk.shelf.statuses(leaflet)) if leaflet else [],
        findings=_findings(desk, path, leaflet),
        said=call.query.get("said", ""), facts=json.dumps(_facts(desk, clinic)),
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
) -> tuple[str, str]:
    """The file for a desktop printer, else the one for the screen; or why it is not printed."""
    for medium in ("office", "screen"):
        for one in own:
            there = (desk.output / one.path).is_file()
            if there and (one.medium.name, one.format) == (medium, format_name):
                why = state[one.path]
                return ("", why) if why else (one.path, "")
    return "", ""


def _sides(order: Order | None) -> int:
    return sum(bool(side) for side in order.geometry.sides) if order and order.geometry else 1


def _flip(order: Order | None) -> str:
    return str(getattr(order.geometry, "flip", "")) if order and order.geometry else ""


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


def _findings(desk: Desk, path: str, leaflet: Leaflet | None) -> list[dict[str, Any]]:
    book = desk.shelf.book
    told: list[dict[str, Any]] = [
        {"tone": "error", "line": error.place.line if error.place else None,
         "text": sentence(error), "rule": ""}
        for error in book.library.broken.get(path, ())
    ]  # fmt: skip
    if leaflet is None:
        return told
    found = desk.shelf.checked()
    told += [
        {
            "tone": "error",
            "line": None,
            "rule": "",
            "text": f"The rules could not be asked: {error}",
        }
        for error in found.wrong
    ]  # fmt: skip
    checked = found.leaflets.get(path)
    told += [
        {"tone": one.severity.value, "line": one.place.line, "rule": one.rule,
         "text": " ".join(filter(None, [one.message, one.hint]))}
        for one in (checked.findings if checked else ())
    ]  # fmt: skip
    return told


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


def conflicted(
    desk: Desk, call: Call, conflict: Conflict, mine: bytes, back: str, room: str = "/"
) -> Response:
    """Both versions of a file that somebody else changed; nothing was written."""
    if call.wants_json:
        facts = {"conflict": True, "there": conflict.there.decode("utf-8", "replace"),
                 "seen": mark(conflict.there)}  # fmt: skip
        return JSONResponse(facts, 409)
    return desk.page(
        "conflict.html", 409, room=room, path=conflict.relative, back=back,
        difference=difference(conflict.there, mine),
        mine=mine.decode("utf-8", "replace"), seen=mark(conflict.there),
    )  # fmt: skip


def preview(desk: Desk, call: Call) -> Response:
    """Typeset words that are not saved, and say where each line of the file stands."""
    slug, language = call.path["slug"], call.path["language"]
    text = call.one("text").replace("\r\n", "\n")
    wanted = (call.one("clinic"), call.one("format"), call.one("medium") or "screen")
    if wanted[2] not in ("screen", "office"):
        raise NotThere
    ticket = (call.one("page")[:64], whole_number(call.one("number")) or 0)
    found = desk.previewer.preview(desk.shelf.book.library, (slug, language), text, wanted, ticket)
    return JSONResponse({"overtaken": True} if found is None else _as_facts(found, text))


def _as_facts(found: Preview, text: str) -> dict[str, Any]:
    return {
        "key": found.key,
        "notes": list(found.notes),
        "errors": [{"line": line, "text": message} for line, message in found.errors],
        "pages": [
            {
                "address": f"/preview/{found.key}/{number}",
                "mm": page.size_mm,
                "lines": [{"line": line, "box": printed.box} for line, printed in spots],
            }
            for number, (page, spots) in enumerate(
                zip(found.pages, places(text, found.pages), strict=True)
            )
        ],
    }


def preview_page(desk: Desk, call: Call) -> Response:
    """A page of a preview."""
    number = whole_number(call.path["number"])
    png = None if number is None else desk.previewer.page(call.path["key"], number)
    if png is None:
        raise NotThere
    return Response(png, media_type="image/png")


def insertions(desk: Desk, call: Call) -> Response:
    """What can be put into a text: blocks, facts, and icons that fit some words."""
    blocks = [
        {"name": name, "text": _block(name, row.takes, row.list_tag, row.inside)}
        for name, row in BLOCKS.items()
    ]
    facts = ["region.emergency_number", *(f"clinic.{name}" for name in Clinic.model_fields
             if name in ("name", "phone", "address", "hours", "email", "website"))]  # fmt: skip
    query = call.query.get("icon", "")
    icons: tuple[str, ...] = ()
    if query:
        try:
            icons = found_icons(query[:60])[:ICONS_SHOWN]
        except FoldwellError:
            icons = ()
    return JSONResponse({"blocks": blocks, "facts": facts, "icons": icons})


def _block(name: str, takes: str, list_tag: str, inside: str) -> str:
    bar = {"title": " | Title", "nothing": ""}.get(takes, f" | {EXAMPLES.get(takes, '…')}")
    body = {"ol": "1. First", "ul": "- First"}.get(list_tag, "" if inside else "Words")
    return f"/// {name}{bar}\n{body}\n///\n".replace("\n\n", "\n")
