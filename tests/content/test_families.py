"""What clinics take from the hospital and the trust that they belong to."""

from pathlib import Path

import pytest
from conftest import TODAY

from foldwell.content.library import Library, read_library

TRUST = """name: Leedham Trust
region: uk
brand: riverside
out_of_hours: {name: Night line, phone: 0113 496 0199}
facts: {Parking: At the front, Bus: Route 9}
variables: {ward: Seven}
tags: [nhs-trust]
"""
HOSPITAL = """name: St Mary
parent: trust
address: 1 High Street, Leedham
phone: 1134960190
fax: 0113 496 0191
facts: {Parking: Behind}
"""
WARD = """name: Ward 7
parent: st-mary
without: [fax]
tags: [evenings]
"""


def read(project: Path, **files: str) -> Library:
    for name, text in files.items():
        (project / f"content/clinics/{name.replace('_', '-')}.yml").write_text(text)
    return read_library(project, TODAY)


def errors(library: Library) -> list[str]:
    return [str(error) for found in library.broken.values() for error in found]


def test_a_child_takes_what_it_does_not_say(project: Path) -> None:
    library = read(project, trust=TRUST, st_mary=HOSPITAL, ward=WARD)
    assert errors(library) == []
    ward, source = library.clinics["ward"], library.families.sources["ward"]
    assert (ward.name, ward.region, ward.brand, ward.phone, ward.fax) == (
        "Ward 7", "uk", "riverside", "0113 496 0190", None,
    )  # fmt: skip
    assert ward.out_of_hours and ward.out_of_hours.phone == "0113 496 0199"
    assert ward.facts == {"Parking": "Behind", "Bus": "Route 9"}
    assert ward.tags == ("evenings", "nhs-trust") and ward.variables == {"ward": "Seven"}
    for at, place in {
        ("name",): "content/clinics/ward.yml:1",
        ("phone",): "content/clinics/st-mary.yml:4",
        ("facts", "Parking"): "content/clinics/st-mary.yml:6",
        ("facts", "Bus"): "content/clinics/trust.yml:5",
        ("brand",): "content/clinics/trust.yml:3",
        ("tags", 1): "content/clinics/trust.yml:7",
    }.items():
        assert str(source.place(at)) == place
    assert library.clinics["st-mary"].fax == "0113 496 0191"


def test_a_parent_without_a_phone_hands_out_nothing(project: Path) -> None:
    library = read(project, trust=TRUST, st_mary=HOSPITAL)
    assert "trust" not in library.clinics and library.families.parents == {"trust"}
    library = read(project, trust=TRUST + "phone: 0113 496 0100\n")
    assert "trust" in library.clinics and not library.families.parents


@pytest.mark.parametrize(
    ("files", "told"),
    [
        (
            {"ward": WARD, "st_mary": HOSPITAL.replace("trust", "ward")},
            "run in a circle: ward → st-mary → ward",
        ),
        ({"ward": WARD.replace("st-mary", "ward")}, "run in a circle: ward → ward"),
        ({"ward": WARD}, "ward.yml:2: There is no clinic 'st-mary' to be a parent."),
        (
            {"ward": WARD.replace("st-mary", "st-mari"), "st_mary": HOSPITAL, "trust": TRUST},
            "Did you mean 'st-mary'?",
        ),
        (
            {"ward": WARD, "st_mary": "name: [", "trust": TRUST},
            "The parent 'st-mary' of 'ward' has mistakes.",
        ),
        ({"ward": WARD + "without: [phnoe]\n"}, "'without' stands twice"),
        (
            {"ward": WARD.replace("fax", "phnoe"), "st_mary": HOSPITAL, "trust": TRUST},
            "Did you mean 'phone'?",
        ),
        (
            {"ward": WARD.replace("fax", "phone"), "st_mary": HOSPITAL, "trust": TRUST},
            "ward.yml:1: The key 'phone' is missing.",
        ),
    ],
)
def test_families_that_are_none(project: Path, files: dict[str, str], told: str) -> None:
    library = read(project, **files)
    assert told in "\n".join(errors(library))
    assert "ward" not in library.clinics
    assert "riverside" in library.clinics  # others can still be built


def test_an_inherited_mistake_is_told_where_it_stands(project: Path) -> None:
    library = read(project, trust=TRUST, st_mary=HOSPITAL.replace("1134960190", "0113"), ward=WARD)
    (told,) = set(errors(library))
    assert told.startswith("content/clinics/st-mary.yml:4: 'phone': it has too few digits")
    assert not {"ward", "st-mary"} & set(library.clinics)


def test_rows_and_files_are_one_family(project: Path) -> None:
    """A parent may be named by its name, and stand in a file or in a row."""
    (project / "content/clinics/trust.yml").write_text(TRUST)
    (project / "content/clinics.csv").write_text(
        "Name,Trust,Telephone\nSt Mary,Leedham Trust,0113 496 0190\nWard 7,St. Mary,\n"
    )
    library = read_library(project, TODAY)
    assert errors(library) == []
    assert library.clinics["ward-7"].phone == "0113 496 0190"
    place = library.families.sources["ward-7"].place(("phone",))
    assert str(place) == "content/clinics.csv: row 2, column C (Telephone)"
