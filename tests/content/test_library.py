from pathlib import Path

from conftest import BASE

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
    assert read_library(project).broken == {}


def test_hidden_files_among_templates_are_passed_by(project: Path) -> None:
    (project / "content/templates").mkdir()
    (project / "content/templates/.DS_Store").write_bytes(b"\0\xff")
    assert read_library(project).broken == {}
