"""Answers that are kept by the identity of what was asked about."""

import gc

from foldwell.remembered import Remembered, remembered


class Thing:
    """Something that never changes."""


def test_the_same_object_and_values_are_asked_about_once() -> None:
    asked: list[tuple[object, ...]] = []

    @remembered(8)
    def told(thing: Thing, size: float, *, word: str = "") -> str:
        asked.append((thing, size, word))
        return f"{size} {word}"

    one, other = Thing(), Thing()
    assert told(one, 3, word="a") == told(one, 3, word="a") == "3 a"
    assert len(asked) == 1
    assert (told(other, 3, word="a"), told(one, 3, word="b"), told(one, 4)) == ("3 a", "3 b", "4 ")
    assert len(asked) == 4


def test_what_is_equal_and_written_otherwise_is_another_value() -> None:
    written = remembered(8)(lambda thing, size: f"{size}mm")
    thing = Thing()
    assert [written(thing, 3), written(thing, 3.0), written(thing, True)] == [
        "3mm", "3.0mm", "Truemm",
    ]  # fmt: skip


def test_no_other_object_can_have_the_identity_of_one_that_is_known() -> None:
    answers = Remembered[int](100)
    for number in range(50):
        assert answers.get((Thing(),), (), lambda: number) == number  # noqa: B023
        gc.collect(0)  # the youngest: it is among them, and all that others left is not looked at


def test_it_does_not_grow_for_ever() -> None:
    answers, things = Remembered[int](3), [Thing() for _ in range(10)]
    for thing in things:
        answers.get((thing,), (), int)
    assert len(answers._known) <= 3


def test_nothing_is_an_answer_too() -> None:
    asked = []
    nothing = remembered(8)(lambda thing: asked.append(thing))
    thing = Thing()
    assert nothing(thing) is None and nothing(thing) is None
    assert len(asked) == 1
