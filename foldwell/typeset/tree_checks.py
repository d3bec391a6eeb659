"""Checks on the tree that Markdown made: marks that bend words, links that lead nowhere.

What a parser did not understand it printed or joined; here it becomes an error with its line.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from foldwell.content.characters import unspaced
from foldwell.typeset.addresses import show_address
from foldwell.typeset.reading import Reading
from foldwell.typeset.tokens import TOKEN

EMPHASIS = ("em", "strong")


def text_of(element: ET.Element) -> str:
    """All text of an element."""
    return "".join(element.itertext())


def check_emphasis(parent: ET.Element, reading: Reading) -> None:
    """Emphasis inside a word or number would join what the writer kept apart."""
    before = parent.text or ""
    for child in parent:
        inner, after = text_of(child), child.tail or ""
        if child.tag in EMPHASIS and inner:
            if _joined(before, inner + after) or _joined(before + inner, after):
                words = TOKEN.split(inner.split("\n")[0])[0][:12]
                line = reading.line_of(re.compile(r"[*_]" + (re.escape(words) or r"\{\{")))
                shown = TOKEN.sub("…", f"{before[-6:]}{inner}{after[:6]}").strip("\ue000\ue001 ")
                reading.wrong(
                    f"A * or _ inside a word or number would print as '{shown}'.",
                    line,
                    "Put spaces around the emphasis; write × for 'times'; write \\* for a plain *.",
                )
            if inner != inner.strip():
                reading.wrong(
                    "Emphasis starts or ends with a space.",
                    reading.line_of(inner.strip()),
                    "Move the space outside the marks.",
                )
        # A raised number, a picture or the end of a line ends a word as a space does.
        ends = child.tag == "sup" or not inner
        before = after if ends else before + inner + after


_LEFT_OVER = (
    (
        re.compile(r"\*\*\s*(\w+)"),
        "The '**' before '{0}' is never closed.",
        "Put '**' behind the bold words; write \\* for a plain *.",
    ),
    (
        re.compile(r"(\*\*)(?!\s*\w)"),
        "A '{0}' would be printed.",
        "Put '**' right before and behind the bold words, not inside a word or number.",
    ),
    (
        re.compile(r"([*_])\ue000[0-9]+\ue001\1"),
        "A '{0}' would be printed, because it stands inside a word.",
        "Put spaces around the emphasis; write \\* for a plain *.",
    ),
    (
        re.compile(r"(\{:?\s*[.#][^}]*\})"),
        "'{0}' would be printed.",
        "Put it on a line of its own, right below the paragraph.",
    ),
    (
        re.compile(r"(\[[^\]\[]*@[A-Za-z][^\]\[]*\])"),
        "'{0}' is no citation.",
        "Write it like '[@lee2021]' or '[@one; @two]'.",
    ),
)
"""Marks that the parser left in the text, because they were not quite right."""


def check_left_over_marks(element: ET.Element, reading: Reading) -> None:
    """Refuse marks that would be printed as they are."""
    for text in (element.text, element.tail):
        for pattern, message, hint in _LEFT_OVER if text else ():
            for match in pattern.finditer(text or ""):
                if "\\" + match.group(0)[:1] in reading.leaflet.text:
                    continue  # the writer asked for the plain mark
                shown = TOKEN.split(match.group(0))[0].split("\n")[0].strip()
                line = reading.line_of(shown)
                reading.wrong(message.format(match.group(1)), line, hint)


def check_ids(root: ET.Element, reading: Reading) -> None:
    """An id that a writer gave to two places."""
    seen: dict[str, int | None] = {}
    for element in root.iter():
        name = element.get("id")
        if name is None:
            continue
        if name in seen:
            line = reading.line_of(f"#{name}", after=seen[name] or 0)
            reading.wrong(
                f"The id '#{name}' stands twice; the first is on line {seen[name]}.",
                line,
                "Give one of them another name.",
            )
        else:
            seen[name] = reading.line_of(f"#{name}")


def _joined(left: str, right: str) -> bool:
    """Whether the end of one text and the start of the next belong to one word or number."""
    if not left or not right:
        return False
    a, b = left[-1], right[0]
    if unspaced().fullmatch(a) or unspaced().fullmatch(b):
        return False  # words of these scripts have nothing between them
    if (a.isalnum() or a == "\ue001") and (b.isalnum() or b == "\ue000"):
        return True
    # 1**.5** or **1**,000: a decimal point or a comma between digits
    if a.isdigit() and b in ".," and right[1:2].isdigit():
        return True
    return a in ".," and b.isdigit() and left[-2:-1].isdigit()


def check_blocks(root: ET.Element, reading: Reading) -> None:
    """Refuse blocks without words, written so or emptied by an ``only`` block."""
    for section in root.iter("section"):
        if not text_of(section[1]).strip() and section[1].find(".//img") is None:
            name = section.get("class", "").removeprefix("block block-")
            reading.wrong(
                f"The block '{name}' holds no words.",
                reading.line_of(f"/ {name}"),
                "Write them, or take the block away; see what 'only' leaves of it.",
            )


def check_link(link: ET.Element, root: ET.Element, reading: Reading) -> None:
    """Hold a link to web addresses, and to places that exist."""
    href = link.get("href", "")
    written: str | re.Pattern[str] = f"({href}"
    link.attrib.pop("rel", None)
    title = link.attrib.pop("title", "")
    if "\ue000" in href and (whole := reading.tokens.address(href)) is not None:
        href = whole.replace(" ", "%20")
        link.set("href", href)
        written = re.compile(r"\]\(\s*[^)\s]*\{\{")
    show_address(link, text_of(link), title, reading)
    if not text_of(link).strip():
        line = reading.line_of(re.compile(r"(?<!!)\[\s*\]\("))
        reading.wrong("A link has no words.", line, "Write the words in [ ].")
    if reading.tokens.lead(text_of(link)):
        reading.wrong(
            "A fact that is itself a link stands in a link's words.",
            reading.line_of(href),
            "Write the fact alone; it becomes a link by itself.",
        )
    if href.startswith("#"):
        target = href[1:]
        if target.removeprefix("source-") in reading.references:
            return
        if not any(element.get("id") == target for element in root.iter()):
            reading.wrong(
                f"The link '{href}' leads nowhere.",
                reading.line_of(href),
                f"Add {{{href}}} after a heading, or correct the link.",
            )
    elif "\ue000" in href:
        reading.wrong(
            "A variable stands in a link's address.",
            reading.line_of(re.compile(r"\]\(\s*[^)\s]*\{\{")),
            "Write the variable alone; phones and addresses become links by themselves.",
        )
    elif not re.match(r"(https://|http://|mailto:|tel:)\S+$", href):
        reading.wrong(
            f"The link '{href}' is no web address.",
            reading.line_of(written) if href else reading.line_of("]()"),
            "Start it with 'https://', 'mailto:' or 'tel:', or '#' for a place in this leaflet.",
        )
