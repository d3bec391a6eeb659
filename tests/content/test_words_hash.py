"""What counts as printed changes the hash of the words, and nothing else does."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from foldwell.content.edition import Edition, make_edition
from foldwell.content.library import read_library
from foldwell.content.words_groups import ALPHABET, short

TODAY = datetime.date(2026, 2, 1)
BRAND, CLINIC = "brands/riverside/brand.yml", "clinics/riverside.yml"
REGION, LEAFLET = "regions/uk.yml", "leaflets/sleep/en.md"
BODY = """
Sleep is healthy [@lee2021]. We are {{ clinic.name }}, in {{ region.words.gray }} days.

/// only | region: uk
Here.
///

/// only | tag: not evening-clinic
Elsewhere.
///

/// only | format: a4
On a sheet.
///

/// figure
![A bed](bed.png)

A bed.
///
"""
PANEL = "\n/// contact\n///\n"
MORE_BRAND = """  secondary: "#223344"
defaults:
  foldwell: {cmyk: {river: [90, 40, 20, 20], secondary: [1, 2, 3, 4]}}
"""
MORE_REGION = """lines:
  crisis: {name: Samaritans, phone: 116 123, reviewed: 2026-01-01}
laws:
  tea: {text: Tea is legal., reviewed: 2026-01-01}
"""


@pytest.fixture
def written(project: Path, png: Callable[..., bytes]) -> Path:
    """A project with one of each thing that may count or not."""
    content = project / "content"
    for name, more in ((LEAFLET, BODY), (BRAND, MORE_BRAND), (REGION, MORE_REGION)):
        path = content / name
        path.write_text(path.read_text() + more)
    for name in ("bed.png", "spare.png"):
        (content / "leaflets/sleep" / name).write_bytes(png())
    return project


@pytest.fixture
def png() -> Callable[..., bytes]:
    """Makes a small picture."""
    import io

    from PIL import Image

    def made(shade: int = 0) -> bytes:
        out = io.BytesIO()
        Image.new("RGB", (20, 20), (shade, 0, 0)).save(out, "PNG")
        return out.getvalue()

    return made


def hash_of(project: Path, today: datetime.date = TODAY) -> str:
    library = read_library(project, TODAY)
    assert library.broken == {}
    leaflet = library.leaflets["sleep"]["en"]
    return make_edition(library, leaflet, "riverside", today).words_hash


def changed(project: Path, name: str, old: str, new: str) -> bool:
    """Whether a change of a file changes the hash."""
    before = hash_of(project)
    path = project / "content" / name
    text = path.read_text()
    assert text.count(old) >= 1
    path.write_text(text.replace(old, new, 1))
    return hash_of(project) != before


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (LEAFLET, "Sleep is healthy", "Sleep is good"),
        (LEAFLET, "title: Sleep", "title: Rest and sleep"),
        (LEAFLET, "Here.", "Here in the UK."),
        (LEAFLET, "On a sheet.", "On one sheet."),
        (CLINIC, "Riverside Clinic", "Riverbank Clinic"),
        (CLINIC, "0113 496 0142", "0113 496 0143"),
        (REGION, "gray: grey", "gray: silver"),
        (REGION, "999", "112"),
        (REGION, "d MMMM y", "y-MM-dd"),
        (BRAND, "#0f5c73", "#0f5c74"),
        (BRAND, "alt: Riverside", "alt: Riverside Clinic"),
        (BRAND, "river: [90", "river: [91"),
        (BRAND, "foldwell: {", "foldwell: {cover_shape: leaf, "),
        ("brands/riverside/logo.svg", "<path", '<path id="other"'),
        ("references.json", "Sleep and health", "Sleep and its health"),
    ],
)
def test_what_is_printed_counts(written: Path, name: str, old: str, new: str) -> None:
    assert changed(written, name, old, new)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (LEAFLET, "Elsewhere.", "In other places."),
        (CLINIC, "1 River Road", "2 River Road"),  # there is no contact panel
        (CLINIC, "[evening-clinic]", "[evening-clinic, late]"),
        (REGION, "116 123", "116 111"),
        (REGION, "Tea is legal", "Tea is no longer legal"),
        (REGION, "2026-01-01", "2026-01-02"),
        (BRAND, "name: Riverside", "name: Riverbank"),
        (BRAND, "#223344", "#223345"),
        (BRAND, "secondary: [1", "secondary: [2"),
        (BRAND, 'river: "#0f5c73"', 'river: "#0f5c73", sand: "#d9a441"'),
        ("references.json", "Tea at night", "Tea by night"),
    ],
)
def test_what_is_not_printed_does_not(written: Path, name: str, old: str, new: str) -> None:
    assert not changed(written, name, old, new)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (CLINIC, "1 River Road", "2 River Road"),
        (REGION, "116 123", "116 111"),
        (REGION, "Samaritans", "The Samaritans"),
    ],
)
def test_the_facts_of_a_contact_panel(written: Path, name: str, old: str, new: str) -> None:
    path = written / "content" / LEAFLET
    path.write_text(path.read_text() + PANEL)
    assert changed(written, name, old, new)


def test_pictures_that_are_shown(written: Path, png: Callable[..., bytes]) -> None:
    before = hash_of(written)
    (written / "content/leaflets/sleep/spare.png").write_bytes(png(9))
    assert hash_of(written) == before
    (written / "content/leaflets/sleep/bed.png").write_bytes(png(9))
    assert hash_of(written) != before


def test_a_source_whose_id_starts_like_another(written: Path) -> None:
    before = hash_of(written)
    path = written / "content/references.json"
    text = path.read_text()
    end = text.rindex("]")
    path.write_text(f'{text[:end]}, {{"id": "lee", "type": "book", "title": "A"}}]')
    assert hash_of(written) == before


def test_a_template_of_the_projects_own(written: Path) -> None:
    """Its layout does not count; the facts that it names do."""
    before = hash_of(written)
    folder = written / "content/templates/parts"
    folder.mkdir(parents=True)
    (folder / "cover.html").write_text("<h1>{{ clinic.name }}</h1>")
    (folder.parent / "css").mkdir()
    (folder.parent / "css/base.css").write_text("p { color: #000000 }")
    assert hash_of(written) == before
    (folder / "cover.html").write_text("<h1>{{ clinic.address | fact }}</h1>")
    assert changed(written, CLINIC, "1 River Road", "2 River Road")


def test_the_day_does_not_count(written: Path) -> None:
    assert hash_of(written) == hash_of(written, datetime.date(2040, 1, 1))


def test_it_is_readable_and_long_enough(edition: Callable[..., Edition]) -> None:
    whole = edition().words_hash
    groups = whole.split("-")
    assert [len(group) for group in groups] == [4] * 5
    assert set("".join(groups)) <= set(ALPHABET) and not set(ALPHABET) & set("ILOU")
    assert whole.startswith(short(whole)) and len(short(whole)) == 9
    assert edition("Other.").words_hash != whole == edition().words_hash


def test_two_clinics_with_the_same_facts_print_the_same(edition: Callable[..., Edition]) -> None:
    """The names of files are not printed."""
    from dataclasses import replace

    assert replace(edition(), clinic_slug="other").words_hash == edition().words_hash
