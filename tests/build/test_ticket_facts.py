"""Facts of tickets are written as ruamel writes all of them at once."""

from __future__ import annotations

import hashlib
import random

import pytest
from ruamel.yaml import YAML

from foldwell.build import ticket_facts
from foldwell.build.ticket_facts import _dumped, facts_written

SHARED = ["a", "- b", 1.5]
FACTS: dict[str, object] = {
    "title": "A: title", "panels, left to right": {"side 1": [1, 2], "side 2": SHARED},
    "- odd": SHARED, "länge": "word " * 60, "lines": "one\n\ntwo\n", "none": None, "nr": "01",
}  # fmt: skip


def test_facts_are_written_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ticket_facts, "KEPT", 9)
    for number in range(4):
        own = {**FACTS, "number": number, "edition": "AB12-CD34"}
        assert facts_written(own) == _dumped(own)
        assert YAML(typ="safe", pure=True).load(facts_written(own).decode()) == own
    assert len(ticket_facts._written) <= 9 + len(FACTS) + 2


def test_a_name_that_is_written_in_another_way_is_written_as_a_whole() -> None:
    odd: dict[str, object] = {"k" * 200: 1, "other": 2}
    assert facts_written(odd) == _dumped(odd)


def test_plain_words_are_written_as_ruamel_writes_them() -> None:
    chance = random.Random(3)
    signs = "abcxyzABCEe0123456789 -.,/+()@_:#'\"!&*?|>%~=[]{}ß漢"
    words = ["true", "no", "null", "2026-11-29", "1e5", "12e34567", "0x1F2a3b", "1_000_000"]
    words += ["infinity", "12:30:00", "River Bend, (513) 555-0142, a@b.example.org", "x" * 300]
    words += [hashlib.sha256(b"%d" % n).hexdigest() for n in range(40)]
    words += ["".join(chance.choices(signs, k=chance.randint(1, 30))) for _ in range(300)]
    words += [
        "".join(chance.choices("0123456789eE.-_+", k=chance.randint(6, 12))) for _ in range(200)
    ]
    facts_written({"edition": "AB12-CD34"})
    assert "edition" in ticket_facts._plain_names
    for word in words:
        own: dict[str, object] = {"edition": word}
        assert facts_written(own) == _dumped(own), word


def test_what_differs_is_written_without_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    facts_written({**FACTS, "edition": "AB12-CD34"})
    monkeypatch.setattr(ticket_facts, "_dumped", lambda _: pytest.fail("it is known"))
    assert facts_written({**FACTS, "edition": "EF56-GH78"}).endswith(b"edition: EF56-GH78\n")
