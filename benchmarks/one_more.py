"""``bench clinics``: what one more clinic costs, by how many there are, beside Typst.

Each file is made twice: stamped, from pages of the clinics before it where that can be, and typeset
as a whole. The first clinics of each brand warm the process up.
"""

from __future__ import annotations

import argparse
import datetime
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.costs import BRANDS
from benchmarks.measure import median
from benchmarks.service import make_service
from benchmarks.typst_page import typst_cpu_s, typst_is_there


@dataclass(frozen=True)
class OneMore:
    """What one more clinic costs in one format.

    Attributes:
        clinics: How many clinics there were.
        compose_s: The median CPU seconds of composing a file.
        stamp_s: The same of stamping, finishing and checking it.
        typeset_s: The same of typesetting it as a whole.
        whole: The share of files that could not be stamped.
        memory: The most bytes that the process held.
        html: A composed page, for whoever sets the same words otherwise.
    """

    clinics: int
    compose_s: float
    stamp_s: float
    typeset_s: float
    whole: float
    memory: int
    html: str


def one_more(clinics: int, leaflet: str, format_name: str, medium: str) -> OneMore:
    """Make a file for each of some clinics in this process."""
    from foldwell.build.job import Options, Selection
    from foldwell.build.made import Made
    from foldwell.build.plan import make_plan
    from foldwell.build.worker import compose, typeset, typeset_in_full
    from foldwell.content.library import read_library

    composing, stamping, setting, whole, html = [], [], [], [], ""
    with tempfile.TemporaryDirectory(prefix="foldwell-clinics-") as folder:
        library = read_library(make_service(Path(folder), clinics), datetime.date.today())
        asked = Selection(leaflets=(leaflet,), formats=(format_name,), media=(medium,))
        draft = Options(draft=True)
        for job in make_plan(library, asked, datetime.date.today(), draft).jobs:
            started = time.process_time()
            composition: Any = compose(job)
            composed = time.process_time()
            made = typeset(job.order, composition)
            stamped = time.process_time()
            full = typeset_in_full(job.order, composition)
            setting.append(time.process_time() - stamped)
            stamping.append(stamped - composed)
            composing.append(composed - started)
            if not isinstance(made, Made) or not isinstance(full, Made):
                raise RuntimeError(f"{job.path}: {made}")
            if made.content != full.content:
                raise RuntimeError(f"{job.path} differs from what is typeset as a whole.")
            whole.append("stamped" not in dict(made.notes)["stamp"])
            html = composition.pages.html
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    warm = min(BRANDS, len(setting) - 1)
    return OneMore(
        clinics,
        median(composing[warm:]),
        median(stamping[warm:]),
        median(setting[warm:]),
        sum(whole[warm:]) / len(whole[warm:]),
        held * (1 if sys.platform == "darwin" else 1024),
        html,
    )


def main(words: Sequence[str]) -> None:
    """Print what one more clinic costs, a line a number of clinics."""
    parser = argparse.ArgumentParser(prog="build.py bench clinics", description=__doc__)
    parser.add_argument("clinics", type=int, nargs="*", default=[10, 100, 300])
    parser.add_argument("--leaflet", default="stopping-kratom")
    parser.add_argument("--format", default="letter-fold")
    parser.add_argument("--medium", default="screen")
    asked = parser.parse_args(words)
    print(f"{asked.leaflet}, {asked.format}, {asked.medium}: CPU of one more clinic, warm.")
    html = ""
    for count in asked.clinics:
        found = one_more(count, asked.leaflet, asked.format, asked.medium)
        html = found.html
        print(
            f"  {count} clinics: {1000 * (found.compose_s + found.stamp_s):.0f} ms a file stamped,"
            f" {1000 * (found.compose_s + found.typeset_s):.0f} as a whole"
            f" ({1000 * found.compose_s:.0f} to compose); {100 * found.whole:.1f} % could not be"
            f" stamped; {found.memory / 2**20:.0f} MiB",
            flush=True,
        )
    if typst_is_there():
        print(f"  Typst, the same words alone: {1000 * typst_cpu_s(html):.0f} ms a file")
    else:
        print("  Typst is not installed: 'pip install typst' in a place of its own to compare.")
