"""Readings that are carried from build to build, and held to the leaflet when they come back."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from test_read_again import BODY, Editions, alone, named, same, texts_read, words_of

from foldwell.content.edition import Edition
from foldwell.typeset.timeline import Timeline

Found = dict[str, Any]


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every text that is really read."""
    yield from texts_read(monkeypatch)


def test_words_are_read_in_one_process_and_shown_in_the_next(
    edition: Editions, reads: list[str], shelf: Any
) -> None:
    one = edition(BODY)
    first = words_of(one)
    shelf.next_process()
    again, other = alone(one), alone(named(one, name="Second Surgery"))
    assert len(reads) == 1
    assert same(first, again)
    assert "Second Surgery" in other.tokens.replace(other.parts["main"])


def test_other_words_and_other_media_are_read_anew(
    edition: Editions, reads: list[str], shelf: Any
) -> None:
    one = edition(BODY)
    words_of(one)
    shelf.next_process()
    office = alone(one, medium="office")
    assert "On a screen only" not in office.parts["main"]
    alone(edition(BODY.replace("First", "Other")))
    known = {**one.known, "tag": one.known["tag"] | {"new"}}
    alone(replace(one, known=known))
    assert len(reads) == 4


def put(name: str, value: Callable[[Any], Any]) -> Callable[[Found], None]:
    """What changes one thing that was found."""

    def change(found: Found) -> None:
        found[name] = value(found[name])

    return change


def longer(timelines: dict[str, Timeline]) -> dict[str, Timeline]:
    """Timelines that run for ever."""
    longest = {}
    for token, timeline in timelines.items():
        row = timeline.rows[0]
        rows = (replace(row, over=replace(row.over, end_days=1e12)),)
        longest[token] = replace(timeline, rows=rows)
    return longest


@pytest.mark.parametrize(
    "change",
    [
        put("parts", lambda parts: parts | {"main": "<script>alert(1)</script>"}),
        put("parts", lambda parts: parts | {"main": "<p onclick='x'>Words</p>"}),
        put("parts", lambda parts: parts | {"main": "<p>\ue00099\ue001</p>"}),
        put("parts", lambda parts: parts | {"more": ""}),
        put("pieces", lambda pieces: pieces | {"main": ("<script></script>",)}),
        put("icons", lambda icons: icons | {"../secret"}),
        put("images", lambda images: images | {"other.png"}),
        put("citations", lambda ids: [*ids, "nobody2020"]),
        put("headings", lambda headings: [*headings, ("id", "\ue00099\ue001")]),
        put("headings", lambda headings: [*headings, ("id",)]),
        put("contacts", lambda contacts: [*contacts, "\ue0000\ue001"]),
        put("timelines", longer),
        put("timelines", lambda timelines: dict.fromkeys(timelines, "none")),
        lambda found: found.clear(),
    ],
    ids=[
        "script", "handler", "token", "part", "piece", "icon", "image", "source", "heading",
        "half a heading", "contact", "length", "no timeline", "nothing",
    ],
)  # fmt: skip
def test_what_the_leaflet_cannot_have_said_is_read_anew(
    edition: Editions, reads: list[str], shelf: Any, change: Callable[[Found], None]
) -> None:
    def forged(plain: Any) -> Any:
        change(plain[3])
        return plain

    held_to_read_anew(edition(BODY), reads, shelf, forged)


def held_to_read_anew(
    one: Edition, reads: list[str], shelf: Any, forged: Callable[[Any], Any]
) -> None:
    """Hold an edition whose reading was forged to one that nothing was carried for."""
    first = words_of(one)
    shelf.next_process()
    shelf.forge(forged)
    assert same(alone(one), first)
    assert len(reads) == 2


@pytest.mark.parametrize(
    "forged",
    [
        lambda plain: ({99: ()}, *plain[1:]),
        lambda plain: (plain[0], {"no: condition": True}, *plain[2:]),
        lambda plain: (plain[0], plain[1], ("<script>", *plain[2][1:]), plain[3]),
        lambda plain: plain[:3],
    ],
    ids=["token", "condition", "piece", "short"],
)
def test_what_it_cannot_have_asked_is_asked_anew(
    edition: Editions, reads: list[str], shelf: Any, forged: Callable[[Any], Any]
) -> None:
    held_to_read_anew(edition(BODY), reads, shelf, forged)
