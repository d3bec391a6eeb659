"""Dictionaries, entry by entry."""

from __future__ import annotations

import random

import pytest
from pikepdf import Array, Dictionary, Name, Object, String

from foldwell.pdf.dictionaries import dictionary, entries_of, normal


def value(chance: random.Random, depth: int = 0) -> object:
    kind = chance.randrange(8 if depth < 3 else 5)
    if kind == 0:
        return String("".join(chance.choices("a()\\<>[]/ \n\räß漢\x01%", k=chance.randint(0, 9))))
    if kind == 1:
        return Name("/" + "".join(chance.choices("aB1+.-#", k=chance.randint(1, 6))))
    if kind == 2:
        return chance.randint(-9, 9)
    if kind == 3:
        return chance.random() > 0.5
    if kind == 4:
        return chance.random()
    if kind < 7:
        return Array([value(chance, depth + 1) for _ in range(chance.randint(0, 3))])
    return of(chance, depth + 1)


def of(chance: random.Random, depth: int = 0) -> Dictionary:
    keys = chance.sample("abcdefgh", chance.randint(1, 5))
    return Dictionary({f"/{key.upper()}": value(chance, depth) for key in keys})


@pytest.mark.parametrize("seed", range(40))
def test_entries_are_those_that_are_written(seed: int) -> None:
    held = of(random.Random(seed))
    entries = entries_of(held.unparse())
    assert sorted(key.decode() for key in entries) == sorted(key for key, _ in held.items())
    for key, said in entries.items():
        alone = Object.parse(b"<< /X %s >>" % said)
        assert alone.unparse() == Dictionary({"/X": held[key.decode()]}).unparse()
    assert dictionary(entries) == held.unparse()


def test_references_and_their_like_are_told_apart() -> None:
    said = b"<< /A 5 0 R /B [ 1 2 0 R ] /C 5 /D << /URI (a\\) /X b) >> >>"
    assert entries_of(said) == {
        b"/A": b"5 0 R", b"/B": b"[ 1 2 0 R ]", b"/C": b"5", b"/D": b"<< /URI (a\\) /X b) >>",
    }  # fmt: skip


@pytest.mark.parametrize(
    "said", [b"[ 1 2 ]", b"<</A 1>>", b"<< /A 1 /A 2 >>", b"<< /A >>", b"(a)", b"<< /A 1 2 >>", b""]
)
def test_what_is_written_otherwise_is_refused(said: bytes) -> None:
    with pytest.raises(ValueError, match="no dictionary"):
        entries_of(said)


def test_a_value_is_written_as_qpdf_writes_it() -> None:
    assert normal(b"<616263>") == b"(abc)"
    assert normal(b"[1 2.50(a)]") == b"[ 1 2.50 (a) ]"
    assert normal(b"<</A/B>>") == b"<< /A /B >>"
