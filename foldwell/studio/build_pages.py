"""Building: begin, follow and stop it, and take home what was made."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request as Asked
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse

from foldwell.build.job import Options, Selection
from foldwell.build.request import Request
from foldwell.content.locales import own_name
from foldwell.errors import FoldwellError, Place
from foldwell.studio.building import Builder
from foldwell.studio.desk import SERVED, Call, Desk, NotThere, seen_other, whole_number

WAIT_S = 10
SANDBOX = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:;"
    " frame-ancestors 'self'"
)
"""What a finished page may do when the studio shows it: be looked at."""
WIDEST_PX, WIDTH_PX = 2000, 900


def build_page(desk: Desk, call: Call) -> Response:
    """What is planned, how the build goes on, and what was made."""
    builder, book = desk.builder, desk.shelf.book
    library = book.library
    proofs = [job for job in desk.shelf.proofs.values() if (desk.output / job.path).is_file()]
    state = desk.standing_of([*book.jobs, *proofs])
    folders: dict[str, list[tuple[str, str, list[str]]]] = {}
    made = [
        (path, why, [one for one in tickets(path) if (desk.output / one).is_file()])
        for path, why in state.items() if (desk.output / path).is_file()
    ]  # fmt: skip
    for row in made:
        clinic, language, _ = row[0].split("/")
        name = str(library.clinics[clinic].name)
        folders.setdefault(f"{name}, {own_name(language)}", []).append(row)
    return desk.page(
        "build.html", room="/build", state=builder.state, jobs=builder.jobs,
        ended=builder.ended, built=sorted(builder.built)[:500],
        failed=builder.failed, trouble=builder.trouble, made=len(made),
        folders=list(folders.items()), files=len(book.orders) + len(proofs),
        left_out=sorted({_plainly(reason) for _, reason in book.left_out}),
        broken=[str(error) for error in book.broken],
        leaflets=sorted(library.leaflets), clinics=sorted(library.clinics),
        asked={"leaflet": call.query.get("leaflet", ""), "clinic": call.query.get("clinic", "")},
    )  # fmt: skip


def _plainly(reason: str) -> str:
    """A reason for who sees no command line."""
    own = ": tick 'marked proofs' to have them all the same"
    return reason.replace(": --draft makes marked proofs", own)


def tickets(path: str) -> list[str]:
    """The job tickets that go with a file for a print shop."""
    start = path.removesuffix(".pdf")
    return [f"{start}-ticket.pdf", f"{start}-ticket.yml"] if "-press" in path else []


def start_build(desk: Desk, call: Call) -> Response:
    """Begin a build of everything, or of what was chosen; 409 while another one is going on."""
    library = desk.shelf.book.library
    leaflet, clinic = call.one("leaflet"), call.one("clinic")
    if (leaflet and leaflet not in library.leaflets) or (clinic and clinic not in library.clinics):
        raise NotThere
    selection = Selection(
        leaflets=(leaflet,) if leaflet else (), clinics=(clinic,) if clinic else ()
    )
    options = Options(draft=call.one("proofs") == "yes")
    if not desk.builder.start(Request(selection, options, desk.today())):
        line = "A build is going on, so this one was not begun. Build again when it has ended."
        if call.wants_json:
            return JSONResponse({"wrong": [line]}, 409)
        return desk.page("message.html", 409, room="/build", title="Not begun", lines=[line])
    back = call.one("back")
    return seen_other(back if back.startswith("/leaflet/") else "/build")


def stop_build(desk: Desk, call: Call) -> Response:
    """End it; finished files are kept."""
    desk.builder.stop()
    return seen_other("/build")


async def build_events(desk: Desk, asked: Asked) -> Response:
    """The events of the build as they happen, for EventSource."""
    start = whole_number(asked.headers.get("last-event-id", "")) or 0
    headers = {"x-accel-buffering": "no"}
    return StreamingResponse(
        _events(desk.builder, start, asked), media_type="text/event-stream", headers=headers
    )


async def _events(builder: Builder, after: int, asked: Asked) -> AsyncIterator[str]:
    while not await asked.is_disconnected():
        lines, ended = await run_in_threadpool(builder.wait, after, WAIT_S)
        for line in lines:
            after += 1
            yield f"id: {after}\ndata: {line}\n\n"
        if ended and after >= len(builder.lines):
            facts = {"event": "end", "state": builder.state, "trouble": builder.trouble}
            yield f"event: end\ndata: {json.dumps(facts)}\n\n"
            return
        if not lines:
            yield ": still here\n\n"
        await asyncio.sleep(0)


def page_picture(desk: Desk, call: Call) -> Response:
    """A page of a finished file as a picture."""
    number = whole_number(call.query.get("n", "0"))
    width = whole_number(call.query.get("w", str(WIDTH_PX)))
    if number is None or width is None:
        raise NotThere
    path = desk.made(call.path["file"])
    if path.suffix != ".pdf" or number > 999 or not 40 <= width <= WIDEST_PX:
        raise NotThere
    return Response(desk.pictures.page(path, number, width), media_type="image/png")


def edition(desk: Desk, call: Call) -> Response:
    """A file that is up to date: the one that stands there, or one that is made of it now.

    Raises:
        FoldwellError: If it cannot be made.
    """
    path, book = call.path["file"], desk.shelf.book
    job = desk.job_of(path, book)
    if job is None:
        raise NotThere
    if desk.standing_of([job])[job.path]:
        desk.builder.make(job, book.told, desk.shelf.known(), desk.today())
    return _sent(desk.made(path), whole=True)


def file(desk: Desk, call: Call) -> Response:
    """A finished file, to look at; to take home or to print only if it is up to date.

    Raises:
        FoldwellError: If it is not.
    """
    path, whole = desk.made(call.path["file"]), bool(call.query.get("download"))
    if whole or call.query.get("print"):
        job = desk.job_of(call.path["file"])
        why = desk.standing_of([job])[job.path] if job else "This file is no longer planned."
        if why:
            raise FoldwellError(why, Place(call.path["file"]))
    return _sent(path, whole=whole)


def _sent(path: Path, *, whole: bool) -> Response:
    """A finished file, to take home or to look at."""
    headers = {"content-security-policy": SANDBOX} if path.suffix == ".html" else {}
    if path.suffix == ".pdf":  # the browser's own viewer, which the studio frames to print
        headers["content-security-policy"] = (
            "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; img-src 'self';"
            " frame-ancestors 'self'"
        )
    return FileResponse(
        path,
        media_type=SERVED[path.suffix],
        filename=path.name if whole else None,  # a file with a name is an attachment
        headers=headers,
    )
