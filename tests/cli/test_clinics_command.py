"""Clinics as people describe them, and what ``clinics show`` says of them."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import TODAY, purpose

from foldwell.build.plan import plan_edition
from foldwell.cli.clinics import command
from foldwell.content.library import read_library
from foldwell.paper.formats import FORMATS
from foldwell.typeset.compose import compose_print

CASES = Path(__file__).parents[1] / "content" / "clinics"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def clinics(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with the cases, and the regions and brands that they name."""
    for case in CASES.glob("*.yml"):
        shutil.copy(case, project / "content/clinics")
    shutil.copytree(ROOT / "content/regions", project / "content/regions", dirs_exist_ok=True)
    shutil.copytree(ROOT / "content/brands", project / "content/brands", dirs_exist_ok=True)
    monkeypatch.setenv("FOLDWELL_PROJECT", str(project))
    return project


def show(name: str) -> Result:
    return CliRunner().invoke(command, ["show", name], standalone_mode=False)


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        (
            "as-people-write-it",
            [
                "address: 1 North Gate / Leedham / LS99 1AA  [{}:4]",
                "phone: 0113 496 0100 (dials +441134960100)  [{}:5]",
                "website: www.northgate.example.org (leads to https://www.northgate.example.org)"
                "  [{}:6]",
                "hours: Monday to Friday: 08:00 to 18:30  [{}:8]",
                "hours: Sunday: closed  [{}:8]",
                "fax: 0113 496 0109 (dials +441134960109)  [{}:12]",
            ],
        ),
        (
            "more-facts",
            [
                "phone: 0113 496 0110 ext. 23 (dials +441134960110;ext=23)  [{}:8]",
                "phones.1.label: Repeat prescriptions  [{}:9]",
                "facts.Parking: Blue badge spaces behind the building  [{}:14]",
                "hours: Monday to Friday: 09:00 to 12:30, 14:00 to 17:30  [{}:17]",
                "hours: Bank holidays: closed  [{}:17]",
            ],
        ),
        (
            "us-style",
            [
                "phone: (513) 555-0100 ext. 7 (dials +15135550100;ext=7)  [{}:5]",
                "website: www.tworivers.example.org (leads to http://www.tworivers.example.org)"
                "  [{}:6]",
                "hours: Saturday to Sunday: closed  [{}:7]",
            ],
        ),
    ],
)
def test_a_clinic_is_read(clinics: Path, name: str, lines: list[str]) -> None:
    shown = show(name).output.splitlines()
    for line in lines:
        assert line.format(f"content/clinics/{name}.yml") in shown


def test_mistakes_are_named_by_line(clinics: Path) -> None:
    done = show("wrong")
    assert done.return_value == 1
    errors = read_library(clinics, TODAY).broken["content/clinics/wrong.yml"]
    assert [(e.place and e.place.line, e.message.split(":")[0]) for e in errors] == [
        (5, "'phone'"),
        (6, "'email'"),
        (7, "'website'"),
        (8, "'hours'"),
    ]


def test_further_facts_stand_in_the_contact_panel(clinics: Path) -> None:
    library = read_library(clinics, TODAY)
    leaflet = clinics / "content/leaflets/sleep/en.md"
    leaflet.write_text(leaflet.read_text() + "\n/// contact | Talk to us\n///\n")
    library = read_library(clinics, TODAY)
    edition = plan_edition(library, library.leaflets["sleep"]["en"], "more-facts", TODAY)
    text = compose_print(edition, FORMATS["a4"], purpose("screen")).pages.html
    before = -1
    for words in ("Repeat prescriptions", "Text us", "Parking:", "Bus:", "Getting in:"):
        assert before < (before := text.index(words))
    assert '<th scope="row">Bank holidays</th><td>closed</td>' in text


def call(*words: str) -> Result:
    return CliRunner().invoke(command, words, standalone_mode=False)


@pytest.fixture
def family(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A trust that hands out nothing, and two clinics of it in a spreadsheet."""
    (project / "content/clinics/trust.yml").write_text(
        "name: Leedham Trust\nregion: uk\nbrand: riverside\nwebsite: trust.example.org\n"
    )
    (project / "content/clinics.csv").write_text(
        "Practice Name,Telephone,Trust,Tags,Notes\n"
        "Elm,1134960100,Leedham Trust,evenings,x\nOak,0113 496 0101,Leedham Trust,,y\n"
    )
    monkeypatch.setenv("FOLDWELL_PROJECT", str(project))
    return project


def test_clinics_are_listed(family: Path) -> None:
    done = call()
    assert done.return_value == 0
    lines = done.output.splitlines()
    assert lines[0].startswith("elm: Elm; uk; riverside; 0113 496 0100; of trust; tags evenings")
    assert "trust: Leedham Trust; a parent only, hands out nothing" in done.output
    assert "[content/clinics.csv: row 3]" in lines[1]


def test_each_fact_has_its_cell_or_line(family: Path) -> None:
    lines = call("show", "elm").output.splitlines()
    cell = "content/clinics.csv: row 2, column"
    assert f"name: Elm  [{cell} A (Practice Name)]" in lines
    assert f"phone: 0113 496 0100 (dials +441134960100)  [{cell} B (Telephone)]" in lines
    assert "brand: riverside  [content/clinics/trust.yml:3]" in lines
    assert any("first zero was put back" in line for line in lines)
    assert "A parent only" in call("show", "trust").output


def test_what_a_clinic_lacks(family: Path) -> None:
    leaflet = family / "content/leaflets/sleep/en.md"
    leaflet.write_text(leaflet.read_text() + "\nFax us: {{ clinic.fax }}.\n")
    done = call("check")
    assert done.return_value == 1
    assert "elm: lacks address, out_of_hours, email, hours, feedback, other_formats" in done.output
    line = leaflet.read_text().count("\n")
    assert (
        f"  content/leaflets/sleep/en.md:{line}: F10 error: The leaflet prints 'clinic.fax', which"
        " the clinic 'elm' does not give. Add 'fax' to content/clinics.csv: row 2"
    ) in done.output


def test_columns_are_shown(family: Path) -> None:
    lines = call("columns").output.splitlines()
    assert "  B Telephone: read as 'phone'" in lines and "  E Notes: not read" in lines
    assert any(line.startswith("  postcode: postcode, post code") for line in lines)


def test_the_impact_of_an_inherited_fact(family: Path) -> None:
    leaflet = family / "content/leaflets/sleep/en.md"
    leaflet.write_text(leaflet.read_text() + "\n/// contact | Talk to us\n///\n")
    told = call("impact", "website", "--clinic", "trust").output
    assert "sleep, elm, en (" in told and "sleep, oak, en (" in told and "riverside, en" not in told
    assert "  output/elm/en/sleep-a4-screen.pdf" in told
    assert "touches 1 editions" in call("impact", "phone", "--clinic", "elm").output


@pytest.fixture
def generations(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A trust, a hospital of it and a ward of that, and a leaflet with a panel."""
    for name, text in {
        "trust": "name: Trust\nregion: uk\nbrand: riverside\nphone: 0113 496 0100\n"
        "facts:\n  Parking: At the front\n  Bus: Route 9\nvariables: {lead: Dr North}\n",
        "mary": "name: Mary\nparent: trust\nfacts: {Bus: Route 5}\nvariables: {lead: Dr South}\n",
        "ward": "name: Ward\nparent: mary\nwithout: [fax]\n",
    }.items():
        (project / f"content/clinics/{name}.yml").write_text(text)
    leaflet = project / "content/leaflets/sleep/en.md"
    text = leaflet.read_text() + "\nAsk {{ lead }}.\n\n/// contact | Talk to us\n///\n"
    leaflet.write_text(text)
    monkeypatch.setenv("FOLDWELL_PROJECT", str(project))
    return project


def touched(fact: str, clinic: str) -> set[str]:
    lines = call("impact", fact, "--clinic", clinic).output.splitlines()
    return {line.split(", ")[1] for line in lines if line.startswith("sleep, ")}


@pytest.mark.parametrize(
    ("fact", "clinic", "clinics"),
    [
        ("facts.Parking", "trust", {"trust", "mary", "ward"}),
        ("facts.Bus", "trust", {"trust"}),
        ("facts.Bus", "mary", {"mary", "ward"}),
        ("facts.Lift", "trust", {"trust", "mary", "ward"}),
        ("email", "trust", {"trust", "mary", "ward"}),
        ("fax", "trust", {"trust", "mary"}),
        ("name", "trust", {"trust"}),
        ("variables.lead", "mary", {"mary", "ward"}),
        ("variables.lead", "trust", {"trust"}),
    ],
)
def test_a_change_reaches_those_that_would_inherit_it(
    fact: str, clinic: str, clinics: set[str], generations: Path
) -> None:
    """A fact that is not given yet reaches them too, and a part of a map that they share."""
    assert touched(fact, clinic) == clinics


def test_a_leaflets_own_variable_is_nearer(generations: Path) -> None:
    leaflet = generations / "content/leaflets/sleep/en.md"
    leaflet.write_text(leaflet.read_text().replace("---\n", "---\nvariables: {lead: Ann}\n", 1))
    assert touched("variables.lead", "mary") == touched("variables", "mary") == set()


def test_the_impact_on_a_clinic_with_mistakes_is_not_that_on_all(generations: Path) -> None:
    file = generations / "content/clinics/ward.yml"
    file.write_text(file.read_text() + "out_of_hours: {phone: 0113 496 0111}\n")
    done = call("impact", "name", "--clinic", "ward")
    assert "touches 0 editions" in done.output and "'name' is missing" in done.output
    assert done.return_value == 1


def test_parts_of_a_map_are_shown_with_their_own_lines(generations: Path) -> None:
    lines = call("show", "trust").output.splitlines()
    assert "facts.Parking: At the front  [content/clinics/trust.yml:6]" in lines
    assert "facts.Bus: Route 9  [content/clinics/trust.yml:7]" in lines
