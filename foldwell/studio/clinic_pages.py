"""Clinics: the list of them, the form of one, and the roster with its mistakes."""

from __future__ import annotations

import re
from typing import Any

from starlette.responses import JSONResponse, Response

from foldwell.build.drafts import draft_clinics
from foldwell.build.impact import touched_by
from foldwell.content.clinic import Clinic
from foldwell.content.colours import on
from foldwell.content.facts import Address, Hours, Phone, Text
from foldwell.content.interface_words import SOURCE
from foldwell.content.shipped_content import BRANDS, SHIPPED_REGIONS
from foldwell.content.spreadsheet import letters
from foldwell.content.values import slug_problem
from foldwell.content.yaml_text import Source
from foldwell.errors import FoldwellError, UsageError
from foldwell.studio.clinic_form import (
    CHOICES,
    LINES,
    ORDER,
    TABLES,
    Values,
    filled,
    values_from,
    values_of,
)
from foldwell.studio.conflicts import conflicted
from foldwell.studio.desk import Call, Desk, NotThere, seen_other, sentence
from foldwell.studio.saving import NEW, NOT_UTF8, Conflict, editable, mark, present, shown
from foldwell.studio.yaml_document import opened

ROOM = "/clinics"
NEEDED = "This is needed."
_NAMED = re.compile(r"'([a-z_]+)(?:[.'])")


def clinics(desk: Desk, call: Call) -> Response:
    """All clinics, and what is wrong with any."""
    book = desk.shelf.book
    library = book.library
    rows = []
    for slug in sorted({*library.clinics, *library.families.parents, *_broken(desk)}):
        clinic = library.clinics.get(slug)
        source = library.families.sources.get(slug)
        path = f"content/clinics/{slug}.yml"
        rows.append({
            "slug": slug,
            "name": str(clinic.name) if clinic else _name(source, slug),
            "phone": str(clinic.phone) if clinic else "",
            "brand": clinic.brand if clinic else "",
            "leaflets": len({one.leaflet for one in book.orders if one.clinic == slug}),
            "errors": [sentence(error) for error in library.broken.get(path, ())],
            "parent": slug in library.families.parents and clinic is None,
            "file": (desk.root / path).is_file(),
        })  # fmt: skip
    roster = library.families.roster
    told = {} if roster is None else {
        "path": roster.path,
        "mistakes": [str(error) for error in library.broken.get(roster.path, ())],
        "columns": [
            (letters(column.number), column.heading, column.key or "not read")
            for columns in roster.columns.values() for column in columns
        ],
        "rows": [
            (slug, str(row.place(())), [sentence(error) for error in roster.broken.get(slug, ())])
            for slug, row in roster.rows.items()
        ],
    }  # fmt: skip
    return desk.page("clinics.html", room=ROOM, clinics=rows, roster=told)


def _name(source: Source | None, slug: str) -> str:
    return str(source.value.get("name", slug)) if source else slug


def _broken(desk: Desk) -> list[str]:
    found = [path.removeprefix("content/clinics/") for path in desk.shelf.book.library.broken
             if path.startswith("content/clinics/") and path.endswith(".yml")]  # fmt: skip
    return [name.removesuffix(".yml") for name in found if not slug_problem(name[:-4])]


def clinic_page(desk: Desk, call: Call) -> Response:
    """The form of a clinic."""
    slug = call.path["slug"]
    path, content = _file(desk, slug)
    values = values_of(opened(shown(content, path)[0], path).tree)
    return _form(desk, slug, values, mark(content), call.query.get("said", ""))


def new_clinic(desk: Desk, call: Call) -> Response:
    """An empty form, with the region and the brand of the others."""
    others = list(desk.shelf.book.library.clinics.values())
    values = values_from({})
    if others:
        values |= {"region": others[0].region, "brand": others[0].brand}
    return _form(desk, "", values, "", "")


def _file(desk: Desk, slug: str) -> tuple[str, bytes]:
    path = f"content/clinics/{slug}.yml"
    content = None if slug_problem(slug) else present(desk.root, path)
    if content is None:
        raise NotThere
    return path, content


def _form(
    desk: Desk, slug: str, values: Values, seen: str, said: str, status: int = 200
) -> Response:
    library = desk.shelf.book.library
    read = read_form(desk, slug, values)
    if not slug and status == 200:  # nobody has written anything yet
        read["errors"] = {}
    path = f"content/clinics/{slug}.yml"
    may_change = not slug or shown(present(desk.root, path) or b"", path)[1]
    solid = _solid(desk, values)
    nations = (
        library.regions[values["region"]].nations if values["region"] in library.regions else {}
    )
    return desk.page(
        "clinic.html", status, room=ROOM, slug=slug, values=values, seen=seen, said=said,
        title=values["name"] or slug or "New clinic", not_utf8="" if may_change else NOT_UTF8,
        lines=LINES, choices=CHOICES, tables=TABLES, order=ORDER, read=read,
        known={
            "region": sorted({*library.regions, *SHIPPED_REGIONS}),
            "brand": sorted({*library.brands, *BRANDS}),
            "nation": ["", *nations],
            "cover": ["", "solid", "light"],
        },
        solid=solid,
        leaflets=len({one.leaflet for one in desk.shelf.book.orders if one.clinic == slug}),
        shown=_shown(desk, slug),
    )  # fmt: skip


def _solid(desk: Desk, values: Values) -> tuple[str, str]:
    """The colour of the contact card of a form's brand, and that of the words on it."""
    kit = desk.shelf.book.library.brands.get(values["brand"])
    solid = kit.brand.color.role("primary") if kit else "#2a5f3e"
    return solid, on(solid)


def _shown(desk: Desk, slug: str) -> list[tuple[str, str, str]]:
    """The leaflets that a clinic hands out: slug, language, title."""
    book = desk.shelf.book
    mine = {(o.leaflet, o.language) for o in book.orders if o.clinic == slug}
    found = sorted(mine, key=lambda one: (one[0], one[1] != SOURCE, one[1]))
    return [(name, language, str(book.library.leaflets[name][language].facts.title))
            for name, language in found]  # fmt: skip


def read_form(desk: Desk, slug: str, values: Values, *, impact: bool = True) -> dict[str, Any]:
    """How each fact of a form is read, what is wrong with it, and perhaps what it touches."""
    path = f"content/clinics/{slug or 'new-clinic'}.yml"
    before = (present(desk.root, path) or b"") if slug else b""
    text, changed = filled(shown(before, path)[0], path, values)
    found = draft_clinics(desk.shelf.book.library, slug or "new-clinic", text)
    clinic = found.clinics.get(slug or "new-clinic")
    errors: dict[str, list[str]] = {}
    for error in found.broken.get(path, ()):
        named = _NAMED.search(error.message)
        name = named[1] if named and named[1] in ORDER else _by_words(error)
        missing = error.message == f"The key '{name}' is missing."
        words = sentence(error).removeprefix(f"'{name}': ")  # it stands below its field
        words = NEEDED if missing else words[:1].upper() + words[1:]
        errors.setdefault(name, []).append(words)
    told = {name: _told(getattr(clinic, name)) for name in ORDER if clinic and name in
            Clinic.model_fields}  # fmt: skip
    return {
        "told": told, "errors": errors, "changed": changed, "text": text,
        "impact": _impact(desk, slug, changed) if slug and impact else "",
    }  # fmt: skip


def _by_words(error: FoldwellError) -> str:
    return next((name for name in ("region", "brand", "nation") if name in error.message), "")


def _told(fact: Any) -> str:
    """How a fact prints."""
    if isinstance(fact, Hours):
        return "; ".join(f"{row.days}: {row.time}" for row in fact)
    if isinstance(fact, Address):
        return " / ".join(fact)
    if isinstance(fact, Phone):
        return f"{fact} (dials {fact.dialled})"
    if isinstance(fact, Text):
        return str(fact)
    if hasattr(fact, "phone"):
        return f"{getattr(fact, 'name', None) or ''} {fact.phone}".strip()
    if isinstance(fact, tuple):
        return "; ".join(
            f"{one.label or ''} {one.phone}".strip() if hasattr(one, "phone") else str(one)
            for one in fact
        )
    if isinstance(fact, dict):
        return "; ".join(f"{key}: {value}" for key, value in fact.items())
    return "" if fact is None else str(fact)


def _impact(desk: Desk, slug: str, changed: list[str]) -> str:
    editions: set[str] = set()
    files: set[str] = set()
    leaflets: set[str] = set()
    for fact in changed:
        try:
            for one in touched_by(desk.shelf.book.library, desk.today(), fact, slug):
                editions.add(one.id)
                leaflets.add(one.leaflet)
                files.update(one.files)
        except UsageError:  # it could not be read until now, so nothing prints it
            continue
    if not changed:
        return "Nothing is changed."
    many = "" if len(leaflets) == 1 else "s"
    return f"Prints in {len(leaflets)} leaflet{many}, {len(files)} files."


def check_clinic(desk: Desk, call: Call) -> Response:
    """What a script asks while somebody types."""
    slug = call.path.get("slug", "")
    values = values_from(call.form)
    return JSONResponse({**read_form(desk, slug, values), "solid": _solid(desk, values)})


def save_clinic(desk: Desk, call: Call) -> Response:
    """Save the form, if all of it can be read and nobody else saved the file."""
    slug = call.path["slug"]
    path, content = _file(desk, slug)
    editable(content, path)
    values = values_from(call.form)
    read = read_form(desk, slug, values)
    if read["errors"]:
        return _form(desk, slug, values, call.one("seen"), "wrong", 422)
    try:
        if mark(content) != call.one("seen"):
            raise Conflict(path, content)
        said = desk.save(path, read["text"].encode(), call.one("seen"))
    except Conflict as conflict:
        return conflicted(desk, call, conflict, read["text"].encode(), f"/clinic/{slug}", ROOM)
    return seen_other(f"/clinic/{slug}?said={said}")


def make_clinic(desk: Desk, call: Call) -> Response:
    """A new clinic, in a file of its own that was not there."""
    values = values_from(call.form)
    read = read_form(desk, "", values)
    if read["errors"]:
        return _form(desk, "", values, "", "wrong", 422)
    slug = re.sub(r"[^a-z0-9]+", "-", values["name"].casefold()).strip("-")[:60].strip("-")
    problem = slug_problem(slug) or ("there is one of this name" if _there(desk, slug) else "")
    if problem:
        read["errors"]["name"] = [f"This name cannot be used: {problem}."]
        return _form(desk, "", values, "", "wrong", 422)
    said = desk.save(f"content/clinics/{slug}.yml", read["text"].encode(), NEW)
    return seen_other(f"/clinic/{slug}?said={'clinic' if said == 'saved' else said}")


def _there(desk: Desk, slug: str) -> bool:
    sources = desk.shelf.book.library.families.sources
    return slug in sources or (desk.root / f"content/clinics/{slug}.yml").exists()
