import itertools
import re
from xml.etree import ElementTree

import pytest

from foldwell.errors import FoldwellError
from foldwell.typeset.fonts import reach_of
from foldwell.typeset.templates import strings
from foldwell.typeset.timeline import PAINTED, Row, Timeline, draw, read_span

EN = strings("en")
PAINT = dict.fromkeys(PAINTED, "")


@pytest.mark.parametrize(
    ("words", "start", "end", "open_end"),
    [
        ("6 to 24 hours", 0.25, 1, False),
        ("days 1 to 3", 1, 3, False),
        ("day 2", 2, 2, False),
        ("2 weeks", 14, 14, False),
        ("10 to 20 days or more", 10, 20, True),
        ("Days 3 to 8", 3, 8, False),
    ],
)
def test_spans(words: str, start: float, end: float, open_end: bool) -> None:
    span = read_span(words, EN)
    assert (span.start_days, span.end_days, span.open_end) == (start, end, open_end)
    assert span.words == words


@pytest.mark.parametrize(
    "words", ["", "soon", "3", "3 to 5", "3-5 days", "3 to days", "5 to 3 days"]
)
def test_what_is_no_span(words: str) -> None:
    with pytest.raises(FoldwellError):
        read_span(words, EN)


def row(*words: str) -> Row:
    return Row("Cold", *(read_span(word, EN) for word in words))


def test_a_drawing_stays_inside_its_width() -> None:
    rows = (row("6 to 24 hours", "days 1 to 3", "4 to 10 days"), row("day 1", "day 3", "3 weeks"))
    timeline = Timeline(("What", "Starts", "Worst", "Over"), rows)
    assert timeline.days == 21
    drawing = draw(timeline, 76, EN, 3.5, PAINT)
    tree = ElementTree.fromstring(drawing.svg)
    assert tree.get("viewBox", "").split()[2:] == ["76.00", f"{drawing.height_mm:.2f}"]
    for rect in tree.iter("{http://www.w3.org/2000/svg}rect"):
        x, width = float(rect.get("x", 0)), float(rect.get("width", 0))
        assert 0 <= x <= x + width <= 76.01
    assert drawing.words.startswith("Cold: starts 6 to 24 hours, worst days 1 to 3, over 4 to")


@pytest.mark.parametrize("over", ["1 day", "3 weeks", "20 days", "50 weeks"])
@pytest.mark.parametrize("width", [60, 76, 178])
def test_an_axis_has_every_tick(over: str, width: float) -> None:
    timeline = Timeline(("", "", "", ""), (row("1 hour", "2 hours", over),))
    svg = draw(timeline, width, EN, 3.5, PAINT).svg
    days = [int(text) for text in re.findall(r">(\d+)</text>", svg)]
    steps = {after - before for before, after in itertools.pairwise(days)}
    assert days[0] == 0
    assert len(steps) == 1
    assert days[-1] - steps.pop() < timeline.days <= days[-1]


@pytest.mark.parametrize("language", ["en", "es", "ar", "fa", "ur", "he", "hi", "ta", "am", "vi"])
@pytest.mark.parametrize("label", ["Cold", "أفيون", "ngủ Ẵ"])
def test_the_first_and_the_last_word_have_room(language: str, label: str) -> None:
    spans = (read_span(words, EN) for words in ("1 hour", "2 hours", "1 day"))
    timeline = Timeline(("", "", "", ""), (Row(label, *spans),))
    drawing = draw(timeline, 76, strings(language), 3.5, PAINT)
    texts = re.findall(r' y="([\d.]+)" text-anchor[^>]*>([^<]+)<', drawing.svg)
    reached = [(float(y), *reach_of(words)) for y, words in texts]
    assert min(y - over * 0.0035 for y, over, _ in reached) > -0.01
    assert max(y + under * 0.0035 for y, _, under in reached) <= drawing.height_mm


def test_words_that_reach_no_further_move_nothing() -> None:
    drawing = draw(
        Timeline(("", "", "", ""), (row("1 hour", "2 hours", "1 day"),)), 76, EN, 3.5, PAINT
    )
    lines = [float(y) for y in re.findall(r'<text [^>]*?y="([\d.]+)"', drawing.svg)]
    assert lines[0] == 3.5
    assert drawing.height_mm == pytest.approx(lines[-1] + 3.5 * 0.35, abs=0.01)
