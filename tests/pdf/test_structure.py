"""The structure tree."""

from typing import Any

from pikepdf import Array, Dictionary, Name

from foldwell.pdf.structure import elements_of, kids


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
