"""Answers that later builds are given again."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic_core import PydanticCustomError

from foldwell import carried
from foldwell.carried import Carried, are_texts, is_text
from foldwell.content import evidence, logo_colours, references
from foldwell.content.facts import Text
from foldwell.typeset import fonts

WORDS = Carried[str]("words", is_text)


class Find:
    """Finds an answer, and counts how often."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> str:
        """The answer."""
        self.count += 1
        return f"found {self.count}"


def test_without_a_shelf_nothing_is_carried() -> None:
    find = Find()
    assert [WORDS.get("a", "b", find) for _ in range(2)] == ["found 1", "found 2"]
    assert carried.news() == ({}, frozenset())


def test_another_process_is_given_what_one_found(shelf: Any) -> None:
    find = Find()
    assert [WORDS.get("a", "b", find) for _ in range(2)] == ["found 1", "found 1"]
    shelf.next_process()
    assert WORDS.get("a", "b", find) == "found 1"
    assert WORDS.get("a", "c", find) == "found 2"  # in the same table
    assert WORDS.get("b", "b", find) == "found 3"
    fresh, used = carried.news()
    assert {*fresh} == {"words\0a", "words\0b"} and used == {"words\0a"}
    assert fresh["words\0a"] == {"b": "found 1", "c": "found 2"}
    assert shelf.asked == ["words\0a", "words\0a", "words\0b"]  # once in each process


def test_other_answers_have_tables_of_their_own(shelf: Any) -> None:
    find = Find()
    WORDS.get("a", "b", find)
    assert Carried[str]("other", is_text).get("a", "b", find) == "found 2"


@pytest.mark.parametrize(
    "forged",
    [["no table"], {"b": 1}, {"b": "text", "c": b"bytes"}, {1: "text"}, {"b": carried},
     {str(number): "text" for number in range(carried.A_TABLE + 1)} | {"b": "text"}],
    ids=["list", "number", "one of two", "no question", "a module", "too long"],
)  # fmt: skip
def test_a_table_that_cannot_be_ours_is_found_anew(
    shelf: Any, forged: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "table", lambda name, classes: forged)
    assert WORDS.get("a", "b", Find()) == "found 1"


def test_it_does_not_grow_for_ever(shelf: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carried, "A_TABLE", 3)
    monkeypatch.setattr(carried, "TABLES", 2)
    for number in range(5):
        WORDS.get("a", str(number), Find())
    assert [*WORDS.answers("a")] == ["2", "3", "4"]
    for number in range(5):
        WORDS.get(str(number), "", Find())
    assert len(carried._here.held) == 2


def test_texts_are_nothing_else() -> None:
    class Text(str):
        """A text that may do anything."""

    assert is_text("a") and not is_text(Text("a")) and not is_text(b"a")
    assert are_texts(("a",)) and not are_texts(["a"]) and not are_texts(("a", 1))


BASE, CITED = Path(__file__).parent / "invalid" / "base", "content/references.json"
COSTLY: dict[str, tuple[Any, str, Callable[[], object]]] = {
    "a pattern of the lists": (
        evidence,
        "compiled",
        lambda: evidence._compiles(Text("ten (cups|mugs)")),
    ),
    "references": (
        references,
        "_problem",
        lambda: references.read_references(BASE, CITED),
    ),
    "colours of a logo": (
        logo_colours,
        "_seen",
        lambda: logo_colours._colours.__wrapped__(DOT.encode(), "svg"),
    ),
    "widths": (fonts, "_measured", lambda: [fonts._width.__wrapped__(sign) for sign in "aÅ"]),
}
DOT = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7v7H1z"/></svg>'


@pytest.mark.parametrize("what", COSTLY)
def test_what_costs_most_is_found_once(
    what: str, shelf: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    module, costly, ask = COSTLY[what]
    first = ask()
    shelf.next_process()
    monkeypatch.setattr(module, costly, lambda *_: pytest.fail("it was found again"))
    assert ask() == first and first
    monkeypatch.undo()
    carried.look_on(None)
    assert ask() == first


@pytest.mark.parametrize("what", ["colours of a logo", "widths"])
def test_what_can_be_none_of_these_is_found_anew(what: str, shelf: Any) -> None:
    _, _, ask = COSTLY[what]
    first = ask()
    shelf.next_process()
    shelf.forge(lambda answer: "another kind")
    assert ask() == first


def test_a_list_that_is_no_pattern_is_refused_each_time(shelf: Any) -> None:
    for _ in range(2):
        with pytest.raises(PydanticCustomError, match="it is no pattern"):
            evidence._compiles("ten (cups")
        shelf.next_process()
