from pathlib import Path

from conftest import BASE, TODAY
from PIL import Image

from foldwell.content.library import Library, read_library


def test_the_sound_project(library: Library) -> None:
    assert library.broken == {}
    assert list(library.leaflets) == ["sleep"]
    assert list(library.references) == ["lee2021", "smith2022"]
    leaflet = library.leaflets["sleep"]["en"]
    assert leaflet.text.split("\n")[1] == "## Good habits"
    lines = (BASE / leaflet.path).read_text().split("\n")
    assert lines[leaflet.first_line - 1 :] == leaflet.text.split("\n")


def test_hidden_files_are_passed_by(project: Path) -> None:
    (project / "content/clinics/.DS_Store").write_bytes(b"\0\xff")
    assert read_library(project, TODAY).broken == {}


def test_hidden_files_among_templates_are_passed_by(project: Path) -> None:
    (project / "content/templates").mkdir()
    (project / "content/templates/.DS_Store").write_bytes(b"\0\xff")
    assert read_library(project, TODAY).broken == {}


def test_what_was_done_to_pictures_is_told(project: Path) -> None:
    path = project / "content/brands/riverside/logo.svg"
    path.write_text(path.read_text().replace('fill="#0f5c73"', 'style="fill:#0f5c73"'))
    picture = Image.new("RGB", (20, 10), "red")
    picture.save(project / "content/leaflets/sleep/bed.gif")
    told = {
        path: [str(f) for f in found] for path, found in read_library(project, TODAY).tidied.items()
    }
    logo, bed = "content/brands/riverside/logo.svg", "content/leaflets/sleep/bed.gif"
    assert told == {
        bed: [f"{bed}: D10 information: Made PNG from GIF."],
        logo: [f"{logo}: D10 information: Made plain paths."],
    }
