"""Tables of the commands as pages: what is due, translations, sources."""

from __future__ import annotations

from starlette.responses import Response

from foldwell.build.due import due_leaflets
from foldwell.build.tell_sources import tell_sources
from foldwell.errors import FoldwellError, Mistakes
from foldwell.studio.desk import Call, Desk


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
