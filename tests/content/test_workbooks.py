"""Workbooks as programs write them: OpenDocument sheets, and formulas that have no value."""

import csv
import io
import shutil
import zipfile
from html import escape
from pathlib import Path

import pytest
from conftest import TODAY

from foldwell.content.library import Library, read_library

ROOT = Path(__file__).resolve().parents[2]
CASES = Path(__file__).with_name("rosters")
HEAD = ["Practice Name", "Address", "Telephone", "Brand", "Website"]
ELM = ["Elm", "1 Elm Road, Leedham, LS99 1AA", "0113 496 0100", "hollin-lane", "elm.example.org"]
OAK = ["Oak", "2 Oak Road, Leedham, LS99 1AB", "0113 496 0101", "hollin-lane", "oak.example.org"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("regions", "brands"):
        shutil.copytree(ROOT / "content" / name, tmp_path / "content" / name)
    shutil.copy(ROOT / "content/references.json", tmp_path / "content/references.json")
    return tmp_path


def read(project: Path, content: bytes, ending: str) -> Library:
    (project / f"content/clinics.{ending}").write_bytes(content)
    return read_library(project, TODAY)


def told(library: Library) -> list[str]:
    return [str(error) for errors in library.broken.values() for error in errors]


def packed(parts: dict[str, str]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return held.getvalue()


# A cell is its text, or a tuple: the attributes of the cell, and what stands in it.
Cell = str | tuple[str, str]


def ods(rows: list[list[Cell]], sheet: str = "Practices") -> bytes:
    """An OpenDocument spreadsheet as LibreOffice writes it; empty rows and cells are counted."""

    def cell(value: Cell) -> str:
        if isinstance(value, tuple):
            return f"<table:table-cell {value[0]}>{value[1]}</table:table-cell>"
        if not value:
            return '<table:table-cell table:number-columns-repeated="1"/>'
        lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in value.split("\n"))
        return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'

    lines = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    more = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return packed(
        {
            "mimetype": kind,
            "META-INF/manifest.xml": '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:'
            'opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/"'
            f' manifest:media-type="{kind}"/></manifest:manifest>',
            "content.xml": f'<office:document-content {names} xmlns:calcext="{more}">'
            f'<office:body><office:spreadsheet><table:table table:name="{sheet}">'
            '<table:table-row table:number-rows-repeated="2"><table:table-cell'
            ' table:number-columns-repeated="5"/></table:table-row>'
            f"{lines}</table:table></office:spreadsheet></office:body></office:document-content>",
        }
    )


def xlsx(rows: list[list[Cell]], sheet: str = "Practices") -> bytes:
    """A workbook as Excel writes it, with its texts in the cells."""

    def cell(value: Cell, row: int, column: int) -> str:
        place = f'r="{"ABCDEFGH"[column]}{row}"'
        if isinstance(value, tuple):
            return f"<c {place} {value[0]}>{value[1]}</c>"
        return f'<c {place} t="inlineStr"><is><t>{escape(value)}</t></is></c>'

    lines = "".join(
        f'<row r="{n}">{"".join(cell(v, n, c) for c, v in enumerate(row))}</row>'
        for n, row in enumerate(rows, 1)
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    related = f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1"'
    return packed(
        {
            "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default'
            ' Extension="xml" ContentType="application/xml"/></Types>',
            "_rels/.rels": f'{related} Type="{office}/officeDocument" Target="xl/workbook.xml"/>'
            "</Relationships>",
            "xl/_rels/workbook.xml.rels": f'{related} Type="{office}/worksheet"'
            ' Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
            f'<sheet name="{sheet}" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{lines}'
            "</sheetData></worksheet>",
        }
    )


def test_an_opendocument_sheet_gives_the_same_clinics_as_csv(project: Path) -> None:
    text = (CASES / "spreadsheet-utf8-bom.csv").read_text(encoding="utf-8-sig")
    rows: list[list[Cell]] = [[*row] for row in csv.reader(io.StringIO(text), delimiter=";")]
    expected = read(project, (CASES / "spreadsheet-utf8-bom.csv").read_bytes(), "csv").clinics
    (project / "content/clinics.csv").unlink()
    library = read(project, ods(rows), "ods")
    assert told(library) == []
    assert library.clinics == expected and len(expected) == 4
    # Two empty rows are written as one that is repeated.
    place = library.families.sources["north-gate-medical-centre"].place(("name",))
    assert place.cell.startswith("sheet 'Practices', row ") and place.line
    assert place.line == 3 + next(n for n, row in enumerate(rows) if "North Gate" in str(row))


def test_what_opendocument_made_numbers_and_times_of(project: Path) -> None:
    number = 'office:value-type="float" office:value="1134960100"', "<text:p>1134960100</text:p>"
    library = read(project, ods([[*HEAD], [*ELM[:2], number, *ELM[3:]]]), "ods")
    assert told(library) == []
    assert library.clinics["elm"].phone == "0113 496 0100"


LACKING = {
    "xlsx, never calculated": (xlsx, ("", "<f>CONCATENATE(A1)</f>"), "no program has calculated"),
    "xlsx, an empty value": (xlsx, ("", "<f>CONCATENATE(A1)</f><v></v>"), "no program has calc"),
    "xlsx, failed": (xlsx, ('t="e"', "<f>1/0</f><v>#DIV/0!</v>"), "a formula failed here ('#DIV"),
    "xlsx, an error typed in": (xlsx, ('t="e"', "<v>#N/A</v>"), "a formula failed here ('#N/A')"),
    "ods, never calculated": (ods, ('table:formula="of:=[.A1]"', ""), "no program has calculated"),
    "ods, failed": (
        ods,
        (
            'table:formula="of:=1/0" office:value-type="string" office:string-value=""'
            ' calcext:value-type="error"',
            "<text:p>#DIV/0!</text:p>",
        ),
        "a formula failed here ('#DIV/0!')",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LACKING)
@pytest.mark.parametrize("column", [2, 4])
def test_a_formula_without_a_value_is_no_empty_cell(project: Path, name: str, column: int) -> None:
    """Neither a missing phone nor a website that is left out in silence."""
    write, cell, what = LACKING[name]
    row: list[Cell] = list(ELM)
    row[column] = cell
    library = read(project, write([[*HEAD], row, [*OAK]]), name[: name.index(",")])
    (error,) = told(library)
    number = 2 if write is xlsx else 4
    assert f"row {number}, column {'ABCDE'[column]} ({HEAD[column]}): " in error and what in error
    assert list(library.clinics) == ["oak"]


@pytest.mark.parametrize(
    ("write", "cell"),
    [
        (xlsx, ('t="str"', "<f>LOWER(A1)</f><v>own.example.org</v>")),
        (xlsx, ('t="str"', '<f>""</f><v></v>')),
        (
            ods,
            (
                'table:formula="of:=1" office:value-type="string"',
                "<text:p>own.example.org</text:p>",
            ),
        ),
        (ods, ('table:formula="of:=1" office:value-type="string"', "")),
    ],
)
def test_a_formula_with_its_value_is_that_value(
    project: Path, write: type, cell: tuple[str, str]
) -> None:
    library = read(project, write([[*HEAD], [*ELM[:4], cell]]), write.__name__)
    assert told(library) == []
    website = library.clinics["elm"].website
    assert website == "own.example.org" if "own" in cell[1] else website is None


def test_what_nobody_reads_may_lack_its_value(project: Path) -> None:
    rows: list[list[Cell]] = [[*HEAD, "Visits"], [*ELM, ("", "<f>SUM(A1)</f>")]]
    library = read(project, xlsx(rows), "xlsx")
    assert told(library) == [] and list(library.clinics) == ["elm"]


def test_a_brand_without_its_value_is_certain_where_there_is_one(project: Path) -> None:
    rows: list[list[Cell]] = [[*HEAD], [*ELM[:3], ("", "<f>LOWER(A1)</f>"), ELM[4]], [*OAK]]
    library = read(project, xlsx(rows), "xlsx")
    assert told(library) == [] and library.clinics["elm"].brand == "hollin-lane"
    noted = [str(found) for all_of in library.tidied.values() for found in all_of]
    assert any(
        "No program has calculated" in line and "column D (Brand)" in line for line in noted
    ), noted


FAR_XLSX = {
    "a row beyond any": ('<row r="900000000"><c r="A900000000"><f>A1</f></c></row>', "outside of"),
    "a row that the cell alone names": ('<row r="9"><c r="A900000000"><v>1</v></c></row>', "outs"),
    "a column beyond any": ('<row r="3"><c r="ZZZ3"><f>A1</f></c></row>', "outside of any"),
    "a name of no column": ('<row r="3"><c r="AAAAAAAA2"><f>A1</f></c></row>', "is no cell"),
    "a row before the first": ('<row r="-5"><c><f>A1</f></c></row>', "outside of any sheet"),
    "the last cell": ('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "reaches to row"),
    "without a place": (f'<row r="2000">{"<c><v>1</v></c>" * 5000}</row>', "is too much"),
}  # fmt: skip
_ONE = '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
FAR_ODS = {
    "a row beyond any": (
        f'<table:table-row table:number-rows-repeated="900000000">{_ONE}</table:table-row>',
        "outside of any sheet",
    ),
    "a column beyond any": (
        '<table:table-row><table:table-cell table:formula="of:=[.A1]"'
        ' table:number-columns-repeated="900000000"/></table:table-row>',
        "outside of any sheet",
    ),
    "a wide one and a high one": (
        f'<table:table-row><table:table-cell table:number-columns-repeated="16000"/>{_ONE}'
        '</table:table-row><table:table-row table:number-rows-repeated="9000"/>'
        f"<table:table-row>{_ONE}</table:table-row>",
        "reaches to row 90",
    ),
    "less than none": (
        f'<table:table-row table:number-rows-repeated="-3">{_ONE}</table:table-row>',
        "repeats something -3 times",
    ),
}


def _with_more(content: bytes, end: str, more: str) -> bytes:
    """The workbook with something more at the end of its sheet."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    return packed({name: text.replace(end, more + end) for name, text in parts.items()})


@pytest.mark.parametrize("name", FAR_XLSX)
def test_a_cell_too_far_out_is_a_mistake_and_asks_for_no_memory(project: Path, name: str) -> None:
    more, said = FAR_XLSX[name]
    content = _with_more(xlsx([[*HEAD], [*ELM]]), "</sheetData>", more)
    (error,) = told(read(project, content, "xlsx"))
    assert error.startswith("content/clinics.xlsx") and said in error


@pytest.mark.parametrize("name", FAR_ODS)
def test_a_repeated_cell_too_far_out_is_a_mistake(project: Path, name: str) -> None:
    more, said = FAR_ODS[name]
    (error,) = told(
        read(project, _with_more(ods([[*HEAD], [*ELM]]), "</table:table>", more), "ods")
    )
    assert error.startswith("content/clinics.ods") and said in error


def test_empty_cells_far_out_are_nothing(project: Path) -> None:
    """Programs write the looks of whole columns and rows so."""
    more = '<row r="1048576"><c r="XFD1048576" s="3"/></row>'
    library = read(project, _with_more(xlsx([[*HEAD], [*ELM]]), "</sheetData>", more), "xlsx")
    assert told(library) == [] and list(library.clinics) == ["elm"]
    (project / "content/clinics.xlsx").unlink()
    more = (
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell'
        ' table:number-columns-repeated="16384" table:style-name="ce1"/></table:table-row>'
    )
    library = read(project, _with_more(ods([[*HEAD], [*ELM]]), "</table:table>", more), "ods")
    assert told(library) == [] and list(library.clinics) == ["elm"]


def test_a_hidden_sheet_may_hold_what_it_will(project: Path) -> None:
    content = _with_more(xlsx([[*HEAD], [*ELM]]), "</sheetData>", FAR_XLSX["the last cell"][0])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace("sheetId", 'state="hidden" sheetId')
    library = read(project, packed(parts), "xlsx")
    assert not any("reaches" in line for line in told(library))
