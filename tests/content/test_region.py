"""Facts of a region have dates, and may differ between its nations."""

import datetime
import shutil
from pathlib import Path
from typing import Any

import pytest
from conftest import TODAY
from phonenumbers.shortnumberinfo import is_emergency_number
from pydantic import ValidationError

from foldwell.content.edition import make_edition
from foldwell.content.library import read_library
from foldwell.content.reading import read_text
from foldwell.content.references import read_references
from foldwell.content.region import Region
from foldwell.content.shipped_content import SHIPPED_REGIONS
from foldwell.content.tidyings import Tidyings
from foldwell.content.yaml_text import read_yaml
from foldwell.shipped import content_folder
from foldwell.typeset.template_values import printed_date

FACTS: dict[str, Any] = {
    "name": "United Kingdom",
    "paper": "a4",
    "date_format": "d MMMM y",
    "emergency_number": "999",
    "nations": ("england", "northern-ireland"),
    "lines": {
        "crisis": {"name": "Night line", "phone": "116 123", "reviewed": "2026-05-01"},
        "north": {
            "name": "Northern line",
            "phone": "0808 157 0000",
            "nations": ("northern-ireland",),
            "reviewed": "2026-05-01",
        },
    },
    "laws": {
        "tea": {"text": "Tea is legal.", "reviewed": "2026-05-01", "review_due": "2026-08-01"}
    },
    "texts": {
        "help": {
            "text": "Call the night line.",
            "reviewed": "2026-05-01",
            "nations": {"northern-ireland": "Call the northern line."},
        }
    },
}


def test_a_fact_holds_for_a_year_unless_its_file_says_less() -> None:
    region = Region.model_validate(FACTS, context="GB")
    assert region.texts["help"].due == datetime.date(2027, 5, 1)
    assert region.laws["tea"].due == datetime.date(2026, 8, 1)


def test_a_fact_that_nobody_checked_counts_from_the_day_it_was_written() -> None:
    tea = {"text": "Tea is legal.", "written": "2026-05-01"}
    written = Region.model_validate({**FACTS, "laws": {"tea": tea}}, context="GB").laws["tea"]
    assert (written.day, written.reviewed) == (datetime.date(2026, 5, 1), None)
    assert written.due == datetime.date(2027, 5, 1)
    tea["reviewed"] = "2026-09-01"
    checked = Region.model_validate({**FACTS, "laws": {"tea": tea}}, context="GB").laws["tea"]
    assert checked.due == datetime.date(2027, 9, 1)


def test_a_nation_has_its_own_texts_and_lines() -> None:
    region = Region.model_validate(FACTS, context="GB")
    assert region.within(None) is region
    north, south = region.within("northern-ireland"), region.within("england")
    assert north.texts["help"].text == "Call the northern line."
    assert south.texts["help"].text == region.texts["help"].text
    assert list(north.lines) == ["crisis", "north"]
    assert list(south.lines) == ["crisis"]


@pytest.mark.parametrize(
    ("text", "used"),
    [
        ("{{ region.laws.tea.text }}", ["laws.tea"]),
        ("{{ region.texts.help.text }}", ["texts.help"]),
        ("Call {{ region.lines.north.phone }}.", ["lines.north"]),
        ("/// contact | Talk to us\n///", ["lines.crisis", "lines.north"]),
        ("Nothing", []),
    ],
)
def test_what_a_leaflet_uses(text: str, used: list[str]) -> None:
    assert list(Region.model_validate(FACTS, context="GB").used_in(text)) == used


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"nations": ("england",)}, "the nation 'northern-ireland' is not among 'nations'"),
        ({"laws": {"tea": {"text": "T", "reviewed": "2026-05-01", "review_due": "2026-05-01"}}},
         "'review_due' is not after 'reviewed'"),
        ({"laws": {"tea": {"text": "T", "written": "2026-05-01", "review_due": "2026-05-01"}}},
         "'review_due' is not after 'written'"),
        ({"texts": {"tea": {"text": "T", "written": "2026-05-02", "reviewed": "2026-05-01"}}},
         "'reviewed' is before 'written'"),
        ({"texts": {"tea": {"text": "T"}}}, "it has no day"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_region(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message.split("|")[0]):
        Region.model_validate(FACTS | change, context="GB")


WALES = """nations: [wales]
texts:
  tea: {text: Tea., nations: {wales: Te.}, reviewed: 2026-01-01}
"""


def test_an_edition_has_the_texts_of_the_clinics_nation(project: Path) -> None:
    region, clinic = project / "content/regions/uk.yml", project / "content/clinics/riverside.yml"
    region.write_text(region.read_text() + WALES)
    clinic.write_text(clinic.read_text() + "nation: wales\n")
    library = read_library(project, TODAY)
    assert library.broken == {}
    edition = make_edition(
        library, library.leaflets["sleep"]["en"], "riverside", datetime.date(2026, 1, 1)
    )
    assert edition.region.texts["tea"].text == "Te."


def test_an_unknown_nation_names_its_line(project: Path) -> None:
    region, clinic = project / "content/regions/uk.yml", project / "content/clinics/riverside.yml"
    region.write_text(region.read_text() + WALES)
    clinic.write_text(clinic.read_text() + "nation: whales\n")
    (error,) = read_library(project, TODAY).broken["content/clinics/riverside.yml"]
    assert error.place is not None and error.place.line == len(clinic.read_text().splitlines())
    assert "Did you mean 'wales'?" in str(error)


@pytest.mark.parametrize(
    ("code", "sound"), [("GB", True), ("", True), ("UK", False), ("gb", False)]
)
def test_the_code_of_a_country(code: str, sound: bool) -> None:
    facts = {**FACTS, "country": code}
    if sound:
        assert Region.model_validate(facts, context=code).country == code
    else:
        with pytest.raises(ValueError, match="not a country's code"):
            Region.model_validate(facts, context="GB")


def test_a_region_is_named_after_its_country(project: Path) -> None:
    path = project / "content/regions/uk.yml"
    text = path.read_text()
    path.write_text("\n".join(line for line in text.split("\n") if "country" not in line))
    assert read_library(project, TODAY).regions["uk"].country == "GB"
    path.write_text(text.replace("country: GB", "profile: nhs"))  # as files were before
    assert read_library(project, TODAY).regions["uk"].country == "GB"


@pytest.mark.parametrize("slug", SHIPPED_REGIONS)
def test_a_shipped_region(slug: str, project: Path) -> None:
    """It is found from any project, and its emergency number is one of its country."""
    clinic = project / "content/clinics/riverside.yml"
    clinic.write_text(
        f"name: A\nregion: {slug}\nbrand: riverside\naddress: [1 Road]\nphone: +44 113 496 0142\n"
    )
    (project / "content/regions/uk.yml").unlink()
    library = read_library(project, TODAY)
    assert library.broken == {}
    region = library.regions[slug]
    assert is_emergency_number(region.emergency_number, region.country)
    assert region.paper == ("letter" if region.country in ("US", "CA") else "a4")


def test_dates_are_written_as_the_language_does_where_a_region_does_not_say(project: Path) -> None:
    clinic = project / "content/clinics/riverside.yml"
    clinic.write_text(
        clinic.read_text().replace("region: uk", "region: ca").replace("0113", "+44 113")
    )
    library = read_library(project, TODAY)
    edition = make_edition(library, library.leaflets["sleep"]["en"], "riverside", TODAY)
    assert printed_date(edition, datetime.date(2026, 2, 1)) == "February 1, 2026"


LOCAL = """local:
  emergency_number: 112
  date_format: y-MM-dd
  lines:
    crisis: {name: Our night line, phone: 0113 496 0133}
    advice: ~
  laws:
    tea: {text: Tea is for noon., reviewed: 2026-01-01}
  words: {gray: ashen}
"""
LINES = """lines:
  crisis: {name: A, phone: 116 123, reviewed: 2026-01-01, sources: [a]}
  advice: {name: B, phone: 111}
  third: {name: C, phone: 0800 1111}
"""


def test_a_clinic_says_any_line_of_its_region_otherwise(project: Path) -> None:
    region, clinic = project / "content/regions/uk.yml", project / "content/clinics/riverside.yml"
    region.write_text(region.read_text() + LINES)
    (clinic.parent / "other.yml").write_text(clinic.read_text())
    clinic.write_text(clinic.read_text() + LOCAL)
    library = read_library(project, TODAY)
    assert library.broken == {}
    leaflet = library.leaflets["sleep"]["en"]
    here = make_edition(library, leaflet, "riverside", TODAY).region
    assert here.emergency_number == "112" and here.date_format == "y-MM-dd"
    assert [(name, line.phone) for name, line in here.lines.items()] == [
        ("crisis", "0113 496 0133"), ("third", "0800 1111"),
    ]  # fmt: skip
    assert here.laws["tea"].text == "Tea is for noon." and here.words["gray"] == "ashen"
    there = make_edition(library, leaflet, "other", TODAY).region
    assert there.emergency_number == "999" and [*there.lines] == ["crisis", "advice", "third"]


def test_what_a_clinic_says_otherwise_is_read_as_strictly(project: Path) -> None:
    clinic = project / "content/clinics/riverside.yml"
    clinic.write_text(f"{clinic.read_text()}local:\n  emergency_number: 0113 49\n  paper: a3\n")
    told = [
        str(error) for error in read_library(project, TODAY).broken["content/clinics/riverside.yml"]
    ]
    assert len(told) == 2 and "local.paper" in told[0] and "too few digits" in told[1]


@pytest.mark.parametrize("slug", SHIPPED_REGIONS)
def test_a_shipped_help_line_has_a_source_and_its_day(slug: str) -> None:
    folder = content_folder()
    known = read_references(folder, "references.json")
    path = f"regions/{slug}.yml"
    facts = read_yaml(read_text(folder, path, Tidyings(path)), path).value
    for line in facts.get("lines", {}).values():
        assert (line.get("reviewed") or line["written"]) and line["sources"]
        assert set(line["sources"]) <= set(known)


def test_texts_and_brands_that_are_shipped_are_found_from_any_project(project: Path) -> None:
    (project / "content/regions/uk.yml").unlink()
    clinic = project / "content/clinics/riverside.yml"
    clinic.write_text(clinic.read_text().replace("brand: riverside", "brand: river-bend"))
    page = project / "content/leaflets/sleep/en.md"
    page.write_text(f"{page.read_text()}\n## Driving\n\n{{{{ region.laws.driving.text }}}}\n")
    library = read_library(project, TODAY)
    assert library.broken == {} and library.brands["river-bend"].images
    edition = make_edition(library, library.leaflets["sleep"]["en"], "riverside", TODAY)
    assert "govuk_drugdriving" in edition.cited
    own = project / "content/brands/river-bend"
    shutil.copytree(project / "content/brands/riverside", own)
    assert "mark" not in read_library(project, TODAY).brands["river-bend"].images
