"""The operators of codes, beside those that the engine draws."""

from __future__ import annotations

import os
import random
import re

import pytest

from foldwell.pdf.raw_objects import taken_apart
from foldwell.typeset.engine import typeset
from foldwell.typeset.page_source import PageSource
from foldwell.typeset.pictures import qr_code
from foldwell.typeset.stamping.strokes import parted
from foldwell.typeset.variable.code_path import code_ground, code_path

MANY = 200 if os.environ.get("FOLDWELL_LONG_TESTS") else 6


def addresses() -> list[str]:
    """Addresses of many lengths, so that codes are of many sizes."""
    chance = random.Random(5)
    letters = "abcdefghijklmnopqrstuvwxyz0123456789/-?=&%.äß漢"
    return [
        "https://example.org/" + "".join(chance.choices(letters, k=chance.randint(0, 120)))
        for _ in range(MANY)
    ]


def drawn(code: tuple[bytes, str]) -> list[bytes]:
    """What the engine draws for a code: its paths, as they stand in holes."""
    words = '<html lang="en"><title>Code</title><img src="asset:qr.svg" alt="Code">'
    source = PageSource(words, ("img { width: 24mm }",), (("qr.svg", *code),), tagged=True)
    file = taken_apart(typeset(source).write(packed=False))
    pages = [said for said in file.objects.values() if re.search(rb"\bl\b", said)]
    (content,) = [said.partition(b"\nstream\n")[2].removesuffix(b"\nendstream") for said in pages]
    return [b for a, b in parted(content.split(b"\n")) if a is None and b[-1:] in (b"l", b"h")]


@pytest.mark.parametrize("address", addresses())
def test_a_code_is_drawn_as_the_engine_draws_it(address: str) -> None:
    code = qr_code(address)
    assert drawn(code) == [code_ground(code[0]), code_path(code[0])]


@pytest.mark.parametrize(
    ("one", "other"),
    [(b"#000", b"#003"), (b'viewBox="0 0 3', b'viewBox="0 0 4'), (b"h7", b"h7v1"),
     (b"<svg", b"<svg id='a'"), (b"M4 4.5h", b"M4 4h"), (b" 1h", b" 1.5h"), (b" 0h1m", b" 0h1 0m")],
)  # fmt: skip
def test_what_is_drawn_otherwise_is_refused(one: bytes, other: bytes) -> None:
    drawing = qr_code("https://example.org/card")[0]
    assert one in drawing
    with pytest.raises(ValueError):
        code_path(drawing.replace(one, other, 1))
