"""Tokens: what stands in a text for pieces of finished HTML while the text is read.

They are private-use characters that no rule of Markdown or HTML touches. Whose values a reading
asked for is noted, so that it is known for which other values it would have been the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from foldwell.errors import FoldwellError

TOKEN = re.compile("\ue000([0-9]+)\ue001")
"""A token in the text; private-use characters are refused in content, so it is never forged."""


@dataclass
class Tokens:
    """The pieces of HTML that stand behind the tokens of one text."""

    pieces: list[str] = field(default_factory=list)
    errors: dict[int, FoldwellError] = field(default_factory=dict)
    """Names that have no value here; an error only if the token is still in the final text."""
    links: set[int] = field(default_factory=set)
    plain: dict[int, tuple[str, str]] = field(default_factory=dict)
    """The text of each fact, and where a press on it leads."""
    asked: set[int] = field(default_factory=set)
    """Those whose values were asked for."""

    def add(self, piece: str) -> str:
        """The token for a piece of finished HTML."""
        self.pieces.append(piece)
        return f"\ue000{len(self.pieces) - 1}\ue001"

    def fill(self, token: str, piece: str) -> None:
        """Give an earlier token its piece of finished HTML."""
        match = TOKEN.fullmatch(token)
        assert match is not None
        self.pieces[int(match.group(1))] = piece

    def value(self, number: int) -> tuple[object, ...]:
        """All that there is to know of a token."""
        error, plain = self.errors.get(number), self.plain.get(number)
        return self.pieces[number], plain, number in self.links, error and str(error)

    def _in(self, text: str) -> list[int]:
        """The numbers of the tokens in a text, whose values are asked for."""
        numbers = [int(number) for number in TOKEN.findall(text)]
        self.asked.update(numbers)
        return numbers

    def lead(self, text: str) -> bool:
        """Whether any token in a text is a link."""
        return not self.links.isdisjoint(self._in(text))

    def replace(self, text: str) -> str:
        """The text with every token replaced by its piece."""
        self._in(text)
        return TOKEN.sub(lambda match: self.pieces[int(match.group(1))], text)

    def address(self, text: str) -> str | None:
        """A link's address with its tokens replaced; None if one of them is no plain text."""
        numbers = self._in(text)
        if any(number not in self.plain for number in numbers):
            return None
        if TOKEN.fullmatch(text) and self.plain[numbers[0]][1]:
            return self.plain[numbers[0]][1]
        return TOKEN.sub(lambda match: self.plain[int(match.group(1))][0], text)

    def missing(self, text: str) -> list[FoldwellError]:
        """The errors of those tokens in a text that have no value."""
        used = {*self._in(text)}
        return [error for number, error in self.errors.items() if number in used]
