"""A project to measure with: N leaflets of two pages for M clinics, from the example content."""

from __future__ import annotations

import datetime
import re
import shutil
from pathlib import Path

from foldwell.content.library import read_library

ROOT = Path(__file__).resolve().parent.parent
MODEL = ROOT / "content" / "leaflets" / "safe-storage" / "en.md"


def make_project(folder: Path, leaflets: int, clinics: int, media: str = "screen") -> Path:
    """Write a project whose every file is two pages of A5.

    Args:
        folder: An empty folder.
        leaflets: How many leaflets.
        clinics: How many clinics, all with A4 paper.
        media: The media of ``a5``, separated by commas.
    """
    content = folder / "content"
    for name in ("brands", "regions"):
        shutil.copytree(ROOT / "content" / name, content / name)
    shutil.copy(ROOT / "content" / "references.json", content)
    clinic = (ROOT / "content" / "clinics" / "hollin-lane.yml").read_text()
    (content / "clinics").mkdir()
    for number in range(clinics):
        text = re.sub(r"name: Hollin Lane Surgery", f"name: Surgery No {number:03}", clinic)
        (content / "clinics" / f"surgery-{number:03}.yml").write_text(text)
    model = MODEL.read_text()
    for number in range(leaflets):
        path = content / "leaflets" / f"leaflet-{number:04}" / "en.md"
        path.parent.mkdir(parents=True)
        title = f"title: Keeping medicine safe, part {number:04}"
        path.write_text(re.sub("(?m)^title: .*$", title, model, count=1))
    (content / "build.yml").write_text(f"runs:\n  - formats: {{a5: [{media}]}}\n    web: false\n")
    broken = read_library(folder, datetime.date.today()).broken
    if broken:
        raise RuntimeError(f"the corpus is not sound: {broken}")
    return folder
