"""What making one file costs, by kind: CPU in a warm process, and bytes.

CPU time, not time on the clock, because a machine does other things too. The figures are kept in
``costs.json`` beside this module.
"""

from __future__ import annotations

import datetime
import importlib
import json
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

KEPT = Path(__file__).with_name("costs.json")
BRANDS = 3
"""How many brands the clinics of a measured project have, if nothing else is said."""


@dataclass(frozen=True)
class FileCost:
    """One kind of file of one clinic, such as ``a4 screen``: the mean over leaflets and clinics.

    Attributes:
        compose_s: CPU seconds of a composer.
        print_s: CPU seconds of making the file once files of its kind are proven, whoever does so;
            0 for what is not typeset.
        learned: How many files of a leaflet and brand are made otherwise: the first of each shape,
            and those with the first words that differ.
        learn_s: CPU seconds of a typesetter for each of these.
        size: Bytes.
        files: How many such files an edition has: less than 1 where paper decides.
    """

    compose_s: float
    print_s: float
    learned: float
    learn_s: float
    size: float
    files: float


@dataclass(frozen=True)
class Costs:
    """What a build is made of, in CPU seconds and bytes.

    Attributes:
        files: What a file costs, by kind.
        start_s: Beginning and ending a build that has nothing to make.
        compose_s: Beginning a composer and a printer, and composing the first page of each of five
            leaflets.
        worker_s: Beginning and ending one typesetter, with its share of the engine's start.
        file_s: What the process that the user started spends on writing, recording and
            registering a file.
        row_bytes: What the ledger has of a file, in its row and in the plan.
        open_row_s: Opening a ledger, for each row.
        read_row_s: Reading and looking through a row, for each of a build with nothing to do.
    """

    files: dict[str, FileCost]
    start_s: float
    compose_s: float
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


def file_costs(project: Path) -> dict[str, FileCost]:
    """Make every file of a project in this process, and note what each kind costs.

    Args:
        project: A project whose clinics take turns in their brands.
    """
    from foldwell.build.job import Selection
    from foldwell.build.lanes import batches, kind_of
    from foldwell.build.made import Made
    from foldwell.build.plan import make_plan
    from foldwell.build.variable import HOW
    from foldwell.build.worker import compose, typeset
    from foldwell.content.library import read_library
    from foldwell.typeset.engine import warm_up

    importlib.import_module("foldwell.build.warm")  # as in a typesetter, the collector seldom comes
    warm_up()
    library = read_library(project, datetime.date.today())
    plan = make_plan(library, Selection(), datetime.date.today())
    rows: dict[str, list[float]] = defaultdict(list)
    learned: dict[str, list[float]] = defaultdict(list)
    brands_of: dict[str, set[object]] = defaultdict(set)
    sizes: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for job in (job for batch in batches(plan.jobs, 1) for job in batch):  # as a build takes them
        kind = f"{job.order.format} {job.order.medium.name}".strip()
        composing, composed = _cpu(lambda: compose(job))  # noqa: B023
        setting, made = 0.0, composed
        if job.order.row:
            setting, made = _cpu(lambda: typeset(job.order, composed))  # noqa: B023
        if not isinstance(made, Made):
            raise RuntimeError(f"{job.path}: {made}")
        brands_of[kind].add((job.order.leaflet, kind_of((job,))))
        sizes[kind].append((composing, sum(len(content) for _, content in made.files(job.path))))
        if job.order.row and dict(made.notes)["stamp"] != HOW:
            learned[kind].append(setting)
        else:
            rows[kind].append(setting)
    editions = len(library.clinics) * len(library.leaflets)
    found = {}
    for kind, own in rows.items():
        composing, size = [
            sum(column) / len(sizes[kind]) for column in zip(*sizes[kind], strict=True)
        ]
        first = learned[kind]
        found[kind] = FileCost(
            composing, sum(own) / len(own), len(first) / len(brands_of[kind]),
            sum(first) / max(1, len(first)), size, len(sizes[kind]) / editions,
        )  # fmt: skip
    return found


def _cpu(work: Callable[[], Any]) -> tuple[float, Any]:
    started = time.process_time()
    result = work()
    return time.process_time() - started, result
