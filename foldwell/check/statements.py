"""The statements of a leaflet, each with the sources that stand behind it.

A marker of sources covers the sentence it stands in and those before it in the same paragraph
that have none of their own; the marker of a line that ends with a colon covers the list below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from foldwell.check.passages import Passage, Sort, conditions, holds, in_format, passages
from foldwell.content.edition import Edition
from foldwell.content.html_words import BREAK, NOTE
from foldwell.content.references import cited_in

_ICON = re.compile(r"(?<![\w:]):[a-z][a-z0-9-]*:(?![\w:])")
_CITE = re.compile(r"\s*\[(@[^\]]*)\]")
_PICTURE = re.compile(r"(?<![\w:]):[a-z][a-z0-9-]*:(?![\w:])\s*")
"""A picture among the words, such as that of a step."""
_END = re.compile(r"(?<=[.!?])[”\"]?\s+(?=[A-Z0-9“\"])")
_SILENT = frozenset(["fill-in", "contact", "questions", "timeline", "figure"])
"""Blocks that state nothing: what a reader fills in, asks or looks at."""


class Kind(StrEnum):
    """What a sentence does; only statements need a source."""

    STATEMENT = "statement"
    INSTRUCTION = "instruction"
    OWN = "our own"
    """What the clinic offers or asks for."""
    QUESTION = "question"
    FRAGMENT = "fragment"
    """A heading or an item of a list of signs."""


@dataclass(frozen=True)
class Statement:
    """One sentence.

    Attributes:
        text: Its words, without marks.
        sources: Ids of the references behind it.
        line: The line of the leaflet's file on which its paragraph starts.
        kind: What it does.
    """

    text: str
    sources: tuple[str, ...]
    line: int
    kind: Kind

    @property
    def needs_source(self) -> bool:
        """Whether it says something that somebody must have found out."""
        return self.kind is Kind.STATEMENT


_VERBS = (
    "act|add|ask|avoid|bring|call|carry|check|chew|count|cut|do|drink|eat|fill|get|give|go|have|help"
    "|hold|keep|know|learn|leave|let|list|lock|look|make|move|never|plan|push|put|read|rest|return"
    "|roll|say|see|share|shout|show|sip|start|stay|stop|swish|switch|take|talk|tell|try|use|wait|watch"
    "|write|breathe|work|hand|feel|find|spray|treat|set|please"
)
ORDER = re.compile(
    rf"(?:(?:[\w’-]+ ){{0,4}}[\w’-]+: )?(?:also |then |always |so )?(?:{_VERBS})\b", re.IGNORECASE
)
_CONDITION = re.compile(
    rf"(?:if|when|once|after|before|until|as soon as)\b[^.]*?, (?:also |then )?(?:{_VERBS})\b",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"\b(?:we|us|our)\b(?! body)|\bI \w+|\bQuestions\b|\bSources differ\b|\bThese tips\b"
    r"|^You can stop\b|^They know\b|^The people close to me\b|^Choose\b",
    re.IGNORECASE,
)


def statements(edition: Edition, format_name: str = "") -> list[Statement]:
    """The sentences of an edition in reading order: of one format, else of all of them at once."""
    return statements_of(passages(edition, format_name), edition.clinic.region)


def statements_of(read: Iterable[Passage], region: str) -> list[Statement]:
    """The sentences of some passages, as a region has them."""
    found: list[Statement] = []
    lead: tuple[str, ...] = ()
    for line, text, item in _pieces(read):
        parts = list(_sentences(text, line, region))
        if item and lead:
            parts = [p if p.sources else replace(p, sources=lead) for p in parts]
        elif not item:
            lead = parts[-1].sources if parts and parts[-1].text.endswith(":") else ()
        found += parts
    return found


def texts_by_format(edition: Edition, read: Sequence[Passage]) -> dict[str, str]:
    """All that each format says, as one text; formats with the same words are read once.

    Args:
        edition: The edition.
        read: Its passages, of all formats.
    """
    asked, region = sorted({*conditions(edition)}), edition.clinic.region
    known: dict[tuple[bool, ...], str] = {}
    texts = {}
    for name in sorted(edition.known["format"]):
        held = tuple(holds(argument, region, name) for argument in asked)
        if held not in known:
            said = statements_of(in_format(read, region, name), region)
            known[held] = " ".join(item.text for item in said)
        texts[name] = known[held]
    return texts


def states(passage: Passage) -> bool:
    """Whether a passage stands where something may be stated."""
    return not any(name in _SILENT for name, _ in passage.blocks)


def _pieces(read: Iterable[Passage]) -> Iterator[tuple[int, str, bool]]:
    """(line, text, whether it is an item of a list) of each paragraph, item and cell."""
    for passage in read:
        spoken = passage.sort not in (Sort.HEADING, Sort.TITLE)
        if spoken and states(passage):
            yield passage.line, passage.raw, passage.sort is Sort.ITEM


@lru_cache(maxsize=4096)  # formats and regions have most of their paragraphs in common
def _sentences(text: str, line: int, region: str) -> tuple[Statement, ...]:
    text = _PICTURE.sub("", text.replace("**", "").replace(BREAK, " ").replace(NOTE, ""))
    # A marker right behind a full stop belongs to the sentence before it.
    text = re.sub(r"([.!?])(\s*\[@[^\]]*\])(?=\s|$)", r"\2\1", text)
    found: list[Statement] = []
    for sentence in _END.split(text):
        ids = [name for marker in _CITE.findall(sentence) for name in cited_in(marker, region)]
        plain = re.sub(r"\{[.:#][^}]*\}", "", _ICON.sub("", _CITE.sub("", sentence))).strip()
        if re.search(r"[A-Za-z]", plain):
            found.append(Statement(plain, tuple(ids), line, _kind(plain)))
    for index in range(len(found) - 2, -1, -1):
        if not found[index].sources:
            found[index] = replace(found[index], sources=found[index + 1].sources)
    return tuple(found)


def _kind(text: str) -> Kind:
    if text.endswith("?"):
        return Kind.QUESTION
    if text.endswith(":") or not text.endswith((".", "!", "”", "now")):
        return Kind.FRAGMENT
    if ORDER.match(text) or _CONDITION.match(text):
        return Kind.INSTRUCTION
    return Kind.OWN if _OWN.search(text) else Kind.STATEMENT
