"""Small projects to build, and what their outputs hold."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from foldwell.typeset.compose import SHEETS

BASE = Path(__file__).resolve().parents[2] / "invalid" / "base" / "content"
LEAFLET = (BASE / "leaflets/sleep/en.md").read_text()
CLINIC = (BASE / "clinics/riverside.yml").read_text()
REGION = (BASE / "regions/uk.yml").read_text()
LOGO = (BASE / "brands/riverside/logo.svg").read_text()
REFERENCES = json.loads((BASE / "references.json").read_text())


@contextlib.contextmanager
def memory_folder() -> Iterator[Path]:
    """A folder in memory, where there is one: thousands of flushes to a disk take minutes."""
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="foldwell-", dir=memory) as folder:
        os.chmod(folder, 0o755)  # some tests build as somebody else
        yield Path(folder)


def make_project(
    root: Path,
    leaflets: Iterable[str] = ("sleep", "rest"),
    clinics: Iterable[str] = ("riverside", "bayside"),
    build: str = "runs:\n  - formats: {a4: [screen, office], letter: [screen]}\n",
) -> Path:
    """A project: every second clinic is in the US, prints on Letter and has a brand of its own.

    The first leaflet cites ``lee2021``; nobody cites ``smith2022``.
    """
    content = root / "content"
    for number, slug in enumerate(leaflets):
        cited = "\n\nTea keeps you awake [@lee2021].\n" if number == 0 else ""
        write(content / f"leaflets/{slug}/en.md", leaflet(slug, f"Advice on {slug}.{cited}"))
    for number, slug in enumerate(clinics):
        country, brand = ("us", "bayside") if number % 2 else ("uk", "riverside")
        text = CLINIC.replace("Riverside", slug.title()).replace("region: uk", f"region: {country}")
        text = text.replace("phone: 0", "phone: +44 ").replace(
            "brand: riverside", f"brand: {brand}"
        )
        write(content / f"clinics/{slug}.yml", text)
    write(content / "regions/uk.yml", REGION)
    us = REGION.replace("United Kingdom", "United States").replace("a4", "letter")
    write(content / "regions/us.yml", us.replace("GB", "US").replace("999", "911"))
    shutil.copytree(BASE / "brands/riverside", content / "brands/riverside", dirs_exist_ok=True)
    shutil.copytree(BASE / "brands/riverside", content / "brands/bayside", dirs_exist_ok=True)
    write(content / "references.json", json.dumps(REFERENCES))
    write(content / "build.yml", build)
    return root


def install(folder: Path) -> None:
    """A small ``foldwell`` with its ``templates``, for a session to look at and the stub to use."""
    write(folder / "requirements.lock", "weasyprint==70.0\n")
    write(folder / "foldwell/__init__.py", "")
    write(folder / "foldwell/build/run.py", "")
    write(folder / "foldwell/engine.py", "VERSION = 1\n")
    sheets = {name for names in SHEETS.values() for name in names}
    for name in (*sheets, "leaflet.html", "web.html", "fonts/regular.ttf", "icc/coated.icc"):
        write(folder / "templates" / name, f"/* {name} */\n")


def leaflet(title: str, body: str) -> str:
    """The text of a leaflet."""
    front, _, _ = LEAFLET.rpartition("---\n")
    front = re.sub(r"title: .*", f"title: About {title}", front, count=1)
    return f"{front}---\n\n## Good habits\n\n{body}\n"


def write(path: Path, text: str) -> None:
    """Write a text, and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


REGISTER = ("editions.json", "provenance.json")
"""What a build writes beside its files; the register knows former builds too."""


def files(output: Path) -> dict[str, bytes]:
    """Every file that was built, by its path below the output folder; its register aside."""
    found = {}
    for folder, folders, names in os.walk(output):
        if ".foldwell" in folders:
            folders.remove(".foldwell")
        for path in (os.path.join(folder, name) for name in names):
            if os.path.isfile(path):
                with open(path, "rb") as file:
                    found[os.path.relpath(path, output)] = file.read()
    return {path: found[path] for path in sorted(found) if path not in REGISTER}
