"""Rule L7 on finished pages: what is behind the words decides, whatever put it there."""

import io

import pytest
from PIL import Image

from foldwell.check.contrast import check_contrast
from foldwell.content.colours import sure_contrast
from foldwell.typeset.engine import typeset
from foldwell.typeset.page_source import PageSource

CSS = "@page { size: 100mm 60mm; margin: 5mm } html { font: 12pt 'Atkinson Hyperlegible Next' }"


def pdf(body: str, *assets: tuple[str, bytes, str]) -> bytes:
    html = f'<html lang="en"><head><title>T</title></head><body>{body}</body></html>'
    return typeset(PageSource(html, (CSS,), assets, tagged=False)).write()


def told(body: str, *assets: tuple[str, bytes, str]) -> list[str]:
    return [finding.message for finding in check_contrast(pdf(body, *assets))]


def test_words_that_can_be_read_are_passed_by() -> None:
    assert told('<p style="color: #767676">Grey on white</p><p>Black</p>') == []


def test_a_pale_colour_on_paper() -> None:
    (finding,) = check_contrast(pdf('<p>Fine</p><p style="color: #9bd3ee">Pale words</p>'))
    assert "'Pale words' is #9bd3ee on #ffffff" in finding.message
    assert "1.6:1, and 4.5:1 is needed" in finding.message
    shade = finding.hint.split()[-1].rstrip(".")
    assert sure_contrast(shade, "#ffffff") >= 4.5
    assert finding.place.page == 1 and finding.place.box_pt


def test_the_ground_is_what_is_really_behind() -> None:
    box = '<p style="background: {}; color: #777777">Words</p>'
    assert told(box.format("#ffffff")) and told(box.format("#888888"))
    assert told(box.format("#000000")) == []
    assert told('<div style="background: #0f5c73"><p style="color: #fff">White</p></div>') == []


def test_a_picture_behind_words_counts() -> None:
    picture = io.BytesIO()
    Image.new("RGB", (40, 40), "#222222").save(picture, "PNG")
    asset = ("dark.png", picture.getvalue(), "image/png")
    body = '<p style="background: url(asset:dark.png); color: {}">On a picture</p>'
    assert told(body.format("#ffffff"), asset) == []
    assert "on #222222" in told(body.format("#333333"), asset)[0]


def test_words_in_a_drawing_count() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 40">'
        '<rect width="200" height="40" fill="#ffe000"/>'
        '<text x="10" y="25" font-size="12" fill="{}">Drawn words</text></svg>'
    )
    body = '<img src="asset:d.svg" style="width: 80mm">'
    assert told(body, ("d.svg", svg.format("#000000").encode(), "image/svg+xml")) == []
    (line,) = told(body, ("d.svg", svg.format("#ffffff").encode(), "image/svg+xml"))
    assert "#ffffff on #ffe000" in line


@pytest.mark.parametrize(
    ("style", "passes"),
    [
        ("font-size: 18pt", True),
        ("font-size: 17pt", False),
        ("font-size: 14pt; font-weight: 700", True),
        ("font-size: 12pt; font-weight: 700", False),
    ],
)
def test_large_text_needs_less(style: str, passes: bool) -> None:
    assert (told(f'<p style="color: #8a8a8a; {style}">Large</p>') == []) is passes


def test_what_only_grey_print_takes_away() -> None:
    (line,) = told('<p style="background: #ff0000; color: #000000">Stop</p>')
    assert "in grey print" in line


def test_each_pair_is_told_once_a_page() -> None:
    assert len(told('<p style="color: #aaaaaa">One</p><p style="color: #aaaaaa">Two</p>')) == 1


def test_the_word_of_a_draft_is_passed_by() -> None:
    body = '<p style="background: #e6e6e6; color: #00857c">On the word of a draft</p>'
    assert check_contrast(pdf(body))
    assert not check_contrast(pdf(body), marks=("#e6e6e6",))


def test_icons_are_looked_at_where_they_stand() -> None:
    icon = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
        '<circle cx="4.5" cy="4.5" r="4" fill="{}"/></svg>'
    )
    body = '<p><img src="asset:i.svg" style="width: 10mm; height: 10mm; display: block"></p>'
    place = [[(14.2, 127.5, 42.5, 155.9)]]
    for colour, count in (("#ffe000", 1), ("#8a7500", 0)):
        made = pdf(body, ("i.svg", icon.format(colour).encode(), "image/svg+xml"))
        found = check_contrast(made, place)
        assert len(found) == count
        assert all("An icon or rule is #ffe000 on #ffffff" in f.message for f in found)


def test_a_ground_that_was_seen_before_hides_nothing() -> None:
    good, pale = '<p style="color: #000000">Words</p>', '<p style="color: #9bd3ee">Words</p>'
    assert told(good) == told(good) == []
    assert len(told(pale)) == len(told(pale)) == 1  # on the same ground, in the same place
    assert told(good) == []
