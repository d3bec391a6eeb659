"""Review: what is due, the reviewer's pack, approvals, and who opened which source."""

from __future__ import annotations

import datetime

from starlette.responses import Response

from foldwell.build.approving import Approval, approvals, approve
from foldwell.build.due import due_leaflets
from foldwell.build.review import review_pack
from foldwell.build.source_register import record_opening, standings
from foldwell.build.tell_sources import tell_sources
from foldwell.content.leaflet import Leaflet
from foldwell.content.source_records import RECORDS
from foldwell.errors import FoldwellError, Mistakes
from foldwell.studio.desk import Call, Desk, NotThere, seen_other, sentence
from foldwell.studio.saving import Conflict, keeping, mark, present

FIELDS = (
    ("name", "Name", True), ("role", "Role, such as consultant pharmacist", True),
    ("registration", "Number in a professional register", False),
    ("words", "Code of the words, from the pack", True),
    ("due", "To be reviewed again by, such as 2028-11-30", False),
)  # fmt: skip
STATES = {"gone": "Not to be cited", "stale": "Opened too long ago", "unrecorded": "Not opened yet",
          "opened": "Opened"}  # fmt: skip


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
            "pack": f"/review/{one.leaflet}/{one.language}",
            "approve": f"/approve/{one.leaflet}/{one.language}",
        }
        for one in found
    ]  # fmt: skip
    return desk.page("due.html", room="/due", rows=rows, said=call.query.get("said", ""))


def _leaflet(desk: Desk, call: Call) -> Leaflet:
    leaflet = desk.leaflet(call)
    if leaflet is None:
        raise FoldwellError("Its file has mistakes.", None, "Mend them on its own page first.")
    return leaflet


def reviewers_pack(desk: Desk, call: Call) -> Response:
    """What a clinician reads and signs, as a PDF."""
    leaflet = _leaflet(desk, call)
    pdf = review_pack(desk.root, desk.shelf.book.library, leaflet, desk.today())
    name = f"{leaflet.slug}-{leaflet.language}-review.pdf"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(pdf, media_type="application/pdf", headers=headers)


def approve_page(desk: Desk, call: Call) -> Response:
    """Who has approved a leaflet, and a form for one more."""
    return _approve_page(desk, _leaflet(desk, call), {}, [], call.query.get("said", ""))


def _approve_page(
    desk: Desk, leaflet: Leaflet, values: dict[str, str], wrong: list[str], said: str,
    status: int = 200,
) -> Response:  # fmt: skip
    found = approvals(desk.root, desk.shelf.book.library, leaflet)
    return desk.page(
        "approve.html", status, room="/due", slug=leaflet.slug, language=leaflet.language,
        title=str(leaflet.facts.title), approvals=[str(one) for one in found], fields=FIELDS,
        values=values, wrong=wrong, said=said, seen=mark(present(desk.root, leaflet.path)),
    )  # fmt: skip


def record_approval(desk: Desk, call: Call) -> Response:
    """Record that a clinician approves exactly the words whose code was typed."""
    leaflet = _leaflet(desk, call)
    values = {name: " ".join(call.one(name).split()) for name, _, _ in FIELDS}
    try:
        lacking = [label.partition(",")[0] for name, label, need in FIELDS
                   if need and not values[name]]  # fmt: skip
        if lacking:
            raise FoldwellError(f"It lacks: {', '.join(lacking)}.", None, "Fill it in.")
        approval = Approval(
            values["name"], values["role"], values["registration"], desk.today(),
            _day(values["due"]),
        )  # fmt: skip
        with keeping(desk.root, leaflet.path, call.one("seen")):
            approve(desk.root, desk.shelf.book.library, leaflet, approval, values["words"])
    except Conflict:
        wrong = ["The file changed since you opened this page. Read the words again."]
        return _approve_page(desk, leaflet, values, wrong, "", 409)
    except (FoldwellError, Mistakes) as error:
        told = error.errors if isinstance(error, Mistakes) else (error,)
        return _approve_page(desk, leaflet, values, [sentence(one) for one in told], "", 422)
    word = desk.committed(leaflet.path, "recorded")
    return seen_other(f"/approve/{leaflet.slug}/{leaflet.language}?said={word}")


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text) if text else None
    except ValueError:
        raise FoldwellError(
            f"'{text}' is no day.", None, "Write it as year-month-day, such as 2028-11-30."
        ) from None


def sources(desk: Desk, call: Call) -> Response:
    """Each source with what cites it, and the sentences of one leaflet with theirs."""
    return _sources(desk, call.query.get("leaflet", ""), [], call.query.get("said", ""))


def _sources(desk: Desk, asked: str, wrong: list[str], said: str, status: int = 200) -> Response:
    library = desk.shelf.book.library
    known = [
        (f"{slug}/{language}", f"{one.facts.title} ({language})")
        for slug, texts in sorted(library.leaflets.items()) for language, one in texts.items()
    ]  # fmt: skip
    if asked and asked not in dict(known):
        raise NotThere
    slug, _, language = asked.partition("/")
    lines: list[str] = []
    register = []
    try:
        register = standings(library, desk.today(), [slug] if slug else [])
        if slug:
            lines, told = tell_sources(desk.root, desk.today(), slug, language=language)
            wrong = [*wrong, *told]
    except (FoldwellError, Mistakes) as error:
        wrong = [*wrong, *str(error).splitlines()]
    return desk.page(
        "sources.html", status, room="/sources", known=known, asked=asked, lines=lines,
        wrong=wrong, register=register, states=STATES, said=said,
    )  # fmt: skip


def record_sources(desk: Desk, call: Call) -> Response:
    """Record who opened sources today."""
    names, by = call.form.get("source", []), " ".join(call.one("by").split())
    asked = call.one("leaflet")
    if not names or not by:
        wrong = ["Mark at least one source, and give your name."]
        return _sources(desk, asked, wrong, "", 422)
    with keeping(desk.root, RECORDS):
        record_opening(desk.root, desk.shelf.book.library, names, by, desk.today())
    word = desk.committed(RECORDS, "recorded")
    return seen_other(f"/sources?said={word}" + (f"&leaflet={asked}" if asked else ""))
