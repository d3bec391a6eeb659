"""What making one file costs, by kind: CPU in a warm process, and bytes.

CPU time, not time on the clock, because a machine does other things too. The figures are kept in
``costs.json`` beside this module, with the machine's own unit: one plain WeasyPrint page.
"""

from __future__ import annotations

import datetime
import json
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

KEPT = Path(__file__).with_name("costs.json")
BRANDS = 3
"""A process learns from the first two clinics of each brand; those behind them are measured."""


@dataclass(frozen=True)
class FileCost:
    """One kind of file of one clinic, such as ``a4 screen``: the mean over leaflets and clinics.

    Attributes:
        compose_s: CPU seconds of a composer.
        typeset_s: CPU seconds of a typesetter; 0 for what is not typeset.
        first_s: The same for the first file of its kind, leaflet and brand that a process makes.
        second_s: The same for the second.
        size: Bytes.
        files: How many such files an edition has: less than 1 where paper decides.
    """

    compose_s: float
    typeset_s: float
    first_s: float
    second_s: float
    size: float
    files: float


@dataclass(frozen=True)
class Costs:
    """What a build is made of, in CPU seconds and bytes.

    Attributes:
        files: What a file costs, by kind.
        start_s: Beginning and ending a build that has nothing to make.
        worker_s: Beginning and ending one typesetter, with its share of the engine's start.
        file_s: What the process that the user started spends on writing, recording and
            registering a file.
        row_bytes: A row of the ledger.
        open_row_s: Opening a ledger, for each row.
        read_row_s: Reading and looking through a row, for each of a build with nothing to do.
    """

    files: dict[str, FileCost]
    start_s: float
    worker_s: float
    file_s: float
    row_bytes: float
    open_row_s: float
    read_row_s: float

    def save(self, path: Path = KEPT) -> None:
        """Keep them as text."""
        path.write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="utf-8")


def kept_costs(path: Path = KEPT) -> Costs:
    """The costs that were measured last."""
    raw = json.loads(path.read_text(encoding="utf-8"))
    raw["files"] = {kind: FileCost(**cost) for kind, cost in raw["files"].items()}
    return Costs(**raw)


def file_costs(project: Path, brands: int = BRANDS) -> dict[str, FileCost]:
    """Make every file of a project in this process, and note what each kind costs.

    Args:
        project: A project whose clinics take turns in their brands.
        brands: How many brands they have.
    """
    from foldwell.build.job import Selection
    from foldwell.build.lanes import batches, kind_of
    from foldwell.build.made import Made
    from foldwell.build.plan import make_plan
    from foldwell.build.worker import compose, typeset
    from foldwell.content.library import read_library
    from foldwell.typeset.engine import warm_up

    warm_up()
    library = read_library(project, datetime.date.today())
    plan = make_plan(library, Selection(), datetime.date.today())
    met: Counter[object] = Counter()
    rows: dict[str, list[tuple[float, float, int]]] = defaultdict(list)
    early: dict[tuple[str, int], list[float]] = defaultdict(list)
    for job in (job for batch in batches(plan.jobs, 1) for job in batch):  # as a build takes them
        kind = f"{job.order.format} {job.order.medium.name}".strip()
        composing, made = _cpu(lambda: compose(job))  # noqa: B023
        setting = 0.0
        if job.order.row:
            setting, made = _cpu(lambda: typeset(job.order, made))  # noqa: B023
        if not isinstance(made, Made):
            raise RuntimeError(f"{job.path}: {made}")
        met[whose := (kind, job.order.leaflet, kind_of((job,)))] += 1
        if met[whose] <= 2:
            early[kind, met[whose]].append(setting)
        else:
            size = sum(len(content) for _, content in made.files(job.path))
            rows[kind].append((composing, setting, size))
    editions = (len(library.clinics) - 2 * brands) * len(library.leaflets)
    found = {}
    for kind, own in rows.items():
        composing, later, size = [sum(column) / len(own) for column in zip(*own, strict=True)]
        first, second = (early[kind, number] or [later] for number in (1, 2))
        found[kind] = FileCost(
            composing, later, sum(first) / len(first), sum(second) / len(second), size,
            len(own) / editions,
        )  # fmt: skip
    return found


def _cpu(work: Callable[[], Any]) -> tuple[float, Any]:
    started = time.process_time()
    result = work()
    return time.process_time() - started, result
