"""``bench check``: what it costs to hold many leaflets to the rules, beside importing WeasyPrint.

Every leaflet has words of its own: copies would be read once and then known.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.corpus import ROOT
from benchmarks.measure import median, seconds

ROUNDS = 3


def make_leaflets(folder: Path, count: int) -> Path:
    """Write the shipped project with so many leaflets, no two with the same sentences."""
    content = folder / "content"
    shutil.copytree(ROOT / "content", content, ignore=shutil.ignore_patterns("leaflets"))
    models = sorted((ROOT / "content/leaflets").iterdir())
    for number in range(count):
        model = models[number % len(models)]
        target = content / "leaflets" / f"{model.name}-{number:03}"
        target.mkdir(parents=True)
        for picture in model.iterdir():
            if picture.suffix != ".md":
                shutil.copy(picture, target)
        front, body = (model / "en.md").read_text(encoding="utf-8").split("\n---\n", 1)
        own = re.sub(r"(?m)(?<=[a-z])\.$", f" in part {number:03} of this.", body)
        title = re.sub(r"(?m)^(title: .*)$", rf"\1 {number:03}", front, count=1)
        (target / "en.md").write_text(f"{title}\n---\n{own}", encoding="utf-8")
    (content / "build.yml").write_text("runs:\n  - formats: {a4: [screen]}\n", encoding="utf-8")
    return folder


def checking(count: int, rounds: int = ROUNDS) -> dict[str, float]:
    """What ``check`` of some leaflets costs.

    Returns:
        Its seconds on the clock and of all processors, and the same of importing WeasyPrint.
    """
    with tempfile.TemporaryDirectory(prefix="foldwell-check-") as work:
        project = make_leaflets(Path(work), count)
        command = [sys.executable, "-m", "foldwell", "check", "--form", "json"]
        checks = [_costs(command, project) for _ in range(rounds)]
    imports = [_costs([sys.executable, "-c", "import weasyprint"], ROOT) for _ in range(rounds)]
    return {
        "check_s": median([clock for clock, _ in checks]),
        "check_cpu_s": median([cpu for _, cpu in checks]),
        "import_s": median([clock for clock, _ in imports]),
        "import_cpu_s": median([cpu for _, cpu in imports]),
    }


def main(arguments: list[str]) -> None:
    """Measure, and say how many imports of WeasyPrint it takes."""
    parser = argparse.ArgumentParser(prog="build.py bench check", description=__doc__)
    parser.add_argument("--leaflets", type=int, default=300, help="leaflets (usually 300)")
    count = parser.parse_args(arguments).leaflets
    report(count, checking(count))


def report(count: int, found: dict[str, float]) -> None:
    """Say what was found, as ratios first."""
    cpu, clock = (found[f"check{kind}"] / found[f"import{kind}"] for kind in ("_cpu_s", "_s"))
    print(f"check of {count} leaflets: {cpu:.1f} times the CPU of importing WeasyPrint,")
    print(f"  {clock:.1f} times its time on the clock of {os.cpu_count()} cores", end="")
    print(f" ({found['check_s']:.1f} s; CPU {found['check_cpu_s']:.1f} s).")


def _costs(command: list[str], project: Path) -> tuple[float, float]:
    """(seconds on the clock, of all processors) of a command, which may find errors.

    Raises:
        RuntimeError: If it cannot do its work.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    surroundings = {"FOLDWELL_PROJECT": str(project), "PYTHONPATH": str(ROOT)}

    def run() -> None:
        done = subprocess.run(
            command, env=os.environ | surroundings, capture_output=True, text=True, check=False
        )
        if done.returncode not in (0, 1) or (done.returncode and not done.stdout):
            raise RuntimeError(done.stderr)

    clock = seconds(run)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return clock, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
