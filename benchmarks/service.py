"""A national service: one roster, three brands, two regions, five leaflets as they are shipped."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LEAFLETS = (
    "stopping-kratom", "mixing-alcohol-and-sedatives", "starting-methadone",
    "leaving-prison-or-hospital", "pregnancy-and-opioids",
)  # fmt: skip
MEDIA = ("screen", "office", "press")
FORMATS = {"a4": MEDIA, "letter": MEDIA, "letter-fold": MEDIA, "large-print": ("screen",)}
"""What is typeset, with the media of each."""
HEADINGS = (
    "Practice Name", "Address", "Postcode", "Telephone", "Other numbers", "Opening hours", "Web",
    "Email", "Out of hours", "Out of hours service", "Region", "Brand", "Tags",
)  # fmt: skip
THIRD_BRAND = """meta: {name: Third Wave}
color:
  palette: {plum: "#5b2a6b"}
  primary: plum
defaults:
  foldwell: {extends: hollin-lane}
"""


def make_service(folder: Path, count: int) -> Path:
    """Write a project of 30 files a clinic.

    Args:
        folder: A folder that is not there yet, or is empty.
        count: How many clinics.
    """
    content = folder / "content"
    shutil.copytree(ROOT / "content", content, ignore=shutil.ignore_patterns("clinics", "leaflets"))
    for name in LEAFLETS:
        shutil.copytree(ROOT / "content/leaflets" / name, content / "leaflets" / name)
    third = content / "brands/third-wave"
    third.mkdir()
    (third / "brand.yml").write_text(THIRD_BRAND)
    (content / "must-say.yml").unlink(missing_ok=True)  # it names leaflets that are not there
    (content / "build.yml").write_text(
        f"runs:\n  - leaflets: [{', '.join(LEAFLETS)}]\n    formats:\n"
        + "".join(f"      {name}: [{', '.join(media)}]\n" for name, media in FORMATS.items())
    )
    with (content / "clinics.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(HEADINGS)
        writer.writerows(map(clinic, range(count)))
    return folder


HOURS = (
    "Mon-Fri 8am-6.30pm; Sat 9am-12pm",
    "Mon-Thu 8am-6pm; Fri 9am-4pm",
    "Mon-Fri 9am-5pm; Sat 9am-1pm",
    "Mon-Fri 8am-8pm; Sun 10am-2pm",
)
"""When clinics are open, of each brand one after another; the first two differ in all words."""


def clinic(number: int) -> tuple[str, ...]:
    """The row of one clinic."""
    british = number % 3 != 1
    brand = ("hollin-lane", "river-bend", "third-wave")[number % 3]
    name = f"{('Elm', 'River Bend', 'St Anne’s')[number % 3]} Practice {number:03}"
    night, phone = f"0113 496 {number % 1000 + 7000}", f"0113 496 {number:04}"
    where = (f"{number + 1} High Street, Leedham", f"LS{number % 90 + 1} 9AA")
    if not british:
        phone, night = f"(513) 555-{number:04}", f"(513) 555-{number % 1000 + 7000}"
        where = (f"{number + 1} Ferry Street, Millbrook OH 45000", "")
    return (
        name, *where, phone, f"Prescriptions: {night}", HOURS[number // 3 % len(HOURS)],
        f"p{number}.example.org", f"p{number}@example.org", night, "Night team",
        "uk" if british else "us", brand, "prescribes-methadone" if number % 2 else "evenings",
    )  # fmt: skip
