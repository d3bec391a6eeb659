"""Files of anyone are opened within limits, or refused in words."""

import io

import pytest
from pikepdf import Encryption, Pdf

from foldwell.errors import FoldwellError
from foldwell.pdf import opening
from foldwell.pdf.opening import in_memory, opened, reading, viewed


def file_of(pages: int = 1, locked: bool = False) -> bytes:
    pdf, out = Pdf.new(), io.BytesIO()
    for _ in range(pages):
        pdf.add_blank_page()
    pdf.save(out, encryption=Encryption(owner="o", user="u") if locked else False)
    return out.getvalue()


def test_a_sound_file() -> None:
    content = file_of(2)
    with opened(content) as pdf, viewed(content) as viewer:
        assert len(pdf.pages) == len(viewer) == 2


@pytest.mark.parametrize("lends", [True, False])
def test_a_file_of_ours_is_read_whatever_the_system_lends(
    lends: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not lends:
        monkeypatch.setattr(opening, "lent", lambda *_: None)
    with in_memory(file_of(3)) as pdf:
        assert len(pdf.pages) == 3
        assert pdf.pages[2].mediabox is not None


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "The file is empty."),
        (b"words", "The file is no PDF."),
        (b"%PDF-1.7 words", "The PDF is broken and cannot be opened."),
        (file_of(locked=True), "The file is locked with a password."),
        (file_of(0), "The file has no pages."),
    ],
)
def test_what_is_refused(content: bytes, what: str) -> None:
    with pytest.raises(FoldwellError) as caught, opened(content):
        pass
    assert caught.value.message == what


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MOST_PAGES", 2)
    with pytest.raises(FoldwellError, match="has 3 pages, and at most 2"), opened(file_of(3)):
        pass
    monkeypatch.setattr(opening, "MOST_BYTES", 100)
    with pytest.raises(FoldwellError, match="larger than 0 MB"), opened(file_of()):
        pass


def test_no_viewer_shows_it() -> None:
    with pytest.raises(FoldwellError, match="no viewer shows it"), viewed(b"%PDF-1.7"):
        pass


@pytest.mark.parametrize(("number", "said"), [(None, "The file"), (3, "Page 3")])
def test_what_libraries_stumble_over(number: int | None, said: str) -> None:
    message = f"{said} is built in a way that cannot be read .KeyError."
    with pytest.raises(FoldwellError, match=message), reading(number):
        raise KeyError("/Kids")


def test_faults_of_ours_are_not_hidden() -> None:
    with pytest.raises(AssertionError), reading():
        raise AssertionError
