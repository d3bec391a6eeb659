"""The legend of a proof: what its lines mean, and what each number says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pikepdf import Dictionary, Pdf

from foldwell.check.lettering import Lettering
from foldwell.finding import Finding
from foldwell.rules import Severity

PAGE_PT = (595.28, 841.89)
_EDGE_PT = 48.0
_TEXT_PT, _LEADING_PT, _TITLE_PT = 10.5, 15.0, 18.0
_NUMBER_PT = 26.0


@dataclass(frozen=True)
class LineStyle:
    """How a line of the proof looks.

    Attributes:
        operators: Colour, width and dashes.
        meaning: What it stands for.
    """

    operators: str
    meaning: str


LINES = {
    "trim": LineStyle("0.78 0 0.6 RG 0.6 w", "trim: here the sheet is cut"),
    "bleed": LineStyle("0 0.6 0.2 RG 0.6 w", "bleed: colour runs on to here"),
    "fold": LineStyle("0 0.68 0.94 RG 0.8 w [4 3] 0 d", "fold"),
    "safe": LineStyle("0.45 G 0.6 w 1 J [0 2.4] 0 d", "5 mm from trim and fold: text stays inside"),
}

COLOURS: dict[Severity, tuple[float, float, float]] = {
    Severity.ERROR: (0.8, 0.05, 0.1),
    Severity.WARNING: (0.78, 0.42, 0.0),
    Severity.INFORMATION: (0.1, 0.35, 0.75),
}


def legend_pages(proof: Pdf, lettering: Lettering, findings: Sequence[tuple[int, Finding]]) -> None:
    """Add the legend to a proof, on as many pages as it takes.

    Args:
        proof: The proof.
        lettering: Its font.
        findings: The numbered findings.
    """
    page = _Page(lettering)
    page.title("Proof with notes: not for printing")
    for style in LINES.values():
        page.sample(style)
    page.gap()
    if not findings:
        page.paragraph("", "Nothing was found.", (0.1, 0.1, 0.1))
    for number, finding in findings:
        said = str(finding) if finding.place.page else f"whole file: {finding}"
        lines = lettering.broken(said, _TEXT_PT, page.room_pt)
        if not page.has_room(len(lines)):
            page.put(proof)
            page = _Page(lettering)
        page.paragraph(str(number), said, COLOURS[finding.severity])
    page.put(proof)


class _Page:
    """One page of the legend, filled from above."""

    def __init__(self, lettering: Lettering) -> None:
        self._lettering = lettering
        self._drawn: list[str] = []
        self._y = PAGE_PT[1] - _EDGE_PT
        self.room_pt = PAGE_PT[0] - 2 * _EDGE_PT - _NUMBER_PT

    def has_room(self, lines: int) -> bool:
        """Whether so many lines fit, or the page is still empty."""
        return self._y - lines * _LEADING_PT > _EDGE_PT or not self._drawn

    def title(self, text: str) -> None:
        """A line of larger text."""
        self._y -= _TITLE_PT
        self._drawn.append("0.1 g " + self._lettering.show(text, _TITLE_PT, _EDGE_PT, self._y))
        self._y -= 0.6 * _TITLE_PT

    def sample(self, style: LineStyle) -> None:
        """A short piece of a line, and what it means."""
        self._y -= _LEADING_PT
        y = self._y + 0.3 * _TEXT_PT
        self._drawn.append(
            f"q {style.operators} {_EDGE_PT:.2f} {y:.2f} m {_EDGE_PT + 20:.2f} {y:.2f} l S Q"
        )
        x = _EDGE_PT + _NUMBER_PT
        self._drawn.append("0.1 g " + self._lettering.show(style.meaning, _TEXT_PT, x, self._y))

    def gap(self) -> None:
        """An empty line."""
        self._y -= _LEADING_PT

    def paragraph(self, number: str, text: str, colour: tuple[float, float, float]) -> None:
        """A number in its colour, and its lines."""
        lines = self._lettering.broken(text, _TEXT_PT, self.room_pt)
        ink = " ".join(f"{part:g}" for part in colour) + " rg "
        first = self._y - _LEADING_PT
        self._drawn.append(ink + self._lettering.show(number, _TEXT_PT, _EDGE_PT, first))
        for line in lines:
            self._y -= _LEADING_PT
            x = _EDGE_PT + _NUMBER_PT
            self._drawn.append("0.1 g " + self._lettering.show(line, _TEXT_PT, x, self._y))
        self._y -= 0.5 * _LEADING_PT

    def put(self, proof: Pdf) -> None:
        """Add the page to the proof."""
        page = proof.add_blank_page(page_size=PAGE_PT)
        page.Resources = Dictionary(Font=Dictionary(F=self._lettering.font))
        page.Contents = proof.make_stream("\n".join(self._drawn).encode())
