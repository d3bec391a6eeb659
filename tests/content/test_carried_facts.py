"""Facts that are read once, and carried to later builds with their lines."""

from typing import Any

import pytest

from foldwell.content import yaml_events, yaml_reader
from foldwell.content.yaml_scalars import as_written
from foldwell.content.yaml_text import read_yaml
from foldwell.errors import Mistakes

TEXT = """name: "Elm: Practice"
code: 0113
share: 1.50
open: true
hours:
  - {day: mon, from: 8am}
"""


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every text that is really read."""
    done: list[str] = []
    events_of = yaml_events.events_of

    def counted(text: str) -> Any:
        done.append(text)
        return events_of(text)

    monkeypatch.setattr(yaml_reader, "events_of", counted)
    return done


def test_facts_are_the_same_in_the_next_process(shelf: Any, reads: list[str]) -> None:
    first = read_yaml(TEXT, "one.yml")
    shelf.next_process()
    again = read_yaml(TEXT, "two.yml")
    assert len(reads) == 1
    assert (again.value, again.lines, again.path) == (first.value, first.lines, "two.yml")
    assert [as_written(again.value[name]) for name in ("code", "share")] == ["0113", "1.50"]
    again.value["hours"][0]["day"] = "tue"  # is nobody else's
    assert read_yaml(TEXT, "one.yml").value == first.value


def test_other_texts_and_lines_are_read(shelf: Any, reads: list[str]) -> None:
    read_yaml(TEXT, "one.yml")
    assert read_yaml(TEXT, "one.yml", 3).lines["name",] == 3
    assert read_yaml(TEXT.replace("mon", "tue"), "one.yml").value["hours"][0]["day"] == "tue"
    assert len(reads) == 3


def test_a_mistake_is_told_each_time(shelf: Any) -> None:
    for _ in range(2):
        with pytest.raises(Mistakes, match="stands twice"):
            read_yaml("a: 'x'\na: 'y'\n", "one.yml")
        shelf.next_process()


@pytest.mark.parametrize(
    "forged",
    [None, ([], {}), ({"a": b"bytes"}, {}), ({"a": ["list"]}, {}), ({}, {(): "one"}),
     ({}, {"a": 1}), ({1: "a"}, {})],
)  # fmt: skip
def test_what_no_text_says_is_read_anew(shelf: Any, reads: list[str], forged: Any) -> None:
    first = read_yaml(TEXT, "one.yml")
    shelf.next_process()
    shelf.forge(lambda answer: forged)
    assert read_yaml(TEXT, "one.yml").value == first.value
    assert len(reads) == 2
