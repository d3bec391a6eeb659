"""Bad inputs and their exact messages: where it is, what is wrong, what to do.

A folder ``tests/invalid/<area>/<name>`` holds what differs from the sound project in
``tests/invalid/base``, and ``expected.txt``, the messages one a line:

- ``content/…`` is laid over the sound project;
- ``body.md`` takes the place of the text below the leaflet's front matter, from line 15 on;
- ``remove.txt`` names files to take away.

Cases in ``fit`` are typeset; of the others the files are read and the first job is composed.
``--refresh-expected`` rewrites the messages; read each of them then. What a folder of text
files cannot hold is made by a function of this module.
"""

import os
import re
import shutil
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import BASE, TODAY, project_messages

from foldwell.build.job import Selection
from foldwell.build.plan import make_plan
from foldwell.content.library import read_library

INVALID = BASE.parent
CASES = sorted(
    path.parent.relative_to(INVALID).as_posix() for path in INVALID.glob("*/*/expected.txt")
)
LEAFLET = "content/leaflets/sleep/en.md"
CLINIC = "content/clinics/riverside.yml"
BRAND = "content/brands/riverside/brand.yml"
LOGO = "content/brands/riverside/logo"


def lay_over(project: Path, case: Path) -> None:
    """Make the sound project the unsound one of a case."""
    if (case / "content").exists():
        shutil.copytree(case / "content", project / "content", dirs_exist_ok=True)
    if (case / "remove.txt").exists():
        for name in (case / "remove.txt").read_text().split():
            (project / name).unlink()
    if (case / "body.md").exists():
        front, end, _ = (project / LEAFLET).read_bytes().partition(b"\n---\n")
        (project / LEAFLET).write_bytes(front + end + (case / "body.md").read_bytes())


def without_counts(line: str) -> str:
    """How many lines are over depends on the style sheets; tests/build looks at the number."""
    line = re.sub(r"\b\d+ (lines? over|pages; the limit)", r"# \1", line)
    line = re.sub(r"(Shorten it by |\()\d+ (lines?\b)", r"\1# \2", line)
    listed = re.compile(r"(?<=\(lines: )[^)]*")
    return listed.sub(lambda match: re.sub(r"' \d+", "' #", match.group()), line)


def shortened(told: list[str], expected: Path) -> list[str]:
    """What is told, cut where the expected line ends in "…": before the names of a whole table."""
    cut = [line[:-1] for line in expected.read_text().splitlines() if line.endswith("…")]
    starts = [next((start for start in cut if line.startswith(start)), "") for line in told]
    return [f"{start}…" if start else line for start, line in zip(starts, told, strict=True)]


def test_the_base_is_sound(project: Path) -> None:
    assert project_messages(project, typeset=True) == []


@pytest.mark.parametrize("name", CASES)
def test_message(name: str, project: Path, refresh: bool) -> None:
    case = INVALID / name
    lay_over(project, case)
    messages = project_messages(project, typeset=name.startswith("fit/"))
    if name.startswith("fit/"):
        messages = [without_counts(line) for line in messages]
    told = [line for message in messages for line in message.splitlines()]  # some hold a drawing
    told = shortened(told, case / "expected.txt")
    if refresh:
        (case / "expected.txt").write_text("".join(f"{line}\n" for line in told))
    assert told == (case / "expected.txt").read_text().splitlines()


# What no text file can hold. Each function spoils the project; its messages stand beside it.


def leaflet_is_a_link(project: Path) -> None:
    (project / LEAFLET).rename(project / "en.md")
    (project / LEAFLET).symlink_to(project / "en.md")


def leaflet_folder_is_a_link(project: Path) -> None:
    (project / LEAFLET).parent.rename(project / "sleep")
    (project / LEAFLET).parent.symlink_to(project / "sleep")


def clinics_folder_is_a_link(project: Path) -> None:
    (project / CLINIC).parent.rename(project / "clinics")
    (project / CLINIC).parent.symlink_to(project / "clinics")


def logo_is_a_link_to_the_passwords(project: Path) -> None:
    (project / f"{LOGO}.svg").unlink()
    (project / f"{LOGO}.svg").symlink_to("/etc/passwd")


def clinic_is_a_dangling_link(project: Path) -> None:
    (project / CLINIC).unlink()
    (project / CLINIC).symlink_to("nowhere.yml")


def clinic_is_a_pipe(project: Path) -> None:
    (project / CLINIC).unlink()
    os.mkfifo(project / CLINIC)


def references_are_a_folder(project: Path) -> None:
    (project / "content/references.json").unlink()
    (project / "content/references.json").mkdir()


def leaflet_of_300_kilobytes(project: Path) -> None:
    with open(project / LEAFLET, "a") as file:
        file.write("Drink water.\n" * 25_000)


def block_line_of_6000_characters(project: Path) -> None:
    """With 250,000 of these spaces the regular expression runs for ten minutes."""
    with open(project / LEAFLET, "a") as file:
        file.write(f"\n/// tip | a{' ' * 6_000}b\nDrink.\n///\n")


def no_content(project: Path) -> None:
    shutil.rmtree(project / "content")


def png(width: int, height: int) -> bytes:
    """A white picture of one bit a pixel."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + check

    rows = zlib.compress((b"\0" + b"\xff" * ((width + 7) // 8)) * height, 9)
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


def use_png(project: Path, content: bytes) -> None:
    brand = project / BRAND
    brand.write_text(brand.read_text().replace("logo.svg", "logo.png"))
    (project / f"{LOGO}.png").write_bytes(content)


def logo_of_169_million_pixels(project: Path) -> None:
    use_png(project, png(13_000, 13_000))


def logo_of_64_million_pixels(project: Path) -> None:
    use_png(project, png(8_000, 8_000))


def logo_cut_short(project: Path) -> None:
    use_png(project, png(300, 300)[:-40])


def logo_of_41_megabytes(project: Path) -> None:
    use_png(project, png(10, 10) + b"\0" * 42_000_000)


def logo_of_5001_parts(project: Path) -> None:
    path = project / f"{LOGO}.svg"
    path.write_text(path.read_text().replace("</svg>", "<path d='M0 0h1v1z'/>" * 5000 + "</svg>"))


def logo_of_100000_levels(project: Path) -> None:
    path = project / f"{LOGO}.svg"
    levels = "<g>" * 100_000 + "</g>" * 100_000
    path.write_text(path.read_text().replace("</svg>", f"{levels}</svg>"))


def override_is_a_link(project: Path) -> None:
    folder = project / "content/templates/css"
    folder.mkdir(parents=True)
    (folder / "base.css").symlink_to("/etc/passwd")


LINK = "This is a symbolic link; links are not followed. Put the file itself in its place."
OUTSIDE = "This path leads out of the project. Copy the file into it."
MADE: dict[Callable[[Path], None], str] = {
    leaflet_is_a_link: f"{LEAFLET}: {LINK}",
    leaflet_folder_is_a_link: (
        "content/leaflets/sleep: 'sleep' cannot be used as a name: it is a symbolic link."
        " Put the file or folder itself in its place."
    ),
    clinics_folder_is_a_link: f"{CLINIC}: {LINK}",
    logo_is_a_link_to_the_passwords: f"{LOGO}.svg: {OUTSIDE}",
    clinic_is_a_dangling_link: (
        f"{CLINIC}: 'riverside' cannot be used as a name: it is a symbolic link."
        " Put the file or folder itself in its place."
    ),
    clinic_is_a_pipe: f"{CLINIC}: This is not a regular file. Put a file in its place.",
    references_are_a_folder: (
        "content/references.json: This is not a regular file. Put a file in its place."
    ),
    leaflet_of_300_kilobytes: f"{LEAFLET}: This file is larger than 256 KB. Make it smaller.",
    block_line_of_6000_characters: (
        f"{LEAFLET}:20: This line is longer than 5000 characters. Break it into paragraphs."
    ),
    no_content: (
        "There is no folder 'content' in <project>. Run Foldwell in the folder of a project."
    ),
    logo_of_169_million_pixels: (
        f"{LOGO}.png: This picture has more than 60 million pixels. Make it smaller."
    ),
    logo_of_64_million_pixels: (
        f"{LOGO}.png: This picture has 8000 × 8000, more than 60 million pixels. Make it smaller."
    ),
    logo_cut_short: (
        f"{LOGO}.png: This picture is broken or cut short."
        " Open it in a picture program and save it again."
    ),
    logo_of_41_megabytes: f"{LOGO}.png: This file is larger than 40 MB. Make it smaller.",
    logo_of_5001_parts: (
        f"{LOGO}.svg: This SVG has more than 5000 parts, or is nested more than 20 deep."
        " Simplify it, or save it as PNG."
    ),
    logo_of_100000_levels: (
        f"{LOGO}.svg: This SVG is not drawn: nodes limit reached."
        " Save it as plain SVG: shapes only, text turned into outlines."
    ),
    override_is_a_link: f"content/templates/css/base.css: {OUTSIDE}",
}


@pytest.mark.skipif(os.name == "nt", reason="links and pipes")
@pytest.mark.parametrize("spoil", MADE, ids=lambda spoil: spoil.__name__)
def test_made_message(spoil: Callable[[Path], None], project: Path) -> None:
    spoil(project)
    assert project_messages(project) == [MADE[spoil]]


def test_a_file_that_may_not_be_read(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = os.open

    def refuse(path: Path, flags: int, *rest: int) -> int:
        if str(path).endswith("riverside.yml"):
            raise PermissionError(13, "Permission denied")
        return usual(path, flags, *rest)

    monkeypatch.setattr(os, "open", refuse)
    assert project_messages(project) == [
        f"{CLINIC}: This file cannot be opened (Permission denied). Check its permissions."
    ]


def test_one_bad_file_leaves_the_others_alone(project: Path) -> None:
    shutil.copytree(project / "content/leaflets/sleep", project / "content/leaflets/rest")
    (project / LEAFLET).write_text("no front matter")
    plan = make_plan(read_library(project, TODAY), Selection(), TODAY)
    assert [job.path for job in plan.jobs] == ["riverside/en/rest-a4-screen.pdf"]
    assert [error.place and error.place.path for error in plan.broken] == [LEAFLET]
