"""What is asked of words that are not saved: their pages, and what there is to say of them."""

from __future__ import annotations

import re
from typing import Any

from starlette.responses import JSONResponse, Response

from foldwell.build.check_leaflets import check_draft
from foldwell.build.drafts import read_draft
from foldwell.errors import FoldwellError, Mistakes
from foldwell.finding import Finding
from foldwell.rules import Severity, is_waivable
from foldwell.studio.desk import Call, Desk, NotThere, sentence, whole_number
from foldwell.studio.leaving import ASKED, with_waiver
from foldwell.studio.previewing import WIDTH_PX, WIDTHS_PX, Preview, Ticket, places


def preview(desk: Desk, call: Call) -> Response:
    """Typeset words that are not saved, and say where each line of the file stands."""
    slug, language = call.path["slug"], call.path["language"]
    text = call.one("text").replace("\r\n", "\n")
    wide = whole_number(call.one("wide")) or WIDTH_PX
    wide = min(max(wide, WIDTHS_PX.start), WIDTHS_PX.stop - 1)
    asked = (slug, language), text, _wanted(call), _ticket(call)
    found = desk.previewer.preview(desk.shelf.book.library, *asked, wide)
    return JSONResponse({"overtaken": True} if found is None else _as_facts(found, text))


def examine(desk: Desk, call: Call) -> Response:
    """What there is to say of words that are not saved, and of the file that would be made."""
    slug, language = call.path["slug"], call.path["language"]
    text, library = call.one("text").replace("\r\n", "\n"), desk.shelf.book.library
    leaflet = (slug, language)
    told: list[dict[str, Any]] = []
    if call.one("format"):
        asked = (slug, language), text, _wanted(call), _ticket(call)
        found = desk.previewer.examine(library, *asked)
        if found is None:
            return JSONResponse({"overtaken": True})
        told += (_told("error", line, words) for line, words in found.errors)
        told += (_told("information", None, words) for words in found.notes)
    try:
        checked = check_draft(desk.root, desk.today(), library, slug, language, text)
        told += (told_of(one, leaflet) for one in checked.findings)
    except Mistakes as mistakes:
        told += (told_of(one, leaflet) for one in mistakes.errors)
    except FoldwellError as error:
        told.append(told_of(error, leaflet))
    return JSONResponse({"findings": by_gravity(told)})


def by_gravity(told: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What there is to say, each thing once: what stops a build first, then what can be mended."""
    once = [one for at, one in enumerate(told) if one not in told[:at]]
    order = [severity.value for severity in Severity]
    return sorted(once, key=lambda one: (order.index(one["tone"]), "mend" not in one))


def leave(desk: Desk, call: Call) -> Response:
    """The words with a waiver for some of them; nothing is saved."""
    slug, language = call.path["slug"], call.path["language"]
    desk.leaflet(call)
    text, path = call.one("text").replace("\r\n", "\n"), f"content/leaflets/{slug}/{language}.md"
    answers = {name: call.one(name) for name in ASKED}
    changed = with_waiver(text, path, call.one("rule"), call.one("words"), answers)
    read_draft(desk.shelf.book.library, slug, language, changed)
    return JSONResponse({"text": changed})


def _wanted(call: Call) -> tuple[str, str, str]:
    wanted = (call.one("clinic"), call.one("format"), call.one("medium") or "screen")
    if wanted[2] not in ("screen", "office"):
        raise NotThere
    return wanted


def _ticket(call: Call) -> Ticket:
    return call.one("page")[:64], whole_number(call.one("number")) or 0


def _as_facts(found: Preview, text: str) -> dict[str, Any]:
    return {
        "notes": [words for note in found.notes if (words := _fit(note))],
        "errors": [{"line": line, "text": message} for line, message in found.errors],
        "pages": [
            {
                "address": f"/preview/{page.digest}",
                "mm": page.size_mm,
                "lines": [{"line": line, "box": printed.box} for line, printed in spots],
            }
            for page, spots in zip(found.pages, places(text, found.pages), strict=True)
        ],
    }


def preview_page(desk: Desk, call: Call) -> Response:
    """A page of a preview."""
    png = desk.previewer.page(call.path["digest"])
    if png is None:
        raise NotThere
    return Response(png, media_type="image/png")


def _fit(note: str) -> str:
    """How full each part is, in a sentence: of the note of a build."""
    parts = re.findall(r"(?m)^ *([\w ]+): (\d+)% filled", note)
    size = re.match(r"[\d.]+ pt", note)
    told = ", ".join(f"{name} {share} %" for name, share in parts)
    return " ".join(filter(None, [size[0] if size else "", f"({told} full)" if told else ""]))


WAYS = {
    "F3": ("Have it reviewed", "/approve/{}"),
    "F4": ("Its sources", "/sources?leaflet={}"),
    "C7": ("Its sources", "/sources?leaflet={}"),
}
"""The page of the studio on which what a rule finds is put right."""


def told_of(found: Finding | FoldwellError, leaflet: tuple[str, str]) -> dict[str, Any]:
    """A finding or a mistake of a leaflet's language, as its page shows it."""
    own = found.place is None or found.place.path in (
        "",
        f"content/leaflets/{'/'.join(leaflet)}.md",
    )
    line = found.place.line if found.place and own else None
    if isinstance(found, FoldwellError):
        return _told("error", line, sentence(found) if own else str(found))
    words = " ".join(filter(None, [found.message, found.hint]))
    told = _told(found.severity.value, line, words, found.rule)
    if found.rule in WAYS:
        way, address = WAYS[found.rule]
        told["way"] = {"words": way, "address": address.format("/".join(leaflet))}
    if found.instead:
        told["mend"] = {
            "column": found.place.column, "said": found.said, "instead": found.instead,
            "may_stay": is_waivable(found.rule) and found.severity is not Severity.ERROR,
        }  # fmt: skip
    return told


def _told(tone: str, line: int | None, text: str, rule: str = "") -> dict[str, Any]:
    return {"tone": tone, "line": line, "text": text, "rule": rule, "way": None}
