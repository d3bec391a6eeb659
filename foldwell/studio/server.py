"""The server: which address leads to which page, and how it starts and ends."""

from __future__ import annotations

import asyncio
import contextlib
import datetime
import hmac
import mimetypes
import socket
from collections.abc import Callable
from functools import partial
from pathlib import Path

from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from foldwell.errors import FoldwellError, Mistakes
from foldwell.shipped import templates_folder
from foldwell.studio import (
    brand_pages,
    build_pages,
    clinic_pages,
    clinic_preview,
    draft_page,
    history_page,
    home,
    inserting,
    leaflet_page,
    new_leaflet,
    packing,
    review_pages,
    shape_picture,
    translate_page,
)
from foldwell.studio.desk import Call, Desk, NotThere
from foldwell.studio.guard import UPLOAD_LIMIT_BYTES, Guard, Keys

Page = Callable[[Desk, Call], Response]
HOST = "127.0.0.1"
UPLOADS = ("/brand/", "/new-brand")
AT_ONCE = 80
"""Requests that are answered at once; more are told to come again."""
READ: dict[str, Page] = {
    "/": home.home,
    "/findings": home.findings,
    "/leaflet/{slug}/{language}": leaflet_page.leaflet_page,
    "/new-leaflet": new_leaflet.new_leaflet,
    "/insertions": inserting.insertions,
    "/preview/{digest}": draft_page.preview_page,
    "/clinics": clinic_pages.clinics,
    "/clinic/{slug}": clinic_pages.clinic_page,
    "/new-clinic": clinic_pages.new_clinic,
    "/brands": brand_pages.brands,
    "/brand/{slug}": brand_pages.brand_page,
    "/brand/{slug}/sheet/{number}": brand_pages.sheet_picture,
    "/brand/{slug}/logo/{name}": brand_pages.logo_picture,
    "/shape/{name}": shape_picture.shape_picture,
    "/contrast": brand_pages.contrast_of,
    "/translations": translate_page.translations,
    "/translate/{slug}/{language}": translate_page.translate_page,
    "/review/{slug}/{language}": review_pages.reviewers_pack,
    "/approve/{slug}/{language}": review_pages.approve_page,
    "/due": review_pages.due,
    "/sources": review_pages.sources,
    "/history": history_page.history,
    "/build": build_pages.build_page,
    "/pack/{slug}/{language}": packing.download_pack,
    "/page/{file:path}": build_pages.page_picture,
    "/file/{file:path}": build_pages.file,
    "/edition/{file:path}": build_pages.edition,
}
CHANGE: dict[str, Page] = {
    "/leaflet/{slug}/{language}": leaflet_page.save_leaflet,
    "/leaflet/{slug}/{language}/preview": draft_page.preview,
    "/leaflet/{slug}/{language}/examine": draft_page.examine,
    "/leaflet/{slug}/{language}/leave": draft_page.leave,
    "/leaflet/{slug}/{language}/formats": new_leaflet.add_formats,
    "/new-leaflet": new_leaflet.make_leaflet,
    "/clinic/{slug}": clinic_pages.save_clinic,
    "/clinic/{slug}/check": clinic_pages.check_clinic,
    "/clinic/{slug}/pages": clinic_preview.clinic_in_leaflet,
    "/new-clinic": clinic_pages.make_clinic,
    "/new-clinic/check": clinic_pages.check_clinic,
    "/brand/{slug}": brand_pages.save_brand,
    "/brand/{slug}/sheet": brand_pages.draw_sheet,
    "/new-brand": brand_pages.make_brand,
    "/translations": translate_page.start_translation,
    "/translate/{slug}/{language}": translate_page.save_translation,
    "/translate/{slug}/{language}/unit": translate_page.check_unit,
    "/translate/{slug}/{language}/checked": translate_page.record_check,
    "/approve/{slug}/{language}": review_pages.record_approval,
    "/sources": review_pages.record_sources,
    "/history": history_page.put_back,
    "/history/git": history_page.keep_in_git,
    "/build": build_pages.start_build,
    "/build/stop": build_pages.stop_build,
}


def application(desk: Desk, port: int) -> Guard:
    """All pages behind the door."""
    routes = [Route("/build/events", partial(_stream, desk), methods=["GET"])]
    routes += [
        Route(path, partial(_answer, desk, page), methods=["GET"]) for path, page in READ.items()
    ]
    routes += [
        Route(path, partial(_change, desk, page), methods=["POST"]) for path, page in CHANGE.items()
    ]
    served = _static()
    routes.append(Route("/static/{name}", partial(_serve, served), methods=["GET"]))
    handlers = {HTTPException: partial(_lost, desk), Exception: partial(_broken, desk)}
    return Guard(Starlette(routes=routes, exception_handlers=handlers), desk.keys, port, UPLOADS)


def _static() -> dict[str, Path]:
    folder = templates_folder()
    found = [*(folder / "studio/static").iterdir(), *folder.glob("fonts/Atkinson*.woff2")]
    return {path.name: path for path in found if path.is_file()}


async def _serve(served: dict[str, Path], request: Request) -> Response:
    path = served.get(request.path_params["name"])
    if path is None:
        raise HTTPException(404)
    kind = "font/woff2" if path.suffix == ".woff2" else mimetypes.guess_type(path.name)[0]
    return FileResponse(path, media_type=kind, headers={"cache-control": "max-age=3600, private"})


async def _stream(desk: Desk, request: Request) -> Response:
    return await build_pages.build_events(desk, request)


async def _answer(desk: Desk, page: Page, request: Request) -> Response:
    call = Call(request.path_params, dict(request.query_params), wants_json=_by_script(request))
    return await _told(desk, page, call)


async def _change(desk: Desk, page: Page, request: Request) -> Response:
    form = await request.form(max_files=1, max_fields=2000, max_part_size=UPLOAD_LIMIT_BYTES)
    texts: dict[str, list[str]] = {}
    files: dict[str, tuple[str, bytes]] = {}
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            files[name] = (Path(value.filename or "").name, await value.read())
        else:
            texts.setdefault(name, []).append(value)
    call = Call(request.path_params, dict(request.query_params), texts, files, _by_script(request))
    given = request.headers.get("x-foldwell", "") or call.one("token")
    if not _is_ours(desk, given):
        return Response("This form is not the studio's. Load the page again.", 403)
    return await _told(desk, page, call)


def _is_ours(desk: Desk, given: str) -> bool:
    return hmac.compare_digest(given.encode(), desk.keys.form.encode())


def _by_script(request: Request) -> bool:
    return "application/json" in request.headers.get("accept", "")


async def _told(desk: Desk, page: Page, call: Call) -> Response:
    """A page, or in plain words why there is none."""
    try:
        return await asyncio.get_running_loop().run_in_executor(desk.threads, page, desk, call)
    except NotThere:
        raise HTTPException(404) from None
    except (FoldwellError, Mistakes) as error:
        lines = str(error).splitlines()
        if call.wants_json:
            return JSONResponse({"wrong": lines}, 422)
        return desk.page("message.html", 422, title="This cannot be done", lines=lines)


async def _lost(desk: Desk, request: Request, error: HTTPException) -> Response:
    words = {404: "There is no such page.", 405: "This page is not asked in this way."}
    line = words.get(error.status_code, "This request cannot be read.")
    return desk.page("message.html", error.status_code, title="Not here", lines=[line])


async def _broken(desk: Desk, request: Request, error: Exception) -> Response:
    lines = [f"Something in the studio went wrong ({type(error).__name__}). Nothing was changed."]
    return desk.page("message.html", 500, title="This went wrong", lines=lines)


def run(
    root: Path,
    output: Path,
    port: int = 0,
    opened: Callable[[str, Callable[[], str]], None] = lambda address, another: None,
    keys: Keys | None = None,
    warm: bool = True,
    today: Callable[[], datetime.date] = datetime.date.today,
) -> None:
    """Serve a project until it is stopped.

    Args:
        root: The project folder.
        output: The output folder.
        port: Where to listen; 0 for any that is free.
        opened: Called with the address once it can be opened, and with what gives another one: each
            opens one browser.
        keys: The secrets of this run.
        warm: Whether worker processes start at once.
        today: Says which day it is.

    Raises:
        OSError: If the port is taken.
    """
    import uvicorn

    desk = Desk(root, output, today, keys)
    with socket.socket() as listening, contextlib.closing(desk):
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((HOST, port))
        port = listening.getsockname()[1]
        listening.listen(128)
        if warm:
            desk.warm_up()
        guard, start = application(desk, port), f"http://{HOST}:{port}/start?token="
        config = uvicorn.Config(
            guard, log_level="critical", access_log=False, lifespan="off",
            server_header=False, date_header=False, ws="none", timeout_keep_alive=5,
            limit_concurrency=AT_ONCE, h11_max_incomplete_event_size=16 * 1024,
            timeout_graceful_shutdown=2, http="h11",
        )  # fmt: skip
        opened(start + desk.keys.token, lambda: start + guard.another())
        uvicorn.Server(config).run(sockets=[listening])
