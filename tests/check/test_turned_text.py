"""Words of panels that stand on their heads are read as a reader holds them."""

from __future__ import annotations

import io

from pikepdf import Dictionary, Pdf
from sheet import MM

from foldwell.check.lettering import Lettering
from foldwell.check.turned_text import printed_texts
from foldwell.paper.formats import FORMATS
from foldwell.paper.sheets import flat_sides
from foldwell.press.office import Piece, office_file

LINES = ("first of {}", "then 10 of {}", "and 7 last of {}")


def panels(count: int, width_mm: float, height_mm: float) -> bytes:
    """Panels with three lines each."""
    with Pdf.new() as pdf:
        lettering = Lettering(pdf)
        for number in range(1, count + 1):
            page = pdf.add_blank_page(page_size=(width_mm * MM, height_mm * MM))
            drawn = [
                lettering.show(line.format(number), 12, 30, height_mm * MM - 60 - 20 * place)
                for place, line in enumerate(LINES)
            ]
            page.Resources.Font = Dictionary(F=lettering.font)
            page.Contents = pdf.make_stream("\n".join(drawn).encode())
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def test_the_panels_of_a_mini_booklet_are_read_one_after_the_other() -> None:
    made = dict(FORMATS["mini-booklet-large"].geometry)["a4"]
    sides = [side for side in flat_sides(made, 8) if side.placements]
    piece = Piece("Sleep", "mini-booklet-large", 12, "short", "", "en")
    content = office_file(panels(8, *made.finished_mm), sides, piece)
    (text,) = printed_texts(content)
    wanted = [line.format(n) for n in (5, 4, 3, 2, 6, 7, 8, 1) for line in LINES]
    place = 0
    for line in wanted:
        assert line in text[place:], (line, text)
        place = text.index(line, place) + len(line)
