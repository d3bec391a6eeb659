"""Acronyms that nobody has spelled out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from foldwell.check.wording.emphasis import SHOUTED
from foldwell.check.wording.entry import rule
from foldwell.check.wording.reading import Reading
from foldwell.finding import Finding

_ACRONYM = re.compile(r"(?<![\w@./-])[A-Z](?:[A-Z]|&(?=[A-Z])){1,6}s?(?![\w@]|\.\w|-\d)")
_NUMERAL = re.compile(r"[IVX]{2,}")
"""A Roman number, as in 'factor VIII'."""
_IN_BRACKETS = re.compile(r"[(\[]\s*(?:or |also )?$")
_SMALL_WORDS = frozenset("a an and by for in of or the to with also called".split())
_SHOUTED = 2
"""So many words in capitals beside one another are no acronyms but loud (rule T11)."""


@rule("T5")
def acronyms(reading: Reading) -> Iterator[Finding]:
    """Acronyms at their first use, unless everybody knows them."""
    lists = reading.words.acronyms
    region = reading.edition.clinic.region
    known = {*map(str, (*lists.get("all", ()), *lists.get(region, ()))), *reading.long_forms}
    names = reading.edition.clinic.name
    known |= {word.upper() for word in reading.edition.leaflet.facts.title.split()}
    for passage in reading.passages:
        for match in _ACRONYM.finditer(passage.text):
            acronym = match[0].removesuffix("s")
            if acronym in known or acronym in names or _loud(passage.text, match):
                continue
            if acronym in SHOUTED or _NUMERAL.fullmatch(acronym):
                continue
            known.add(acronym)
            if not _spelled_out(passage.text, match):
                yield reading.find(
                    "T5",
                    f"'{acronym}' is not spelled out where it is first used.",
                    f"Write the long form, then '({acronym})'.",
                    passage,
                    match[0],
                )


def _spelled_out(text: str, match: re.Match[str]) -> bool:
    before, after = text[: match.start()], text[match.end() :]
    bracketed = _IN_BRACKETS.search(before) or re.match(r"\s*[(\[]", after)
    return bracketed is not None or _initials_before(before, match[0].removesuffix("s"))


def _initials_before(before: str, acronym: str) -> bool:
    """Whether the words before it begin with its letters: 'Lambert-Eaton syndrome or LES'."""
    words = [word for word in re.findall(r"[^\W\d_]+", before)[-2 * len(acronym) - 2 :]
             if word.casefold() not in _SMALL_WORDS]  # fmt: skip
    return "".join(word[0] for word in words).upper().endswith(acronym)


def _loud(text: str, match: re.Match[str]) -> bool:
    near = text[max(0, match.start() - 30) : match.end() + 30]
    return len(re.findall(r"\b[A-Z]{2,}\b", near)) > _SHOUTED
