"""What is asked of words that are not saved: their pages, and what there is to say of them."""

from __future__ import annotations

from typing import Any

from starlette.responses import JSONResponse, Response

from foldwell.build.check_leaflets import check_draft
from foldwell.errors import FoldwellError, Mistakes
from foldwell.finding import Finding
from foldwell.studio.desk import Call, Desk, NotThere, sentence, whole_number
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
        told += map(told_of, checked.findings)
    except Mistakes as mistakes:
        told += map(told_of, mistakes.errors)
    except FoldwellError as error:
        told.append(told_of(error))
    return JSONResponse({"findings": [one for at, one in enumerate(told) if one not in told[:at]]})


def _wanted(call: Call) -> tuple[str, str, str]:
    wanted = (call.one("clinic"), call.one("format"), call.one("medium") or "screen")
    if wanted[2] not in ("screen", "office"):
        raise NotThere
    return wanted


def _ticket(call: Call) -> Ticket:
    return call.one("page")[:64], whole_number(call.one("number")) or 0


def _as_facts(found: Preview, text: str) -> dict[str, Any]:
    return {
        "notes": list(found.notes),
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


def told_of(found: Finding | FoldwellError) -> dict[str, Any]:
    """A finding or a mistake, as the page of a leaflet shows it."""
    line = found.place.line if found.place else None
    if isinstance(found, FoldwellError):
        return _told("error", line, sentence(found))
    words = " ".join(filter(None, [found.message, found.hint]))
    return _told(found.severity.value, line, words, found.rule)


def _told(tone: str, line: int | None, text: str, rule: str = "") -> dict[str, Any]:
    return {"tone": tone, "line": line, "text": text, "rule": rule}
