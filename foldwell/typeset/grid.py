"""The grid of a sheet: its columns, and the bands that stand across its pages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Grid:
    """The columns of a sheet.

    Attributes:
        width: The width of the text of a page.
        column: The width of each of two equal columns.
        narrow: The width of the column beside the text.
        gutter: The room between columns.
    """

    width: float
    column: float
    narrow: float
    gutter: float

    @property
    def wide(self) -> float:
        """The width of the text beside the narrow column."""
        return self.width - self.narrow - self.gutter


@dataclass(frozen=True)
class Band:
    """What stands across a page: something as wide as it is, or columns of text.

    Attributes:
        first: The first chunk.
        end: The one after the last.
        split: Where the second column begins; the end where there is none.
        above: The room between the band before and this one.
        height: Its height.
        left: The height of its first column.
        right: The height of its second column.
        side: What of it stands beside the text, as the chunk after its last.
        beside: The height of that.
        tall: Whether the text beside it has one wide column in place of two.
        torn: What the break between its columns costs.
    """

    first: int
    end: int
    split: int
    above: float
    height: float
    left: float
    right: float = 0.0
    side: int = -1
    beside: float = 0.0
    tall: bool = False
    torn: float = 0.0

    @property
    def hole(self) -> float:
        """How much of its height a column of text leaves empty."""
        if self.tall or self.right == 0:
            return self.height - self.left if self.tall else 0.0
        return self.height - min(self.left, self.right)
