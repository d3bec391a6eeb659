"""Slug lines: outlines of the bundled font, as long as there is room."""

from __future__ import annotations

from itertools import pairwise

import pikepdf

from foldwell.pdf.packing import cuts
from foldwell.pdf.plane import PT_PER_MM
from foldwell.press.slug_line import slug_line


def told(text: str, size_pt: float = 12, room_mm: float = 500) -> list[tuple[str, list[float]]]:
    """The operators with their operands, as a reader takes them from a page."""
    drawn = slug_line(text, (10, 20), size_pt, room_mm, "/All")
    with pikepdf.Pdf.new() as pdf:
        instructions = pikepdf.parse_content_stream(pdf.make_stream(drawn))
    return [
        (str(one.operator), [float(o) for o in one.operands if not isinstance(o, pikepdf.Name)])
        for one in instructions
    ]


def extent(operators: list[tuple[str, list[float]]]) -> float:
    """How wide the lettering is, in points."""
    xs, moved, scale = list[float](), 0.0, 0.0
    for name, operands in operators:
        if name == "cm" and not scale:
            scale = operands[0]
        elif name == "cm":
            moved += operands[4]
        else:
            xs += [x + moved for x in operands[::2] if name in "mlc"]
    return (max(xs) - min(xs)) * scale


def test_words_shrink_to_their_room_and_never_grow() -> None:
    wide, narrow = told("Sleep well"), told("Sleep well", room_mm=10)
    assert extent(narrow) <= 10 * PT_PER_MM < extent(wide) < 12 * len("Sleep well")
    assert sum(name == "f" for name, _ in wide) == len("Sleepwell")


def test_words_stand_where_they_are_told_in_one_colour() -> None:
    names = [name for name, _ in told("Sleep")]
    assert names[:4] == ["q", "cs", "scn", "cm"] and names[-1] == "Q"
    assert told("Sleep")[3][1][4:] == [round(10 * PT_PER_MM, 4), round(20 * PT_PER_MM, 4)]


def test_a_character_that_the_font_lacks_is_a_question_mark() -> None:
    assert told("\u4e00") == told("?") != told("!")


def test_lines_that_share_a_part_share_what_is_packed() -> None:
    def parts(text: str) -> list[bytes]:
        drawn = slug_line(text, (0, 0), 7, 500, "/All")
        places = [0, *cuts(drawn), len(drawn)]
        return [drawn[at:end] for at, end in pairwise(places)]

    one, two = parts("Sleep well · here · side 1"), parts("Sleep well · elsewhere · side 1")
    assert len(one) == len(two) == 4
    assert [a == b for a, b in zip(one, two, strict=True)] == [True, True, False, True]
