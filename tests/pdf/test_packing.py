"""Packed streams: read by anybody, and the same pieces for the same words."""

from __future__ import annotations

import random
import zlib

import pytest

from foldwell.pdf import packing
from foldwell.pdf.packing import CUT, WINDOW, cuts, joined, packed, piece_of, pieces_of


def page(seed: int, lines: int = 900) -> bytes:
    """Text objects, as on a page."""
    chance = random.Random(seed)
    out = []
    for _ in range(lines):
        out += [b"BT", b"1 0 0 -1 %d %d Tm" % (chance.randrange(600), chance.randrange(800))]
        out += [b"[<%08x>0] TJ" % chance.randrange(1 << 32), b"ET"]
    return b"\n".join(out)


@pytest.mark.parametrize("content", [b"", b"q", b"\nET\n" * 50, page(1), bytes(range(256)) * 300])
def test_a_packed_stream_holds_what_was_packed(content: bytes) -> None:
    assert zlib.decompress(packed(content)) == content
    assert packed(content) == packed(content)


def test_a_page_is_cut_in_pieces_and_packs_well() -> None:
    content = page(2)
    assert 20 < len(pieces_of(content)) < 120
    assert len(packed(content)) < 1.5 * len(zlib.compress(content))


def test_a_line_that_differs_leaves_the_pieces_around_it_the_same() -> None:
    content = page(3)
    at = content.index(b"] TJ", len(content) // 2)
    other = content[:at] + b"-120<0001>" + content[at:]
    one, two = ([piece.packed for piece in pieces_of(text)] for text in (content, other))
    assert one != two
    assert len(set(one) ^ set(two)) <= 4


def test_a_part_is_cut_where_the_whole_is() -> None:
    content = page(4)
    places = cuts(content)
    for cut in places[::5]:
        before = content[max(0, cut - WINDOW) : cut]
        assert cuts(content[cut:], before) == [at - cut for at in places if at > cut]


def test_a_bare_comment_asks_for_a_cut() -> None:
    content = b"0 0 m" + CUT + b"1 1 l" + CUT + b"S"
    assert cuts(content) == [8, 16]
    assert len(pieces_of(content)) == 3


def test_pieces_are_remembered_within_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "KEPT_BYTES", 20_000)
    chance = random.Random(6)
    contents = [chance.randbytes(5_000) for _ in range(8)]
    pieces = [piece_of(content) for content in contents]
    assert packing._held == sum(len(piece.packed) for piece in packing._kept.values()) <= 20_000
    assert piece_of(contents[-1]) is pieces[-1]
    assert piece_of(contents[0]) is not pieces[0]
    assert piece_of(contents[0]) == pieces[0]


def test_what_no_piece_holds_is_no_stream_of_them() -> None:
    pieces = pieces_of(page(7))
    with pytest.raises(zlib.error):
        zlib.decompress(joined(pieces)[:-1] + b"\0")
