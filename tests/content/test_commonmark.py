"""What a leaflet may hold is read as the CommonMark specification says.

Each example is read by the reference parser's Python port and by ours, after the door: examples
that the door or the checks of links refuse are not compared.
"""

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from foldwell.content.prose import check_prose
from foldwell.content.tidy import tidy_words
from foldwell.content.tidyings import Tidyings
from foldwell.typeset import blocks
from foldwell.typeset.markup import _with_lines
from foldwell.typeset.parser import LeafletParser
from foldwell.typeset.parsing import LeafletMarkdown
from foldwell.typeset.tokens import Tokens

EXAMPLES = json.loads(
    (Path(__file__).parent / "commonmark" / "examples.json").read_text(encoding="utf-8")
)
LEAST = {
    "List items": 31,
    "Lists": 14,
    "Emphasis and strong emphasis": 110,
    "Block quotes": 15,
    "Thematic breaks": 17,
    "Hard line breaks": 9,
    "Links": 25,
    "Link reference definitions": 3,
    "Entity and numeric character references": 4,
}
"""How many examples of each section are compared at least."""
BLOCKS = {"p", "ul", "ol", "li", "blockquote", "hr", "br", *(f"h{n}" for n in range(1, 7))}
VOID = {"br", "hr", "img"}
BEYOND = ("<pre", "<code", "<img", "<h1", "<h5", "<h6")
"""What no leaflet holds."""


class Tree(HTMLParser):
    """The tags and words of HTML, without spaces that mean nothing."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[tuple[str, ...]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kept = sorted(f"{k}={v}" for k, v in attrs if k in ("href", "start", "title"))
        self.parts.append(("<", tag, *kept))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.parts.append((">", tag))

    def handle_data(self, data: str) -> None:
        words = re.sub(r"[ \n]+", " ", data)
        if self.parts and self.parts[-1][0] == "words":
            words = re.sub(" +", " ", self.parts.pop()[1] + words)
        self.parts.append(("words", words))

    def tree(self) -> list[tuple[str, ...]]:
        out = []
        for index, part in enumerate(self.parts):
            if part[0] == "words":
                words = part[1]
                if index == 0 or self.parts[index - 1][1] in BLOCKS:
                    words = words.lstrip(" \xa0")
                if index == len(self.parts) - 1 or self.parts[index + 1][1] in BLOCKS:
                    words = words.rstrip(" ")
                if not words:
                    continue
                part = ("words", words)
            out.append(part)
        return out


def ours(text: str) -> str:
    """What typesetting makes of a text, before its own checks."""
    extensions: list[Any] = ["abbr", "def_list", "footnotes", "tables", blocks.extension()]
    parser = LeafletParser(extensions=[*extensions, LeafletMarkdown()])
    for name in ("drop-only", "attr_list", "leaflet-tree"):
        parser.treeprocessors.deregister(name)
    tokens = Tokens()
    return tokens.replace(parser.convert(_with_lines(text, 1, tokens)))


def compared(markdown: str) -> tuple[str, str] | None:
    """The reference's HTML and ours; None for what a leaflet may not hold."""
    # Addresses of the examples have no scheme, which no leaflet may have.
    markdown = re.sub(r"(?<=[(<: ])/(?=ur[li])", "https://example.org/", markdown)
    wanted = MarkdownIt("commonmark").render(markdown)
    if any(tag in wanted for tag in BEYOND) or "[^" in markdown:
        return None
    text = tidy_words(markdown, 1, Tidyings("a.md"))
    if check_prose(text, "a.md", 1):
        return None
    got = ours(text)
    addresses = re.findall(r'href="([^"]*)"', got) + re.findall(r'href="([^"]*)"', wanted)
    if not all(re.fullmatch(r"(https?://|mailto:|tel:|#)\S+", to) for to in addresses):
        return None
    return wanted, got


@pytest.mark.parametrize("section", LEAST)
def test_section(section: str) -> None:
    count, wrong = 0, []
    for example in EXAMPLES:
        if example["section"] != section or (pair := compared(example["markdown"])) is None:
            continue
        count += 1
        wanted, got = pair
        if Tree(wanted).tree() != Tree(got).tree():
            wrong.append(f"{example['markdown']!r}\n  {wanted!r}\n  {got!r}")
    assert not wrong, "\n".join(wrong)
    assert count >= LEAST[section]
