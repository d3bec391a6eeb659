"""Overprint as it is set: small black text and thin black lines, and nothing else."""

from typing import Any

import pytest
from pdf_parts import page_of
from pikepdf import Array, Dictionary, Name, Pdf
from pikepdf import parse_content_stream as parsed

from foldwell.press.overprint import overprint_black

OVER, KNOCK = "/FoldwellOverprint", "/FoldwellKnockOut"


def states_at(pdf: Pdf, operator: str) -> list[bool]:
    """Whether overprint is on at each operator of that name, forms not followed."""
    on, saved, found = False, [], []
    for instruction in parsed(pdf.pages[0]):
        name = str(instruction.operator)
        if name == "q":
            saved.append(on)
        elif name == "Q":
            on = saved.pop()
        elif name == "gs":
            on = str(instruction.operands[0]) == OVER
        elif name == operator:
            found.append(on)
    return found


def overprinted(content: str, **resources: object) -> Pdf:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    pdf = page_of(content.encode(), Font=Dictionary(F=font), **resources)
    overprint_black(pdf)
    return pdf


def text(size: float, ink: str = "0 0 0 1 k", matrix: str = "1 0 0 1 50 50 Tm") -> str:
    return f"{ink} BT /F {size} Tf {matrix} (word) Tj ET"


@pytest.mark.parametrize(
    ("content", "over"),
    [
        (text(12), True),
        (text(23.9), True),
        (text(24), False),
        (text(12, matrix="2 0 0 2 50 50 Tm"), False),
        ("2 0 0 2 0 0 cm " + text(12), False),
        ("0.5 0 0 0.5 0 0 cm " + text(30), True),
        ("0 1 -1 0 0 0 cm " + text(12), True),
        (text(12, "0 0 0 0.9 k"), False),
        (text(12, "0.1 0 0 1 k"), False),
        (text(12, "0 0 0 0 k"), False),
        (text(12, "1 0 0 0 k"), False),
        (text(12, "0 0 0 1 k /S cs 1 scn"), False),
        (text(12, "0 0 0 1 k 0 g"), False),
        (text(12, "0 0 0 1 k 1 Tr"), False),
        (text(12, "0 0 0 1 K 1 Tr"), True),
        (text(12, "0 0 0 1 k 1 0 0 0 K 2 Tr"), False),
    ],
)
def test_text(content: str, over: bool) -> None:
    assert states_at(overprinted(content), "Tj") == [over]


@pytest.mark.parametrize(
    ("content", "operator", "over"),
    [
        ("0 0 0 1 K 0.5 w 0 0 m 99 0 l S", "S", True),
        ("0 0 0 1 K 2 w 0 0 m 99 0 l S", "S", True),
        ("0 0 0 1 K 3 w 0 0 m 99 0 l S", "S", False),
        ("4 0 0 4 0 0 cm 0 0 0 1 K 1 w 0 0 m 99 0 l S", "S", False),
        ("0 0 0 0 K 0.5 w 0 0 m 99 0 l S", "S", False),
        ("0 0 0 1 k 10 10 90 1 re f", "f", True),
        ("0 0 0 1 k 10 10 1 90 re f", "f", True),
        ("0 0 0 1 k 10 10 90 9 re f", "f", False),
        ("0 0 0 1 k 10 10 2 2 re f", "f", False),
        ("0 0 0 1 k 10 10 90 1 re 10 20 90 1 re f", "f", False),
        ("0 0 0 1 k 10 10 90 1 re W n 10 10 90 90 re f", "f", False),
        ("0 0 0 1 k 0 0 0 1 K 10 10 90 1 re B", "B", False),
        ("1 0 0 0 k 10 10 90 1 re f", "f", False),
    ],
)
def test_lines_and_areas(content: str, operator: str, over: bool) -> None:
    assert states_at(overprinted(content), operator) == [over]


def test_the_switches_say_how() -> None:
    pdf = overprinted(text(12))
    states = pdf.pages[0].Resources.ExtGState
    over, knock = states[OVER], states[KNOCK]
    assert bool(over.OP) and bool(over.op) and int(over.OPM) == 1
    assert not bool(knock.OP) and not bool(knock.op)


def test_a_page_without_black_is_left_as_it_was() -> None:
    content = text(12, "1 0 0 0 k")
    pdf = overprinted(content)
    assert pdf.pages[0].Contents.read_bytes() == content.encode()
    assert "/ExtGState" not in pdf.pages[0].Resources


def test_what_comes_after_black_text_knocks_out_again() -> None:
    content = (
        f"{text(12)} 1 0 0 0 k 0 0 99 99 re f {text(12)} q {text(12)} Q 0 0 0 0 k 0 0 9 9 re f"
    )
    pdf = overprinted(content)
    assert states_at(pdf, "Tj") == [True, True, True]
    assert states_at(pdf, "f") == [False, False]
    last = [i for i in parsed(pdf.pages[0]) if str(i.operator) == "gs"][-1]
    assert str(last.operands[0]) == KNOCK  # marks are drawn over the page later


def test_forms_are_followed_in_their_size() -> None:
    pdf = Pdf.new()
    page = pdf.add_blank_page()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    forms: dict[str, Any] = {}
    for name in ("Small", "Large"):
        forms[name] = pdf.make_stream(
            text(12).encode(),
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array([0, 0, 99, 99]),
            Resources=Dictionary(Font=Dictionary(F=font)),
        )
    page.Resources = Dictionary(XObject=Dictionary(**forms))
    page.Contents = pdf.make_stream(b"0 0 0 1 k /Small Do q 3 0 0 3 0 0 cm /Large Do Q")
    overprint_black(pdf)
    small, large = (page.Resources.XObject["/" + name] for name in forms)
    assert OVER in small.Resources.ExtGState
    assert "/ExtGState" not in large.Resources
    assert large.read_bytes() == text(12).encode()
    assert states_at(pdf, "Do") == [False, False]
