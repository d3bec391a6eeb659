"""The page of icons that fit a word."""

from pathlib import Path

import pypdfium2
import pytest

from foldwell.build.icons import found_icons, icon_page
from foldwell.cli import main
from foldwell.errors import UsageError


def test_filled_and_outline_stand_side_by_side() -> None:
    assert found_icons("pregnancy")[:2] == ("pregnant", "pregnant-outline")
    assert found_icons("kratom") == ("leaf",)  # a drawing of our own has no outline


def test_where_none_fits_the_nearest_words_are_told() -> None:
    with pytest.raises(UsageError) as caught:
        found_icons("pregnnant")
    assert str(caught.value).startswith("No icon fits 'pregnnant'. Nearest words: 'pregnant'")
    with pytest.raises(UsageError, match="Try a broader word"):
        found_icons("xqzzt")


def test_each_is_drawn_with_its_name() -> None:
    page, pdf = icon_page("kratom", ("leaf", "pregnant-outline"))
    text = page.decode()
    assert text.count("data:image/svg+xml;base64,") == 2
    assert "<figcaption>:leaf:</figcaption>" in text
    with pypdfium2.PdfDocument(pdf) as document:
        words = document[0].get_textpage().get_text_range()
        drawn = document[0].render(scale=1).to_pil().convert("L")
    assert ":leaf:" in words and ":pregnant-outline:" in words.replace("\r\n", "")
    assert sum(count for count, grey in drawn.getcolors() or () if grey == 17) > 300


def test_the_command_names_and_draws_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for words, code in ((["kratom"], 0), (["xqzzt"], 2)):
        with pytest.raises(SystemExit) as caught:
            main(["icons", *words])
        assert caught.value.code == code
    assert capsys.readouterr().out == "leaf\n"
    assert {path.name for path in (tmp_path / "output").iterdir()} == {"icons.html", "icons.pdf"}
