"""What a file takes that is asked for: one that stands there, and one that is made for it.

    python -m benchmarks.served

The studio's own application answers in this process. Of a project of some clinics the files of the
first were built, so that each kind of file has one with fields on the rack. Then files of others
are asked for that were never made, and files whose clinic's phone was changed just before. The time
is that on the clock, from the request to the last byte, and CPU beside it, with the composer's.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime
import re
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from foldwell.typeset.fonts import isolate

isolate()

from benchmarks.measure import median  # noqa: E402
from benchmarks.service import make_service  # noqa: E402

CLINICS, BUILT, ASKED = 120, 20, 6
"""Clinics; those of one brand whose files are built before; files of each kind that are asked for
for others of the brand."""
OF_A_BRAND = 3
"""Each third clinic is of the same brand."""
LEAFLET = "pregnancy-and-opioids"
RUNS = f"""runs:
  - leaflets: [{LEAFLET}]
    formats:
      letter-fold: [screen, office, press]
      a4: [screen, office, press]
      booklet: [screen, office, press]
"""
PORT = 8765
FIRST = 2


@dataclass
class Taken:
    """What requests took, in seconds.

    Attributes:
        clock: Each on the clock.
        cpu: All of them, of this process and its composers.
    """

    clock: list[float] = field(default_factory=list)
    cpu: float = 0.0

    def __str__(self) -> str:
        each = self.cpu / max(1, len(self.clock))
        return f"{1000 * median(self.clock):5.1f} ms ({1000 * each:.1f} of CPU)"


def served(
    clinics: int = CLINICS, built: int = BUILT, asked: int = ASKED
) -> dict[str, dict[str, Taken]]:
    """What files take, by kind: that stand there, were never made, and have another phone."""
    from foldwell.build.job import Options, Selection
    from foldwell.build.request import Request
    from foldwell.studio.desk import Desk
    from foldwell.studio.guard import Keys
    from foldwell.studio.server import application

    with tempfile.TemporaryDirectory(prefix="foldwell-served-") as folder, ExitStack() as stack:
        root, today = make_service(Path(folder), clinics), datetime.date.today()
        (root / "content/build.yml").write_text(RUNS)
        desk = Desk(root, root / "output", lambda: today, Keys("t", "session", "n"))
        desk.warm_up()
        app = application(desk, PORT)
        own = [job for job in desk.shelf.book.jobs if not _number(job) % OF_A_BRAND]
        own += [job for job in desk.shelf.proofs.values() if not _number(job) % OF_A_BRAND]
        first = sorted({(_number(job), job.order.clinic) for job in own})[:built]
        for draft in (False, True):
            media = ("press",) if draft else ("screen", "office", "web")
            wanted = Selection(clinics=tuple(name for _, name in first), media=media)
            desk.builder.start(Request(wanted, Options(draft=draft), today))
            while desk.builder.state == "running":
                time.sleep(0.2)
        kinds: dict[str, list[str]] = {}
        for job in sorted(own, key=_number):
            if _number(job) > first[-1][0]:
                kind = f"{job.order.format} {job.order.medium.name}".strip()
                kinds.setdefault(kind, []).append(job.path)
        loop = stack.enter_context(asyncio.Runner())  # one for all requests, as a server has
        for paths in kinds.values():  # the first of a kind is not yet at hand
            for path in paths[:FIRST]:
                _seconds(loop, app, path)
        told: dict[str, dict[str, Taken]] = {}
        for kind, paths in kinds.items():
            taken = told[kind] = {
                "stands": Taken(),
                "never made": Taken(),
                "phone changed": Taken(),
            }
            for path in paths[FIRST : FIRST + asked]:
                _take(loop, app, path, taken["never made"])
                _take(loop, app, path, taken["stands"])
                _change_phone(root / "content/clinics.csv", path)
                _take(loop, app, path, taken["phone changed"])
        desk.close()
    return told


def _number(job: Any) -> int:
    """Which row of the roster a job is for."""
    return int(job.order.clinic[-3:])


def _change_phone(roster: Path, path: str) -> None:
    """Give the clinic of a file another phone number."""
    number = re.search(r"-(\d{3})/", path)
    assert number is not None
    text = roster.read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if f"Practice {number[1]};" in line)
    phone = re.search(r"(?:496|555)[ -](\d{4})", row)
    assert phone is not None
    new = f"{phone[0][:4]}{(int(phone[1]) + 211) % 9000:04}"
    changed = row.replace(phone[0], new, 1)
    roster.write_text(text.replace(row, changed), encoding="utf-8")


def _take(loop: asyncio.Runner, app: Any, path: str, taken: Taken) -> None:
    before = _cpu()
    taken.clock.append(_seconds(loop, app, path))
    taken.cpu += _cpu() - before


def _cpu() -> float:
    """The CPU time of this process and its children, where the system says that of these."""
    own = time.process_time()
    with contextlib.suppress(OSError):
        for task in Path("/proc/self/task").iterdir():
            for child in (task / "children").read_text().split():
                for thread in Path(f"/proc/{child}/task").iterdir():
                    own += int((thread / "schedstat").read_text().split()[0]) / 1e9
    return own


def _seconds(loop: asyncio.Runner, app: Any, path: str) -> float:
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
    loop.run(app(scope, receive, send))
    taken = time.perf_counter() - started
    if sent[0]["status"] != 200:
        raise RuntimeError(f"{path}: {sent[0]['status']}")
    return taken


if __name__ == "__main__":
    found = served(*map(int, sys.argv[1:]))
    for kind, own in found.items():
        print(f"{kind:20}", "; ".join(f"{name} {taken}" for name, taken in own.items()))
    for name in next(iter(found.values())):
        clock = [one for own in found.values() for one in own[name].clock]
        cpu = sum(own[name].cpu for own in found.values())
        print(f"{'all':20} {name} {Taken(clock, cpu)}")
