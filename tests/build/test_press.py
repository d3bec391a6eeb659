"""Press files as a build makes them: who may have one, its name, its ticket, its colours."""

from __future__ import annotations

import datetime
import hashlib
import io
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from conftest import compose_and_make
from pikepdf import Pdf
from pypdfium2 import PdfDocument
from ruamel.yaml import YAML

from foldwell.build.job import Options
from foldwell.build.jobs import make_job
from foldwell.build.made import Made
from foldwell.content.edition import Edition
from foldwell.content.facts import Text
from foldwell.content.leaflet import Reviewer
from foldwell.errors import FoldwellError, Place
from foldwell.paper.formats import FORMATS
from foldwell.press.press_file import SIDE, SIDES
from foldwell.typeset.page_source import Composition

Editions = Callable[..., Edition]
PT = 72 / 25.4
REVIEWED = datetime.date(2026, 1, 9)
TEXT = "## Good habits\n\n" + (
    "Get up at the same time each day, and go out into the light before you do anything else. "
    "Keep your bed for sleep. Have no tea after lunch, and nothing to eat late at night.\n\n" * 5
)
"""More than what else is printed, so that it counts as the body of the leaflet."""


def reviewed(edition: Edition) -> Edition:
    """The same, read by a clinician."""
    person = Reviewer(name=Text("Dr A"), role=Text("GP"), date=REVIEWED)
    facts = edition.leaflet.facts.model_copy(
        update={"clinical_reviewers": (person,), "reviewed": REVIEWED}
    )
    text = edition.leaflet.text.rstrip("\n") + " [@smith2022]\n"  # as one that is reviewed must
    return replace(edition, leaflet=replace(edition.leaflet, facts=facts, text=text))


def on(edition: Edition, paper: str) -> Edition:
    """The same on another paper."""
    return replace(edition, region=edition.region.model_copy(update={"paper": paper}))


def expired(edition: Edition) -> Edition:
    """The same, a year too late."""
    return replace(edition, today=datetime.date(2027, 6, 1))


def with_inks(edition: Edition, **inks: tuple[float, float, float, float]) -> Edition:
    """The same for a brand that gives inks of its own."""
    brand = edition.brand.brand
    own = brand.defaults.foldwell.model_copy(update={"cmyk": inks})
    defaults = brand.defaults.model_copy(update={"foldwell": own})
    changed = brand.model_copy(update={"defaults": defaults})
    return replace(edition, brand=replace(edition.brand, brand=changed))


def made(edition: Edition, name: str = "a4", **options: object) -> Made:
    job = make_job(edition, FORMATS[name], "press", Options(draft=True, **options))  # type: ignore[arg-type]
    outcome = compose_and_make(job)
    assert isinstance(outcome, Made), outcome
    return outcome


def ticket(outcome: Made) -> dict[str, object]:
    """The ticket's facts."""
    facts = YAML(typ="safe", pure=True).load(dict(outcome.beside)["-ticket.yml"].decode())
    assert isinstance(facts, dict)
    return facts


def words(content: bytes) -> str:
    with PdfDocument(content) as pdf:
        texts = [page.get_textpage().get_text_range() for page in pdf]
    return " ".join(re.sub(r"[\u0002\ufffe]\s*", "-", " ".join(texts)).split())


@pytest.mark.parametrize(
    ("change", "options", "name"),
    [
        (reviewed, {}, "sleep-a4-press.pdf"),
        (lambda edition: edition, {}, "sleep-a4-press-draft.pdf"),
        (expired, {}, "sleep-a4-press-draft.pdf"),
        (lambda edition: expired(reviewed(edition)), {}, "sleep-a4-press-draft.pdf"),
        (reviewed, {"sheet": "sra3"}, "sleep-a4-press-sra3.pdf"),
        (lambda edition: edition, {"sheet": "sra3"}, "sleep-a4-press-sra3-draft.pdf"),
    ],
)
def test_the_name_of_a_proof_is_never_that_of_a_press_file(
    change: Callable[[Edition], Edition], options: dict[str, str], name: str, edition: Editions
) -> None:
    """Whatever was asked for: the name tells whether it may be printed."""
    for draft in (True, False):
        asked = Options(draft=draft, **options)  # type: ignore[arg-type]
        job = make_job(change(edition(TEXT)), FORMATS["a4"], "press", asked)
        assert job.path == f"riverside/en/{name}"


def test_a_reviewed_leaflet_makes_a_press_file(edition: Editions) -> None:
    outcome = made(reviewed(edition(TEXT)))
    assert "DRAFT" not in words(outcome.content) and "draft" not in words(outcome.content)
    assert ticket(outcome)["status"] == "reviewed"
    assert ticket(outcome)["file"] == "sleep-a4-press.pdf"
    assert "Proof, not for printing." not in words(dict(outcome.beside)["-ticket.pdf"])


@pytest.mark.parametrize(
    ("change", "says", "foot"),
    [
        (lambda edition: edition, *2 * ["DRAFT, not clinically reviewed"]),
        (expired, "EXPIRED, was due for review on 10 January 2027", "EXPIRED on 10 Jan 2027"),
    ],
)
def test_a_proof_says_so_on_every_side_and_on_its_ticket(
    change: Callable[[Edition], Edition], says: str, foot: str, edition: Editions
) -> None:
    outcome = made(change(edition(TEXT)), "bifold")
    with PdfDocument(outcome.content) as pdf:
        for page in pdf:
            assert foot in " ".join(page.get_textpage().get_text_range().split())
    assert ticket(outcome)["status"] == says
    assert "Proof, not for printing." in words(dict(outcome.beside)["-ticket.pdf"])


def test_the_ticket_says_what_a_printer_asks(edition: Editions) -> None:
    job = make_job(reviewed(edition(TEXT)), FORMATS["letter-fold"], "press", Options())
    outcome = compose_and_make(job)
    assert isinstance(outcome, Made)
    assert [ending for ending, _ in outcome.beside] == ["-ticket.yml", "-ticket.pdf"]
    facts = ticket(outcome)
    assert facts["title"] == "Sleep well"
    assert facts["edition"] == job.edition.id
    assert facts["language"] == "en"
    assert facts["format"] == "letter-fold"
    assert facts["flat size mm"] == "297 × 210"
    assert facts["finished size mm"] == "100 × 210"
    assert facts["panels, left to right"] == {"side 1": [2, 6, 1], "side 2": [3, 4, 5]}
    assert facts["folds mm from the left"] == {"side 1": [97, 197], "side 2": [100, 200]}
    assert facts["turn"] == "over the short edge"
    assert facts["bleed mm"] == 3
    assert facts["colour"] == "4/4, CMYK"
    assert str(facts["printing condition"]).startswith("FOGRA39 (")
    assert facts["standard"] == "PDF/X-4"
    assert facts["press sheet"] == "as the printer chooses"
    assert str(facts["sides"]) == str(outcome.pages) == "2"
    assert str(facts["pages"]) == "6"
    assert float(str(facts["body text pt"])) >= 12
    assert facts["sha256"] == hashlib.sha256(outcome.content).hexdigest()
    assert facts["contact"] == "Riverside Clinic, 0113 496 0142"
    assert facts["file"] == "sleep-letter-fold-press.pdf"


def test_the_printed_ticket_says_the_same(edition: Editions) -> None:
    outcome = made(edition(TEXT), "z-fold")
    printed = words(dict(outcome.beside)["-ticket.pdf"]).replace(" ", "")
    for name, value in ticket(outcome).items():
        if name == "file" or isinstance(value, dict):
            continue
        number = f"{value:g}" if isinstance(value, float) else str(value)
        assert number.replace(" ", "") in printed, name
        assert name.capitalize().replace(" ", "")[:6] in printed, name
    assert "\ue010" not in printed  # nothing waits to be filled in
    with PdfDocument(dict(outcome.beside)["-ticket.pdf"]) as pdf:
        assert len(pdf) == 1
        width, height = pdf[0].get_size()
    assert (width / PT, height / PT) == pytest.approx((210, 297), abs=0.1)


@pytest.mark.parametrize(
    ("name", "paper", "flat", "finished", "turn"),
    [
        ("a4", "a4", "210 × 297", "210 × 297", "long"),
        ("bifold", "letter", "279.4 × 215.9", "139.7 × 215.9", "short"),
        ("booklet", "a4", "297 × 210", "148.5 × 210", "short"),
    ],
)
def test_sizes_on_the_ticket(
    name: str, paper: str, flat: str, finished: str, turn: str, edition: Editions
) -> None:
    facts = ticket(made(on(edition(TEXT), paper), name))
    assert (facts["flat size mm"], facts["finished size mm"]) == (flat, finished)
    assert facts["turn"] == f"over the {turn} edge"
    if name == "booklet":
        assert str(facts["folds mm from the left"]).startswith("one, at 148.5 mm; two wire")
        assert str(facts["panels, left to right"]).startswith("single pages in reading order")


@pytest.mark.parametrize("spreads", [False, True])
def test_a_booklet_comes_as_single_pages_or_as_spreads(spreads: bool, edition: Editions) -> None:
    outcome = made(edition(TEXT), "booklet", spreads=spreads)
    with Pdf.open(io.BytesIO(outcome.content)) as pdf:
        count = len(pdf.pages)
        for page in pdf.pages:
            trim = [float(v) for v in page.TrimBox]
            bleed = [float(v) for v in page.BleedBox]
            width, height = (trim[2] - trim[0]) / PT, (trim[3] - trim[1]) / PT
            assert (width, height) == pytest.approx((297 if spreads else 148.5, 210), abs=0.05)
            over = [abs(a - b) / PT for a, b in zip(trim, bleed, strict=True)]
            assert over == pytest.approx([3] * 4, abs=0.01)
    facts = ticket(outcome)
    pages = int(str(facts["pages"]))
    assert pages % 4 == 0
    assert count == (pages // 2 if spreads else pages)
    assert str(facts["file"]).endswith(
        "-press-spreads-draft.pdf" if spreads else "-press-draft.pdf"
    )


@pytest.mark.parametrize(("texts", "pages"), [(5, 8), (11, 12), (17, 16), (23, 20)])
def test_single_pages_of_a_booklet_bleed_on_all_sides(
    texts: int, pages: int, edition: Editions
) -> None:
    outcome = made(edition(TEXT * texts), "booklet")
    with Pdf.open(io.BytesIO(outcome.content)) as pdf:
        assert len(pdf.pages) == pages
        for page in pdf.pages:
            boxes = [[float(v) / PT for v in box] for box in (page.TrimBox, page.BleedBox)]
            over = [abs(a - b) for a, b in zip(*boxes, strict=True)]
            assert over == pytest.approx([3] * 4, abs=0.01)
            trim = boxes[0]
            assert (trim[2] - trim[0], trim[3] - trim[1]) == pytest.approx((148.5, 210), abs=0.05)


@pytest.mark.parametrize(
    ("paper", "condition", "identifier"),
    [
        ("a4", "", "FOGRA39"),
        ("letter", "", "CGATS TR 006"),
        ("a4", "uncoated", "FOGRA29"),
        ("letter", "us-swop", "CGATS TR 003"),
    ],
)
def test_the_printing_condition(
    paper: str, condition: str, identifier: str, edition: Editions
) -> None:
    """What is usual where the paper is, or what was asked for: in file, ticket and report."""
    outcome = made(on(edition(TEXT), paper), "bifold", condition=condition)
    with Pdf.open(io.BytesIO(outcome.content)) as pdf:
        assert str(pdf.Root.OutputIntents[0].OutputConditionIdentifier) == identifier
    assert str(ticket(outcome)["printing condition"]).startswith(f"{identifier} (")
    colours = [line for kind, line in outcome.notes if kind == "colour"]
    assert colours
    assert all(f", {identifier}, " in line for line in colours)


def test_the_report_names_each_colour_of_the_brand_and_where_its_inks_are_from(
    edition: Editions,
) -> None:
    outcome = made(with_inks(edition(TEXT), river=(88, 25, 30, 40)))
    told = [line for kind, line in outcome.notes if kind == "colour"]
    start = "sleep, riverside, en, a4 press: "
    (primary,) = [line for line in told if "#0f5c73" in line]
    assert primary.startswith(
        f"{start}primary #0f5c73 → CMYK 88 25 30 40 (the brand's own inks, FOGRA39, ΔE2000 "
    )
    others = [line for line in told if line is not primary]
    assert others
    assert all(re.search(r"→ CMYK \d+ \d+ \d+ \d+ \(converted, FOGRA39, ΔE", x) for x in others)


def test_the_inks_of_the_brand_are_those_in_the_file(edition: Editions) -> None:
    from pikepdf import parse_content_stream

    outcome = made(with_inks(edition(TEXT), river=(88, 25, 30, 40)), "letter-fold")
    inks = set()
    with Pdf.open(io.BytesIO(outcome.content)) as pdf:
        for page in pdf.pages:
            for form in page.Resources.XObject.values():
                for instruction in parse_content_stream(form):
                    if str(instruction.operator) in ("k", "K"):
                        inks.add(tuple(round(float(v), 2) for v in instruction.operands))
    assert (0.88, 0.25, 0.3, 0.4) in inks
    assert (0, 0, 0, 1) in inks  # body text is black alone


def test_several_copies_on_a_press_sheet(edition: Editions) -> None:
    outcome = made(edition(TEXT), "letter-fold", sheet="sra3")
    with Pdf.open(io.BytesIO(outcome.content)) as pdf:
        sizes = {tuple(round(float(v) / PT, 1) for v in page.MediaBox) for page in pdf.pages}
        assert len(pdf.pages) == 2
    assert sizes == {(0, 0, 320, 450)}
    facts = ticket(outcome)
    assert facts["press sheet"] == "sra3"
    assert facts["file"] == "sleep-letter-fold-press-sra3-draft.pdf"
    assert words(outcome.content).count("Keep your bed for sleep.") == 10  # five times two


def test_a_press_sheet_too_small_is_told(
    edition: Editions, monkeypatch: pytest.MonkeyPatch
) -> None:
    from foldwell.paper import sheets

    monkeypatch.setitem(sheets.PRESS_SHEETS_MM, "sra3", (225.0, 320.0))
    job = make_job(edition(TEXT), FORMATS["letter-fold"], "press", Options(True, "", "sra3"))
    outcome = compose_and_make(job)
    assert isinstance(outcome, tuple)
    assert [str(error) for error in outcome] == [
        "A sheet of SRA3 (225 × 320 mm) is too small for 'letter-fold' with its bleed and marks."
        " Leave --sheet out."
    ]


def test_an_unknown_condition_is_told(edition: Editions) -> None:
    job = make_job(edition(TEXT), FORMATS["a4"], "press", Options(True, "coatd"))
    outcome = compose_and_make(job)
    assert isinstance(outcome, tuple)
    (error,) = outcome
    assert isinstance(error, FoldwellError)
    assert str(error) == "There is no printing condition 'coatd'. Did you mean 'coated'?"


def test_the_slug_names_the_job_and_warns_of_a_proof(edition: Editions) -> None:
    """It is drawn as outlines, so its words are read where they are made."""
    from foldwell.build.imprints import _slug
    from foldwell.paper.conditions import CONDITIONS

    for change, start in ((edition, "PROOF, NOT FOR PRINTING · Sleep well"), (None, "Sleep well")):
        made_edition = edition(TEXT) if change else reviewed(edition(TEXT))
        order = make_job(made_edition, FORMATS["a4"], "press", Options(draft=True)).order
        dates = {"published": "2026-01-10", "reviewed": "2026-01-12"}
        slug = _slug(order, CONDITIONS["coated"], dates)
        assert slug == (
            f"{start} · edition {made_edition.id} · riverside en · a4 · side {SIDE} of {SIDES}"
            " · FOGRA39 · published 2026-01-10, reviewed 2026-01-12"
        )


@pytest.mark.parametrize("title", ["Sleep } well", "Sleep {sidebar", "{} {0} {side.x}"])
def test_braces_in_a_title_are_words(title: str, edition: Editions) -> None:
    usual = edition(TEXT)
    facts = usual.leaflet.facts.model_copy(update={"title": title})
    outcome = made(replace(usual, leaflet=replace(usual.leaflet, facts=facts)))
    assert ticket(outcome)["title"] == title


def test_the_same_edition_gives_the_same_files(edition: Editions) -> None:
    first, again = (made(edition(TEXT), "bifold") for _ in range(2))
    own = [dict(file.notes) | {"stamp": ""} for file in (first, again)]  # how it was made
    assert (replace(first, notes=()), own[0]) == (replace(again, notes=()), own[1])


def test_a_screen_or_office_file_has_no_ticket(edition: Editions) -> None:
    for medium in ("screen", "office"):
        outcome = compose_and_make(make_job(edition(TEXT), FORMATS["a4"], medium))
        assert isinstance(outcome, Made)
        assert outcome.beside == ()


# Office files, with and without a page of instructions.


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("letter-fold", ["Fold the right third (the narrow one) to the left.", "short edge"]),
        ("a4", ["flipped on the long edge"]),
        ("card", ["Each sheet holds 10 copies. Cut along the marks.", "long edge"]),
        ("a5", ["Each sheet holds 2 copies.", "short edge"]),
        ("poster", ["It is larger than the usual paper.", "Print on one side."]),
        ("booklet-large", ["It is larger than the usual paper.", "Staple them twice"]),
    ],
)
def test_instructions_come_first_when_they_are_asked_for(
    name: str, says: list[str], edition: Editions
) -> None:
    body = "Get up at the same time each day.\n"
    plain, told = (
        compose_and_make(make_job(edition(body), FORMATS[name], "office", Options(instructions=i)))
        for i in (False, True)
    )
    assert isinstance(plain, Made) and isinstance(told, Made)
    more = told.pages - plain.pages
    assert more in (1, 2)
    with PdfDocument(told.content) as pdf:
        texts = [" ".join(page.get_textpage().get_text_range().split()) for page in pdf]
        width, height = pdf[0].get_size()
    assert (width / PT, height / PT) == pytest.approx((210, 297), abs=0.1)
    assert "How to print" in texts[0] and 'Print at 100 % ("actual size")' in texts[0]
    for words_ in says:
        assert words_ in texts[0]
    # On both sides: the leaflet starts on a sheet of its own.
    both = "Print on one side." not in texts[0]
    assert more == (2 if both else 1)
    if both:
        assert "This side is left empty" in texts[1]
    with PdfDocument(plain.content) as pdf:
        assert "How to print" not in pdf[0].get_textpage().get_text_range()


def test_a_screen_file_has_no_instructions(edition: Editions) -> None:
    from foldwell.build import worker

    for medium, expected in (("screen", False), ("office", True)):
        job = make_job(
            edition("A.\n"),
            FORMATS["a4"],
            medium,
            Options(instructions=True),
        )
        composition = worker.compose(job)
        assert isinstance(composition, Composition)
        assert (composition.instructions is not None) == expected
        assert composition.ticket is None


def test_where_preflight_found_something() -> None:
    from foldwell.build.press import _where

    assert _where(Place(page=2, box_pt=(0, 0, 9, 9))) == ", page 2"
    assert _where(Place()) == ""


@pytest.mark.parametrize("name", ["letter-fold", "mini-booklet-large", "bifold"])
def test_every_small_black_glyph_overprints_and_nothing_else(name: str, edition: Editions) -> None:
    from foldwell.check.pdf_file import open_file

    seen = set()
    with open_file(made(edition(TEXT[:400]), name).content) as file:
        for page in file.pages:
            for word in page.text.words:
                for glyph in word.glyphs:
                    inks = glyph.show.colour.inks or ()
                    black = inks == (0, 0, 0, 1) and glyph.size_pt < 24
                    assert (glyph.show.overprint == "nonzero") == black, (word, inks)
                    seen.add(black)
            for fill in page.painted.fills:
                assert not fill.overprint or fill.colour.inks == (0, 0, 0, 1)
            for stroke in page.painted.strokes:
                assert not stroke.overprint or stroke.colour.inks == (0, 0, 0, 1)
    assert True in seen
