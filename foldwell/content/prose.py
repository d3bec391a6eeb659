"""The Markdown of a leaflet, checked line by line before any parser sees it.

A Markdown parser never fails: what it does not understand it prints, drops or bends. Here
everything that a leaflet may not hold, or that would print as something else than it says,
is an error with its line. Whether names are known (variables, icons, citations) is checked
when an edition is composed, because it depends on the clinic.
"""

from __future__ import annotations

import re

from foldwell.content.block_marks import NESTING_LIMIT, OpenBlocks
from foldwell.content.html_words import hint_for
from foldwell.content.other_marks import LEFT
from foldwell.content.prose_runs import MEANING, check_definitions, check_lists, check_tables
from foldwell.errors import FoldwellError, Place

QUOTE_LIMIT = 5
LINE_LIMIT = 5_000

BLOCKS_LIMIT = 8_000
"""More paragraphs, items and headings than have room on the most pages of any format."""
_ITEM = re.compile(r" *(?:[-*+]|\d{1,9}[.)]) |#{1,6} ")

_DEEP = re.compile(rf"(?: *+(?:[-+*>]|\d{{1,9}}[.)])(?: ++|$)){{{NESTING_LIMIT + 1}}}(?![-*> ]*$)")
_SLASHES = re.compile(r" *//+")
_TAG = re.compile(r"<(?!https?://|[\w.+-]+@)[A-Za-z/!?]")
_ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]+);")
_ALLOWED_ENTITIES = frozenset(["&nbsp;", "&amp;", "&lt;", "&gt;"])
_UNCERTAIN = (
    (
        re.compile(
            r"\[[^\[\]]*(?:\[[^\[\]@][^\[\]]*\][(\[][^\[\]()]*[)\]]|<https?:)[^\[\]<>]*\][(\[]"
        ),
        "A link stands in the words of a link.",
        "Write them one after the other.",
    ),
    (
        re.compile(
            r"""\]\([^)\s]+[\s\u00a0]+(?:"[^"]*["\\][^)]*"|'[^']*\\)[^)]*\)|\]\(\S*\u00a0"""
        ),
        "The title of this link holds a quotation mark, a backslash or a no-break space.",
        "Write the title in plain words, or leave it out.",
    ),
    (
        re.compile(
            r"(?:^ {0,3}|\])\[(?:\s*|[^\[\]]*[\\\[*_][^\]]*)\]\]?(?::\s|$)"
            r"|\[[^\[\]]*\\\]$|^ {0,3}\[\s*$"
        ),
        "The name of a link holds other signs than words.",
        "Name it with letters and digits, such as '[sleep]'.",
    ),
    (
        re.compile(r"^#{1,6} .*\\$"),
        "A backslash stands at the end of this heading.",
        "Delete it.",
    ),
)
"""Marks that parsers do not agree on."""
_MARKS = re.compile(r"([*_])\1{3,}")


def _too_many(text: str, path: str, first_line: int) -> FoldwellError | None:
    """An error for a text that fits no format, whatever its words are."""
    if text.count("\n") < BLOCKS_LIMIT:
        return None
    count, before = 0, ""
    for number, line in enumerate(text.split("\n"), first_line):
        count += bool(line.strip()) and (not before.strip() or _ITEM.match(line) is not None)
        before = line
        if count > BLOCKS_LIMIT:
            return FoldwellError(
                f"Up to here stand {BLOCKS_LIMIT} paragraphs, items and headings; no format has"
                " room for more.",
                Place(path, number),
                "Make several leaflets of it.",
            )
    return None


def check_prose(text: str, path: str, first_line: int) -> list[FoldwellError]:
    """Everything in the text that a leaflet may not hold.

    Args:
        text: The Markdown below the front matter.
        path: The file, for messages.
        first_line: The line of the file on which ``text`` starts.
    """
    if error := _too_many(text, path, first_line):
        return [error]
    errors: list[FoldwellError] = []
    open_blocks = OpenBlocks()
    after_start = False
    for number, line in enumerate(text.split("\n"), first_line):
        here = Place(path, number)
        if len(line) > LINE_LIMIT:
            message = f"This line is longer than {LINE_LIMIT} characters."
            return [FoldwellError(message, here, "Break it into paragraphs.")]
        if _DEEP.match(line):
            quoted = line.count(">") > NESTING_LIMIT // 2
            what = "Quotations" if quoted else "Lists"
            message = f"{what} are nested more than {NESTING_LIMIT} deep on this line."
            plain = ">" if quoted else "-"
            hint = f"Flatten them; write \\\\{plain} for a plain {plain}."
            return [FoldwellError(message, here, hint)]
        started = open_blocks.start(line, here)
        found = open_blocks.end(line, here) if started is None else started
        if found is not None:
            errors += found
        elif _SLASHES.match(line):
            errors.append(
                FoldwellError(
                    "This line starts with '//' but is no block.",
                    here,
                    "A block starts with '/// name' or '/// name | title' and ends with '///'.",
                )
            )
        else:
            errors += _check_line(line, here, open_blocks, after_start)
        after_start = started is not None
    errors += check_lists(text, path, first_line)
    errors += check_tables(text, path, first_line)
    errors += check_definitions(text, path, first_line)
    errors += open_blocks.never_closed()
    return errors


def _check_line(
    line: str, here: Place, open_blocks: OpenBlocks, after_start: bool
) -> list[FoldwellError]:
    errors = []

    def wrong(message: str, hint: str) -> None:
        errors.append(FoldwellError(message, here, hint))

    if after_start and line.startswith("    "):
        wrong(
            "An indented line right after a block's first line would be taken as its options.",
            "Start it at the left edge.",
        )
    if "\t" in line:
        wrong("This line holds a tab.", "Use spaces.")
    if "<" in line and (found := _TAG.search(line)):
        wrong(
            f"HTML is not used in leaflets ('{line[found.start() : found.start() + 12]}').",
            hint_for(line[found.start() :]),
        )
    for entity in _ENTITY.findall(line) if "&" in line else ():
        if entity not in _ALLOWED_ENTITIES:
            wrong(f"'{entity}' is an HTML code.", "Type the character itself.")
    if "![" in line and "figure" not in open_blocks:
        wrong(
            "A picture stands outside a 'figure' block.",
            "Put '/// figure' above it and '///' below it and its caption.",
        )
    if "`" in line:
        wrong("Backticks mark program code, which leaflets do not have.", "Use quotation marks.")
    if ("~~" in line or "==" in line) and (found := LEFT.search(line)):
        struck = found.group().startswith("~~")
        wrong(
            f"The signs of '{found.group()}' would be printed with the words.",
            "Delete what is struck out." if struck else "Write '**words**' for what is important.",
        )
    if re.match(r"[ >]*>[ >]*/{3,} *[A-Za-z]", line):
        wrong("A block cannot stand inside a quotation.", "Move it out.")
    if re.match(r"#{1,6} .*[^\\# ]#+ *$", line):
        wrong(
            "The '#' at the end of this heading would not be printed.", r"Write \# for a plain #."
        )
    if "{{" in line and MEANING.match(line):
        wrong(
            "A fact that is itself a link stands in the meaning of an abbreviation.",
            "Write the fact in the text.",
        )
    if "{{" in line and re.search(r"!\[[^\]]*\{\{", line):
        wrong(
            "A fact that is itself a link stands in the words of a picture.",
            "Write the fact in the caption.",
        )
    for pattern, message, hint in _UNCERTAIN:
        if ("[" in line or line.endswith("\\")) and pattern.search(line):
            wrong(message, hint)
    if "{%" in line:
        wrong(
            "'{%' starts a template statement, and leaflets have none.",
            "Use an 'only' block for text that depends on the clinic or the format.",
        )
    quotes = len(line) - len(line.lstrip("> "))
    if line[:quotes].count(">") > QUOTE_LIMIT:
        wrong(f"Quotations are nested more than {QUOTE_LIMIT} deep.", "Flatten them.")
    if (len(line) - len(line.lstrip(" "))) // 2 > NESTING_LIMIT:
        wrong(f"This line is nested more than {NESTING_LIMIT} deep.", "Flatten the list.")
    if _depth(line, "[", "]") > NESTING_LIMIT or _depth(line, "(", ")") > NESTING_LIMIT:
        wrong(f"Brackets are nested more than {NESTING_LIMIT} deep.", "Remove some.")
    if _MARKS.search(line) and not re.fullmatch(r" {0,3}([*_] ?){3,}", line):
        wrong("Four or more * or _ in a row mean nothing.", "Use ** around bold words.")
    return errors


def _depth(line: str, opening: str, closing: str) -> int:
    if line.count(opening) <= NESTING_LIMIT:
        return 0  # too few to be nested too deep
    depth = deepest = 0
    for character in line:
        depth += (character == opening) - (character == closing)
        depth = max(depth, 0)
        deepest = max(deepest, depth)
    return deepest
