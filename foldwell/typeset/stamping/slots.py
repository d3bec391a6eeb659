"""Slots: how a block was laid out on a page, so that another of its style can take its place.

While a page is recorded, each block that is laid out as a whole leaves a slot: all that its layout
depended on. Laying out another element in the slot takes the very same steps with the very same
numbers as laying out its whole page would, because the engine's own function is called with them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from weasyprint.css.targets import TargetCollector, TargetLookupItem
from weasyprint.formatting_structure import boxes, build
from weasyprint.layout import block
from weasyprint.layout.absolute import AbsolutePlaceholder, absolute_layout

from foldwell.typeset.fetching import BASE_URL

Counters = tuple[list[int], dict[str, list[int]], list[set[str]], list[Any]]
"""The engine's state between elements: depth of quotes, counters, their scopes, page groups."""
StyleFor = Callable[..., Any]


@dataclass
class Slot:
    """How a block was laid out.

    Attributes:
        element: What was laid out.
        context: The engine's context of its page, for as long as it is kept.
        around: The box around it, as it was then.
        position: Where it began.
        told: The engine's arguments: room at the foot, whether the page was empty, margins that
            adjoin, whether what is over is dropped, the most lines.
        page: The foot of the page, its number, whether it was forced, whether in a column.
        floats: What floated beside it before, as it stood then.
        floats_after: Where things floated in the end.
        counters: The counters before it.
        box: What became of it.
        end: Where it stood when it was laid out; it may have been moved with all around it.
        after: What the engine gave back beside the box.
    """

    element: Any
    context: Any
    around: Any
    position: tuple[float, float]
    told: tuple[float, bool, tuple[float, ...], bool, Any]
    page: tuple[float, int, Any, bool]
    floats: tuple[Any, ...]
    floats_after: tuple[tuple[Any, ...], ...]
    counters: Counters | None
    box: Any
    end: tuple[float, float]
    after: tuple[Any, ...]
    spaced: bool = True
    """Whether a space stands before it, with which its own first one falls together."""


@dataclass
class Recorder:
    """What was laid out while it was asked for.

    Attributes:
        slots: The last slot of each element; None where it has none.
        context: The engine's context.
    """

    slots: dict[Any, Slot | None] = field(default_factory=dict)
    counters: dict[Any, Counters] = field(default_factory=dict)
    context: Any = None


FROM_AROUND = ("index", "leading_collapsible_space", "trailing_collapsible_space")
"""What a box is told by what is around it: which child it is, whether spaces were beside it."""
IN_THE_FLOW = 13
"""How many arguments the engine gives for a block in the flow; elsewhere it names some of them."""
_recorder: Recorder | None = None
_lay_out = block.block_level_layout
_to_box = build.element_to_box


@contextmanager
def recording() -> Iterator[Recorder]:
    """Record what is laid out meanwhile."""
    global _recorder
    before, _recorder = _recorder, Recorder()
    try:
        yield _recorder
    finally:
        _recorder = before


def _to_box_noting(element: Any, *others: Any) -> Any:
    """Make boxes of an element, and note the counters before it."""
    if _recorder is not None and len(others) > 6 and others[6] is not None:
        _recorder.counters[element] = _copied(others[6])
    return _to_box(element, *others)


def _copied(counters: Counters) -> Counters:
    depth, values, scopes, groups = counters
    return [*depth], {k: [*v] for k, v in values.items()}, [set(s) for s in scopes], [*groups]


def _lay_out_noting(*arguments: Any, **named: Any) -> Any:
    """Lay a block out, and note how, if it stands in the flow of another block."""
    recorder = _recorder
    if recorder is None or named or len(arguments) != IN_THE_FLOW or arguments[1].element is None:
        return _lay_out(*arguments, **named)
    (
        context, box, bottom_space, skip_stack, containing_block, page_is_empty, absolute, fixed,
        margins, first_letter, first_line, discard, max_lines,
    ) = arguments  # fmt: skip
    element = box.element
    recorder.context = context
    around = containing_block.copy()
    around.children = ()  # the tree before it was laid out need not be kept
    position = (box.position_x, box.position_y)
    told = (bottom_space, page_is_empty, tuple(margins), discard, max_lines)
    page = (context.page_bottom, context.current_page, context.forced_break, context.in_column)
    plain = (
        skip_stack is None and first_letter is None and first_line is None and not context.footnotes
    )
    floats = tuple(shape.copy() for shape in context.excluded_shapes)
    fixed_before = 0 if fixed is absolute else len(fixed)
    result = _lay_out(*arguments)
    new_box, resume_at, next_page, after, through, lines = result
    if new_box is None:
        recorder.slots.pop(element, None)
        return result
    whole = plain and resume_at is None and (fixed is absolute or len(fixed) == fixed_before)
    end = (new_box.position_x, new_box.position_y)
    slot = Slot(
        element, context, around, position, told, page, floats, _places(context),
        recorder.counters.get(element), new_box, end,
        (dict(next_page), tuple(after), through, lines),
    )  # fmt: skip
    recorder.slots[element] = slot if whole else None
    return result


def _places(context: Any) -> tuple[tuple[Any, ...], ...]:
    """Where things float."""
    return tuple(
        (s.position_x, s.position_y, s.margin_width(), s.margin_height(), s.style["float"])
        for s in context.excluded_shapes
    )


def install() -> None:
    """Let the engine note what it lays out while that is recorded."""
    block.block_level_layout = _lay_out_noting
    build.element_to_box = _to_box_noting


class _Elsewhere(TargetCollector):  # type: ignore[misc]
    """Notes that something of another place on the pages is asked for, such as its page number."""

    asked = False

    def lookup_target(self, *_: Any) -> Any:
        self.asked = True
        return TargetLookupItem("undefined")


@contextmanager
def _page_of(slot: Slot) -> Iterator[None]:
    """The engine's context as it was when the slot was made."""
    context = slot.context
    names = (
        "page_bottom", "current_page", "forced_break", "in_column",
        "_excluded_shapes_root_boxes", "_excluded_shapes",
    )  # fmt: skip
    before = [getattr(context, name) for name in names]
    floats = [shape.copy() for shape in slot.floats]
    own = (*slot.page, [slot.around], {slot.around: floats})
    try:
        for name, value in zip(names, own, strict=True):
            setattr(context, name, value)
        yield
    finally:
        for name, value in zip(names, before, strict=True):
            setattr(context, name, value)


def lay_out(
    slot: Slot, element: Any, styles: StyleFor, picture: Any, page: Any, *, elastic: bool = False
) -> Any | None:
    """Lay an element out in a slot.

    Args:
        slot: Where.
        element: What: of the same skeleton as the slot's own.
        styles: The style of each element in it.
        picture: Gives a picture for its address.
        page: The page's box, for what is placed on it.
        elastic: Whether it may take other room than the slot's own.

    Returns:
        Its box; None if it takes other room, or cannot be laid out apart.
    """
    context, counters = slot.context, slot.counters
    notes: list[Any] = []
    elsewhere = _Elsewhere()
    found = build.element_to_box(
        element, styles, picture, BASE_URL, elsewhere, context.counter_style, notes,
        _copied(counters) if counters else None,
    )  # fmt: skip
    if len(found) != 1 or notes or elsewhere.asked:
        return None
    box = found[0]
    box.process_whitespace(slot.spaced)
    box.process_text_transform()
    box = build.create_anonymous_boxes(box)
    box.position_x, box.position_y = slot.position
    bottom_space, page_is_empty, margins, discard, max_lines = slot.told
    placed: list[Any] = []
    with _page_of(slot):
        new_box, resume_at, next_page, *after = _lay_out(
            context, box, bottom_space, None, slot.around.copy(), page_is_empty, placed, placed,
            [*margins], None, None, discard, max_lines,
        )  # fmt: skip
        after = (next_page, tuple(after[0]), *after[1:]) if new_box is not None else ()
        if new_box is None or resume_at is not None:
            return None
        same = after == slot.after and _places(context) == slot.floats_after
        if not elastic and not (same and same_room(new_box, slot)):
            return None
        moved = (slot.box.position_x - slot.end[0], slot.box.position_y - slot.end[1])
        new_box.translate(*moved)
        for name in FROM_AROUND:
            if name in vars(slot.box):
                setattr(new_box, name, getattr(slot.box, name))
        for placeholder in [*placed]:
            absolute_layout(context, placeholder, page, placed, bottom_space=0, skip_stack=None)
    return new_box


_ROOM = (
    "width", "height", "clearance",
    "margin_top", "margin_right", "margin_bottom", "margin_left",
    "padding_top", "padding_right", "padding_bottom", "padding_left",
    "border_top_width", "border_right_width", "border_bottom_width", "border_left_width",
)  # fmt: skip


def same_room(box: Any, slot: Slot) -> bool:
    """Whether a box takes just the room of a slot, with its lines at the same heights."""
    old = slot.box
    moved = slot.end[1] - old.position_y
    return (
        type(box) is type(old)
        and (box.position_x, box.position_y) == slot.end
        and all(getattr(box, name, None) == getattr(old, name, None) for name in _ROOM)
        and _heights(box, 0.0) == _heights(old, moved)
    )


def _heights(box: Any, moved: float) -> list[tuple[float, float]]:
    """Where its lines stand and how high they are, to a thousandth of a pixel."""
    return [
        (round(line.position_y + moved, 3), round(line.height, 3))
        for line in box.descendants()
        if isinstance(line, boxes.LineBox)
    ]


def unwrapped(box: Any) -> Any:
    """The box behind a placeholder."""
    return box._box if isinstance(box, AbsolutePlaceholder) else box
