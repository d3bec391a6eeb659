import re
from xml.etree import ElementTree

import pytest

from foldwell.errors import FoldwellError
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
    drawings = draw(timeline, 76, EN, 3.5, PAINT)
    assert len(drawings) == 3
    for drawing in drawings:
        tree = ElementTree.fromstring(drawing)
        assert tree.get("viewBox", "").split()[2] == "76.00"
        for rect in tree.iter("{http://www.w3.org/2000/svg}rect"):
            x, width = float(rect.get("x", 0)), float(rect.get("width", 0))
            assert 0 <= x <= x + width <= 76.01


@pytest.mark.parametrize("over", ["1 day", "3 weeks", "50 weeks"])
def test_every_length_has_an_axis(over: str) -> None:
    timeline = Timeline(("", "", "", ""), (row("1 hour", "2 hours", over),))
    axis = draw(timeline, 76, EN, 3.5, PAINT)[-1]
    days = [int(text) for text in re.findall(r">(\d+)[^<]*</text>", axis)]
    assert days == sorted({0, *days})
    assert days[-1] == timeline.days
