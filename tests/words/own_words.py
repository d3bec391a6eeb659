"""The words of the project's own leaflets, and how hard they are to read."""

import datetime
import html
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from foldwell.check.statements import Kind, Statement, statements
from foldwell.content.edition import Edition, make_edition
from foldwell.content.library import Library
from foldwell.typeset.compose import compose_print, compose_web
from foldwell.typeset.purpose import Purpose

ROOT = Path(__file__).parents[2]
TODAY = datetime.date(2026, 11, 28)
CLINICS = ("hollin-lane", "river-bend")
LEAFLETS = sorted(path.parent.name for path in (ROOT / "content/leaflets").glob("*/en.md"))
SEVERAL_LANGUAGES = ("bilingual", "languages")
"""Layouts of several editions, each of which stands in the other formats by itself."""
BOTH = [(leaflet, clinic) for leaflet in LEAFLETS for clinic in CLINICS]


def edition_of(library: Library, leaflet: str, clinic: str) -> Edition:
    """One edition of the project."""
    return make_edition(library, library.leaflets[leaflet]["en"], clinic, TODAY)


def texts_of(
    library: Library, edition: Edition, only: tuple[str, ...] = ()
) -> Iterator[tuple[str, str]]:
    """(format, HTML) of an edition: the web page and every format that its paper carries."""
    if not only or "web" in only:
        yield "web", compose_web(edition)
    for name, row in library.formats.items():
        if row.layout in SEVERAL_LANGUAGES:
            continue
        if edition.region.paper in row.geometry and (not only or name in only):
            yield name, compose_print(edition, row, Purpose("screen")).pages.html


_NOT_OURS = (
    r"(?s)<head>.*?</head>",
    r'(?s)<sup class="cite">.*?</sup>',
    r'(?s)<ol class="(?:full-)?sources">.*?</ol>',
    r'(?s)<p class="small sources">.*?</p>',
)


def plain(page: str) -> str:
    """The words of a page without its sources, whose titles are not ours."""
    for pattern in _NOT_OURS:
        page = re.sub(pattern, "", page)
    page = re.sub(r"</?(?:strong|em|a|span|abbr|bdi)\b[^>]*>", "", page)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " | ", page)).split())


def sentences(edition: Edition) -> list[Statement]:
    """The whole sentences of an edition: no headings or items of lists, and not the poster's."""
    text = re.sub(
        r"(?ms)^(/{3,}) only \| format: poster\b[^\n]*$.*?^\1$",
        lambda match: "\n" * match.group().count("\n"),
        edition.leaflet.text,
    )
    leaflet = replace(edition.leaflet, text=text)
    said = statements(replace(edition, leaflet=leaflet))
    return [item for item in said if item.kind is not Kind.FRAGMENT]


def words_in(text: str) -> list[str]:
    """The words of a text; '7-OH' is one."""
    return re.findall(r"[A-Za-z0-9][A-Za-z0-9’'-]*", text)


def syllables(word: str) -> int:
    """Groups of vowels, without a silent e; near enough for a grade over many sentences."""
    word = re.sub(r"[^a-z]", "", word.lower())
    groups = len(re.findall(r"[aeiouy]+", word))
    if groups > 1 and word.endswith("e") and not word.endswith(("le", "ee", "ye")):
        groups -= 1
    if groups > 1 and word.endswith("ed") and not word.endswith(("ted", "ded")):
        groups -= 1
    soft = ("ses", "zes", "ches", "shes", "ces", "ges", "xes", "les")
    if groups > 1 and word.endswith("es") and not word.endswith(soft):
        groups -= 1
    if not re.search(r"[tsc]i(?:on|al)", word):
        groups += len(re.findall(r"(?:ia|io|iu)(?!n)|ioi", word))
    return max(groups, 1)


def grade(texts: list[str]) -> float:
    """Flesch–Kincaid: 0.39 words a sentence + 11.8 syllables a word − 15.59."""
    words = [word for text in texts for word in words_in(text)]
    return 0.39 * len(words) / len(texts) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
