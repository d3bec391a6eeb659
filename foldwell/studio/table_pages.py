"""Tables of the commands as pages: what is due, translations, sources; and versions of a file."""

from __future__ import annotations

from itertools import islice

from starlette.responses import Response

from foldwell.build.due import due_leaflets
from foldwell.build.tell_sources import tell_sources
from foldwell.errors import FoldwellError, Mistakes
from foldwell.studio.desk import Call, Desk, NotThere, seen_other
from foldwell.studio.leaflet_page import conflicted
from foldwell.studio.saving import (
    Conflict,
    difference,
    mark,
    present,
    save,
    version,
    version_names,
    versions,
)

MOST_VERSIONS = 50
"""How many versions of a file a page shows."""


def due(desk: Desk, call: Call) -> Response:
    """When each leaflet is due for review, the first first."""
    today = desk.today()
    found = due_leaflets(desk.shelf.book.library, today)
    rows = [
        {
            "tone": {"overdue": "bad", "no date": "mild"}.get(one.state(today), "good"),
            "state": one.state(today), "when": str(one.due or "no date"), "days": one.days,
            "title": one.title, "address": f"/leaflet/{one.leaflet}/{one.language}",
            "language": one.language, "owner": one.owner, "clinics": ", ".join(one.clinics),
            "facts": [f"{name} of {region} by {day}" for region, name, day in one.facts],
        }
        for one in found
    ]  # fmt: skip
    return desk.page("due.html", room="/due", rows=rows)


def translations(desk: Desk, call: Call) -> Response:
    """Which leaflet there is in which language."""
    library = desk.shelf.book.library
    languages = sorted({language for texts in library.leaflets.values() for language in texts})
    rows = [
        (
            str(texts[min(texts)].facts.title),
            [(language, f"/leaflet/{slug}/{language}" if language in texts else "")
             for language in languages],
        )
        for slug, texts in sorted(library.leaflets.items())
    ]  # fmt: skip
    return desk.page("translations.html", room="/translations", rows=rows, languages=languages)


def sources(desk: Desk, call: Call) -> Response:
    """Each sentence of a leaflet with who stands behind it."""
    library = desk.shelf.book.library
    known = [
        (f"{slug}/{language}", f"{one.facts.title} ({language})")
        for slug, texts in sorted(library.leaflets.items()) for language, one in texts.items()
    ]  # fmt: skip
    asked = call.query.get("leaflet", "") or (known[0][0] if known else "")
    slug, _, language = asked.partition("/")
    lines: list[str] = []
    wrong: list[str] = []
    if asked in dict(known):
        try:
            lines, wrong = tell_sources(desk.root, desk.today(), slug, language=language)
        except (FoldwellError, Mistakes) as error:
            wrong = str(error).splitlines()
    return desk.page(
        "sources.html", room="/sources", known=known, asked=asked, lines=lines, wrong=wrong
    )


def history(desk: Desk, call: Call) -> Response:
    """The versions of a file that were replaced, and what each had otherwise."""
    path = call.query.get("file", "")
    found = version_names(desk.root, path)
    content = present(desk.root, path) if found else None
    if not found and not _is_known(desk, path):
        raise NotThere
    rows = []
    after = content or b""
    for one in islice(versions(desk.root, path), MOST_VERSIONS):
        rows.append({
            "name": one.name, "when": one.when.astimezone().strftime("%d %B %Y, %H:%M:%S"),
            "difference": difference(one.content, after),
            "same": one.content == (content or b""),
        })  # fmt: skip
        after = one.content
    return desk.page(
        "history.html", path=path, rows=rows, seen=mark(content), said=call.query.get("said", ""),
        room=_room(path), back=_back(path),
    )  # fmt: skip


def _is_known(desk: Desk, path: str) -> bool:
    """Whether it is a file that the studio edits."""
    parts = path.split("/")
    return (
        path.startswith("content/")
        and ".." not in parts
        and path.endswith((".md", ".yml"))
        and (parts[1] in ("leaflets", "clinics", "brands") and present(desk.root, path) is not None)
    )


def _room(path: str) -> str:
    return {"clinics": "/clinics", "brands": "/brands"}.get(path.split("/")[1], "/")


def _back(path: str) -> str:
    parts = path.removesuffix(".yml").removesuffix(".md").split("/")[1:]
    kind = {"leaflets": "leaflet", "clinics": "clinic", "brands": "brand"}.get(parts[0], "")
    return f"/{kind}/{'/'.join(parts[1:2] if kind == 'brand' else parts[1:])}"


def put_back(desk: Desk, call: Call) -> Response:
    """Let a version stand again; the one that stands now is kept in its turn."""
    path, name = call.one("file"), call.one("version")
    if name not in version_names(desk.root, path):
        raise NotThere
    content = version(desk.root, path, name).content
    try:
        save(desk.root, path, content, call.one("seen"))
    except Conflict as conflict:
        return conflicted(desk, call, conflict, content, _back(path), _room(path))
    return seen_other(f"{_back(path)}?said=back")
