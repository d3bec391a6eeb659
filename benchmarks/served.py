"""What a file takes that is asked for: one that stands there, and one that is made for it.

    python -m benchmarks.served

The studio's own application answers in this process, for a project of some clinics of which one
format of one leaflet was built. The time is that on the clock, from the request to the last byte.
"""

from __future__ import annotations

import asyncio
import datetime
import re
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from foldwell.typeset.fonts import isolate

isolate()

from benchmarks.measure import median  # noqa: E402
from benchmarks.service import make_service  # noqa: E402

CLINICS, CHANGED = 60, 12
LEAFLET, FORMAT = "stopping-kratom", "letter-fold"
PORT = 8765


def served(clinics: int = CLINICS, changed: int = CHANGED) -> tuple[float, float]:
    """Median seconds of a file that is up to date, and of one whose clinic's phone has changed."""
    from foldwell.build.job import Selection
    from foldwell.build.request import Request
    from foldwell.studio.desk import Desk
    from foldwell.studio.guard import Keys
    from foldwell.studio.server import application

    with tempfile.TemporaryDirectory(prefix="foldwell-served-") as folder:
        root, today = make_service(Path(folder), clinics), datetime.date.today()
        desk = Desk(root, root / "output", lambda: today, Keys("t", "session", "n"))
        desk.warm_up()
        app = application(desk, PORT)
        wanted = Selection((LEAFLET,), formats=(FORMAT,), media=("screen",))
        desk.builder.start(Request(wanted, today=today))
        while desk.builder.state == "running":
            time.sleep(0.2)
        paths = [job.path for job in desk.shelf.book.jobs
                 if (job.order.leaflet, job.order.format, job.order.medium.name)
                 == (LEAFLET, FORMAT, "screen") and (desk.output / job.path).is_file()]  # fmt: skip
        stood = [_seconds(app, path) for path in paths]
        made = []
        for path in paths[:changed]:
            _change_phone(root / "content/clinics.csv", path)
            made.append(_seconds(app, path))
        desk.close()
    return median(stood), median(made)


def _change_phone(roster: Path, path: str) -> None:
    """Give the clinic of a file another phone number."""
    number = re.search(r"-(\d{3})/", path)
    assert number is not None
    old, new = f"496 {int(number[1]):04}", f"496 {int(number[1]) + 900:04}"
    text = roster.read_text(encoding="utf-8")
    text = text.replace(old, new).replace(f"555-{old[4:]}", f"555-{new[4:]}")
    roster.write_text(text, encoding="utf-8")


def _seconds(app: Any, path: str) -> float:
    """How long the answer takes that holds a file."""
    headers = {"host": f"127.0.0.1:{PORT}", "cookie": f"foldwell-{PORT}=session"}
    sent: list[dict[str, Any]] = []

    asked = iter([{"type": "http.request", "body": b""}])

    async def receive() -> dict[str, Any]:
        if (message := next(asked, None)) is None:
            await asyncio.Event().wait()  # the application listens until it has answered
        return message or {}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET",
        "path": f"/edition/{path}", "raw_path": b"", "query_string": b"", "scheme": "http",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "server": ("127.0.0.1", PORT), "client": ("127.0.0.1", 1),
    }  # fmt: skip
    started = time.perf_counter()
    asyncio.run(app(scope, receive, send))
    taken = time.perf_counter() - started
    if sent[0]["status"] != 200:
        raise RuntimeError(f"{path}: {sent[0]['status']}")
    return taken


if __name__ == "__main__":
    stood, made = served(*map(int, sys.argv[1:]))
    print(f"A file that is up to date: {1000 * stood:.0f} ms; one that is made: {made:.2f} s.")
