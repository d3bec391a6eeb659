"""Whether a reader is told what to do, where to get help, and what a treatment means."""

from __future__ import annotations

import re
from collections.abc import Iterator

from foldwell.check.statements import ORDER
from foldwell.check.wording.entry import rule
from foldwell.check.wording.reading import Reading
from foldwell.finding import Finding

_BLIND = re.compile(
    r"(?i)\b(?:(?:click|tap|press) (?:on )?(?:here|this(?: link)?)|read more|more info)\b"
)
_BLIND_LINK = re.compile(r"(?i)\[(?:here|this|link|this link|more|read more|click here)\]\(")
_YOU = re.compile(r"(?i)\b(?:you|your|yours)\b")
_HELP = re.compile(r"(?i)\b(?:call|phone|text|ask|tell|contact|talk to|speak to|see|go to)\b[^.]*")
_WHEN = re.compile(r"(?i)\b(?:if|when|at once|straight away|right away|now|day or night)\b")

TOPICS = {
    "how it works": r"works?\b|helps? (?:to |with )?|what it does|steadies|blocks|replaces",
    "what good it does": r"benefit|helps?\b|safer|better|lowers?|eases?|protects?",
    "what harm it can do": r"side effect|risk|harm|danger|can cause|may cause|unsafe|kill",
    "what happens without it": r"without (?:it|treatment|medicine)|if you do not|untreated"
    r"|if you stop|withdrawal (?:gets|comes|starts)|comes? back",
    "what else there is": r"other (?:choices?|options?|ways|treatments?|medicines?)|instead|another"
    r" (?:medicine|treatment|way)|alternatives?|choose between",
}
"""What DISCERN asks of a leaflet about a treatment (questions 9 to 14), and words that show it."""


@rule("T14", english=True)
def blind_links(reading: Reading) -> Iterator[Finding]:
    """'Click here', which says nothing on paper or read aloud."""
    for passage in reading.passages:
        links = _BLIND_LINK.finditer(passage.raw) if "](" in passage.raw else ()
        for match in (*_BLIND.finditer(passage.text), *links):
            words = match[0].strip("[](")
            yield reading.find(
                "T14",
                f"'{words}' does not say where it leads.",
                "Write what the reader finds there; the address is printed beside it.",
                passage,
                words,
            )


@rule("T15", english=True)
def speaks_to_the_reader(reading: Reading) -> Iterator[Finding]:
    """'You', an action, and when and how to get help."""
    spoken = [sentence for passage in reading.spoken for sentence in passage.sentences]
    text = " ".join(spoken)
    wanting = {
        "does not speak to 'you'": bool(_YOU.search(text)),
        "names no action": any(ORDER.match(sentence) for sentence in spoken),
        "does not say when and how to get help": any(
            _HELP.search(sentence) and _WHEN.search(sentence) for sentence in spoken
        ),
    }
    for what, there in wanting.items():
        if not there:
            yield reading.of_facts(
                "T15", f"The leaflet {what}.", "Tell the reader what to do, and when.", "title"
            )


@rule("T16", english=True)
def treatment_in_full(reading: Reading) -> Iterator[Finding]:
    """A leaflet about a treatment: how it works, benefits, risks, without it, alternatives."""
    if reading.edition.leaflet.facts.kind != "treatment":
        return
    for topic, words in TOPICS.items():
        if not re.search(rf"(?i)\b(?:{words})", reading.text):
            yield reading.of_facts(
                "T16", f"The leaflet does not say {topic}.", "Add a sentence with a source.", "kind"
            )
