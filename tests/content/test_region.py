import datetime
from pathlib import Path

import pytest
from conftest import TODAY
from phonenumbers.shortnumberinfo import is_emergency_number

from foldwell.content.edition import make_edition
from foldwell.content.library import SHIPPED_REGIONS, read_library
from foldwell.content.region import Region
from foldwell.typeset.compose import _date

FACTS = {
    "name": "United Kingdom",
    "paper": "a4",
    "date_format": "d MMMM y",
    "emergency_number": "999",
    "lines": {"crisis": {"name": "Samaritans", "phone": "116 123", "reviewed": "2026-11-22"}},
    "nations": {
        "wales": {
            "name": "Wales",
            "lines": {"advice": {"name": "NHS 111 Wales", "phone": "111"}},
            "laws": {"tea": {"text": "Tea is legal in Wales.", "reviewed": "2026-11-22"}},
        }
    },
}
WALES = """nations:
  wales:
    name: Wales
    words: {clinician: meddyg}
"""


def test_a_nation_has_its_own_texts_and_else_those_of_the_region() -> None:
    region = Region.model_validate(FACTS, context="GB")
    wales = region.within("wales")
    assert list(wales.lines) == ["crisis", "advice"]
    assert wales.laws["tea"].text == "Tea is legal in Wales."
    assert region.within(None) is region
    assert list(region.lines) == ["crisis"]


def test_an_edition_has_the_texts_of_the_clinics_nation(project: Path) -> None:
    region, clinic = project / "content/regions/uk.yml", project / "content/clinics/riverside.yml"
    region.write_text(region.read_text() + WALES)
    clinic.write_text(clinic.read_text() + "nation: wales\n")
    library = read_library(project)
    assert library.broken == {}
    edition = make_edition(
        library, library.leaflets["sleep"]["en"], "riverside", datetime.date(2026, 1, 1)
    )
    assert edition.region.words["clinician"] == "meddyg"


def test_an_unknown_nation_names_its_line(project: Path) -> None:
    region, clinic = project / "content/regions/uk.yml", project / "content/clinics/riverside.yml"
    region.write_text(region.read_text() + WALES)
    clinic.write_text(clinic.read_text() + "nation: whales\n")
    (error,) = read_library(project).broken["content/clinics/riverside.yml"]
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
    assert read_library(project).regions["uk"].country == "GB"
    path.write_text(text.replace("country: GB", "profile: nhs"))  # as files were before
    assert read_library(project).regions["uk"].country == "GB"


@pytest.mark.parametrize("slug", SHIPPED_REGIONS)
def test_a_shipped_region(slug: str, project: Path) -> None:
    """It is found from any project, and its emergency number is one of its country."""
    clinic = project / "content/clinics/riverside.yml"
    clinic.write_text(
        f"name: A\nregion: {slug}\nbrand: riverside\naddress: [1 Road]\nphone: +44 113 496 0142\n"
    )
    (project / "content/regions/uk.yml").unlink()
    library = read_library(project)
    assert library.broken == {}
    region = library.regions[slug]
    assert is_emergency_number(region.emergency_number, region.country)
    assert region.paper == ("letter" if region.country in ("US", "CA") else "a4")


def test_dates_are_written_as_the_language_does_where_a_region_does_not_say(project: Path) -> None:
    clinic = project / "content/clinics/riverside.yml"
    clinic.write_text(
        clinic.read_text().replace("region: uk", "region: ca").replace("0113", "+44 113")
    )
    library = read_library(project)
    edition = make_edition(library, library.leaflets["sleep"]["en"], "riverside", TODAY)
    assert _date(edition, datetime.date(2026, 2, 1)) == "February 1, 2026"
