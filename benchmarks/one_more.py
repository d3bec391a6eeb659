"""``bench clinics``: what one more clinic costs, by how many there are, beside Typst.

Its own words are put into the fields of a file that stands, where that can be. Every so often a
file is made as a whole too, and both are compared. What is counted begins with the fourth clinic of
a brand, once its files stand and are proven. The memory is that of processes of a real build.
"""

from __future__ import annotations

import argparse
import datetime
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.costs import BRANDS
from benchmarks.measure import build, median, worker_memory
from benchmarks.service import FORMATS, LEAFLETS, MEDIA, make_service
from benchmarks.typst_page import typst_cpu_s, typst_is_there

LEARNED = 3
"""How many clinics of a brand have their files made otherwise first."""
EVERY = 25
"""Each how many files of a kind one is made as a whole too."""


@dataclass(frozen=True)
class OneMore:
    """What one more clinic costs in one format.

    Attributes:
        clinics: How many clinics there were.
        compose_s: The median CPU seconds of composing a file.
        print_s: The same of putting its words into fields, and checking it.
        typeset_s: The same of making it as a whole.
        whole: The share of files, of all clinics, whose words were put into no fields.
        html: A composed page, for whoever sets the same words otherwise.
    """

    clinics: int
    compose_s: float
    print_s: float
    typeset_s: float
    whole: float
    html: str


def one_more(clinics: int, leaflet: str, format_name: str, medium: str) -> OneMore:
    """Make a file of one kind for each of some clinics in this process."""
    (found,) = each_more(clinics, (leaflet,), (format_name,), (medium,)).values()
    return found


def each_more(
    clinics: int,
    leaflets: tuple[str, ...] = (),
    formats: tuple[str, ...] = (),
    media: tuple[str, ...] = (),
    compared: int = EVERY,
) -> dict[str, OneMore]:
    """The files of some clinics, made in this process as a build takes them, by their kind.

    What cannot be made for a clinic, because its words have no room, is left out.

    Args:
        clinics: How many clinics.
        leaflets: Their leaflets; none for all.
        formats: Their formats; none for all.
        media: Their media; none for all.
        compared: Each how many files of a kind one is made as a whole too.
    """
    from foldwell.build.job import Options, Selection
    from foldwell.build.lanes import batches
    from foldwell.build.made import Made
    from foldwell.build.plan import make_plan
    from foldwell.build.variable import HOW
    from foldwell.build.worker import compose, typeset
    from foldwell.content.library import read_library

    rows: dict[str, list[tuple[float, float]]] = defaultdict(list)
    wholes: dict[str, list[float]] = defaultdict(list)
    others: Counter[str] = Counter()
    met: Counter[tuple[Any, ...]] = Counter()
    html = dict[str, str]()
    with tempfile.TemporaryDirectory(prefix="foldwell-clinics-") as folder:
        library = read_library(make_service(Path(folder), clinics), datetime.date.today())
        asked = Selection(leaflets=leaflets, formats=formats, media=media)
        plan = make_plan(library, asked, datetime.date.today(), Options(draft=True))
        typeset_ones = [job for job in plan.jobs if job.order.row]
        for job in (job for batch in batches(typeset_ones, 1) for job in batch):
            kind = f"{job.order.format} {job.order.medium.name}"
            started = time.process_time()
            composition: Any = compose(job)
            composed = time.process_time()
            made = typeset(job.order, composition)
            printed = time.process_time()
            brand = (kind, job.order.leaflet, composition.colours)
            if met[brand] % compared == 0:
                wholes[kind].append(_whole(job, composition, made))
            if not isinstance(made, Made):
                continue
            met[brand] += 1
            html[kind] = composition.pages.html
            others[kind] += dict(made.notes)["stamp"] != HOW
            if met[brand] > min(LEARNED, clinics // BRANDS - 1):
                rows[kind].append((composed - started, printed - composed))
    found = {}
    for kind, own in rows.items():
        composing, printing = (median([*one]) for one in zip(*own, strict=True))
        share = others[kind] / sum(count for brand, count in met.items() if brand[0] == kind)
        whole = median(wholes[kind])
        found[kind] = OneMore(clinics, composing, printing, whole, share, html[kind])
    return found


def _whole(job: Any, composition: Any, made: Any) -> float:
    """The CPU seconds that a file takes as a whole, which is held to it."""
    from foldwell.build.made import Made
    from foldwell.build.worker import typeset_in_full

    started = time.process_time()
    full = typeset_in_full(job.order, composition)
    taken = time.process_time() - started
    if not isinstance(made, Made) or not isinstance(full, Made):
        if str(made) != str(full):
            raise RuntimeError(f"{job.path}: {made}, {full}")
    elif (made.content, made.beside) != (full.content, full.beside):
        raise RuntimeError(f"{job.path} differs from what is made as a whole.")
    return taken


def most_held(clinics: int, *words: str) -> int:
    """The most bytes that a process held while the files of some clinics were built (Linux only).

    Args:
        clinics: How many clinics.
        words: Which files, as the build command is told.
    """
    samples: list[tuple[float, int, int]] = []
    with tempfile.TemporaryDirectory(prefix="foldwell-clinics-") as folder:
        project = make_service(Path(folder), clinics)
        with worker_memory(samples):
            build(project, *words, "--draft", "-q")
    return max(size for _, _, size in samples)


def main(words: Sequence[str]) -> None:
    """Print what one more clinic costs, a line a number of clinics, or a line a kind of file."""
    parser = argparse.ArgumentParser(prog="build.py bench clinics", description=__doc__)
    parser.add_argument("clinics", type=int, nargs="*", default=[10, 100, 300])
    parser.add_argument("--leaflet", choices=LEAFLETS, default="stopping-kratom")
    parser.add_argument("--format", choices=FORMATS, default="letter-fold")
    parser.add_argument("--medium", choices=MEDIA, default="screen")
    parser.add_argument("--all", action="store_true", help="every kind of file of five leaflets")
    asked = parser.parse_args(words)
    if min(asked.clinics) < BRANDS:
        parser.error(f"{BRANDS} clinics are the fewest: they are of {BRANDS} brands.")
    if asked.medium not in (media := FORMATS[asked.format]):
        parser.error(f"{asked.format} is measured with --medium {' or '.join(media)} alone.")
    if asked.all:
        print("Five leaflets: CPU of one more clinic, warm.")
        for count in asked.clinics:
            for kind, found in each_more(count).items():
                print(_line(f"{count} clinics, {kind}", found), flush=True)
            _tell_memory(count)
        return
    print(f"{asked.leaflet}, {asked.format}, {asked.medium}: CPU of one more clinic, warm.")
    html = ""
    for count in asked.clinics:
        found = one_more(count, asked.leaflet, asked.format, asked.medium)
        html = found.html
        print(_line(f"{count} clinics", found), flush=True)
        _tell_memory(count, asked.leaflet, "--format", asked.format, "--medium", asked.medium)
    if typst_is_there():
        print(f"  Typst, the same words alone: {1000 * typst_cpu_s(html):.0f} ms a file")
    else:
        print("  Typst is not installed: 'pip install typst' in a place of its own to compare.")


def _line(what: str, found: OneMore) -> str:
    printed, whole = (1000 * (found.compose_s + one) for one in (found.print_s, found.typeset_s))
    return (
        f"  {what}: {printed:.1f} ms a file ({1000 * found.compose_s:.1f} to compose), {whole:.0f}"
        f" as a whole; {100 * found.whole:.1f} % of all files had no fields to put words into"
    )


def _tell_memory(clinics: int, *words: str) -> None:
    if sys.platform == "linux":
        held = most_held(clinics, *words) / 2**20
        print(f"  {clinics} clinics, built: no process held more than {held:.0f} MiB", flush=True)
