"""Clinics from spreadsheets: what becomes of each kind of cell, and where each mistake stands."""

import csv
import io
import shutil
import zipfile
from pathlib import Path

import pytest
from conftest import TODAY

from foldwell.content.library import Library, read_library
from foldwell.content.roster_cells import phones_in, postcode_of, slug_of

ROOT = Path(__file__).resolve().parents[2]
CASES = Path(__file__).with_name("rosters")
HEAD = ["Practice Name", "Address", "Postcode", "Telephone", "Opening hours", "Brand", "Tags"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with the shipped regions and brands, and neither clinics nor leaflets."""
    for name in ("regions", "brands", "references.json"):
        source, to = ROOT / "content" / name, tmp_path / "content" / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, to)
    return tmp_path


def read(project: Path, content: str | bytes, name: str = "clinics.csv") -> Library:
    data = content if isinstance(content, bytes) else content.encode()
    (project / "content" / name).write_bytes(data)
    return read_library(project, TODAY)


def row(**cells: str) -> dict[str, str]:
    usual = dict(zip(HEAD, ["Elm", "1 Elm Road, Leedham", "LS99 1AA", "0113 496 0100", "Mon 9-5",
                            "hollin-lane", ""], strict=True))  # fmt: skip
    return usual | {key.replace("_", " "): value for key, value in cells.items()}


def table(*rows: dict[str, str], separator: str = ";") -> str:
    out = io.StringIO()
    heads = list(dict.fromkeys(key for one in rows for key in one))
    writer = csv.DictWriter(out, heads, delimiter=separator, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def mistakes(library: Library) -> list[str]:
    return [str(error) for errors in library.broken.values() for error in errors]


def notes(library: Library) -> list[str]:
    return [str(found) for all_of in library.tidied.values() for found in all_of]


@pytest.mark.parametrize("name", sorted(p.name for p in CASES.iterdir() if "mis" not in p.name))
def test_the_same_four_clinics_from_every_program(project: Path, name: str) -> None:
    library = read(project, (CASES / name).read_bytes(), f"clinics{Path(name).suffix}")
    assert mistakes(library) == []
    assert list(library.clinics) == [
        "north-gate-medical-centre", "quayside-practice", "st-brids-hill-road", "pound-and-cafe",
    ]  # fmt: skip
    north, quay, hill, cafe = library.clinics.values()
    assert {clinic.region for clinic in library.clinics.values()} == {"uk"}
    assert {clinic.brand for clinic in library.clinics.values()} == {"hollin-lane"}
    assert (north.phone, north.phone.dialled) == ("0113 496 0100", "+441134960100")
    assert [row.time for row in north.hours] == [
        "09:00 to 12:00, 13:00 to 17:30", "09:00 to 12:00", "closed", "closed",
    ]  # fmt: skip
    assert (north.website, north.tags) == ("www.northgate.example.org", ("prescribes-methadone",))
    assert quay.phone == "0113 496 0110 ext. 23"
    assert [line.phone for line in quay.phones] == ["0113 496 0111", "07700 900123"]
    assert quay.address == ("2 Quay Street", "Leedham", "LS99 2BB")
    assert hill.name == "St Bríd’s – Hill Road" and hill.tags == ("evenings", "dispensing")
    assert hill.address and hill.address[-1] == "LS99 1CC"
    assert [row.time for row in hill.hours] == ["24 hours"]
    assert cafe.name == "Pound £ and Café"


def test_seven_mistakes_are_named_at_once(project: Path) -> None:
    library = read(project, (CASES / "with-mistakes.csv").read_bytes())
    told = sorted(mistakes(library), key=lambda line: int(line.split("row ")[1].split(",")[0]))
    expected = [
        ("row 6, column D (Telephone)", "'phone' is missing"),
        ("row 7, column D (Telephone)", "too few digits"),
        ("row 8, column A (Practice Name)", "stands twice; the first is in row 2"),
        ("row 9, column A (Practice Name)", "was lost in an earlier conversion"),
        ("row 10, column F (Opening hours)", "end before they begin"),
        ("row 11, column H (Brand)", "Did you mean 'hollin-lane'?"),
        ("row 12, column D (Telephone)", "a spreadsheet made a number of it"),
    ]
    assert len(told) == len(expected)
    for line, (place, what) in zip(told, expected, strict=True):
        assert line.startswith(f"content/clinics.csv: {place}: ") and what in line
    assert len(library.clinics) == 4


@pytest.mark.parametrize("separator", ";,\t¬|")
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_separators_and_encodings(project: Path, separator: str, encoding: str) -> None:
    text = "A list of ours\n\n" + table(
        row(Practice_Name="Café; one, two | three"), row(Practice_Name="Elm"), separator=separator
    )
    library = read(project, text.encode(encoding))
    assert mistakes(library) == []
    assert [str(clinic.name) for clinic in library.clinics.values()] == [
        "Café; one, two | three", "Elm",
    ]  # fmt: skip
    assert library.families.sources["elm"].place(("name",)).line == 5


def test_what_excel_says_of_its_separator(project: Path) -> None:
    library = read(project, "sep=,\n" + table(row(), separator=","))
    assert list(library.clinics) == ["elm"]
    assert library.families.sources["elm"].place(()).line == 3


@pytest.mark.parametrize(
    ("cells", "column", "what"),
    [
        ({"Practice_Name": ""}, "A", "'name' is missing"),
        ({"Practice_Name": "Caf\ufffd"}, "A", "was lost in an earlier conversion"),
        ({"Practice_Name": "CafÃ© Noir"}, "A", "It may mean 'Café Noir'"),
        ({"Practice_Name": "Happy 😀"}, "A", "is in no bundled font"),
        ({"Practice_Name": "Mixed \u202eup"}, "A", "cannot be seen"),
        ({"Practice_Name": "Клиника"}, "A", "no name for files can be made"),
        ({"Telephone": "0113 49"}, "D", "too few digits"),
        ({"Telephone": "0113 496 01000000"}, "D", "too many digits"),
        ({"Telephone": "1.13496E+09"}, "D", "a spreadsheet made a number"),
        ({"Telephone": "1,13496E+9"}, "D", "a spreadsheet made a number"),
        ({"Telephone": "113496010"}, "D", "may lack its first zero or another digit"),
        ({"Telephone": "TBC"}, "D", "not a phone number"),
        ({"Telephone": "n/a"}, "D", "'phone' is missing"),
        ({"Telephone": "#REF!"}, "D", "a formula failed"),
        ({"Opening_hours": "Mon 17:00-9:00"}, "E", "end before they begin"),
        ({"Opening_hours": "when we can"}, "E", "'when' is not understood"),
        ({"Brand": "hollin lame"}, "F", "Did you mean 'hollin-lane'?"),
        ({"Region": "Atlantis"}, "H", "'region'"),
        ({"Website": "no address"}, "H", "not a web address"),
        ({"Email": "nobody"}, "H", "not an e-mail address"),
        ({"Fax": "12"}, "H", "too few digits"),
        ({"Other_numbers": "0113 496 0101 | 0113"}, "H", "too few digits"),
        ({"Parent": "Nowhere Trust"}, "H", "no clinic 'nowhere-trust' to be a parent"),
        ({"Out_of_hours": "0113 496 0199"}, "H", "'out_of_hours.name'"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_cell(
    project: Path, cells: dict[str, str], column: str, what: str
) -> None:
    library = read(project, table(row(Practice_Name="Good"), row(**cells)))
    assert list(library.clinics) == ["good"]
    (line,) = set(mistakes(library))
    assert line.startswith(f"content/clinics.csv: row 3, column {column} (") and what in line


def test_all_mistakes_of_a_row(project: Path) -> None:
    bad = row(Practice_Name="Caf\ufffd", Telephone="0113", Brand="other", Opening_hours="late")
    told = mistakes(read(project, table(bad, row(Practice_Name="Good"))))
    assert [line.split("column ")[1][0] for line in told] == ["A", "D", "E", "F"]
    assert len(mistakes(read(project, table(row(Brand="other"), row(Practice_Name="Good"))))) == 1


def test_a_lost_zero_is_put_back_where_that_is_certain(project: Path) -> None:
    library = read(project, table(row(Telephone="1134960100"), row(Practice_Name="Oak")))
    assert library.clinics["elm"].phone == "0113 496 0100"
    (note,) = [line for line in notes(library) if "zero" in line]
    assert "row 2, column D (Telephone)" in note and "0113 496 0100" in note


def test_clinics_that_stand_twice(project: Path) -> None:
    def told(*rows: dict[str, str]) -> tuple[list[str], list[str]]:
        library = read(project, table(*rows))
        return [line.split(": ", 2)[2] for line in mistakes(library)], list(library.clinics)

    errors, clinics = told(row(), row(Opening_hours="Mon 9-4"))
    assert errors == ["This clinic stands twice; the first is in row 2. Delete one of the rows."]
    assert clinics == ["elm"]
    errors, clinics = told(row(), row(Telephone="0113 496 0101"))  # which is right?
    assert "with another phone" in errors[0] and clinics == []
    errors, clinics = told(row(), row(Address="2 Oak Road", Postcode="LS99 2BB"))
    assert "Two clinics would be called 'elm'" in errors[0] and clinics == []
    errors, clinics = told(
        row(Practice_Name="Elm Road Surgery"), row(Practice_Name="Elm Rd Surgery")
    )
    assert "stands twice" in errors[0] and clinics == ["elm-road-surgery"]
    errors, clinics = told(row(Id="A1"), row(Id="A2", Address="2 Oak Road", Postcode="LS99 2BB"))
    assert errors == [] and clinics == ["a1", "a2"]


def test_slugs_stay_when_rows_move_and_spelling_is_corrected(project: Path) -> None:
    for name in ("St Anne’s  Surgery", "ST ANNES SURGERY", "St. Anne's Surgery"):
        library = read(project, table(row(Practice_Name="Oak"), row(Practice_Name=name)))
        assert set(library.clinics) == {"oak", "st-annes-surgery"}
    library = read(project, table(row(Id="A81001", Practice_Name="Renamed")))
    assert list(library.clinics) == ["a81001"]


def test_names_of_files() -> None:
    assert slug_of("Żółta & Straße – Ægir’s") == "zolta-and-strasse-aegirs"
    assert slug_of("x " * 60) == "-".join("x" * 40)
    assert slug_of("y" * 100) == "y" * 80


@pytest.mark.parametrize(
    ("cell", "phones"),
    [
        ("0113 496 0100", [("", "0113 496 0100")]),
        ("Tel: 0113 496 0100", [("", "0113 496 0100")]),
        ("0113 496 0100 / 0113 496 0101", [("", "0113 496 0100"), ("", "0113 496 0101")]),
        ("0113 496 0100 or 0113 496 0101", [("", "0113 496 0100"), ("", "0113 496 0101")]),
        ("0113 496 0100\n0113 496 0101", [("", "0113 496 0100"), ("", "0113 496 0101")]),
        ("0113 496 0100, ext 5", [("", "0113 496 0100, ext 5")]),
        ("Reception: 0113 496 0100; Nurse 0113 496 0101",
         [("Reception", "0113 496 0100"), ("Nurse", "0113 496 0101")]),
        ("0113 496 0101 (prescriptions)", [("prescriptions", "0113 496 0101")]),
        ("0113 496 0101 - prescriptions", [("prescriptions", "0113 496 0101")]),
        ("(513) 555-0142 x7", [("", "(513) 555-0142 x7")]),
        ("030/1234567", [("", "030/1234567")]),
        ("+44 113 496 0112", [("", "+44 113 496 0112")]),
        ("'01134960100", [("", "01134960100")]),
        ("O113 496 0100", [("", "O113 496 0100")]),  # which is no number then
    ],
)  # fmt: skip
def test_phones_in_a_cell(cell: str, phones: list[tuple[str, str]]) -> None:
    assert phones_in(cell) == phones


def test_postcodes() -> None:
    assert postcode_of("ls991cc") == "LS99 1CC"
    assert postcode_of("a99x000") == "A99 X000"
    assert postcode_of("k1a0b1") == "K1A 0B1"
    assert postcode_of("45000") == "45000"


@pytest.mark.parametrize(
    ("cells", "region", "nation"),
    [
        ({"Region": "England"}, "uk", "england"),
        ({"Country": "United Kingdom"}, "uk", None),
        ({"Region": "GB"}, "uk", None),
        ({"Country": "Great Britain"}, "uk", None),
        ({"Country": "USA", "Postcode": "45000", "City": "Millbrook", "State": "OH",
          "Telephone": "513 555 0100"}, "us", None),
        ({"Postcode": "D02 X285", "Telephone": "(01) 555 0100"}, "ie", None),
        ({"Postcode": "45000", "City": "Millbrook", "State": "OH", "Telephone": "513 555 0100"},
         "us", None),
    ],
)  # fmt: skip
def test_regions(project: Path, cells: dict[str, str], region: str, nation: str | None) -> None:
    library = read(project, table(row(**cells)))
    assert mistakes(library) == []
    clinic = library.clinics["elm"]
    assert (clinic.region, clinic.nation) == (region, nation)
    if region == "us":
        assert clinic.address and clinic.address[-1] == "Millbrook, OH 45000"


def test_an_address_in_columns_of_its_own(project: Path) -> None:
    cells = {"Street Address 1": "1 Bay St", "Street Address 2": "Suite 4", "Address": ""}
    library = read(project, table(row(**cells)))
    assert mistakes(library) == []
    address = library.clinics["elm"].address
    assert address and address[:2] == ("1 Bay St", "Suite 4")


def test_what_build_yml_says(project: Path) -> None:
    (project / "content/build.yml").write_text(
        "roster:\n  region: us\n  brand: river-bend\n"
        "  columns: {Desk: phone, Telephone: ignore, Where: facts.Getting in,\n"
        "    Ward: variables.ward}\n"
    )
    rows = row(Desk="513 555 0199", Where="Ring twice", Ward="Seven", Brand="")
    library = read(project, table(rows))
    assert mistakes(library) == []
    clinic = library.clinics["elm"]
    assert (clinic.region, clinic.brand, clinic.phone) == ("us", "river-bend", "(513) 555-0199")
    assert clinic.facts == {"Getting in": "Ring twice"} and clinic.variables == {"ward": "Seven"}


def test_further_columns(project: Path) -> None:
    rows = row(Monday="9-5", Saturday="closed", Mobile="07700 900123", Parking="Behind",
               Out_of_hours="0113 496 0199", Out_of_hours_service="Night team", Notes="mine",
               Opening_hours="")  # fmt: skip
    library = read(project, table(rows))
    assert mistakes(library) == []
    clinic = library.clinics["elm"]
    assert [line.label for line in clinic.phones] == ["Mobile"]
    assert clinic.facts == {"Parking": "Behind"}
    assert clinic.out_of_hours and clinic.out_of_hours.name == "Night team"
    assert [row.time for row in clinic.hours] == ["09:00 to 17:00", "closed"]
    assert any("Columns that are not read: 'Notes'" in line for line in notes(library))


@pytest.mark.parametrize(
    ("content", "name", "what"),
    [
        ("", "clinics.csv", "row of headings"),
        ("a;b\n1;2\n", "clinics.csv", "row of headings"),
        ('Name;Telephone\n"Elm;1\n', "clinics.csv", "row 2: A quotation mark is never closed"),
        ("Name;Telephone\nElm;0113 496 0100;x\n", "clinics.csv", "more cells than there are"),
        ("no archive", "clinics.xlsx", "no XLSX or ODS file"),
        ("", "clinics.xls", "of this kind is not read"),
    ],
)
def test_files_that_are_no_roster(project: Path, content: str, name: str, what: str) -> None:
    library = read(project, content, name)
    assert what in "".join(mistakes(library))
    assert not library.clinics


def test_an_archive_that_blows_up_is_not_opened(project: Path) -> None:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w") as part,
    ):
        for _ in range(300):
            part.write(bytes(2**20))
    assert "unpacks to 300 MB" in "".join(mistakes(read(project, out.getvalue(), "clinics.xlsx")))


def test_rows_beside_files(project: Path) -> None:
    (project / "content/clinics").mkdir()
    for name in ("hollin-lane", "river-bend"):
        shutil.copy(ROOT / f"content/clinics/{name}.yml", project / "content/clinics")
    library = read(project, table(row(), row(Practice_Name="Hollin Lane")))
    assert set(library.clinics) == {"hollin-lane", "river-bend", "elm"}
    assert "has a file too" in "".join(mistakes(library))
    (project / "content/clinics.xlsx").write_bytes((CASES / "spreadsheet.xlsx").read_bytes())
    assert "one roster is read" in "".join(mistakes(read_library(project, TODAY)))
