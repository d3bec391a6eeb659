"""Whether words have room on their line, and nothing else gets on it."""

import pytest

from foldwell.typeset.variable.fields import Room
from foldwell.typeset.variable.pages import _holds, first_part


@pytest.mark.parametrize(
    ("room", "width", "chunk", "holds"),
    [
        (Room(100, 20, (1.0,)), 79.9, 0, True),
        (Room(100, 20, (1.0,)), 79.99, 0, False),  # too near for rounding to be told
        (Room(100, 20, (1.0,)), 81, 0, False),
        (Room(100, 20, (1.1,)), 70, 0, True),
        (Room(100, 20, (1.1,)), 72.7, 0, False),
        # What begins the next line must not get on this one.
        (Room(100, 20, (1.0,), chunk=30), 51, 0, True),
        (Room(100, 20, (1.0,), chunk=30), 50, 0, False),
        (Room(100, 20, (1.0,), chunk=30, chunk_scale=1.0), 45, 10, True),
        (Room(100, 20, (1.0,), chunk=30, chunk_scale=1.0), 45, 5, False),
        (Room(100, 20, (1.0,), chunk_scale=1.5), 45, 25, True),
        (Room(100, 20, (1.0,), chunk_scale=1.5), 45, 23, False),
    ],
)
def test_room(room: Room, width: float, chunk: float, holds: bool) -> None:
    assert _holds(room, [width], chunk) is holds


@pytest.mark.parametrize(
    ("text", "whole", "part"),
    [
        ("Edition XY", False, "Edition"),
        ("Edition\u00a0", False, "Edition\u00a0"),
        ("K8QP-6GW6", False, "K8QP"),
        ("K8QP-6GW6", True, "K8QP-6GW6"),
        ("(513) 555", False, ""),
        ("plain", False, "plain"),
    ],
)
def test_what_a_line_begins_with_at_the_least(text: str, whole: bool, part: str) -> None:
    assert first_part(text, whole=whole) == part
