"""Content streams, read and rewritten."""

from decimal import Decimal
from typing import Any

import pytest
from pikepdf import Array, ContentStreamInstruction, Dictionary, Name, Operator, Pdf, String

from foldwell.errors import FoldwellError
from foldwell.pdf import content_stream
from foldwell.pdf.content_stream import Instruction, Streams, numbers, plain_value, rewrite

PDF = Pdf.new()


def page_of(content: bytes) -> Any:
    page = PDF.add_blank_page()
    page.Contents = PDF.make_stream(content)
    return page.obj


def test_operators_have_plain_values() -> None:
    streams = Streams()
    assert streams.operations(page_of(b"1 .5 0 rg /F 9 Tf [(a) -3] TJ")) == [
        ("rg", [1.0, 0.5, 0.0]),
        ("Tf", ["/F", 9.0]),
        ("TJ", [[b"a", -3.0]]),
    ]
    assert not streams.damaged


def test_a_picture_in_the_stream() -> None:
    ((operator, operands),) = Streams().operations(page_of(b"BI /W 1 /H 1 /BPC 8 ID a EI"))
    assert operator == content_stream.INLINE_IMAGE
    assert operands[0].width == 1


def test_a_stream_is_parsed_once() -> None:
    streams, page = Streams(), page_of(b"q Q")
    first = streams.operations(page)
    page.Contents = PDF.make_stream(b"n")
    assert streams.operations(page) is first


def test_what_would_never_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content_stream, "MOST_OPERATIONS", 10)
    streams, page = Streams(), page_of(b"q Q q Q")
    streams.operations(page)
    streams.operations(page)
    with pytest.raises(FoldwellError, match="paints more than can be checked"):
        streams.operations(page)


def test_a_stream_that_is_cut_off_is_damaged() -> None:
    streams = Streams()
    streams.operations(PDF.make_stream(b"q (words that never end"))
    assert streams.damaged


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (3, 3.0),
        (Decimal("0.5"), 0.5),
        (Name.A, "/A"),
        (String("a"), b"a"),
        (Array([1, Array([Name.B])]), [1.0, ["/B"]]),
        (None, None),
    ],
)
def test_plain_values(value: Any, plain: Any) -> None:
    found = plain_value(value)
    assert (found, type(found)) == (plain, type(plain))


def test_numbers_from_the_end() -> None:
    assert numbers([b"x", 1.0, 2.0], 2) == (1.0, 2.0)
    assert numbers([1.0], 2) is None
    assert numbers(["/A", 1.0], 2) is None


def thicker(_: str, instruction: Instruction) -> Instruction:
    return ContentStreamInstruction([9], Operator("w"))


def test_rewriting_changes_the_named_operators_alone() -> None:
    page = page_of(b"q 1 w 0 0 m 9 9 l S Q")
    rewrite(PDF, page, ("w",), thicker)
    assert Streams().operations(page) == [
        ("q", []),
        ("w", [9.0]),
        ("m", [0.0, 0.0]),
        ("l", [9.0, 9.0]),
        ("S", []),
        ("Q", []),
    ]


def test_rewriting_a_form_keeps_the_stream() -> None:
    form = PDF.make_stream(b"1 w", Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    rewrite(PDF, form, ("w",), thicker)
    assert form.read_bytes() == b"9 w"
    assert form.Subtype == Name.Form


@pytest.mark.parametrize("operators", [("w",), ("q",), ()])
def test_what_changes_nothing_leaves_the_bytes(operators: tuple[str, ...]) -> None:
    page = page_of(b"1   w")
    before = page.Contents
    rewrite(PDF, page, operators, lambda _, instruction: instruction)
    assert page.Contents == before
    assert page.Contents.read_bytes() == b"1   w"
    assert isinstance(page, Dictionary)
