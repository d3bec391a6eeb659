"""Whether words have room on their line, and nothing else gets on it."""

import pytest

from foldwell.typeset.variable.fields import Line, Room
from foldwell.typeset.variable.holding import columns_hold
from foldwell.typeset.variable.holding import holds as has_room
from foldwell.typeset.variable.pages import first_part


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
    assert has_room(room, [width], chunk) is holds


@pytest.mark.parametrize(
    ("days", "times", "hold"),
    [
        ((40, 30), (55, 20), True),  # the widest of each column count, 3 and 2 of padding with them
        ((30, 40), (20, 54), True),
        ((40, 30), (56, 20), False),
        ((30, 46), (50, 20), False),
        ((90, 20), (2, 2), True),
    ],
)
def test_columns_share_the_room_of_their_table(
    days: tuple[float, ...], times: tuple[float, ...], hold: bool
) -> None:
    lines = [
        (Line((), (Room(100.2, padding, (1.0,)),), cell=(7, column)), [width])
        for column, (widths, padding) in enumerate(((days, 3), (times, 2)))
        for width in widths
    ]
    assert columns_hold(lines) is hold


def test_columns_have_room_in_every_setting() -> None:
    rooms = Room(100, 0, (1.0,)), Room(100, 0, (1.2,))
    lines = [(Line((), rooms, cell=(0, column)), [40.0]) for column in (0, 1)]
    assert columns_hold(lines)
    assert not columns_hold([*lines, (Line((), rooms, cell=(0, 1)), [50.0])])
    assert columns_hold([*lines, (Line((), rooms, cell=(1, 1)), [50.0])])  # of another table


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
