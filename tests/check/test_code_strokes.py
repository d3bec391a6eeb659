"""Codes read from the operators that draw them."""

from __future__ import annotations

import pytest

from foldwell.check import code_strokes
from foldwell.check.code_strokes import is_code, said_by
from foldwell.typeset.pictures import qr_code
from foldwell.typeset.variable.code_path import code_ground, code_path

ADDRESSES = ["https://e.org", "https://example.org/a/en/card", "https://example.org/" + "b" * 150]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_code_says_its_address(address: str) -> None:
    drawing, _ = qr_code(address)
    strokes = code_path(drawing)
    assert is_code(strokes)
    assert not is_code(code_ground(drawing))
    assert said_by(strokes) == address


def test_a_code_of_which_too_little_is_left_says_nothing() -> None:
    strokes = code_path(qr_code(ADDRESSES[1])[0])
    assert said_by(strokes[: len(strokes) // 2]) == ""
    assert said_by(b"0 0 m") == ""


def test_a_code_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    code_strokes._read.clear()
    strokes = [code_path(qr_code(f"https://example.org/{n}")[0]) for n in range(4)]
    assert said_by(strokes[0]) == "https://example.org/0"
    monkeypatch.setattr(code_strokes, "_seen", lambda _: "read anew")
    assert said_by(strokes[0]) == "https://example.org/0"
    monkeypatch.setattr(code_strokes, "KEPT", 2)
    assert [said_by(one) for one in strokes[1:]] == ["read anew"] * 3
    assert len(code_strokes._read) == 2
    assert said_by(strokes[0]) == "read anew"
