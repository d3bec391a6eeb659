"""``python3 build.py bench``: measures Foldwell against plain WeasyPrint, all in one run.

The figures are ratios, because machines differ and are noisy; they are written to
``output/.foldwell/bench.json`` and drawn in ``bench.svg`` beside it.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from foldwell.fonts import fonts_folder
from foldwell.typeset.fonts import isolate

isolate()

from benchmarks import checking, one_more, preview  # noqa: E402
from benchmarks.chart import bars  # noqa: E402
from benchmarks.corpus import ROOT, make_project  # noqa: E402
from benchmarks.measure import build, median, seconds, watching, worker_memory  # noqa: E402
from benchmarks.real import OWN, STAGES, real_leaflets, report, staged  # noqa: E402

ROUNDS = 15
LEAFLETS_CHECKED = 300


def main() -> None:
    """Run the benchmarks that were asked for."""
    if sys.argv[1:2] == ["clinics"]:
        one_more.main(sys.argv[2:])
        return
    if sys.argv[1:2] == ["preview"]:
        preview.main(sys.argv[2:])
        return
    if sys.argv[1:2] == ["check"]:
        checking.main(sys.argv[2:])
        return
    arguments = _arguments()
    found: dict[str, Any] = {"cores": os.cpu_count()}
    with tempfile.TemporaryDirectory(prefix="foldwell-bench-") as folder:
        work = Path(folder)
        project = make_project(work / "project", arguments.leaflets, arguments.clinics)
        print(f"{arguments.leaflets * arguments.clinics} files of two pages.")
        sources = _sources(project, work / "sources", arguments.sample)
        found |= _against_weasyprint(project, sources, arguments)
        found |= _one_job(project, sources[0][1])
        found |= _stages(project, arguments.sample)
        found |= _memory(project)
        found |= _no_op(work, arguments.outputs)
        found |= _one_word(project)
        found |= _watch(make_project(work / "watched", 1, 1))
        found |= checking.checking(LEAFLETS_CHECKED)
        checking.report(LEAFLETS_CHECKED, found)
        print("One more clinic for each shipped leaflet, CPU time in a warm process:")
        found["real"] = real_leaflets(ROOT)
        report(found["real"])
    folder_ = ROOT / "output" / ".foldwell"
    folder_.mkdir(parents=True, exist_ok=True)
    (folder_ / "bench.json").write_text(json.dumps(found, indent=2) + "\n")
    (folder_ / "bench.svg").write_text(bars("Where the time of one job goes", found["stages"]))
    print(f"Written to {folder_ / 'bench.json'} and bench.svg.")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="build.py bench", description=__doc__)
    parser.add_argument("--leaflets", type=int, default=20, help="leaflets (usually 20)")
    parser.add_argument("--clinics", type=int, default=5, help="clinics (usually 5)")
    parser.add_argument("--sample", type=int, default=20, help="files that WeasyPrint makes")
    parser.add_argument(
        "--outputs", type=int, nargs="+", default=[100, 1000], help="sizes of builds with no work"
    )
    return parser.parse_args()


def _tell(name: str, value: float, unit: str = "") -> None:
    print(f"  {name}: {value:.2f}{unit}")


def _sources(project: Path, folder: Path, count: int) -> list[tuple[Any, Path]]:
    """Compositions of some jobs, and the same as files for the ``weasyprint`` command."""

    from foldwell.build.job import Selection
    from foldwell.build.plan import make_plan
    from foldwell.build.worker import compose
    from foldwell.content.library import read_library

    plan = make_plan(
        read_library(project, datetime.date.today()), Selection(), datetime.date.today()
    )
    found = []
    for number, job in enumerate(plan.jobs[:count]):
        composition: Any = compose(job)
        here = folder / f"{number:04}"
        here.mkdir(parents=True)
        source = composition.pages
        html, css = source.html, "\n".join(source.css)
        for name, content, _ in source.assets:
            file = name.replace("/", "_")
            (here / file).write_bytes(content)
            html = html.replace(f"asset:{name}", file)
            css = css.replace(f"asset:{name}", file)
        css += ":root { --body: 12pt; --leading: 16pt; --unit: 2mm; --scale: 1; line-height: 16pt }"
        css += ".spare { display: none }"
        (here / "sheet.css").write_text(css)
        link = '<link rel="stylesheet" href="sheet.css"></head>'
        (here / "in.html").write_text(html.replace("</head>", link))
        found.append((composition, here / "in.html"))
    return found


def _weasyprint(page: Path) -> None:
    command = Path(sys.executable).with_name("weasyprint")
    environment = os.environ | {"FONTCONFIG_FILE": str(fonts_folder() / "fonts.conf")}
    subprocess.run(
        [command, "--pdf-variant", "pdf/ua-1", page, page.with_suffix(".pdf")],
        env=environment, check=True, capture_output=True,
    )  # fmt: skip


def _against_weasyprint(
    project: Path, sources: list[tuple[Any, Path]], arguments: argparse.Namespace
) -> dict[str, Any]:
    """Whole builds against the command once a file, and against one warm loop."""
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    files = arguments.leaflets * arguments.clinics
    pages = [page for _, page in sources]

    def once_a_file() -> None:
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(_weasyprint, pages))

    fonts = FontConfiguration()

    def warm_loop() -> None:
        for page in pages:
            HTML(page).write_pdf(
                page.with_suffix(".pdf"), font_config=fonts, pdf_variant="pdf/ua-1"
            )

    warm_loop()  # so that it is warm
    loop = seconds(warm_loop) / len(pages)
    once = seconds(once_a_file) / len(pages)
    by_workers = {}
    for count in sorted({1, 2, os.cpu_count() or 1}):
        shutil.rmtree(project / "output", ignore_errors=True)
        by_workers[count] = seconds(lambda: build(project, "-q", "--jobs", str(count))) / files  # noqa: B023
    whole = by_workers[2]
    _tell("whole build against 'weasyprint' once a file, two at a time", once / whole, " times")
    for count, each in by_workers.items():
        _tell(f"throughput with {count} workers against one warm WeasyPrint loop", loop / each)
    return {
        "files": files,
        "seconds_a_file": {
            "weasyprint once a file, two at a time": once,
            "warm WeasyPrint loop, one process": loop,
            **{f"build, {count} workers": each for count, each in by_workers.items()},
        },
        "build_against_weasyprint": once / whole,
        "two_workers_against_warm_loop": loop / whole,
    }


def _one_job(project: Path, page: Path) -> dict[str, Any]:
    """One file, whole processes: the build command against the ``weasyprint`` command."""
    words = ("leaflet-0000", "--clinic", "surgery-000", "--force", "-q")
    pairs = [
        (seconds(lambda: build(project, *words)), seconds(lambda: _weasyprint(page)))
        for _ in range(5)
    ]
    ratio = median([ours / theirs for ours, theirs in pairs])
    _tell("one file, whole process, against 'weasyprint'", ratio, " times the time")
    return {"one_file_against_weasyprint": ratio}


def _stages(project: Path, count: int) -> dict[str, Any]:
    """Where the time of one job goes, in one warm process."""

    from foldwell.build.job import Selection
    from foldwell.build.plan import make_plan
    from foldwell.content.library import read_library

    started = time.process_time()
    today = datetime.date.today()
    plan = make_plan(read_library(project, today), Selection(), today)
    spent = {"plan": (time.process_time() - started) / len(plan.jobs)}
    jobs = plan.jobs[:count]
    staged(jobs[0])  # so that it is warm
    rounds = [staged(job) for job in jobs]
    spent |= {stage: sum(one[stage] for one in rounds) / count / 1000 for stage in STAGES}
    share = (spent["plan"] + sum(spent[stage] for stage in OWN)) / sum(spent.values())
    _tell("share of a job's time that is not layout or writing PDF", 100 * share, " %")
    return {"stages": spent, "own_share": share}


def _memory(project: Path) -> dict[str, Any]:
    """Memory of the workers over a whole build."""
    if not sys.platform.startswith("linux"):
        return {}
    samples: list[tuple[float, int, int]] = []
    shutil.rmtree(project / "output", ignore_errors=True)
    with worker_memory(samples):
        build(project, "-q")
    start, end = samples[0][0], samples[-1][0]
    tenth = (end - start) / 10
    first = max(size for when, _, size in samples if when <= start + tenth)
    last = max(size for when, _, size in samples if when >= end - tenth)
    peak = max(size for _, _, size in samples)
    _tell("peak memory of one worker", peak / 2**20, " MiB")
    _tell("memory in the last tenth of the build against the first tenth", last / first)
    return {"peak_mib": peak / 2**20, "memory_last_against_first": last / first}


def _no_op(work: Path, sizes: list[int]) -> dict[str, Any]:
    """Builds with nothing to do, by number of outputs; the outputs are stubs, recorded as real."""
    from benchmarks.stubs import build_stubs

    times = {}
    for size in sizes:
        clinics = 10 if size >= 1000 else 5
        project = make_project(work / f"noop-{size}", size // clinics, clinics)
        build_stubs(project)
        times[size] = median([seconds(lambda: build(project)) for _ in range(5)])  # noqa: B023
        _tell(f"no-op build of {size} outputs, whole process", times[size], " s")
    growth = {}
    for small, large in pairwise(sizes):
        growth[large] = (times[large] - times[small]) / (large - small) * 1000
        _tell(f"growth an output, {small} to {large}", growth[large], " ms")
    return {"no_op_seconds": times, "no_op_growth_ms": growth}


def _one_word(project: Path) -> dict[str, Any]:
    """A word changed in one leaflet: how many files are made again, and how long it takes."""
    build(project, "-q")
    path = project / "content" / "leaflets" / "leaflet-0000" / "en.md"
    path.write_text(path.read_text().replace("Do not keep what you", "Never keep what you"))
    before = {p: p.stat().st_mtime_ns for p in (project / "output").rglob("*.pdf")}
    took = seconds(lambda: build(project, "-q"))
    again = sum(p.stat().st_mtime_ns != before[p] for p in (project / "output").rglob("*.pdf"))
    _tell("one word changed: files made again", again)
    _tell("one word changed: whole process", took, " s")
    return {"one_word_files": again, "one_word_seconds": took}


def _watch(project: Path) -> dict[str, Any]:
    """From a leaflet that is saved to its finished file, against layout and writing alone."""

    from foldwell.build.job import Selection
    from foldwell.build.plan import make_plan
    from foldwell.build.worker import compose
    from foldwell.content.library import read_library
    from foldwell.typeset.copyfit import copyfit

    leaflet = project / "content" / "leaflets" / "leaflet-0000" / "en.md"
    text = leaflet.read_text()
    waits, alone = [], []
    with watching(project) as finished:
        finished()
        job = make_plan(
            read_library(project, datetime.date.today()), Selection(), datetime.date.today()
        ).jobs[0]
        for number in range(ROUNDS + 1):
            saved = text.replace("Do not keep what you", f"Never keep {number} of what you")
            waits.append(seconds(lambda: (leaflet.write_text(saved), finished())))  # noqa: B023
            made: Any = compose(job)
            row, geometry = job.order.row, job.order.geometry
            assert row and geometry
            typeset = partial(copyfit, made.pages, row, geometry)
            alone.append(seconds(lambda: typeset().typeset.write(tagged=True)))  # noqa: B023
    ratio = median(waits[1:]) / median(alone[1:])
    _tell("from a saved leaflet to its file, against layout and writing alone", ratio, " times")
    return {"watch_seconds": median(waits[1:]), "watch_against_layout": ratio}


if __name__ == "__main__":
    main()
