"""The structure tree."""

from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name, Pdf, parse_content_stream

from foldwell.pdf.structure import elements_of, kids, marked_id


def element(kind: str, *below: Any) -> Dictionary:
    made = Dictionary(S=Name(f"/{kind}"))
    if below:
        made.K = Array(list(below))
    return made


def test_what_hangs_below() -> None:
    assert kids(element("P")) == []
    assert kids(Dictionary(S=Name.P, K=3)) == [3]
    assert kids(element("P", 3, 4)) == [3, 4]


def test_elements_in_reading_order() -> None:
    reference = Dictionary(Type=Name.MCR, MCID=1)
    listed = element("L", element("LI", reference))
    root = Dictionary(K=element("Document", element("H1", 0), listed, element("P")))
    assert [str(found.S) for found in elements_of(root)] == ["/Document", "/H1", "/L", "/LI", "/P"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"/P <</MCID 7>> BDC", 7),
        (b"/P <</Lang (en)>> BDC", None),
        (b"/P /Named BDC", None),
        (b"/Artifact BMC", None),
        (b"BI /W 1 /H 1 /BPC 8 ID a EI", None),
    ],
)
def test_ids_of_marked_content(content: bytes, expected: int | None) -> None:
    pdf = Pdf.new()
    (instruction,) = parse_content_stream(pdf.make_stream(content))
    assert marked_id(instruction) == expected
