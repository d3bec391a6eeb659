"""Whether there is nothing to do, as far as the ledger alone can tell."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

from foldwell.build.editions import FILE
from foldwell.build.freshness import check_files
from foldwell.build.known import Known
from foldwell.build.ledger import Ledger
from foldwell.build.records import PlanRecord, Record


def nothing_to_do(
    request: str, known: Known, ledger: Ledger, output: Path
) -> tuple[PlanRecord, dict[str, Record]] | None:
    """The plan of a request with its records, if it was carried out and all is as it was.

    Args:
        request: Its key.
        known: What a build reads, as it is now.
        ledger: What was built before.
        output: The output folder, whose files are looked at.
    """
    plan = ledger.plan(request)
    if plan is None or plan.inputs != known.digest:
        return None
    if not os.path.lexists(output / FILE):  # the register goes with the files
        return None
    paths = [path for path, _ in plan.jobs]
    records = ledger.jobs(paths)
    if keys(paths, records) != plan.keys:
        return None
    now, looked_at = time.time_ns(), {}
    for path in paths:
        fresh, why = check_files(records[path], output, now)
        if why:
            return None
        if fresh != records[path]:
            looked_at[path] = fresh
    with contextlib.suppress(sqlite3.Error):  # costs time, never a file
        if looked_at:
            ledger.keep_jobs(looked_at)
        ledger.keep_inputs(known.seen)
    return plan, records


def keys(paths: Iterable[str], records: Mapping[str, Record]) -> str:
    """One hash of the keys of jobs; empty if one of them is not known."""
    total = hashlib.sha256()
    for path in paths:
        if path not in records or not records[path].key:
            return ""
        total.update(f"{path}\0{records[path].key}\n".encode())
    return total.hexdigest()
