"""Rule X11: white that overprints, black that does not, and what it adds to the ink."""

from typing import Any

import pytest
from pikepdf import Dictionary, Name
from sheet import HEIGHT_MM, WIDTH_MM, Sheet, box

from foldwell.finding import Finding

ALL = box(-3, -3, WIDTH_MM + 6, HEIGHT_MM + 6)
TINT = "q 0.3 0 0.1 0 k " + ALL + " f Q"
OVER = Dictionary(Type=Name.ExtGState, OP=True, op=True, OPM=1)
STATES: dict[str, Any] = {"ExtGState": Dictionary(Over=OVER, Some=Dictionary(OP=True))}


def findings_of(rule: str = "X11", **changes: Any) -> list[Finding]:
    found = Sheet(**{"resources": STATES, **changes}).findings()
    return [finding for finding in found if finding.rule == rule]


def test_black_text_on_a_tint_of_black_needs_no_overprint() -> None:
    assert findings_of() == []


@pytest.mark.parametrize("size", [12, 23.5])
def test_small_black_text_that_is_cut_out_of_a_tint_is_a_warning(size: float) -> None:
    (finding,) = findings_of(background=TINT, words=("Take one",), size_pt=size)
    assert finding.severity.value == "warning"
    assert "'Take one" in finding.message


@pytest.mark.parametrize(
    "changes",
    [
        {"ink": "0 0 0 1 k /Over gs"},
        {"ink": "0 0 0 0.6 k"},
        {"ink": "0.9 0.4 0 0 k"},
        {"words": ("Take one",), "size_pt": 24},
        {"background": TINT + " q 0 0 0 0 k " + ALL + " f Q"},
    ],
    ids=["overprints", "a tint of black", "in colour", "large", "on white over the tint"],
)
def test_other_text_on_a_tint_is_none(changes: dict[str, Any]) -> None:
    found = findings_of(**{"background": TINT, **changes})
    assert [f for f in found if f.severity.value != "information"] == []


@pytest.mark.parametrize("state", ["Over", "Some"])
@pytest.mark.parametrize(
    "drawn",
    [
        "0 0 0 0 k " + box(10, 10, 20, 20) + " f",
        "1 g " + box(10, 10, 20, 20) + " f",
        "0 0 0 0 K 3 w 100 100 m 200 100 l S",
    ],
    ids=["white area", "white in grey", "white line"],
)
def test_white_that_overprints_is_an_error(drawn: str, state: str) -> None:
    (finding,) = findings_of(more=f"q /{state} gs {drawn} Q")
    assert finding.severity.value == "error"
    assert "white" in finding.message


def test_white_text_that_overprints_is_an_error() -> None:
    found = findings_of(ink="0 0 0 0 k /Over gs", background=TINT)
    assert "error" in {finding.severity.value for finding in found}


def test_white_that_knocks_out_is_none() -> None:
    assert findings_of(more="q 0 0 0 0 k " + box(10, 10, 20, 20) + " f Q") == []


@pytest.mark.parametrize(
    "drawn",
    ["0 0 0 1 k " + box(10, 10, 20, 20) + " f", "1 0 0 0 k " + box(10, 10, 20, 0.3) + " f"],
    ids=["a black area", "a cyan line"],
)
def test_other_overprint_is_told(drawn: str) -> None:
    (finding,) = findings_of(more=f"q /Over gs {drawn} Q")
    assert finding.severity.value == "information"


def test_a_thin_black_line_may_overprint() -> None:
    assert findings_of(more="q /Over gs 0 0 0 1 k " + box(10, 10, 20, 0.3) + " f Q") == []


def test_what_is_switched_off_again_does_not_overprint() -> None:
    states = {"ExtGState": Dictionary(Over=OVER, Off=Dictionary(OP=False, op=False))}
    drawn = "q /Over gs /Off gs 0 0 0 0 k " + box(10, 10, 20, 20) + " f Q"
    assert findings_of(more=drawn, resources=states) == []


AREA = box(10, 10, 20, 20)


@pytest.mark.parametrize(
    ("state", "percent"),
    [("Over", 340), ("", None)],
)
def test_ink_that_overprints_is_added(state: str, percent: int | None) -> None:
    """240 % below, black on it: 340 % where it overprints, 100 % where it is cut out."""
    switch = f"/{state} gs " if state else ""
    drawn = f"q 0.8 0.8 0.8 0 k {AREA} f {switch}0 0 0 1 k {AREA} f Q"
    found = findings_of("X6", more=drawn)
    if percent is None:
        assert found == []
    else:
        (finding,) = found
        assert f"{percent} % of ink" in finding.message
        assert finding.severity.value == "error"


def test_overprint_of_mode_0_replaces_all_inks_of_cmyk() -> None:
    drawn = f"q 0.8 0.8 0.8 0 k {AREA} f /Some gs 0 0 0 1 k {AREA} f Q"
    assert findings_of("X6", more=drawn) == []


def test_ink_beside_what_overprints_is_not_added() -> None:
    drawn = f"q 0.8 0.8 0.8 0 k {AREA} f /Over gs 0 0 0 1 k {box(50, 10, 20, 20)} f Q"
    assert findings_of("X6", more=drawn) == []
