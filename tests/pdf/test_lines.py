"""Content streams line by line."""

from typing import Any

import pytest
from pikepdf import Array, Pdf, parse_content_stream, unparse_content_stream

from foldwell.pdf import lines
from foldwell.pdf.content_stream import Streams
from foldwell.pdf.lines import lines_of

PDF = Pdf.new()
PAGE = (
    b"q\n1 0 0 -1 0 .5 cm\n/P <</MCID 7>> BDC\nBT\n/F1 9. Tf\n[<00a1> -20 <02>] TJ\nET\nEMC\n"
    b"/Span <</ActualText (a b) /Lang /en>> BDC\n(plain) Tj\nEMC\n[ ] 0 d\nf*\n\nQ"
)


def stream(content: bytes) -> Any:
    return PDF.make_stream(content)


@pytest.mark.parametrize("again", [False, True])
def test_lines_are_what_the_whole_says(again: bool) -> None:
    found = lines_of(stream(PAGE))
    assert found is not None
    whole = parse_content_stream(stream(PAGE))
    assert b"\n".join(line.written for line in found) == unparse_content_stream(whole)
    assert [line.operator for line in found] == [str(one.operator) for one in whole]
    assert [line.mark for line in found if line.mark >= 0] == [7]
    assert again or len(lines._kept) >= len(set(PAGE.split(b"\n")))


@pytest.mark.parametrize(
    "content",
    [
        b"q\n(words\nthat go on) Tj\nQ",
        b"[<00>\n<01>] TJ",
        b"1 0\n0 rg",
        b"q Q",
        b"<</MCID\n3>> BDC",
        b"BI /W 1 /H 1 /BPC 8 ID a EI",
        b"/P <</MCID 3 BDC",
        b"] [ TJ",
        b"(a\\) Tj",
        b"q % all\nQ",
        b"/P <</A <</B 1>>>> BDC",
        b"1 true",
        b"  ",
    ],
)
def test_what_does_not_stand_by_itself_is_read_as_a_whole(content: bytes) -> None:
    assert lines_of(stream(content)) is None


def test_operands_on_lines_of_their_own() -> None:
    found = lines_of(stream(b"/Span\n<</MCID 4>>\nBDC\n/Artifact\nBMC\nEMC\nEMC"))
    assert found is not None
    assert [(line.operator, line.mark) for line in found][:2] == [("BDC", 4), ("BMC", -1)]
    assert lines_of(stream(b"(a\nBMC) Tj")) is None
    assert lines_of(stream(b"<0\nBDC> Tj")) is None


def test_only_what_is_asked_for_is_read() -> None:
    assert [name for name, _ in Streams("BT TJ").operations(stream(PAGE))] == ["BT", "TJ"]


def test_a_page_of_two_streams_is_read_as_a_whole() -> None:
    page = PDF.add_blank_page()
    page.Contents = Array([stream(b"q"), stream(b"Q")])
    assert lines_of(page.obj) is None


def test_no_more_lines_are_kept_than_so_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "KEPT", 3)
    for number in range(20):
        content = b"%d w\nq\nQ" % number
        assert [name for name, _ in Streams().operations(stream(content))] == ["w", "q", "Q"]
        assert len(lines._kept) <= 7


def test_what_is_written_of_lines_is_known_when_it_is_read() -> None:
    found = lines_of(stream(b"1. 0 0 RG\n[<00A1>  -20] TJ"))
    assert found is not None
    again = lines_of(stream(b"\n".join(line.written for line in found)))
    assert again is not None
    assert [one is other for one, other in zip(found, again, strict=True)] == [True, True]


@pytest.mark.parametrize(
    "text",
    [
        b"1 0 0 -1 20.5 766.90079 Tm",
        b"0 0 m\n4 4.5 m\n11 4.5 l\n-0.0 -7 l\nh",
        b"1.50 007 +5 -0 .5 5. m",
        b"[<0016>-15.50<0a>0<616263>] TJ",
        b"[<616263> 12 (a b)] TJ",
        b"<0016> Tj",
        b"<61626364> Tj",
        b"/Span <</ActualText <fefff00d0001>>> BDC",
        b"/Span <</ActualText <6162>>> BDC",
        b"q\n1 0 0 rg\n0 0 5 5 re",
        b"[] TJ",
    ],
)
def test_lines_are_written_as_they_are_when_they_were_read(text: bytes) -> None:
    assert lines.as_written(text) == unparse_content_stream(parse_content_stream(stream(text)))


@pytest.mark.parametrize("text", [b"(open Tj", b"1 0 0", b"BI ID EI", b"1 0\nm"])
def test_lines_that_do_not_stand_by_themselves_are_not_written(text: bytes) -> None:
    assert lines.as_written(text) is None
