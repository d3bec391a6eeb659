"""The first page: all leaflets as covers, with what is to be known of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.responses import JSONResponse, Response

from foldwell.studio.desk import Call, Desk
from foldwell.studio.shelf import Status


@dataclass(frozen=True)
class Card:
    """One leaflet in one language, as it stands on the shelf."""

    slug: str
    language: str
    title: str
    cover: str
    status: Status
    files: int
    formats: str
    words: str
    address: str


def home(desk: Desk, call: Call) -> Response:
    """Leaflets by clinic, language, format and words."""
    book = desk.shelf.book
    library = book.library
    asked = {name: call.query.get(name, "") for name in ("clinic", "language", "format", "q")}
    state = desk.standing(book.orders)
    cards = [
        card
        for slug, texts in sorted(library.leaflets.items())
        for language in texts
        if (card := _card(desk, state, slug, language, asked)) is not None
    ]
    broken = [
        (path, [str(error) for error in errors]) for path, errors in sorted(library.broken.items())
    ]
    found = desk.shelf.known_findings()
    formats = sorted({order.format for order in book.orders if order.format})
    languages = sorted({language for texts in library.leaflets.values() for language in texts})
    built = sum(not why for why in state.values())
    return desk.page(
        "home.html",
        cards=cards,
        asked=asked,
        clinics=sorted((slug, str(one.name)) for slug, one in library.clinics.items()),
        languages=languages,
        formats=formats,
        broken=broken,
        built=built,
        changed=len(book.orders) - built,
        files=len(book.orders),
        wrong=[str(error) for error in found.wrong] if found else [],
    )


def _card(
    desk: Desk, state: Mapping[str, str], slug: str, language: str, asked: Mapping[str, str]
) -> Card | None:
    book = desk.shelf.book
    leaflet = book.library.leaflets[slug][language]
    orders = [
        one for one in book.of(slug, language, asked["clinic"])
        if asked["format"] in ("", one.format)
    ]  # fmt: skip
    words = f"{leaflet.facts.title} {leaflet.text}".casefold()
    wanted = asked["q"].casefold().split()
    if asked["language"] not in ("", language) or not all(word in words for word in wanted):
        return None
    if not orders and (asked["clinic"] or asked["format"]):
        return None
    cover = book.cover(slug, language, asked["clinic"])
    there = cover is not None and (desk.output / cover.path).is_file()
    query = f"?clinic={asked['clinic']}" if asked["clinic"] else ""
    formats = {one.format for one in orders if one.format}
    return Card(
        slug,
        language,
        str(leaflet.facts.title),
        f"/page/{cover.path}?n=0&w=480" if cover and there else "",
        _gravest(
            list(desk.shelf.statuses(leaflet)), state[cover.path] if cover and there else None
        ),
        len(orders),
        f"{len(formats)} format{'' if len(formats) == 1 else 's'}",
        " ".join(words.split()),
        f"/leaflet/{slug}/{language}{query}",
    )


def _gravest(known: list[Status], old: str | None) -> Status:
    """The one thing to know first; the page of the leaflet says all of it.

    Args:
        known: All that is known of the leaflet.
        old: Why what is built of it is old, or nothing; None if nothing is built.
    """
    known = [one for one in known if one.tone != "good"]
    known += [Status("bad", old)] if old else []
    if not known:
        return Status("mild", "Not built yet") if old is None else Status("good", "Ready to print")
    return min(known, key=lambda one: one.tone != "bad")


def findings(desk: Desk, call: Call) -> Response:
    """How many mistakes the rules find in each leaflet, for marks that come a little later.

    Where they could not be asked, why.
    """
    found = desk.shelf.checked()
    told = {
        path: sum(one.severity.value == "error" for one in checked.findings) + len(checked.mistakes)
        for path, checked in found.leaflets.items()
    }
    return JSONResponse({"errors": told, "wrong": [str(error) for error in found.wrong]})
