"""Every event can be sent over a pipe and written as a line of JSON, and is what it was."""

import json
import pickle
from dataclasses import FrozenInstanceError, fields
from typing import Any, get_args

import pytest
from conftest import BASE

from foldwell.build import events
from foldwell.build.events import as_json
from foldwell.errors import FoldwellError, Place

PATH = "riverside/en/sleep-a4-screen.pdf"
NAME = "sleep, riverside, en, a4 screen"
MISTAKE = FoldwellError("Wrong.", Place("en.md", 3), "Correct it.")
FILES = {PATH: "ab" * 32}
EVENTS: list[Any] = [
    events.Planned(3, (MISTAKE,)),
    events.LeftOut(NAME, "this clinic prints on Letter"),
    events.Started(PATH, NAME),
    events.Kept(PATH, NAME, "", "draft", FILES),
    events.Built(PATH, NAME, "never built here", "", FILES, (("fit", "13 pt"),)),
    events.Failed(PATH, NAME, "changed: clinic", (MISTAKE, FoldwellError("Übel."))),
    events.Found(PATH, "L13 warning"),
    events.Delivered("s3://leaflets", 1, 2, (MISTAKE,), 3),
    events.Done(1.5, False, "disk full", ("old.pdf",)),
]


def test_every_kind_of_event_is_here() -> None:
    assert {type(event) for event in EVENTS} == set(get_args(events.Event))


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_an_event_travels_and_cannot_be_altered(event: Any) -> None:
    assert repr(pickle.loads(pickle.dumps(event))) == repr(event)
    with pytest.raises(FrozenInstanceError):
        setattr(event, fields(event)[0].name, "other")


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_an_event_is_one_line_with_all_that_it_holds(event: Any) -> None:
    line = as_json(event)
    assert "\n" not in line
    facts = json.loads(line)
    assert set(facts) == {"event", *(known.name for known in fields(event))}


def test_kinds_and_mistakes_are_written_plainly() -> None:
    kinds = [json.loads(as_json(event))["event"] for event in EVENTS]
    assert kinds == [
        "planned", "left out", "started", "kept", "built", "failed", "found", "delivered", "done",
    ]  # fmt: skip
    failed = json.loads(as_json(EVENTS[5]))
    assert failed["errors"] == [
        {"path": "en.md", "line": 3, "message": "Wrong.", "hint": "Correct it."},
        {"path": None, "line": None, "message": "Übel.", "hint": ""},
    ]
    assert json.loads(as_json(EVENTS[4]))["files"] == FILES


def test_the_page_about_events_names_them_all() -> None:
    page = (BASE.parents[2] / "docs/events.md").read_text()
    for event in EVENTS:
        facts = json.loads(as_json(event))
        assert f"| `{facts.pop('event')}` |" in page
        assert all(f"`{name}`" in page for name in facts)


def test_what_is_no_event_is_not_written() -> None:
    with pytest.raises(TypeError):
        as_json(events.Found(PATH, object()))  # type: ignore[arg-type]
