"""Acronyms that nobody has spelled out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from foldwell.check.wording.entry import rule
from foldwell.check.wording.reading import Reading
from foldwell.finding import Finding

_ACRONYM = re.compile(r"(?<![\w@./-])[A-Z](?:[A-Z]|&(?=[A-Z])){1,6}s?(?![\w@]|\.\w|-\d)")
_SHOUTED = 2
"""So many words in capitals beside one another are no acronyms but loud (rule T11)."""


@rule("T5")
def acronyms(reading: Reading) -> Iterator[Finding]:
    """Acronyms at their first use, unless everybody knows them."""
    lists = reading.words.acronyms
    region = reading.edition.clinic.region
    known = {*map(str, (*lists.get("all", ()), *lists.get(region, ()))), *reading.long_forms}
    names = reading.edition.clinic.name
    for passage in reading.passages:
        for match in _ACRONYM.finditer(passage.text):
            acronym = match[0].removesuffix("s")
            if acronym in known or acronym in names or _loud(passage.text, match):
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
    return before.endswith("(") or re.match(r"\s*\(", after) is not None


def _loud(text: str, match: re.Match[str]) -> bool:
    near = text[max(0, match.start() - 30) : match.end() + 30]
    return len(re.findall(r"\b[A-Z]{2,}\b", near)) > _SHOUTED
