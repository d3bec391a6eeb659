"""HTML that a few people know by heart, as the Markdown or the character that does the same.

What has no certain counterpart stays, and is refused with the way to write it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from foldwell.content.tidyings import Tidyings

BREAK = "\ue006"
"""The end of a line inside a paragraph; private use, so no content holds it."""

NOTE = "\ue009"
"""A line of this was an author's note, which ends a list or paragraph as it does in Markdown."""

_NOTE = re.compile(r"<!--(.*?)-->", re.DOTALL)
_TODO = re.compile(r"(?i)\b(?:todo|to do|tbc|fixme)\b")
_BR = re.compile(r" *<(?:br *(?:/ *)?|/br *)> *", re.IGNORECASE)
_BR_IN_MARKS = re.compile(rf"({_BR.pattern})(\*{{1,2}})(?=\s|$)", re.IGNORECASE)
"""A line's end that was made bold too."""
_VALUE = r"""\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[\w-]+)"""
_IDLE = rf"(?:\s+(?:class|id|lang|role|target|rel|markdown|data-[\w-]+|aria-[\w-]+){_VALUE})*\s*"
"""Attributes that say nothing on paper."""
_PAIRS = (
    ("**", re.compile(rf"(?i)<(b|strong){_IDLE}>(?=\S)(.*?)(?<=\S)</\1>")),
    ("*", re.compile(rf"(?i)<(i|em){_IDLE}>(?=\S)(.*?)(?<=\S)</\1>")),
)
_LINK = re.compile(
    rf"""(?i)<a(?={_IDLE}(?:\s+title{_VALUE})?{_IDLE}\s+href\s*=)([^<>]*)>([^<>\[\]]+)</a>"""
)
_ATTRIBUTE = re.compile(r"""(?i)\b(href|title)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_LEADS = re.compile(r"(?i)(?:https?://|mailto:|tel:|/(?!/)|\.{1,2}/|#)[^\s()<>\"']*")
_PLAIN = re.compile(rf"(?i)<(span|small|cite|time|font){_IDLE}>([^<>]*)</\1>")
_SHORT = re.compile(rf"""(?i)<abbr\s+title=(?:"([^"<>]*)"|'([^'<>]*)'){_IDLE}>([^<>]+)</abbr>""")
_PARAGRAPH = re.compile(rf"(?i)\s*<p{_IDLE}>(?=\S)(.*)</p>\s*")
_WRAPPER = re.compile(
    rf"(?i)\s*(?:</?(?:div|section|article|main|header|aside|center|span|p){_IDLE}>\s*)+"
)
"""Lines of nothing but what parts a web page into boxes."""
_RAISED = re.compile(r"(?i)<(sup|sub)>([^<>]*)</\1>")
_ORDINALS = frozenset(["st", "nd", "rd", "th", "er", "re", "e", "o", "a"])
SUP = dict(zip("0123456789+-−()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ", strict=True))
SUB = dict(zip("0123456789+-−()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎", strict=True))
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_KEPT = frozenset(["&nbsp;", "&amp;", "&lt;", "&gt;"])
_MARKS = frozenset("\\`*_{}[]()#+-.!|")

INSTEAD = {
    "a": "Write '[words](https://…)'.",
    "img": "Put the picture into a 'figure' block: '![what it shows](file.png)'.",
    "ul": "Start each item with '- ' on a line of its own.",
    "ol": "Start the items with '1. ', '2. ' on lines of their own.",
    "li": "Start each item with '- ' on a line of its own.",
    "p": "Leave an empty line between paragraphs.",
    "hr": "Write '---' between two empty lines.",
    "table": "Write the table with bars: '| age | dose |'.",
    "tr": "Write the table with bars: '| age | dose |'.",
    "td": "Write the table with bars: '| age | dose |'.",
    "th": "Write the table with bars: '| age | dose |'.",
    "blockquote": "Start the lines with '> '.",
    "u": "Write **words** for what is important; underlined words are taken for links.",
    "div": "Use a block such as '/// tip | title' and '///'.",
    "abbr": "Write '*[GP]: general practitioner' on a line of its own.",
    "sup": "Type the raised character itself, such as ² or ⁶.",
    "sub": "Type the lowered character itself, such as ₂.",
    **{f"h{level}": f"Start the line with '{'#' * level} '." for level in range(2, 7)},
}
"""The Markdown that does the same as a tag."""


def hint_for(tag: str) -> str:
    """What to write in place of a tag, such as ``<td class="x">``."""
    name = re.match(r"</?([A-Za-z][A-Za-z0-9]*)", tag)
    usual = "Use Markdown; write '&lt;' for a plain '<'."
    return INSTEAD.get(name.group(1).lower(), usual) if name else usual


def without_notes(text: str, first_line: int, tidyings: Tidyings) -> str:
    """The text without its author's notes, ``<!-- … -->``, which are never printed."""
    if "<!--" not in text:
        return text

    def dropped(match: re.Match[str]) -> str:
        words = " ".join(match[1].split())
        if _TODO.search(words):
            line = first_line + text.count("\n", 0, match.start())
            tidyings.note("D9", f"Still to do, says an author's note: '{words}'.", line, "<!--")
        before = text[: match.start()].rpartition("\n")[2]
        after = text[match.end() :].partition("\n")[0]
        if before[-1:].strip() and after[:1].strip():
            return match[0]  # inside a word or number, which would be another without it
        before, after = before.strip(), after.strip()
        if before and after and not _TODO.search(words):
            line = first_line + text.count("\n", 0, match.start())
            message = f"An author's note inside a line was left out: '{words}'."
            tidyings.note("D4", message, line, "<!--")
        return ("" if before or after else NOTE) + "\n" * match[0].count("\n")

    return _NOTE.sub(dropped, text)


def without_html(line: str, number: int, tidyings: Tidyings) -> str:
    """A line with its HTML converted, as far as that is certain."""

    def told(was: str, now: str) -> str:
        shown = "a line's end" if now == BREAK else f"'{now}'"
        tidyings.note("D4", f"'{was.strip()}' was read as {shown}.", number, was.strip())
        return now

    if _WRAPPER.fullmatch(line):
        tidyings.note("D4", "A line of HTML that only parts a page was left out.", number, "<")
        return ""
    if match := _PARAGRAPH.fullmatch(line):
        tidyings.note("D4", "'<p>' was read as a paragraph.", number, "<p")
        line = match[1]
    line = _BR_IN_MARKS.sub(r"\2\1", line)
    line = _BR.sub(lambda m: told(m[0], BREAK), line)
    line = re.sub(f"{BREAK}$", "  ", line)
    for marks, pattern in _PAIRS:
        line = pattern.sub(lambda m, marks=marks: told(m[0], f"{marks}{m[2]}{marks}"), line)  # type: ignore[misc]
    line = _RAISED.sub(lambda m: _raised(m, told), line)
    line = _PLAIN.sub(lambda m: told(m[0], m[2]), line)
    line = _SHORT.sub(lambda m: told(m[0], f"{m[3]} ({m[1] or m[2]})"), line)
    line = _LINK.sub(lambda m: _link(m, told), line)
    return _ENTITY.sub(lambda m: m[0] if _parts_a_number(m) else _character(m[0], told), line)


def _link(match: re.Match[str], told: Callable[[str, str], str]) -> str:
    given = {
        m[1].lower(): m[2] if m[2] is not None else m[3] for m in _ATTRIBUTE.finditer(match[1])
    }
    to, words = html.unescape(given.get("href", "")), match[2].strip()
    if not words or not _LEADS.fullmatch(to):
        return match[0]
    title = given.get("title", "").replace('"', "”").replace("\\", "")
    link = f'[{words}]({to} "{title}")' if title else f"[{words}]({to})"
    before, after = (
        match[2][: len(match[2]) - len(match[2].lstrip())],
        match[2][len(match[2].rstrip()) :],
    )
    return f"{before}{told(match[0], link)}{after}"


def _parts_a_number(match: re.Match[str]) -> bool:
    """Whether a code for a soft hyphen stands in a number, which may be two."""
    before = match.string[max(match.start() - 1, 0) : match.start()]
    after = match.string[match.end() : match.end() + 1]
    number = re.compile(r"[\d.,]")
    return (
        html.unescape(match[0]) == "\u00ad"
        and number.match(before) is not None
        and number.match(after) is not None
    )


def _raised(match: re.Match[str], told: Callable[[str, str], str]) -> str:
    words = match[2].strip()
    table = SUP if match[1].lower() == "sup" else SUB
    if words and set(words) <= set(table):
        return told(match[0], "".join(table[c] for c in words))
    if table is SUP and words.lower() in _ORDINALS:
        return told(match[0], words)
    return match[0]


def _character(code: str, told: Callable[[str, str], str]) -> str:
    if code in _KEPT:
        return code
    character = html.unescape(code)
    if character in (code, "\ufffd") or (len(character) == 1 and character < " "):
        return code
    if character in "<>&":
        return {"<": "&lt;", ">": "&gt;", "&": "&amp;"}[character]
    if character == "\u00ad":
        told(code, "")
        return ""
    return told(code, f"\\{character}" if character in _MARKS else character)
