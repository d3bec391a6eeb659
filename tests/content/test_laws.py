from pathlib import Path

import pytest
from conftest import TODAY

from foldwell.build.job import Selection
from foldwell.build.plan import make_plan
from foldwell.content.edition import make_edition
from foldwell.content.laws import MissingLaw, missing_laws, without_missing
from foldwell.content.library import read_library
from foldwell.content.region import Region

FACTS = {"name": "A", "paper": "a4", "emergency_number": "112", "country": "IE"}
TEA = {"laws": {"tea": {"text": "Tea is fine.", "reviewed": "2026-01-01"}}}
LAW = "{{ region.laws.kratom.text }}"


def region(**more: object) -> Region:
    return Region.model_validate({**FACTS, **more}, context="IE")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"## The law\n\n{LAW}\n\n## Next\n\nA.", "\n\n\n\n## Next\n\nA."),
        (f"# A\n\n## B\n\n### The law\n\n{LAW}\n", "\n\n\n\n\n\n\n"),
        (f"## B\n\nOne.\n\n### The law\n{LAW}\n\n## C", "## B\n\nOne.\n\n\n\n\n## C"),
        (f"## B\n\n### The law\n\n{LAW}\n\n### C\n\nD.", "## B\n\n\n\n\n\n### C\n\nD."),
        (
            f"//// only | region: ie\n## The law\n\n{LAW}\n////",
            "//// only | region: ie\n\n\n\n////",
        ),
        (f"**Driving:** do not drive. {LAW}", "**Driving:** do not drive."),
        (f"**Kratom:** {LAW}\n\nA.", "\n\nA."),
        (f"- One\n- {LAW}\n- Two", "- One\n\n- Two"),
        (f"Words\n{LAW} and more", "Words\n and more"),
        ("{{ region.laws.tea.text }}", "{{ region.laws.tea.text }}"),
    ],
)
def test_what_stood_for_a_law_goes_and_lines_stay_where_they_are(text: str, left: str) -> None:
    made = without_missing(text, region(**TEA))
    assert made == left
    assert made.count("\n") == text.count("\n")


def test_a_name_that_is_misspelt_is_no_missing_law() -> None:
    here = region(laws={"kratom": {"text": "A.", "reviewed": "2026-01-01"}})
    assert missing_laws("{{ region.laws.kratm.text }}", here) == ()
    assert missing_laws(f"A\n{{{{ region.laws.tea.text }}}} {LAW}", here) == (MissingLaw("tea", 2),)


def test_a_leaflet_says_which_law_is_missing_and_is_built_without_it(project: Path) -> None:
    page = project / "content/leaflets/sleep/en.md"
    page.write_text(f"{page.read_text()}\n## What the law says\n\n{LAW}\n")
    clinic = project / "content/clinics/riverside.yml"
    text = clinic.read_text().replace("region: uk", "region: ie")
    (project / "content/clinics/dublin.yml").write_text(text)
    uk = project / "content/regions/uk.yml"
    uk.write_text(
        f"{uk.read_text()}laws:\n  kratom:\n    text: It is so.\n    reviewed: 2026-01-01\n"
    )
    (project / "content/build.yml").unlink()
    library = read_library(project, TODAY)
    assert library.broken == {}
    plan = make_plan(library, Selection(media=("web",)), TODAY)
    line = len(page.read_text().splitlines())
    assert [told for told in plan.tidied if "C6" in told] == [
        f"content/leaflets/sleep/en.md:{line}: C6 warning: There is no text for the law 'kratom' in"
        " ie: it is left out there. Add 'kratom' under 'laws' of the region's file, with 'reviewed'"
        " and 'sources'."
    ]
    leaflet = library.leaflets["sleep"]["en"]
    assert "What the law says" not in make_edition(library, leaflet, "dublin", TODAY).leaflet.text
    assert LAW in make_edition(library, leaflet, "riverside", TODAY).leaflet.text


def test_a_law_in_a_block_for_other_regions_is_not_missed(project: Path) -> None:
    leaflet = project / "content/leaflets/sleep/en.md"
    leaflet.write_text(f"{leaflet.read_text()}\n/// only | region: us\n{LAW}\n///\n")
    (project / "content/regions/us.yml").write_text(
        "name: Elsewhere\npaper: a4\nemergency_number: 911\ncountry: US\n"
    )
    plan = make_plan(read_library(project, TODAY), Selection(), TODAY)
    assert plan.broken == ()
    assert [told for told in plan.tidied if "C6" in told] == []
