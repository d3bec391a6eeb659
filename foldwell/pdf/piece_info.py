"""What a finished page says of itself: folds, panels and trimmed pieces, for later checks.

Kept in the page's ``PieceInfo`` (ISO 32000-1, 14.5), where other programs pass it by.
Coordinates are points in the space of the page.
"""

from __future__ import annotations

from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, String

_OWNER = "/Foldwell"


@dataclass(frozen=True)
class PieceInfo:
    """Facts of one printed side.

    Attributes:
        format: The name of the format.
        medium: ``screen``, ``office`` or ``press``.
        condition: The printing condition, empty where there is none.
        body_pt: The size of body text.
        folds: For each upright fold its x, and its lower and upper y.
        trims: Each trimmed piece: x0, y0, x1, y1.
        panels: Each panel: x0, y0, x1, y1.
        lying_folds: For each lying fold its y, and its left and right x.
    """

    format: str
    medium: str
    condition: str
    body_pt: float
    folds: tuple[tuple[float, float, float], ...]
    trims: tuple[tuple[float, float, float, float], ...]
    panels: tuple[tuple[float, float, float, float], ...]
    lying_folds: tuple[tuple[float, float, float], ...] = ()


def write_piece_info(page: pikepdf.Page, info: PieceInfo, modified: str) -> None:
    """Put the facts into a page.

    Args:
        page: The page.
        info: The facts.
        modified: A PDF date, which the standard asks for.
    """
    private = Dictionary(
        Format=String(info.format),
        Medium=String(info.medium),
        Condition=String(info.condition),
        Body=info.body_pt,
        Folds=_rows(info.folds),
        LyingFolds=_rows(info.lying_folds),
        Trims=_rows(info.trims),
        Panels=_rows(info.panels),
    )
    entry = Dictionary(LastModified=String(modified), Private=private)
    page.obj.PieceInfo = Dictionary({_OWNER: entry})
    page.obj.LastModified = String(modified)


def read_piece_info(page: pikepdf.Page) -> PieceInfo | None:
    """The facts of a page of ours; None for a page of another program, or a broken entry."""
    try:
        private = page.obj.PieceInfo[_OWNER].Private
        return PieceInfo(
            str(private.Format),
            str(private.Medium),
            str(private.Condition),
            float(private.Body),
            tuple((r[0], r[1], r[2]) for r in _read(private.Folds)),
            tuple((r[0], r[1], r[2], r[3]) for r in _read(private.Trims)),
            tuple((r[0], r[1], r[2], r[3]) for r in _read(private.Panels)),
            tuple((r[0], r[1], r[2]) for r in _read(private.get("/LyingFolds", Array()))),
        )
    except (AttributeError, KeyError, ValueError, TypeError, IndexError):
        return None


def _rows(rows: tuple[tuple[float, ...], ...]) -> Array:
    return Array([Array([round(value, 4) for value in row]) for row in rows])


def _read(rows: pikepdf.Object) -> list[list[float]]:
    return [[float(value) for value in row] for row in rows]
