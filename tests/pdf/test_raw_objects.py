from __future__ import annotations

import io

import pikepdf
import pytest

from foldwell.pdf.raw_objects import taken_apart
from foldwell.typeset.engine import typeset
from foldwell.typeset.page_source import PageSource


@pytest.fixture(scope="module")
def content() -> bytes:
    words = "<html lang=en><title>Two</title><p>Ring one."
    source = PageSource(words, ("p { margin: 0 }",), (), tagged=True)
    return typeset(source).write(packed=False)


def test_a_file_taken_apart_is_the_same_when_it_is_written(content: bytes) -> None:
    file = taken_apart(content)
    assert len(file.objects) > 5
    assert file.written({}) == content


def test_an_object_can_be_another(content: bytes) -> None:
    file = taken_apart(content)
    (number,) = [n for n, said in file.objects.items() if b"/Title (Two)" in said]
    other = file.objects[number].replace(b"(Two)", b"(Another title)")
    with pikepdf.open(io.BytesIO(file.written({number: other}))) as pdf:
        assert str(pdf.docinfo.Title) == "Another title"
        assert len(pdf.pages) == 1


def test_a_file_that_is_written_otherwise_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError):
        taken_apart(content.replace(b"\nendobj\n", b"\nendobj \n", 1))
