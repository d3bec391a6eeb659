"""Line ends: a run of words that fits but for the space behind it is not broken early.

Where a link or a bold word follows a run, the run ends in a space, which hangs over the end of a
line when nothing else fits there. The engine takes the room of that space for words that do not
fit, and breaks such a run behind its first word, which then stands alone on its line.
"""

from __future__ import annotations

from typing import Any

from weasyprint.layout import inline

SPACE, BOUND = " ", "\u00a0"

_split = inline.split_first_line


def _split_at_words(
    text: str, style: Any, context: Any, max_width: float | None, *others: Any, **named: Any
) -> Any:
    """As the engine's own, which gives (layout, length, where the next line begins, width, …)."""
    found = _split(text, style, context, max_width, *others, **named)
    words = text.rstrip(SPACE + BOUND)
    if max_width is None or found[2] is None or not words or words == text:
        return found
    broken = _split(words, style, context, max_width, *others, **named)
    if broken[2] is None and text.endswith(BOUND):  # what is bound to the run needs that room
        max_width -= _split(BOUND, style, context, None, *others, **named)[3]
        broken = _split(words, style, context, max_width, *others, **named)
    if broken[2] is not None:
        return broken
    return _split(text, style, context, None, *others, **named)


def install() -> None:
    """Have the engine break lines so."""
    inline.split_first_line = _split_at_words
