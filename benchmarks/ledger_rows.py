"""A ledger of many rows: how large it is, and what opening, reading and changing it costs."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from foldwell.build.idle import keys
from foldwell.build.ledger import Ledger
from foldwell.build.records import Record, Written

AT_ONCE = 20_000
"""How many rows are written at once."""


@dataclass(frozen=True)
class LedgerCost:
    """CPU seconds and bytes of a ledger.

    Attributes:
        rows: How many it has.
        size: Of its file.
        open_s: Opening it; it is looked through for damage.
        read_s: Reading every record, and hashing their keys, as a build with nothing to do does.
        change_s: Recording one file that was made again.
    """

    rows: int
    size: int
    open_s: float
    read_s: float
    change_s: float


def ledger_cost(model: Record, rows: int, output: Path) -> LedgerCost:
    """Fill a ledger with rows like one that a build wrote, and measure it.

    Args:
        model: A record of a real build.
        rows: How many.
        output: A folder for it, empty or not there yet.
    """
    filled = Ledger(output)
    for some in _some_at_once(model, rows):
        filled.keep_jobs(some)
    filled.close()  # what was only in its log is now in its file
    started = time.process_time()
    ledger = Ledger(output)
    opened = time.process_time()
    records = ledger.jobs()
    if not keys(sorted(records), records) or len(records) != rows:
        raise RuntimeError("The ledger does not hold what was put into it.")
    read = time.process_time()
    path, record = next(iter(records.items()))
    ledger.keep_jobs({path: replace(record, key="0" * 64)})
    changed = time.process_time()
    ledger.close()
    return LedgerCost(
        rows, ledger.path.stat().st_size, opened - started, read - opened, changed - read
    )


def _some_at_once(model: Record, rows: int) -> Iterator[dict[str, Record]]:
    some: dict[str, Record] = {}
    for number in range(rows):
        path, record = _row(model, number)
        some[path] = record
        if len(some) == AT_ONCE:
            yield some
            some = {}
    if some:
        yield some


def _row(model: Record, number: int) -> tuple[str, Record]:
    """The path and record of one file, with hashes of its own."""
    path = f"clinic-{number // 30:05}/en/leaflet-{number % 30:02}-a4-screen.pdf"
    own = hashlib.sha256(path.encode()).hexdigest()
    files = tuple(Written(path, own, file.signature, file.seen_ns) for file in model.files[:1])
    return path, replace(model, key=own, files=files)
