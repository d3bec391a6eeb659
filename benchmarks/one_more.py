"""``bench clinics``: what one more clinic costs, by how many there are, beside Typst.

Each file is wholly typeset and checked: nothing of another clinic's file is used again but the
measures of blocks that say the same. The first clinics of each brand warm the process up.
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
        typeset_s: The same of typesetting, finishing and checking it.
        memory: The most bytes that the process held.
        html: A composed page, for whoever sets the same words otherwise.
    """

    clinics: int
    compose_s: float
    typeset_s: float
    memory: int
    html: str


def one_more(clinics: int, leaflet: str, format_name: str) -> OneMore:
    """Make a screen file for each of some clinics in this process."""
    from foldwell.build.job import Selection
    from foldwell.build.made import Made
    from foldwell.build.plan import make_plan
    from foldwell.build.worker import compose, typeset
    from foldwell.content.library import read_library

    composing, setting, html = [], [], ""
    with tempfile.TemporaryDirectory(prefix="foldwell-clinics-") as folder:
        library = read_library(make_service(Path(folder), clinics), datetime.date.today())
        asked = Selection(leaflets=(leaflet,), formats=(format_name,), media=("screen",))
        for job in make_plan(library, asked, datetime.date.today()).jobs:
            started = time.process_time()
            composition: Any = compose(job)
            composed = time.process_time()
            made = typeset(job.order, composition)
            setting.append(time.process_time() - composed)
            composing.append(composed - started)
            if not isinstance(made, Made):
                raise RuntimeError(f"{job.path}: {made}")
            html = composition.pages.html
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    warm = min(BRANDS, len(setting) - 1)
    return OneMore(
        clinics,
        median(composing[warm:]),
        median(setting[warm:]),
        held * (1 if sys.platform == "darwin" else 1024),
        html,
    )


def main(words: Sequence[str]) -> None:
    """Print what one more clinic costs, a line a number of clinics."""
    parser = argparse.ArgumentParser(prog="build.py bench clinics", description=__doc__)
    parser.add_argument("clinics", type=int, nargs="*", default=[10, 100, 300])
    parser.add_argument("--leaflet", default="stopping-kratom")
    parser.add_argument("--format", default="letter-fold")
    asked = parser.parse_args(words)
    print(f"{asked.leaflet}, {asked.format}, screen: CPU of one more clinic in a warm process.")
    html = ""
    for count in asked.clinics:
        found = one_more(count, asked.leaflet, asked.format)
        html = found.html
        print(
            f"  {count} clinics: {1000 * (found.compose_s + found.typeset_s):.0f} ms a file"
            f" ({1000 * found.compose_s:.0f} to compose, {1000 * found.typeset_s:.0f} to typeset,"
            f" finish and check); {found.memory / 2**20:.0f} MiB",
            flush=True,
        )
    if typst_is_there():
        print(f"  Typst, the same words alone: {1000 * typst_cpu_s(html):.0f} ms a file")
    else:
        print("  Typst is not installed: 'pip install typst' in a place of its own to compare.")
