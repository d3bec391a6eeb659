"""The Markdown of a leaflet, checked line by line before any parser sees it.

A Markdown parser never fails: what it does not understand it prints, drops or bends. Here
everything that a leaflet may not hold, or that would print as something else than it says,
is an error with its line. Whether names are known (variables, icons, citations) is checked
when an edition is composed, because it depends on the clinic.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from foldwell.content.blocks import BLOCKS, EXAMPLES
from foldwell.content.html_words import hint_for
from foldwell.content.prose_runs import MEANING, check_definitions, check_lists, check_tables
from foldwell.errors import FoldwellError, Place, did_you_mean

PANELS = ("flap", "back", "poster")


NESTING_LIMIT = 20


QUOTE_LIMIT = 5


LINE_LIMIT = 5_000


_BLOCK_START = re.compile(r"( *)(/{3,}) *([A-Za-z][\w-]*) *(?:\|(.*))?$")


_BLOCK_END = re.compile(r"( *)(/{3,}) *$")


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


_IMAGE = re.compile(r"!\[")


_MARKS = re.compile(r"([*_])\1{3,}")


@dataclass(frozen=True)
class Block:
    """One block of the source: its name, what follows the bar, and its first line."""

    name: str
    argument: str
    line: int


def check_prose(text: str, path: str, first_line: int) -> list[FoldwellError]:
    """Everything in the text that a leaflet may not hold.

    Args:
        text: The Markdown below the front matter.
        path: The file, for messages.
        first_line: The line of the file on which ``text`` starts.
    """
    errors: list[FoldwellError] = []
    open_blocks: list[tuple[Block, int]] = []
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
        start, end = _BLOCK_START.match(line), _BLOCK_END.match(line)
        if start:
            errors += _start(start, number, here, open_blocks)
        elif end:
            errors += _end(end, here, open_blocks)
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
        after_start = start is not None
    errors += check_lists(text, path, first_line)
    errors += check_tables(text, path, first_line)
    errors += check_definitions(text, path, first_line)
    errors += [
        FoldwellError(
            f"The block '{block.name}' is never closed.",
            Place(path, block.line),
            f"Put a line '{'/' * slashes}' after its last line.",
        )
        for block, slashes in open_blocks
    ]
    return errors


def _start(
    match: re.Match[str], number: int, here: Place, open_blocks: list[tuple[Block, int]]
) -> list[FoldwellError]:
    indent, slashes, name, argument = match.groups()
    argument = (argument or "").strip()
    block = Block(name, argument, number)
    errors = []
    if len(indent) > 3:
        errors.append(
            FoldwellError(
                "A block cannot stand inside a list.", here, "Move it to the start of the line."
            )
        )
    if name not in BLOCKS:
        errors.append(
            FoldwellError(f"There is no block '{name}'.", here, did_you_mean(name, BLOCKS))
        )
    elif BLOCKS[name].takes == "nothing" and argument:
        errors.append(
            FoldwellError(
                f"The block '{name}' takes nothing after '|'.", here, f"Write '/// {name}'."
            )
        )
    elif BLOCKS[name].takes not in ("nothing", "title") and not argument:
        example = EXAMPLES[BLOCKS[name].takes]
        errors.append(
            FoldwellError(
                f"The block '{name}' needs {BLOCKS[name].takes}.",
                here,
                f"Write, for example, '/// {name} | {example}'.",
            )
        )
    elif name == "panel" and argument not in PANELS:
        errors.append(
            FoldwellError(
                f"There is no panel '{argument}' to fill.", here, did_you_mean(argument, PANELS)
            )
        )
    outer_name = BLOCKS[name].inside if name in BLOCKS else ""
    if outer_name and not any(outer.name == outer_name for outer, _ in open_blocks):
        errors.append(
            FoldwellError(
                f"The block '{name}' stands outside the block '{outer_name}'.",
                here,
                f"It is a part of '{outer_name}'; move it there.",
            )
        )
    if open_blocks and len(slashes) >= open_blocks[-1][1]:
        outer, outer_slashes = open_blocks[-1]
        errors.append(
            FoldwellError(
                f"The block '{name}' starts inside '{outer.name}' (line {outer.line}) with as many"
                " slashes.",
                here,
                f"Close '{outer.name}' first with '{'/' * outer_slashes}', or give the outer block"
                " one slash more at its start and end.",
            )
        )
    if len(open_blocks) >= NESTING_LIMIT:
        errors.append(
            FoldwellError(
                f"Blocks are nested more than {NESTING_LIMIT} deep.", here, "Flatten them."
            )
        )
    open_blocks.append((block, len(slashes)))
    return errors


def _end(
    match: re.Match[str], here: Place, open_blocks: list[tuple[Block, int]]
) -> list[FoldwellError]:
    slashes = len(match.group(2))
    if open_blocks and len(match.group(1)) > 3:
        block, _ = open_blocks.pop()
        return [
            FoldwellError(
                f"This line does not close the block '{block.name}' of line {block.line}, because"
                " it is indented.",
                here,
                "Start it at the left edge.",
            )
        ]
    if open_blocks and open_blocks[-1][1] == slashes:
        open_blocks.pop()
        return []
    if not open_blocks:
        return [
            FoldwellError("This line closes a block, but none is open.", here, "Delete the line.")
        ]
    block, expected = open_blocks[-1]
    return [
        FoldwellError(
            f"{slashes} slashes do not close the block '{block.name}' of line {block.line}.",
            here,
            f"Write '{'/' * expected}'.",
        )
    ]


def _check_line(
    line: str, here: Place, open_blocks: list[tuple[Block, int]], after_start: bool
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
    if found := _TAG.search(line):
        wrong(
            f"HTML is not used in leaflets ('{line[found.start() : found.start() + 12]}').",
            hint_for(line[found.start() :]),
        )
    for entity in _ENTITY.findall(line):
        if entity not in _ALLOWED_ENTITIES:
            wrong(f"'{entity}' is an HTML code.", "Type the character itself.")
    if _IMAGE.search(line) and not any(block.name == "figure" for block, _ in open_blocks):
        wrong(
            "A picture stands outside a 'figure' block.",
            "Put '/// figure' above it and '///' below it and its caption.",
        )
    if "`" in line:
        wrong("Backticks mark program code, which leaflets do not have.", "Use quotation marks.")
    if re.match(r"[ >]*>[ >]*/{3,} *[A-Za-z]", line):
        wrong("A block cannot stand inside a quotation.", "Move it out.")
    if re.match(r"#{1,6} .*[^\\# ]#+ *$", line):
        wrong(
            "The '#' at the end of this heading would not be printed.", r"Write \# for a plain #."
        )
    if MEANING.match(line) and "{{" in line:
        wrong(
            "A fact that is itself a link stands in the meaning of an abbreviation.",
            "Write the fact in the text.",
        )
    if re.search(r"!\[[^\]]*\{\{", line):
        wrong(
            "A fact that is itself a link stands in the words of a picture.",
            "Write the fact in the caption.",
        )
    for pattern, message, hint in _UNCERTAIN:
        if pattern.search(line):
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
    depth = deepest = 0
    for character in line:
        depth += (character == opening) - (character == closing)
        depth = max(depth, 0)
        deepest = max(deepest, depth)
    return deepest
