"""A project of many clinics, of both regions and both brands, with the example content."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def make_clinics(folder: Path, count: int) -> Path:
    """Write a project with all leaflets of the example and a number of clinics.

    Every other clinic is of the other example clinic's region and brand. Each has a name, a phone
    number and an address of its own, as the clinics of a health service do.

    Args:
        folder: A folder that is not there yet, or is empty.
        count: How many clinics.
    """
    shutil.copytree(ROOT / "content", folder / "content", ignore=shutil.ignore_patterns("clinics"))
    clinics = folder / "content" / "clinics"
    clinics.mkdir()
    models = sorted((ROOT / "content" / "clinics").glob("*.yml"))
    for number in range(count):
        text = models[number % len(models)].read_text()
        text = re.sub(r"(?m)^name: (.*)$", rf"name: \1 {number:03}", text, count=1)
        text = re.sub(r"(?m)^(phone: .*?)\d{3}(?=\D*$)", rf"\g<1>{number:03}", text, count=1)
        (clinics / f"clinic-{number:03}.yml").write_text(text)
    return folder


if __name__ == "__main__":
    make_clinics(Path(sys.argv[1]), int(sys.argv[2]))
