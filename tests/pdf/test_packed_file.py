"""Packed files: read by anybody, written the same, taken apart again."""

from __future__ import annotations

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from foldwell.pdf.packed_file import content_of, gathered, opened
from foldwell.press.finishing import save

XMP = b"<?xpacket?><x:xmpmeta/><?xpacket?>"


@pytest.fixture
def pdf() -> Pdf:
    """A small file with a bit of everything."""
    pdf = Pdf.new()
    page = pdf.add_blank_page(page_size=(200, 200))
    page.Contents = pdf.make_stream(b"q\n" + b"1 0 0 1 5 5 cm\n" * 40 + b"Q")
    font = pdf.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    )
    page.Resources = Dictionary(Font=Dictionary(F=pdf.make_indirect(font)))
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], F=4)
    page.Annots = pdf.make_indirect(Array([pdf.make_indirect(link)]))
    pdf.Root.Metadata = pdf.make_stream(XMP, Type=Name.Metadata, Subtype=Name.XML)
    pdf.docinfo["/Title"] = "Grüße"
    picture = pdf.make_stream(b"00ff>", Filter=Name.ASCIIHexDecode, Subtype=Name.Image)
    page.Resources.XObject = Dictionary(I=picture)
    return pdf


def test_anybody_reads_the_file(pdf: Pdf) -> None:
    with pikepdf.open(io.BytesIO(save(pdf))) as read:
        assert not read.check_pdf_syntax()
        assert str(read.docinfo.Title) == "Grüße"
        assert read.pages[0].Contents.read_bytes().startswith(b"q\n1 0 0 1")
        assert read.pages[0].Contents.Filter == Name.FlateDecode
        assert read.pages[0].Annots[0].F == 4
        assert read.pages[0].Resources.XObject.I.Filter == Name.ASCIIHexDecode
        assert read.pdf_version == "1.5"


def test_metadata_can_be_read_without_knowing_pdf(pdf: Pdf) -> None:
    assert XMP in save(pdf)


def test_the_version_is_the_one_that_is_asked_for(pdf: Pdf) -> None:
    assert save(pdf, "1.6").startswith(b"%PDF-1.6\n")


def test_a_file_names_itself_by_what_it_holds(pdf: Pdf) -> None:
    one, same = save(pdf), save(pdf)
    pdf.docinfo["/Title"] = "Other"
    other = save(pdf)
    names = [bytes(pikepdf.open(io.BytesIO(file)).trailer.ID[0]) for file in (one, same, other)]
    assert one == same and names[0] == names[1] != names[2]
    assert len(names[0]) == 16


def test_what_is_packed_already_is_packed_in_the_same_way(pdf: Pdf) -> None:
    content = save(pdf)
    with pikepdf.open(io.BytesIO(content)) as read:
        assert save(read) == content


def test_a_stream_that_speaks_of_other_lengths_stays_as_it_is(pdf: Pdf) -> None:
    odd = Dictionary(Length=5)
    pdf.pages[0].Resources.XObject.O = pdf.make_stream(b"plain words", Odd=odd)
    with pikepdf.open(io.BytesIO(save(pdf))) as read:
        held = read.pages[0].Resources.XObject.O
        assert held.read_raw_bytes() == held.read_bytes() == b"plain words"
        assert held.Odd.Length == 5


def test_those_that_may_differ_are_gathered_apart(pdf: Pdf) -> None:
    own, rest = opened(save(pdf)).gathered
    assert {said.partition(b"/Subtype ")[2][:5] for said in own.values()} >= {b"/Link", b"/Type"}
    assert any(b"/Title" in said for said in own.values())
    assert any(b"/Type /Catalog" in said for said in rest.values())


def test_a_file_taken_apart_is_the_same_when_it_is_written(pdf: Pdf) -> None:
    content = save(pdf)
    file = opened(content)
    assert file.written() == content
    assert any(content_of(said).startswith(b"q\n1 0 0 1") for said in file.streams.values())


def test_a_file_that_is_written_otherwise_is_refused(pdf: Pdf) -> None:
    out = io.BytesIO()
    pdf.save(out)
    with pytest.raises(ValueError, match="not written so"):
        opened(out.getvalue())
    with pytest.raises(ValueError):
        gathered(b"%PDF-1.7\nno file")
