"""Variables in content: ``{{ clinic.phone }}`` and nothing else.

Jinja2 parses the text, but nothing is ever run: the syntax tree may hold plain text and
dotted names only. Each name becomes a token of private-use characters that no Markdown or
HTML rule touches; the values take the tokens' places at the very end, escaped, so a value is
never parsed as anything.
"""

from __future__ import annotations

import datetime
import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from jinja2 import Environment, nodes
from jinja2.exceptions import TemplateSyntaxError
from pydantic import BaseModel

from foldwell.content.facts import Address, Email, Hours, Text, WebAddress
from foldwell.content.region import Region, RegionText
from foldwell.errors import FoldwellError, Place, did_you_mean
from foldwell.remembered import remembered
from foldwell.typeset.tokens import Tokens

# Statements and comments are not part of the language of leaflets: content is refused before
# if it holds '{%', and '{#' is how an attribute list starts.
_NEVER = "\ue00f"
_SYNTAX = Environment(
    autoescape=True,
    keep_trailing_newline=True,
    block_start_string=f"{_NEVER}%",
    block_end_string=f"%{_NEVER}",
    comment_start_string=f"{_NEVER}#",
    comment_end_string=f"#{_NEVER}",
)
_ENDLESS = re.compile(r"[0-9]{1000}")
_TRIMMING = re.compile(r"\{\{[-+]|[-+]\}\}")


@dataclass(frozen=True)
class Facts:
    """What the names stand for.

    Attributes:
        values: By first word: ``clinic``, ``region``, ``leaflet``, ``brand``.
        write_date: Writes a date in the region's way.
        sources: Where the values of a first word are written, for messages.
        today: The day of the build; a text that is stale by then says when it was checked.
        checked_on: How it says so.
        written_on: The same of a text that nobody has checked since it was written.
        write_hours: Writes opening hours in the edition's language.
        foreign: The language of a name's value if it is not the edition's; else nothing.
    """

    values: Mapping[str, Any]
    write_date: Callable[[datetime.date], str]
    sources: Mapping[str, str]
    today: datetime.date = datetime.date.min
    checked_on: str = "({date})"
    written_on: str = "({date})"
    write_hours: Callable[[Hours], Hours] = lambda hours: hours
    foreign: Callable[[str], str] = lambda name: ""


Piece = str | tuple[str | None, int]
"""Words, or a name with its line; None for what is no name."""


@lru_cache(maxsize=64)
def _pieces(text: str) -> tuple[Piece, ...]:
    """A leaflet taken apart: the same for the next clinic."""
    pieces: list[Piece] = []
    for statement in _SYNTAX.parse(text).body:
        parts = statement.nodes if isinstance(statement, nodes.Output) else [statement]
        for part in parts:
            if isinstance(part, nodes.TemplateData):
                pieces.append(part.data)
            else:
                pieces.append((_dotted(part), part.lineno))
    return tuple(pieces)


@lru_cache(maxsize=64)
def _trimming(text: str) -> tuple[int, ...]:
    """The lines with a mark at which Jinja would take away the spaces around it."""
    lines = text.split("\n") if _TRIMMING.search(text) else []
    return tuple(number for number, line in enumerate(lines) if _TRIMMING.search(line))


def insert_tokens(
    text: str, facts: Facts, tokens: Tokens, path: str, first_line: int
) -> tuple[str, list[FoldwellError]]:
    """Replace each ``{{ dotted.name }}`` by a token.

    Returns:
        The text, and what is wrong with the names' form.
    """
    if trimming := _trimming(text):
        return text, [_not_a_name(Place(path, first_line + number)) for number in trimming]
    try:
        pieces = _pieces(text)
    except TemplateSyntaxError as error:
        line = error.lineno
        opening = text.rfind("{{")
        if opening > text.rfind("}}"):
            line = text[:opening].count("\n") + 1  # where it opens, not where the text ends
        return text, [_not_a_name(Place(path, first_line + line - 1))]
    except ValueError:  # Python refuses to read a number of thousands of digits
        number = _ENDLESS.search(text)
        line = text[: number.start()].count("\n") if number else 0
        return text, [_not_a_name(Place(path, first_line + line))]
    out: list[str] = []
    errors: list[FoldwellError] = []
    for piece in pieces:
        if isinstance(piece, str):
            out.append(piece)
            continue
        name, line = piece
        place = Place(path, first_line + line - 1)
        if name is None:
            errors.append(_not_a_name(place))
            continue
        out.append(_token(name, facts, tokens, place))
    return "".join(out), errors


def _not_a_name(place: Place) -> FoldwellError:
    return FoldwellError(
        "Only names such as '{{ clinic.phone }}' may stand between '{{' and '}}'.",
        place,
        "Write the name alone, without filters, calls or calculations.",
    )


def _dotted(node: nodes.Node) -> str | None:
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        before = _dotted(node.node)
        return None if before is None else f"{before}.{node.attr}"
    # Keys such as 'night-line' cannot be written with dots alone in Jinja's own grammar: it
    # reads a subtraction, which is put together again here.
    if isinstance(node, nodes.Sub):
        left, right = _dotted(node.left), _dotted(node.right)
        return None if left is None or right is None else f"{left}-{right}"
    return None


def _token(name: str, facts: Facts, tokens: Tokens, place: Place) -> str:
    try:
        value = _look_up(name, facts)
    except FoldwellError as error:
        token = tokens.add("")
        tokens.errors[len(tokens.pieces) - 1] = FoldwellError(error.message, place, error.hint)
        return token
    text = _text_of_region(name, facts)
    if text is None:
        language = "" if value.href or isinstance(value, Hours) else facts.foreign(name)
        told = f'<span lang="{language}">{value.html}</span>' if language else value.html
        token = tokens.add(told)
        if isinstance(value, Text):
            tokens.plain[len(tokens.pieces) - 1] = str(value), value.href
        if value.href:
            tokens.links.add(len(tokens.pieces) - 1)
        return token
    # Its sources are cited wherever it is printed; marks of Markdown's, read like the writer's.
    cites = "; ".join(f"@{source}" for source in text.sources)
    written, mark, end = str(value), (f" [{cites}]" if cites else ""), ""
    if re.search(r"[^\d.]\.$", written):  # after a digit a raised number would read as one of it
        written, end = written[:-1], "."
    if text.due < facts.today or name.startswith("region.laws."):
        said = facts.checked_on if text.reviewed else facts.written_on
        end += " " + said.format(date=facts.write_date(text.day or facts.today))
    # Its last word stands outside, so that a number can be set between it and its full stop.
    words, _, last = written.rpartition(" ")
    if not (words and last.isalpha()):
        words, last = written, ""
    token = tokens.add(_with_calls(facts.values["region"], words))
    return f"{token} {last}".rstrip() + mark + end


def _text_of_region(name: str, facts: Facts) -> RegionText | None:
    """The dated text that a name such as ``region.laws.tea.text`` stands for."""
    first, *middle = name.split(".")
    if first != "region" or not middle or middle.pop() != "text":
        return None
    value: Any = facts.values[first]
    for word in middle:
        value = getattr(value, word) if isinstance(value, BaseModel) else value[word]
    return value if isinstance(value, RegionText) else None


@remembered(1024)
def _with_calls(region: Region, text: str) -> str:
    """A text as escaped HTML, with the region's own numbers in it to be tapped."""
    phones = [region.emergency_number, *(line.phone for line in region.lines.values())]
    numbers = {str(phone): phone.html for phone in phones}
    known = "|".join(re.escape(number) for number in sorted(numbers, key=len, reverse=True))
    parts = re.split(rf"(?<![\w-])({known})(?![\w-])", text)
    return "".join(numbers.get(part) or html.escape(part) for part in parts)


def _look_up(name: str, facts: Facts) -> Text | Address | Hours:
    value: Any = facts.values
    words = name.split(".")
    for index, word in enumerate(words):
        so_far = ".".join(words[:index])
        known = list(type(value).model_fields) if isinstance(value, BaseModel) else list(value)
        if word.startswith("_") or word not in known:
            inside = f" in '{so_far}'" if so_far else ""
            if words[0] == "region" and isinstance(region := facts.values["region"], Region):
                path = facts.sources.get("region", "")
                if missing := region.untold(".".join(words[1:3]), path):
                    raise missing
            raise FoldwellError(
                f"There is no '{word}'{inside} for the variable '{name}'.",
                None,
                did_you_mean(word, known),
            )
        value = getattr(value, word) if isinstance(value, BaseModel) else value[word]
        if value is None or value == Hours():
            whose = {"clinic": "this clinic", "region": "this region"}.get(words[0], "it")
            raise FoldwellError(
                f"The leaflet uses '{name}', which {whose} does not give.",
                None,
                f"Add '{word}' to {facts.sources.get(words[0], 'the brand')}.",
            )
        if index < len(words) - 1 and not isinstance(value, BaseModel | Mapping):
            raise FoldwellError(
                f"'{'.'.join(words[: index + 1])}' has nothing inside it.",
                None,
                "Shorten the name.",
            )
    if isinstance(value, datetime.date):
        return Text(facts.write_date(value))
    if isinstance(value, Hours):
        return facts.write_hours(value)
    if isinstance(value, Text | Address):
        return value
    if not isinstance(value, str):
        known = list(type(value).model_fields) if isinstance(value, BaseModel) else []
        raise FoldwellError(
            f"'{name}' is not one fact but several.",
            None,
            f"Choose one of: {', '.join(known)}." if known else "Choose one of them.",
        )
    return Text(value)


_ADDRESS = re.compile(
    r"(?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)|(?:https?://)?(?P<website>(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?)"
)


def linked(text: str) -> str:
    """A sentence of a clinic's as HTML, in which addresses are links."""
    out, end = [], 0
    for match in _ADDRESS.finditer(text):
        kind = Email if match["email"] else WebAddress
        address = (match["email"] or match["website"]).rstrip(".,;:)")
        start = match.start(kind.kind)
        out += [html.escape(text[end:start]), kind(address).html]
        end = start + len(address)
    return "".join([*out, html.escape(text[end:])])
