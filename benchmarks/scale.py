"""``python -m benchmarks.scale``: a national service built whole, and what small changes cost.

``--clinics 300`` makes 9,000 files. ``--cluster`` has two workers of a Dask cluster on this machine
make them, over TCP, and kills one of them in the middle.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import build, median, seconds, worker_memory
from benchmarks.service import ROOT, make_service
from benchmarks.stubs import build_stubs
from foldwell.build import editions, provenance

FILES_A_CLINIC = 30
ROUNDS = 3
ROWS = 10_000


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(prog="benchmarks.scale", description=__doc__)
    parser.add_argument("--clinics", type=int, default=300, help="clinics that are built (300)")
    parser.add_argument("--planned", type=int, default=300, help="clinics that are listed (300)")
    parser.add_argument("--cluster", action="store_true", help="build on a cluster, and kill")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="foldwell-scale-") as folder:
        work = Path(folder)
        if asked.cluster:
            _on_a_cluster(make_service(work / "cluster", asked.clinics), work)
            return
        _read(make_service(work / "read", ROWS))
        _planned(make_service(work / "planned", asked.planned))
        _built(make_service(work / "built", asked.clinics))


def _tell(name: str, value: float, unit: str) -> None:
    print(f"  {name}: {value:,.2f} {unit}", flush=True)


def _read(project: Path) -> None:
    """A roster of many rows, read and checked whole."""
    call = "import datetime, pathlib; from foldwell.content.library import read_library;"
    call += f" read_library(pathlib.Path({str(project)!r}), datetime.date.today())"
    spent = median([_cpu([sys.executable, "-c", call], project)[0] for _ in range(ROUNDS)])
    print(f"{ROWS:,} rows of a roster:")
    _tell("reading and checking them, whole process, CPU", spent, "s")


def _planned(project: Path) -> None:
    """``list`` and a build with nothing to do, against importing WeasyPrint; files are stubs."""
    build_stubs(project)
    count = sum(1 for path in (project / "output").rglob("*.*") if ".foldwell" not in path.parts)
    print(f"{count} files that are there already:")
    time.sleep(3)  # files that are too young are read again
    build(project, "-q")
    engine, listing, idle = [], [], []
    for _ in range(ROUNDS):
        engine.append(_cpu([sys.executable, "-c", "import weasyprint"], project)[0])
        listing.append(_cpu([sys.executable, "-m", "foldwell", "list"], project)[0])
        spent, memory = _cpu([sys.executable, "-m", "foldwell"], project)
        idle.append(spent)
    _tell("importing WeasyPrint, CPU", median(engine), "s")
    _tell("list against it", median(listing) / median(engine), "times")
    _tell("a build with nothing to do against it", median(idle) / median(engine), "times")
    _tell("memory of that", memory / 2**20, "MiB")
    _tell("ledger", (project / "output/.foldwell/ledger.sqlite").stat().st_size / 2**20, "MiB")


def _cpu(words: list[str], project: Path) -> tuple[float, int]:
    """CPU seconds of a process and its children, which others on the machine disturb less, and
    the most memory that one of them took, in bytes."""  # fmt: skip
    environment = os.environ | {"FOLDWELL_PROJECT": str(project), "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(words, env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise RuntimeError(f"{words} failed")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def _built(project: Path) -> None:
    """A whole build on two cores, and what changes of a phone, a colour and a template cost."""
    samples: list[tuple[float, int, int]] = []
    with worker_memory(samples):
        took = seconds(lambda: build(project, "-q", "--jobs", "2"))
    files = len(_files(project))
    print(f"{files} files built on two cores:")
    _tell("files a minute", 60 * files / took, "")
    _tell("most memory of one process", max(size for _, _, size in samples) / 2**20, "MiB")
    moments: dict[float, int] = {}
    for when, _, size in samples:
        moments[round(when, 1)] = moments.get(round(when, 1), 0) + size
    _tell("most memory of all processes together", max(moments.values()) / 2**20, "MiB")
    _tell("ledger", (project / "output/.foldwell/ledger.sqlite").stat().st_size / 2**20, "MiB")
    roster, brand = project / "content/clinics.csv", project / "content/brands/third-wave/brand.yml"
    about = project / "content/templates/parts/about.html"
    about.parent.mkdir(parents=True)
    shipped = (ROOT / "templates/parts/about.html").read_text(encoding="utf-8")
    for name, path, text in (
        ("one phone", roster, roster.read_text().replace("0113 496 0000", "0113 496 0999")),
        ("one colour of a brand", brand, brand.read_text().replace("#5b2a6b", "#5b2a6c")),
        ("one template", about, shipped.replace("<strong", "<strong id='about'", 1)),
    ):
        before = _files(project)
        path.write_text(text, encoding="utf-8")
        took = seconds(lambda: build(project, "-q", "--jobs", "2"))
        now = _files(project)
        made = sum(now[file] != before.get(file) for file in now)
        _tell(f"{name} changed, {made} files", took, "s")


def _files(project: Path) -> dict[Path, int]:
    """Finished files, and when each was written; the registers that tell of them are none."""
    output = project / "output"
    registers = {output / editions.FILE, output / provenance.FILE}
    return {
        path: path.stat().st_mtime_ns
        for path in output.rglob("*.*")
        if path.is_file() and ".foldwell" not in path.parts and path not in registers
    }


@contextlib.contextmanager
def _dask(work: Path, *words: str, until: str) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A scheduler or worker as a command starts it, once its log says so; and that line."""
    here = ["--host", "127.0.0.1", "--no-dashboard", "--dashboard-address", "127.0.0.1:0"]
    log = work / f"{len(list(work.glob('*.log')))}.log"
    with log.open("wb") as file, subprocess.Popen(
        [sys.executable, "-P", "-m", "dask", *words, *here],
        env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=file, stderr=file,
    ) as process:  # fmt: skip
        try:
            while not (found := re.search(f".*{until}.*", log.read_text())):
                time.sleep(0.1)
            yield process, found[0]
        finally:
            process.kill()


def _on_a_cluster(project: Path, work: Path) -> None:
    """A build on two workers, of which one is killed when a third of the files are there."""
    own = ["--nthreads", "1", "--no-nanny", "--local-directory", str(work)]
    with contextlib.ExitStack() as stack:
        _, line = stack.enter_context(
            _dask(work, "scheduler", "--port", "0", until="Scheduler at:")
        )
        address = line.split()[-1]
        first, _ = stack.enter_context(_dask(work, "worker", address, *own, until="Registered to"))
        stack.enter_context(_dask(work, "worker", address, *own, until="Registered to"))
        planned = subprocess.run(
            [sys.executable, "-m", "foldwell", "list"],
            env=os.environ | {"FOLDWELL_PROJECT": str(project), "PYTHONPATH": str(ROOT)},
            capture_output=True, text=True, check=True,
        ).stdout.splitlines()  # fmt: skip
        paths = {line for line in planned if line.startswith("output/")}
        began = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", "foldwell", "-q", "--cluster", address],
            env=os.environ | {"FOLDWELL_PROJECT": str(project), "PYTHONPATH": str(ROOT)},
        )
        killed_at = 0
        while process.poll() is None:
            if not killed_at and len(_files(project)) > len(paths) / 3:
                killed_at = len(_files(project))
                first.kill()
            time.sleep(0.1)
        took = time.perf_counter() - began
    made = {f"output/{path.relative_to(project / 'output')}" for path in _files(project)}
    print(f"{len(paths)} files on two workers at {address}, one killed after {killed_at}:")
    _tell("files a minute", 60 * len(made) / took, "")
    print(
        f"  exit code {process.returncode}, lost {len(paths - made)}, strange {len(made - paths)}"
    )
    if process.returncode or paths != made or not killed_at:
        raise SystemExit("Something was lost.")


if __name__ == "__main__":
    main()
