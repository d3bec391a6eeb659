"""``build.yml``: formats of a project's own become rows like those of the shipped table."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from conftest import TODAY, compose_and_make
from pikepdf import Pdf
from pydantic import ValidationError
from pypdfium2 import PdfDocument

from foldwell.build.job import Options, Selection
from foldwell.build.made import Made
from foldwell.build.plan import make_plan
from foldwell.content.format_facts import FormatFacts
from foldwell.content.library import read_library
from foldwell.content.settings import Settings
from foldwell.paper.formats import FORMATS
from foldwell.paper.geometry import Panel, Spot

PT = 72 / 25.4
TEXT = "## Good habits\n\n" + (
    "Get up at the same time each day, and go out into the light before you do anything else. "
    "Keep your bed for sleep. Have no tea after lunch, and nothing to eat late at night.\n\n" * 5
)
STRIP = """\
runs:
  - formats: {strip: [screen, office, press]}
    web: false
formats:
  strip:
    body: [12.5, 13.5]
    on:
      a4:
        sheet: [205, 200]
        bleed: 4
        panels:
          - {name: cover, width: 105, height: 200}
          - {name: inside, width: 105, height: 200}
          - {name: inside, width: 100, height: 200}
          - {name: back, width: 100, height: 200}
        sides: [[4, 1], [2, 3]]
"""


def panel(name: str, width: float = 100, height: float = 210) -> dict[str, Any]:
    return {"name": name, "width": width, "height": height}


def sheet(**changed: Any) -> dict[str, Any]:
    names = ("cover", "inside", "inside", "back")
    usual = {
        "sheet": (200, 210),
        "panels": [panel(name) for name in names],
        "sides": [[4, 1], [2, 3]],
    }
    return {**usual, **changed}


def facts_of(facts: dict[str, Any]) -> FormatFacts:
    """Checked as what is read from a file is: lists become tuples, and nothing else changes."""
    return FormatFacts.model_validate_json(json.dumps(facts))


def test_a_row_like_those_of_the_table() -> None:
    row = facts_of({"on": {"a4": sheet()}}).row("mine")
    assert (row.name, row.layout, row.sizes_pt, row.flows) == ("mine", "panels", (12, 14), False)
    made = row.geometry["a4"]
    assert made.sheet_mm == (200, 210)
    assert made.panels[0] == Panel("cover", 100, 210)
    assert made.sides == ((Spot(3, 0), Spot(0, 100)), (Spot(1, 0), Spot(2, 100)))
    assert (made.flip, made.binding) == ("long", "folded")  # it turns over its upright edge
    assert made.problems() == []


def test_a_shipped_row_can_be_written_in_a_project() -> None:
    """What the table says of the letter fold, as a writer would put it."""
    names = ("cover", "flap", "inside", "inside", "inside", "back")
    facts = sheet(
        sheet=(297, 210),
        panels=[panel(n, w) for n, w in zip(names, (100, 97, 100, 100, 97, 100), strict=True)],
        sides=[[2, 6, 1], [3, 4, 5]],
    )
    row = facts_of({"on": {"a4": facts}}).row("letter-fold")
    assert row.geometry["a4"] == FORMATS["letter-fold"].geometry["a4"]


def test_the_bleed_is_the_usual_one_of_the_paper_where_none_is_given() -> None:
    row = facts_of({"on": {"a4": sheet(), "letter": sheet()}}).row("mine")
    assert row.geometry["a4"].bleed_mm == 3
    assert row.geometry["letter"].bleed_mm == 3.175
    given = facts_of({"on": {"letter": sheet(bleed=5)}}).row("mine")
    assert given.geometry["letter"].bleed_mm == 5
    assert list(given.geometry) == ["letter"]


@pytest.mark.parametrize(
    ("layout", "names"),
    [("sheet", ("front", "back")), ("small-sheet", ("front", "back")), ("poster", ("front",))],
)
def test_a_flat_format(layout: str, names: tuple[str, ...]) -> None:
    facts = {
        "sheet": (120, 120),
        "panels": [panel(name, 120, 120) for name in names],
        "sides": [[number] for number in range(1, len(names) + 1)],
        "flip": "long",
        "binding": "none",
    }
    row = facts_of({"layout": layout, "on": {"a4": facts}}).row("square")
    assert row.layout == layout and not row.folded
    assert row.geometry["a4"].fold_positions_mm == ((),) * len(names)


@pytest.mark.parametrize("name", [*FORMATS, "web"])
def test_no_name_is_taken_twice(name: str) -> None:
    facts = {"runs": [{}], "formats": {name: {"on": {"a4": sheet()}}}}
    with pytest.raises(ValidationError, match="already"):
        Settings.model_validate_json(json.dumps(facts))


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"sheet": (210, 210)}, "200 mm wide together, and the sheet 210 mm"),
        ({"sheet": (200, 209)}, "is 210 mm high, and the sheet 209 mm"),
        ({"sides": [[4, 1], [2, 2]]}, "stands more than once"),
        ({"sides": [[4, 1]]}, "stands on no side"),
        ({"sides": [[4, 1], [2, 5]]}, "a side names a panel that is not there"),
        ({"sides": [[4, 1], [2, 0]]}, "a side names a panel that is not there"),
        ({"binding": "stitched"}, "a stitched format cannot be added"),
        ({"bleed": 2.9}, "greater than or equal to 3"),
        ({"bleed": 6}, "less than or equal to 5"),
        ({"flip": "left"}, "'long' or 'short'"),
        ({"sheet": (0, 210)}, "greater than 0"),
        ({"sheet": (2001, 210)}, "less than or equal to 2000"),
        ({"panels": []}, "at least 1 item"),
        ({"sides": []}, "at least 1 item"),
    ],
)
def test_what_no_printer_could_make_is_refused(changed: dict[str, Any], told: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(told)):
        facts_of({"on": {"a4": sheet(**changed)}})


@pytest.fixture
def strip(project: Path) -> Path:
    """A project with a folded format of its own."""
    (project / "content/build.yml").write_text(STRIP)
    leaflet = project / "content/leaflets/sleep/en.md"
    front, end, _ = leaflet.read_text().partition("\n---\n")
    leaflet.write_text(f"{front}{end}\n{TEXT}")
    return project


def test_a_format_of_the_project_is_known_everywhere(strip: Path) -> None:
    library = read_library(strip, TODAY)
    assert library.broken == {}
    assert set(library.formats) == {*FORMATS, "strip"}
    assert {name: library.formats[name] for name in FORMATS} == FORMATS
    leaflet = strip / "content/leaflets/sleep/en.md"
    leaflet.write_text(
        f"{leaflet.read_text()}\n/// only | format: not strip\nNot on a strip.\n///\n"
    )
    for job in make_plan(read_library(strip, TODAY), Selection(media=("screen",)), TODAY).jobs:
        outcome = compose_and_make(job)
        assert isinstance(outcome, Made)
        with PdfDocument(outcome.content) as pdf:
            text = " ".join(page.get_textpage().get_text_range() for page in pdf)
        assert "Good habits" in text and "Not on a strip" not in text


def test_a_format_of_the_project_is_built(strip: Path) -> None:
    """In every medium, with its own sizes, folds and bleed."""
    plan = make_plan(read_library(strip, TODAY), Selection(), TODAY, Options(draft=True))
    assert plan.broken == ()
    made = {}
    for job in plan.jobs:
        outcome = compose_and_make(job)
        assert isinstance(outcome, Made), outcome
        made[job.order.medium.name] = outcome
        (fit,) = [line for kind, line in outcome.notes if kind == "fit"]
        size = re.search(r"\A[^:]+: ([\d.]+) pt\n", fit)
        assert size and 12.5 <= float(size.group(1)) <= 13.5
    assert set(made) == {"screen", "office", "press"}
    with Pdf.open(io.BytesIO(made["screen"].content)) as pdf:
        sizes = [tuple(round(float(v) / PT) for v in page.MediaBox)[2:] for page in pdf.pages]
    assert sizes == [(105, 200), (105, 200), (100, 200), (100, 200)]
    with Pdf.open(io.BytesIO(made["office"].content)) as pdf:
        assert [round(float(page.MediaBox[2]) / PT) for page in pdf.pages] == [297, 297]
    with Pdf.open(io.BytesIO(made["press"].content)) as pdf:
        for page in pdf.pages:
            trim = [float(v) / PT for v in page.TrimBox]
            bleed = [float(v) / PT for v in page.BleedBox]
            assert (trim[2] - trim[0], trim[3] - trim[1]) == pytest.approx((205, 200), abs=0.05)
            assert trim[0] - bleed[0] == pytest.approx(4, abs=0.05)
        folds = [page.obj.PieceInfo["/Foldwell"].Private.Folds[0][0] for page in pdf.pages]
        places = [float(x) / PT - float(page.TrimBox[0]) / PT
                  for x, page in zip(folds, pdf.pages, strict=True)]  # fmt: skip
        assert places == pytest.approx([100, 105], abs=0.05)
