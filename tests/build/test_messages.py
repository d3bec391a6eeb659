"""What is said of finished pages: headings that stand alone, and last pages that hold nothing."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from foldwell.build.jobs import make_job
from foldwell.build.messages import NEARLY_EMPTY, typography
from foldwell.content.edition import Edition
from foldwell.paper.formats import FORMATS

Editions = Callable[..., Edition]
HEADING = "L13 warning: The heading 'Why?' stands at the foot with fewer than two lines after it."


def page(lines: int, *, goes_on: bool, name: str = "", title: str = "Why?") -> SimpleNamespace:
    """A page whose last section has so many lines, its heading among them."""
    sections = (("When?", 9), (title, lines))
    return SimpleNamespace(sections=sections, goes_on=goes_on, name=name, notes=False, filled=0.9)


def said(edition: Edition, format_name: str, *pages: Any) -> list[str]:
    order = make_job(edition, FORMATS[format_name], "screen").order
    fitted: Any = SimpleNamespace(
        typeset=SimpleNamespace(pages=pages), fit=SimpleNamespace(left_out=())
    )
    return [line.partition(": ")[2] for line in typography(order, fitted)]


@pytest.mark.parametrize(("lines", "goes_on", "found"), [
    (2, True, True), (1, True, True), (3, True, False), (2, False, False),
])  # fmt: skip
def test_a_heading_at_the_foot(lines: int, goes_on: bool, found: bool, edition: Editions) -> None:
    lines_said = said(
        edition(), "a4", page(lines, goes_on=False), page(5, goes_on=goes_on), page(5, goes_on=True)
    )
    told = [line for line in lines_said if line.startswith("page 1: ")]
    assert bool(told) is found
    if found:
        assert told[0].startswith(f"page 1: {HEADING} Shorten or lengthen")


def test_a_heading_on_the_last_panel_of_a_part(edition: Editions) -> None:
    pages = page(1, goes_on=False, name="inside"), page(5, goes_on=True, name="outside")
    assert said(edition(), "letter-fold", *pages) == []


@pytest.mark.parametrize(("filled", "found"), [(NEARLY_EMPTY - 0.01, 1), (NEARLY_EMPTY, 0)])
def test_a_last_page_with_next_to_nothing_on_it(
    filled: float, found: int, edition: Editions
) -> None:
    last = page(5, goes_on=False)
    last.filled = filled
    told = said(edition(), "large-print", page(9, goes_on=False), last)
    assert len(told) == found
    assert all(line.startswith("page 2: L13 warning: The last page is nearly") for line in told)
    assert said(edition(), "a4", page(9, goes_on=False), last) == []
