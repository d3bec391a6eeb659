"""Rules X5 and X8: the inks of text.

Black text in several inks shows coloured edges as soon as the plates do not meet to a tenth of
a millimetre, so below 18 pt it is black ink alone, in full or as a tint. White text is what the
other inks leave free, and small text in several inks blurs the same way: both are judged by X8.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from foldwell.check.body_text import inside
from foldwell.check.page_facts import PageFacts
from foldwell.check.page_text import Word, named
from foldwell.check.subject import Subject
from foldwell.finding import Finding
from foldwell.pdf.painted_colour import Colour
from foldwell.pdf.plane import joined
from foldwell.rules import Severity

LARGE_PT, SMALL_PT = 18.0, 9.0
_SLACK_PT = 0.05


def on_page(subject: Subject, page: PageFacts) -> Iterator[Finding]:
    """Black text in the wrong inks, and small text in white or several."""
    if not subject.standard.press:
        return
    if not page.text.paired:
        yield Finding(
            "X5",
            Severity.WARNING,
            "The inks of the text could not be read.",
            "Look at the separations, or save the file again with the program that made it.",
            page.place(),
        )
        return
    rich = _words(page, LARGE_PT, _is_rich_black)
    if rich:
        space = str(rich[0].glyphs[0].show.colour.space)
        yield Finding(
            "X5",
            Severity.ERROR,
            f"The black text '{named(rich)}' is not black ink only ({_told(rich[0], space)}).",
            "Set it in 100 % black, without cyan, magenta and yellow.",
            page.place(joined(word.box for word in rich)),
        )
    for what, judge in (("white", _is_white), ("printed in several inks", _is_mixed)):
        small = _words(page, SMALL_PT, judge)
        if small:
            size = min(glyph.size_pt for word in small for glyph in word.glyphs)
            yield Finding(
                "X8",
                Severity.WARNING,
                f"The text '{named(small)}' of {size:.1f} pt is {what}.",
                f"Make it at least {SMALL_PT:g} pt, or print it in one ink.",
                page.place(joined(word.box for word in small)),
            )


def _words(page: PageFacts, below_pt: float, judge: Callable[[Colour], bool]) -> list[Word]:
    """The words, or parts of words, below a size whose colour is judged so."""
    verdicts: dict[Colour, bool] = {}
    found = []
    for word in page.text.words:
        glyphs = []
        for glyph in word.glyphs:
            colour = glyph.show.colour
            if glyph.size_pt >= below_pt - _SLACK_PT or not inside(page, glyph):
                continue
            if colour not in verdicts:
                verdicts[colour] = judge(colour)
            if verdicts[colour]:
                glyphs.append(glyph)
        if glyphs:
            found.append(Word(tuple(glyphs)))
    return found


def _is_rich_black(colour: Colour) -> bool:
    return colour.is_neutral_dark and not colour.black_only


def _is_white(colour: Colour) -> bool:
    return colour.is_white


def _is_mixed(colour: Colour) -> bool:
    return colour.ink_count > 1 and not _is_rich_black(colour)


def _told(word: Word, space: str) -> str:
    inks = word.glyphs[0].show.colour.inks
    if inks is None or len(inks) < 4:
        return space
    names = ("C", "M", "Y", "K")
    return " ".join(f"{name} {100 * ink:.0f}" for name, ink in zip(names, inks, strict=False))
