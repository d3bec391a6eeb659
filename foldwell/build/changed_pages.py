"""Pages of two editions side by side, what changed marked on both: for the clinician's eyes.

Words are compared as they stand on the finished pages, so that what moved is no change and what a
page alone says (a foot, a table, a drawing's label) is one. Where no word differs the pictures are
compared.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from PIL import Image, ImageChops, ImageDraw

from foldwell.pdf.opening import viewed

SCALE = 110 / 72
"""Pixels a point: small enough for a mail, large enough to read a dose."""
_GONE, _NEW = (163, 22, 31), (0, 92, 69)
_SEEN = 40
"""So much darker or lighter a pixel must be to be another one."""

_SPACE = 12
"""Words that stand nearer to each other than so many pixels have one frame."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Printed:
    """One word on a page.

    Attributes:
        text: It.
        page: Counted from 0.
        box: Left, upper, right and lower edge in pixels.
    """

    text: str
    page: int
    box: Box


@dataclass(frozen=True)
class Pair:
    """One page as it was and as it is.

    Attributes:
        number: Counted from 1.
        before: The picture as PNG, with what is gone marked; None where there was no such page.
        after: The same with what is new marked.
        gone: How many words are marked as gone.
        new: How many are marked as new.
        looks: Whether no word differs, and the picture does.
    """

    number: int
    before: bytes | None
    after: bytes | None
    gone: int
    new: int
    looks: bool = False

    @property
    def changed(self) -> bool:
        """Whether anything differs."""
        return bool(self.gone or self.new or self.looks or self.before is None
                    or self.after is None)  # fmt: skip


def pairs(before: bytes, after: bytes) -> list[Pair]:
    """The pages of two PDFs, side by side.

    Args:
        before: The PDF as it was.
        after: The PDF as it is.
    """
    (old, was), (new, now) = _drawn(before), _drawn(after)
    gone, added = _differing(was, now)
    found = []
    for number in range(max(len(old), len(new))):
        left = [word.box for word in gone if word.page == number]
        right = [word.box for word in added if word.page == number]
        one = old[number] if number < len(old) else None
        two = new[number] if number < len(new) else None
        looks = () if left or right or one is None or two is None else _looks(one, two)
        found.append(
            Pair(
                number + 1,
                _marked(one, left or looks, _GONE, struck=bool(left)),
                _marked(two, right or looks, _NEW, struck=False),
                len(left),
                len(right),
                bool(looks),
            )
        )
    return found


def _drawn(content: bytes) -> tuple[list[Image.Image], list[Printed]]:
    pictures, words = [], list[Printed]()
    with viewed(content) as viewer:
        for number, page in enumerate(viewer):
            pictures.append(page.render(scale=SCALE).to_pil().convert("RGB"))
            words += _words(page, number)
    return pictures, words


def _words(page: Any, number: int) -> Iterator[Printed]:
    height, text = page.get_height(), page.get_textpage()
    said, boxes = "", list[Box]()
    whole = text.get_text_range()
    for index in range(text.count_chars() + 1):
        character = whole[index] if index < len(whole) else " "
        if character.isspace():
            if said:
                yield Printed(said, number, _around(boxes))
            said, boxes = "", []
            continue
        left, lower, right, upper = text.get_charbox(index)
        said += character
        boxes.append(
            (left * SCALE, (height - upper) * SCALE, right * SCALE, (height - lower) * SCALE)
        )
    text.close()


def _around(boxes: Sequence[Box]) -> Box:
    lefts, uppers, rights, lowers = zip(*boxes, strict=True)
    return min(lefts), min(uppers), max(rights), max(lowers)


def _differing(
    was: Sequence[Printed], now: Sequence[Printed]
) -> tuple[list[Printed], list[Printed]]:
    """The words that are gone, and those that are new."""
    gone, new = list[Printed](), list[Printed]()
    before, after = ([word.text for word in words] for words in (was, now))
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            gone += was[a:b]
            new += now[c:d]
    return gone, new


def _looks(one: Image.Image, two: Image.Image) -> tuple[Box, ...]:
    """The part of two pictures that differs; nothing where none does."""
    if one.size != two.size:
        return ((0, 0, *one.size),)
    apart = ImageChops.difference(one, two).convert("L").point(lambda v: 255 * (v > _SEEN))
    box = apart.getbbox()
    return (box,) if box else ()


def _by_line(boxes: Iterable[Box]) -> list[Box]:
    """Boxes of neighbours on one line as one."""
    found: list[Box] = []
    for box in boxes:
        last = found[-1] if found else None
        level = last is not None and abs(last[3] - box[3]) < (box[3] - box[1]) / 2
        if last is not None and level and 0 <= box[0] - last[2] < _SPACE:
            found[-1] = _around([last, box])
        else:
            found.append(box)
    return found


def _wider(box: Box) -> Box:
    return box[0] - 2, box[1] - 2, box[2] + 2, box[3] + 2


def _marked(
    picture: Image.Image | None, boxes: Iterable[Box], colour: tuple[int, int, int], *, struck: bool
) -> bytes | None:
    """The picture with frames, told without colour too: what is gone is struck out.

    A bar in the margin shows from afar where to look.
    """
    if picture is None:
        return None
    seen = picture.copy()
    draw = ImageDraw.Draw(seen)
    for left, upper, right, lower in _by_line(boxes):
        frame = (left - 3, upper - 4, right + 3, lower + 4)
        draw.rectangle(_wider(frame), outline="white", width=2)  # seen on any ground
        draw.rectangle(frame, outline=colour, width=2)
        draw.rectangle((0, upper - 3, 6, lower + 3), fill=colour)
        if struck:
            middle = (upper + lower) / 2
            draw.line((left - 2, middle, right + 2, middle), fill=colour, width=2)
    out = io.BytesIO()
    seen.save(out, "PNG", optimize=True)
    return out.getvalue()
