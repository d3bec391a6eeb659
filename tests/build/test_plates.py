"""Plates made by an independent program: overprint changes nothing but what lies under black.

Ghostscript separates each press file twice, as it is and with overprint taken out of it. Twenty
files of the project itself are compared where ``FOLDWELL_LONG_TESTS`` is set.
"""

from __future__ import annotations

import datetime
import io
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from conftest import compose_and_make
from pikepdf import Dictionary, Pdf, Stream
from PIL import Image, ImageChops, ImageFilter

from foldwell.build.job import Job, Options, Selection
from foldwell.build.made import Made
from foldwell.build.plan import make_plan
from foldwell.content.library import Library

TODAY = datetime.date(2026, 11, 28)
LONG = bool(os.environ.get("FOLDWELL_LONG_TESTS"))
GHOSTSCRIPT = shutil.which("gs")
PPI = 100
INKS = ("Cyan", "Magenta", "Yellow", "Black")
FULL = 0
"""A plate is a negative: full ink is 0."""
TAKEN = range(20) if LONG else range(0, 20, 10)

pytestmark = pytest.mark.skipif(GHOSTSCRIPT is None, reason="Ghostscript is not there")


def press_jobs(own: Library) -> tuple[Job, ...]:
    """Twenty press files, in turn from all that there are."""
    plan = make_plan(own, Selection(media=("press",)), TODAY, Options(draft=True))
    step = len(plan.jobs) / 20
    return tuple(plan.jobs[int(number * step)] for number in range(20))


def without_overprint(content: bytes) -> bytes:
    """The same file, in which all knocks out."""
    out = io.BytesIO()
    with Pdf.open(io.BytesIO(content)) as pdf:
        assert sum(switched_off(held) for held in pdf.objects if is_dictionary(held))
        pdf.save(out)
    return out.getvalue()


def is_dictionary(held: object) -> bool:
    """Whether an object of a file has keys."""
    return isinstance(held, Dictionary | Stream)


def switched_off(held: Any) -> int:
    """How many switches to overprint stood in an object and what it holds directly, now off."""
    found = 0
    for key, value in list(held.items()):
        if key in ("/OP", "/op") and value is True:
            held[key] = False
            found += 1
        elif isinstance(value, Dictionary) and not value.is_indirect:
            found += switched_off(value)
    return found


def plates(content: bytes, folder: Path) -> list[dict[str, Image.Image]]:
    """For each page the plate of each ink."""
    folder.mkdir()
    (folder / "press.pdf").write_bytes(content)
    command = (
        str(GHOSTSCRIPT), "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=tiffsep",
        "-sCompression=lzw", "-dOverprint=/enable", f"-r{PPI}", "-sOutputFile=page-%02d.tif",
        "press.pdf",
    )  # fmt: skip
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=300)
    found = []
    for whole in sorted(folder.glob("page-??.tif")):
        own = {}
        for ink in INKS:
            with Image.open(folder / f"{whole.stem}({ink}).tif") as plate:
                own[ink] = plate.convert("L").copy()
        found.append(own)
    assert found
    return found


@pytest.mark.parametrize("number", TAKEN)
def test_overprint_changes_nothing_but_what_lies_under_black(
    number: int, own: Library, tmp_path: Path
) -> None:
    job = press_jobs(own)[number]
    outcome = compose_and_make(job)
    assert isinstance(outcome, Made), (job.name, outcome)
    as_it_is = plates(outcome.content, tmp_path / "over")
    knocked = plates(without_overprint(outcome.content), tmp_path / "knocked")
    assert len(as_it_is) == len(knocked)
    changed = 0
    for page, (over, out) in enumerate(zip(as_it_is, knocked, strict=True), 1):
        moved = ImageChops.difference(over["Black"], out["Black"])
        # Which dots at the rim of a letter are filled hangs on how Ghostscript fills it: one dot
        # is none, three by three are.
        assert moved.filter(ImageFilter.MinFilter(3)).getbbox() is None, (job.name, page)
        black = over["Black"].point(lambda value: 255 if value == FULL else 0)
        black = black.filter(ImageFilter.MaxFilter(3))
        for ink in INKS[:3]:
            differs = ImageChops.difference(over[ink], out[ink]).point(lambda v: 255 if v else 0)
            beside = ImageChops.subtract(differs, black)
            assert beside.getbbox() is None, (job.name, page, ink, beside.getbbox())
            # More ink lies under the black, never less.
            assert ImageChops.subtract(over[ink], out[ink]).getbbox() is None, (job.name, page)
            changed += differs.histogram()[255]
    # The words of the treatment card stand on white; all others have some on a tint.
    assert changed or job.name.startswith("treatment-card"), job.name
