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


def test_a_brand_takes_what_it_leaves_out_from_another(project: Path) -> None:
    brands = project / "content/brands"
    text = (brands / "riverside/brand.yml").read_text()
    (brands / "riverside/brand.yml").write_text(text + '  secondary: "#123456"\n')
    (brands / "branch").mkdir()
    (brands / "branch/logo.svg").write_bytes((brands / "riverside/logo.svg").read_bytes())
    (brands / "branch/brand.yml").write_text(
        text.replace("#0f5c73", "#7a1f4b") + "defaults: {foldwell: {extends: riverside}}\n"
    )
    color = read_library(project).brands["branch"].brand.color
    assert (color.role("primary"), color.role("secondary")) == ("#7a1f4b", "#123456")


def test_a_brand_that_extends_a_broken_one_blames_that_one(project: Path) -> None:
    brands = project / "content/brands"
    text = (brands / "riverside/brand.yml").read_text()
    (brands / "parent").mkdir()
    (brands / "parent/brand.yml").write_text("meta: [\n")
    (brands / "riverside/brand.yml").write_text(text + "defaults: {foldwell: {extends: parent}}\n")
    (error,) = read_library(project).broken["content/brands/riverside/brand.yml"]
    assert "does not exist" not in str(error)


def test_hidden_files_are_passed_by(project: Path) -> None:
    (project / "content/clinics/.DS_Store").write_bytes(b"\0\xff")
    assert read_library(project).broken == {}


def test_hidden_files_among_templates_are_passed_by(project: Path) -> None:
    (project / "content/templates").mkdir()
    (project / "content/templates/.DS_Store").write_bytes(b"\0\xff")
    assert read_library(project).broken == {}
