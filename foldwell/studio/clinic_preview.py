"""What a change of a clinic does to its leaflets: their pages, before anything is saved."""

from __future__ import annotations

import re
from dataclasses import replace

from starlette.responses import JSONResponse, Response

from foldwell.build.drafts import draft_clinics
from foldwell.build.page_pictures import Line
from foldwell.studio.clinic_form import values_from
from foldwell.studio.clinic_pages import read_form
from foldwell.studio.desk import Call, Desk, NotThere, whole_number
from foldwell.studio.saving import present, shown

SEEN_IN = ("phone", "name", "out_of_hours", "email", "website", "hours", "address")
"""The facts whose places on a page are marked when they are changed."""
SMALL_PX = 400
LEAST_LETTERS = 5
"""What is shorter could stand anywhere on a page."""


def clinic_in_leaflet(desk: Desk, call: Call) -> Response:
    """The pages of one leaflet with the facts of a form that is not saved, the changed ones marked.

    Only pages that print a changed fact are shown; without one, the first.
    """
    slug, leaflet, language = call.path["slug"], call.one("leaflet"), call.one("language")
    library, path = desk.shelf.book.library, f"content/leaflets/{leaflet}/{language}.md"
    if language not in library.leaflets.get(leaflet, {}):
        raise NotThere
    order = desk.shelf.book.cover(leaflet, language, slug)
    read = read_form(desk, slug, values_from(call.form), impact=False)
    clinic = draft_clinics(library, slug, read["text"]).clinics.get(slug)
    if clinic is None or order is None:
        return JSONResponse({"pages": []})
    changed = replace(library, clinics={**library.clinics, slug: clinic})
    text, _ = shown(present(desk.root, path) or b"", path)
    ticket = (f"clinic {call.one('page')[:64]}", whole_number(call.one("number")) or 0)
    wanted = (slug, order.format, "screen")
    found = desk.previewer.preview(changed, (leaflet, language), text, wanted, ticket, SMALL_PX)
    if found is None:
        return JSONResponse({"overtaken": True})
    told = [
        one for name in SEEN_IN if name in read["changed"]
        for one in re.split(r" / |; |: | \(dials .*", read["told"].get(name, ""))
    ]  # fmt: skip
    wholes = [words for one in told if sum(map(len, words := _words(one))) >= LEAST_LETTERS]
    pages = [
        {"address": f"/preview/{page.digest}", "mm": page.size_mm,
         "marks": [line.box for line in page.lines if _holds(line, wholes)]}
        for page in found.pages
    ]  # fmt: skip
    marked = [page for page in pages if page["marks"]]
    errors = [words for _, words in found.errors]
    return JSONResponse({"pages": marked or pages[:1], "errors": errors, "many": len(marked)})


def _holds(line: Line, wholes: list[set[str]]) -> bool:
    """Whether a line has all words of a fact, in whatever order its script is read back."""
    return any(whole <= _words(line.text) for whole in wholes)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))
