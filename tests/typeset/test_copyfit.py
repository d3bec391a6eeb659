"""Copyfitting: few layouts, legal sizes, the same every time, and nothing lost.

Words are numbered tokens such as ``w12x``, so that each can be looked for in the finished PDF.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from conftest import ONE_LANGUAGE, compose_and_make, purpose
from pypdfium2 import PdfDocument
from pypdfium2.raw import FPDFText_GetFontSize

from foldwell.build.jobs import make_job
from foldwell.build.made import Made
from foldwell.content.edition import Edition
from foldwell.errors import Mistakes
from foldwell.paper.formats import FORMATS, Format
from foldwell.paper.geometry import Geometry, Paper
from foldwell.typeset.compose import compose_print
from foldwell.typeset.copyfit import SPACINGS, STEP_PT, copyfit
from foldwell.typeset.engine import Layout, Typeset
from foldwell.typeset.fit import Fit, Fitted, Overflow, TooMuch, fit_css
from foldwell.typeset.notes import visible
from foldwell.typeset.page_source import PageSource

PT = 72 / 25.4
ROWS = [(name, paper) for name in ONE_LANGUAGE for paper in FORMATS[name].geometry]
EVERY = pytest.mark.parametrize(
    ("name", "paper"), ROWS, ids=[f"{name} on {paper}" for name, paper in ROWS]
)
Editions = Callable[..., Edition]
FitIt = Callable[..., Fitted]


def words(count: int, first: int = 0) -> str:
    """Numbered words, each of them once."""
    return " ".join(f"w{number}x" for number in range(first, first + count))


def lines(count: int, first: int = 0) -> str:
    """Paragraphs of one line each."""
    return "".join(f"w{number}x\n\n" for number in range(first, first + count))


def items(count: int, first: int = 0) -> str:
    return "".join(f"- w{number}x\n" for number in range(first, first + count))


def composed(
    edition: Editions, body: str, name: str, paper: Paper = "a4", title: str = ""
) -> tuple[PageSource, Format, Geometry]:
    """What a body is typeset from."""
    made = edition(body)
    made = replace(made, region=made.region.model_copy(update={"paper": paper}))
    if title:
        facts = made.leaflet.facts.model_copy(update={"title": title})
        made = replace(made, leaflet=replace(made.leaflet, facts=facts))
    row = FORMATS[name]
    return compose_print(made, row, purpose("screen")).pages, row, row.geometry[paper]


@pytest.fixture
def fit(edition: Editions, monkeypatch: pytest.MonkeyPatch) -> Iterator[FitIt]:
    """Fits a body to a format, and holds the search to its promises."""
    proofs: list[str] = []
    usual = Layout.stamp

    def counted(layout: Layout, last_css: str, root: ET.Element) -> Typeset:
        proofs.append(last_css)
        return usual(layout, last_css, root)

    monkeypatch.setattr(Layout, "stamp", counted)

    def fitted(body: str, name: str, paper: Paper = "a4", title: str = "") -> Fitted:
        source, row, geometry = composed(edition, body, name, paper, title)
        proofs.clear()
        result = copyfit(source, row, geometry)
        layouts = len(proofs)
        assert layouts <= 2  # the second, if any, takes words back that stand alone
        assert len({*proofs}) == 1  # the breaks were right at once
        again = copyfit(source, row, geometry)
        assert again.layouts == layouts  # everything is measured already
        _legal(result, row)
        _complete(result, body, row, geometry)
        return result

    yield fitted


def _legal(result: Fitted, row: Format) -> None:
    """The size is a quarter step inside the row's limits; spacing is neither tight nor loose."""
    least, largest = row.sizes_pt
    assert least <= result.fit.body_pt <= largest
    assert (result.fit.body_pt - least) % STEP_PT == 0
    assert set(result.fit.spacing.values()) <= {*SPACINGS}


def _complete(result: Fitted, body: str, row: Format, geometry: Geometry) -> None:
    """Each page is a panel, and every word is on one of them, 3 mm or more from its edges."""
    with PdfDocument(result.typeset.write()) as pdf:
        count = len(pdf)
        panels = geometry.panels * count if row.flows else geometry.panels
        assert count <= len(panels)
        if row.folded:
            assert count == len(panels)
        if row.layout == "booklet":
            assert count % 4 == 0
        printed = ""
        for page, panel in zip(pdf, panels, strict=False):
            width, height = page.get_size()
            assert (width / PT, height / PT) == pytest.approx(
                (panel.width_mm, panel.height_mm), abs=0.05
            )
            text = page.get_textpage()
            printed += text.get_text_range()
            edge = 3 * PT
            for index in range(text.count_rects()):
                left, bottom, right, top = text.get_rect(index)
                assert left >= edge and bottom >= edge
                assert right <= width - edge and top <= height - edge
        together = re.sub(r"[\s\u00ad\u0002\ufffe\u2010-]+", "", printed)
        for token in re.findall(r"w\d+x", body):
            # The contents of a booklet say its headings once more.
            more = 1 if row.layout == "booklet" and f"## {token}\n" in body else 0
            assert together.count(token) == body.count(token) + more, token


def notes(result: Fitted) -> list[tuple[str, int]]:
    """The panels of notes of a fitted leaflet: (part, number)."""
    return [
        (part, int(number))
        for part, number in re.findall(r'class="spare part-(\w+) number-(\d+)"', result.html)
    ]


# Short leaflets, in every format on every paper.


def left_empty(row: Format, paper: Paper) -> list[tuple[str, int]]:
    """The panels that a leaflet of one sentence leaves empty: all but the first of the inside."""
    names = row.geometry[paper].names
    flaps = [("flap", number + 1) for number in range(names.count("flap"))]
    inside = [("inside", number) for number in range(1, names.count("inside"))]
    return [*flaps, *inside] if row.folded else []


@EVERY
def test_a_short_leaflet_is_set_large_and_its_empty_panels_are_for_notes(
    name: str, paper: Paper, fit: FitIt
) -> None:
    result = fit("## w0x\n\nw1x w2x w3x.\n", name, paper)
    row = FORMATS[name]
    # The head of a poster has its own size, so the text below may be a little smaller; bookmarks
    # and stickers are full with a heading and a line.
    least = {"poster": 40.0, "bookmark": row.sizes_pt[0], "sticker-sheet": row.sizes_pt[0]}
    assert result.fit.body_pt >= least.get(name, row.sizes_pt[1])
    spare = left_empty(row, paper)
    assert notes(result) == spare
    with PdfDocument(result.typeset.write()) as pdf:
        texts = [" ".join(page.get_textpage().get_text_range().split()) for page in pdf]
    names = FORMATS[name].geometry[paper].names if row.folded else ("",) * len(texts)
    empty = [
        part
        for part, text in zip(names, texts, strict=True)
        if "My appointments" in text or "My notes" in text
    ]
    # A sheet that is all but empty has lines for notes on its last page.
    ruled = [""] if row.layout in ("sheet", "small-sheet", "large-print") else []
    # Appointments, and the first notes, have a heading; more of them go on without one.
    assert empty == [part for part, number in spare if number <= 2] + ruled


@pytest.mark.parametrize(
    ("count", "spare"), [(1, 0), (600, 2), (1000, 1), (1400, 3)], ids=lambda n: str(n)
)
def test_a_booklet_gets_notes_up_to_a_multiple_of_four(count: int, spare: int, fit: FitIt) -> None:
    result = fit(f"## w0x\n\n{words(count, 1)}\n", "booklet")
    assert notes(result) == [("all", number) for number in range(1, spare + 1)]
    assert len(result.typeset.pages) % 4 == 0


def test_notes_that_are_not_needed_are_not_in_the_text_that_is_checked() -> None:
    html = '<p>a</p><section class="spare part-{0} number-{1}">\n<p>Notes</p></section>'
    text = html.format("flap", 1) + html.format("inside", 1) + html.format("inside", 2)
    assert visible(text, {}) == "<p>a</p>" * 3
    kept = visible(text, {"inside": 1})
    assert re.findall(r"part-\w+ number-\d", kept) == ["part-inside number-1"]
    everything = html.format("all", 1)
    assert visible(everything, {"": 1}) == everything


# Overlong leaflets.

OVERLONG = {
    "poster": 400,
    "card": 150,
    "bifold": 1200,
    "letter-fold": 1100,
    "z-fold": 1100,
    "gate-fold": 1100,
    "roll-fold-4": 1200,
}
"""Formats, and how many words are far too many for each."""


@pytest.mark.parametrize(("name", "count", "limit"), [("a4", 1700, 2), ("a6", 400, 3)])
def test_a_sheet_takes_what_it_needs_up_to_a_limit(
    name: str, count: int, limit: int, edition: Editions
) -> None:
    body = f"## First\n\n{words(count // 2)}\n\n## Second\n\n{words(count // 2, count)}\n"
    source, row, geometry = composed(edition, body, name)
    fitted = copyfit(source, row, geometry)
    assert limit < len(fitted.typeset.pages) <= row.pages
    with pytest.raises(TooMuch) as caught:
        copyfit(source, replace(row, pages=limit), geometry)
    (overflow,) = caught.value.overflows
    assert (overflow.part, overflow.room) == ("", limit)
    assert overflow.over >= 10
    assert [title for title, _ in overflow.sections if title] == ["First", "Second"]


@pytest.mark.parametrize("name", OVERLONG)
def test_an_overlong_leaflet_is_refused_with_a_count_of_lines(name: str, fit: FitIt) -> None:
    count = OVERLONG[name]
    paper = "a4" if "a4" in FORMATS[name].geometry else "letter"
    body = f"## First\n\n{words(count // 2)}\n\n## Second\n\n{words(count // 2, count)}\n"
    with pytest.raises(TooMuch) as caught:
        fit(body, name, paper)
    (overflow,) = caught.value.overflows
    part = {"card": "front"}.get(name, "inside" if FORMATS[name].folded else "")
    assert overflow.part == part
    names = FORMATS[name].geometry[paper].names  # type: ignore[index]
    assert overflow.room == (names.count(part) if part else len(names))
    assert overflow.over >= 10
    titles = [title for title, _ in overflow.sections]
    assert [title for title in titles if title in ("First", "Second")] == ["First", "Second"]
    assert all(count > 0 for _, count in overflow.sections)


@pytest.mark.parametrize(
    ("name", "count", "slack"),
    [("letter-fold", 140, 0), ("card", 30, 0), ("bifold", 90, 0)],
)
def test_to_shorten_by_so_many_lines_is_enough(
    name: str, count: int, slack: int, edition: Editions
) -> None:
    """What is over is what must go: without it the leaflet fits, with one line more it does not."""

    def over(length: int) -> int:
        try:
            copyfit(*composed(edition, f"## First\n\n{lines(length)}", name))
        except TooMuch as overfull:
            return overfull.overflows[0].over
        return 0

    much = over(count)
    assert much > 3
    assert over(count - much) == 0
    assert over(count - much + 1 + slack) >= 1


def test_each_part_that_is_over_is_told(edition: Editions) -> None:
    body = (
        f"## Inside\n\n{lines(150)}//// panel | flap\n{lines(60, 200)}////\n\n"
        f"//// panel | back\n## Behind\n\n{lines(60, 300)}////\n"
    )
    with pytest.raises(TooMuch) as caught:
        copyfit(*composed(edition, body, "letter-fold"))
    told = {overflow.part: overflow for overflow in caught.value.overflows}
    assert list(told) == ["flap", "inside", "back"]
    assert [overflow.room for overflow in told.values()] == [1, 3, 1]
    assert [dict(overflow.sections).keys() for overflow in told.values()] == [
        {""},
        {"Inside", ""} & dict(told["inside"].sections).keys(),
        {"Behind", ""} & dict(told["back"].sections).keys(),
    ]
    assert "Inside" in dict(told["inside"].sections) and "Behind" in dict(told["back"].sections)


GUARDED = ["emergency", "warning", "key-message"]
OTHERS = ["tip", "questions"]


@pytest.mark.parametrize("block", [*GUARDED, *OTHERS])
def test_a_block_that_protects_is_no_section(block: str, edition: Editions) -> None:
    """Its words are never named as what may be left out; those of other blocks may be."""
    body = f"/// {block} | The block\n{items(12)}///\n\n{lines(100, 20)}"
    with pytest.raises(TooMuch) as caught:
        copyfit(*composed(edition, body, "letter-fold"))
    titles = {title for overflow in caught.value.overflows for title, _ in overflow.sections}
    assert ("The block" in titles) == (block in OTHERS)


# Between short and overlong.


@pytest.fixture
def most(edition: Editions) -> int:
    """The most lines that fit inside a letter fold."""
    with pytest.raises(TooMuch) as caught:
        copyfit(*composed(edition, f"## First\n\n{lines(140)}", "letter-fold"))
    return 140 - caught.value.overflows[0].over


def test_more_words_never_make_the_text_larger(fit: FitIt, most: int) -> None:
    sizes = [
        fit(f"## First\n\n{lines(int(share * most))}", "letter-fold").fit.body_pt
        for share in (0.2, 0.75, 0.85, 0.96)
    ]
    assert sizes == sorted(sizes, reverse=True)
    assert (sizes[0], sizes[-1]) == (14, 12)
    assert 12 < sizes[2] < sizes[1] < 14


def test_words_that_only_just_fit_are_set_tighter_and_no_smaller(fit: FitIt, most: int) -> None:
    result = fit(f"## First\n\n{lines(most)}", "letter-fold")
    assert result.fit.body_pt == 12
    assert SPACINGS[-1] <= result.fit.spacing["inside"] < 1
    assert result.fit.spacing.get("back", 1) >= 1  # only what is full is tightened


@pytest.mark.parametrize("name", ["a4", "roll-fold-4"])
def test_the_same_words_fit_in_the_same_way(name: str, fit: FitIt) -> None:
    body = f"## First\n\n{words(260)}\n\n## Second\n\n{items(20, 300)}"
    first, again = fit(body, name), fit(body, name)
    assert first.fit == again.fit
    assert (first.html, first.filled) == (again.html, again.filled)
    assert first.typeset.write() == again.typeset.write()


@pytest.mark.parametrize("name", ["a4", "a5", "card", "poster", "letter-fold", "large-print"])
def test_the_size_is_what_is_printed(name: str, fit: FitIt) -> None:
    result = fit(f"## First\n\n{words(12)}\n", name)
    with PdfDocument(result.typeset.write()) as pdf:
        sizes = set()  # WeasyPrint writes in CSS pixels, three quarters of a point
        for page in pdf:
            text = page.get_textpage()
            printed = text.get_text_range()
            sizes |= {
                round(FPDFText_GetFontSize(text.raw, match.start()) * 0.75, 2)
                for match in re.finditer(r"w\d+x", printed)
            }
    assert sizes == {result.fit.body_pt}


def test_a_fit_is_a_style_sheet() -> None:
    css = fit_css(Fit(13, {"inside": 1.1}, {"inside": 2, "": 1}), FORMATS["letter-fold"])
    assert ":root { --body: 13pt; --leading: 16.250pt; --unit: 2.0000mm;" in css
    assert ".inside { --body: 13pt; --leading: 17.030pt; --unit: 2.2000mm;" in css
    tight = fit_css(Fit(13, {"": 0.9}), FORMATS["a4"])
    assert tight.startswith(":root { --body: 13pt;") and "--unit: 1.8000mm" in tight
    for part, number in (("inside", 1), ("inside", 2), ("all", 1)):
        assert f".spare.part-{part}.number-{number} {{ display: block; }}" in css
    assert css.count("display: block") == 3


# Odd leaflets.

LONG_WORD = "w0x" + "Methylenedioxymethamphetaminehydrochloride" * 3 + "w1x"
TABLE = "| A | B | C | D | E |\n|---|---|---|---|---|\n" + "".join(
    f"| w{n}x | w{n + 1}x | w{n + 2}x | w{n + 3}x | w{n + 4}x |\n" for n in range(0, 60, 5)
)
ODD: dict[str, tuple[str, str]] = {
    "words longer than a line": (
        "letter-fold",
        f"{LONG_WORD}\n\n## {LONG_WORD}\n\n- {LONG_WORD}\n",
    ),
    "words longer than a card": ("card", f"{LONG_WORD}\n"),
    "a heading and one word": ("bifold", "## w0x\n\nw1x\n"),
    "a flap and a back, and hardly an inside": (
        "gate-fold",
        f"w0x\n\n//// panel | flap\n{words(40, 10)}\n////\n"
        f"//// panel | back\n{words(30, 60)}\n////\n",
    ),
    "no flap and no back": ("z-fold", words(200)),
    "a huge list": ("roll-fold-4", items(90)),
    "lists in lists": (
        "a6",
        "".join(f"- w{n}x\n\n    - w{n + 1}x\n\n        - w{n + 2}x\n\n" for n in range(0, 24, 3)),
    ),
    "a wide table": ("a5", f"## w99x\n\n{TABLE}"),
    "a table that runs over several panels": (
        "bifold",
        "| A | B |\n|---|---|\n" + "".join(f"| w{n}x | {'so ' * 9} |\n" for n in range(40)),
    ),
    "two dozen headings": (
        "a4",
        "".join(f"## w{n}x\n\n{words(14, 100 + 14 * n)}\n\n" for n in range(24)),
    ),
    "steps, boxes to tick and lines to fill in": (
        "letter-fold",
        f"/// steps\n8. w0x\n9. w1x\n///\n\n/// checklist\n{items(8, 10)}///\n\n"
        f"/// fill-in\n{items(6, 30)}///\n",
    ),
    "one paragraph of three hundred lines": ("large-print", words(1200)),
    "a booklet of one paragraph": ("booklet", words(1500)),
    "notes, terms and quotations": (
        "half-letter",
        "w0x[^1] w1x\n\n[^1]: w2x w3x\n\n"
        + "".join(f"w{n}x\n: w{n + 1}x w{n + 2}x\n\n" for n in range(10, 40, 3))
        + f"> {words(40, 50)}\n",
    ),
}


@pytest.mark.parametrize("kind", ODD)
def test_an_odd_leaflet_fits_and_loses_nothing(kind: str, fit: FitIt) -> None:
    name, body = ODD[kind]
    paper = "a4" if "a4" in FORMATS[name].geometry else "letter"
    result = fit(body, name, paper)
    assert max(result.filled.values()) > 0
    assert {part for part in result.fit.spare} <= {"", "flap", "inside"}


@pytest.mark.parametrize("name", ["letter-fold", "card", "gate-fold"])
def test_one_paragraph_of_three_hundred_lines_is_refused(name: str, fit: FitIt) -> None:
    with pytest.raises(TooMuch) as caught:
        fit(words(1800), name)
    (overflow,) = caught.value.overflows
    assert overflow.over > 50
    assert [title for title, _ in overflow.sections if title] in ([], ["Sources"])


@pytest.mark.parametrize("name", ["letter-fold", "gate-fold", "roll-fold-4", "booklet"])
def test_a_long_title_is_broken_on_every_cover(name: str, fit: FitIt) -> None:
    title = "Methylenedioxymethamphetamine and hydroxychloroquine interactions"
    result = fit("## w0x\n\nw1x\n", name, title=title)
    with PdfDocument(result.typeset.write()) as pdf:
        cover = re.sub(r"[\s\u0002\ufffe-]+", "", pdf[0].get_textpage().get_text_range())
    assert title.replace(" ", "") in cover


def test_what_is_wrong_with_the_page_is_no_question_of_fit(edition: Editions) -> None:
    source, row, geometry = composed(edition, "w0x\n", "letter-fold")
    broken = replace(source, html=source.html.replace("w0x", '<img src="asset:none.svg" alt="">'))
    with pytest.raises(Mistakes, match="which is not part of the leaflet"):
        copyfit(broken, row, geometry)


def test_an_overflow_is_a_value() -> None:
    overflow = Overflow("inside", 3, 4, (("First", 9),))
    assert TooMuch((overflow,)).overflows == (overflow,)


def test_short_answers_below_many_headings_are_no_single_run(
    edition: Callable[..., Edition],
) -> None:
    body = "".join(f"## Question {n}\n\nShort answer.\n\n" for n in range(24))
    job = make_job(edition(body), FORMATS["a4"], "screen")
    assert isinstance(compose_and_make(job), Made)


def test_text_is_not_enlarged_past_the_width_of_a_table(edition: Callable[..., Edition]) -> None:
    body = f"## One\n\n| {'m' * 11} | {'m' * 11} |\n|---|---|\n| a | b |\n"
    outcome = compose_and_make(make_job(edition(body), FORMATS["letter-fold"], "screen"))
    assert isinstance(outcome, Made), outcome


@pytest.mark.parametrize("name", ["a4", "letter-fold", "booklet"])
def test_a_solid_ground_takes_the_room_of_a_light_one(name: str, edition: Editions) -> None:
    """So the file for the desktop printer has the pages of the screen file and the press file."""
    body = f"## w1x\n\n{lines(12, 2)}//// panel | back\n/// contact\n///\n////\n"
    row, found = FORMATS[name], []
    for medium in ("screen", "office", "press"):
        source = compose_print(edition(body), row, purpose(medium)).pages
        assert ('light">' in source.html) == (medium == "office")
        fitted = copyfit(source, row, row.geometry["a4"])
        found.append((fitted.fit, fitted.filled, len(fitted.typeset.pages)))
    assert found[0] == found[1] == found[2]
