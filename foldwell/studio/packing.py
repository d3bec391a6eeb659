"""What is taken home beside single files: a pack of all of them, and the ticket of a print job."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable

from starlette.responses import Response

from foldwell.build.job import Job, Order
from foldwell.build.ledger import FOLDER, Ledger
from foldwell.build.pack import font_licences, pack, read_files
from foldwell.errors import FoldwellError
from foldwell.studio.desk import Call, Desk, NotThere


def _key(order: Order) -> tuple[str, str, str]:
    return order.leaflet, order.language, order.clinic


def download_pack(desk: Desk, call: Call) -> Response:
    """All files of one leaflet for one clinic that are made, in one archive with their licences.

    Raises:
        FoldwellError: If one of them is not up to date.
    """
    slug, language, clinic = call.path["slug"], call.path["language"], call.query.get("clinic", "")
    book = desk.shelf.book
    wanted = (slug, language, clinic)
    orders = [order for order in book.orders if _key(order) == wanted]
    if not orders:
        raise NotThere
    state = desk.standing(orders)
    if late := [path for path, why in state.items() if why]:
        raise FoldwellError(
            f"{len(late)} of its {len(orders)} files are not up to date.", None,
            "Build this leaflet first, then take the pack.",
        )  # fmt: skip
    jobs = [job for job in (*book.jobs, *desk.shelf.proofs.values()) if _key(job.order) == wanted]
    proofs = desk.standing_of(jobs)
    jobs = [job for job in jobs if not proofs[job.path]]  # marked proofs only if they are there
    hashes = written(desk, jobs)
    contents = read_files(desk.output, hashes)
    content = pack(contents, font_licences(desk.root, clinic, desk.today()))
    draft = "-draft" if any(order.status for order in orders) else ""
    headers = {"content-disposition": f'attachment; filename="{slug}-{language}-pack{draft}.zip"'}
    return Response(content, media_type="application/zip", headers=headers)


def written(desk: Desk, jobs: Iterable[Job]) -> dict[str, str]:
    """The SHA-256 of each file that jobs wrote, tickets among them, by its path."""
    if not (desk.output / FOLDER / "ledger.sqlite").is_file():
        return {}
    with contextlib.closing(Ledger(desk.output)) as ledger:
        records = ledger.jobs(job.path for job in jobs)
    return {one.path: one.sha256 for record in records.values() for one in record.files}
