"""Rule X12: a spot colour that is left in a press file is named."""

import pytest
from pikepdf import Array, Dictionary, Name
from sheet import Sheet, box, told

TINT = Dictionary(FunctionType=2, N=1, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 0.4, 0, 0])


@pytest.mark.parametrize(
    "drawn",
    ["/S cs 1 scn " + box(10, 10, 20, 20) + " f", "/S CS 1 SCN 2 w 100 100 m 200 100 l S"],
    ids=["area", "line"],
)
@pytest.mark.parametrize(("ink", "named"), [("PANTONE 300 C", True), ("All", False)])
def test_a_spot_colour(drawn: str, ink: str, named: bool) -> None:
    space = Array([Name.Separation, Name(f"/{ink}"), Name.DeviceCMYK, TINT])
    found = Sheet(more=f"q {drawn} Q", resources={"ColorSpace": Dictionary(S=space)}).findings()
    found = [finding for finding in found if finding.rule == "X12"]
    assert told(found) == ([("X12", "warning")] if named else [])
    assert all(f"'{ink}'" in finding.message for finding in found)
