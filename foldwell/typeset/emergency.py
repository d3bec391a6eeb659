"""Emergency signs in their three groups: who gets naloxone, who is called for, who wants to die.

Naloxone reverses opioids and nothing else. A reader who is told to give it for a seizure or chest
pain loses minutes, so the groups are blocks of their own, and words that mix them are refused
wherever they stand: in a box, a plain list or a sentence. What the words are is known by
language; for a language without words here only the blocks themselves keep the groups apart.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass

from foldwell.typeset.reading import Reading
from foldwell.typeset.tree_checks import text_of


@dataclass(frozen=True)
class _Words:
    """What the groups are called in one language."""

    give: re.Pattern[str]
    """An order to give naloxone."""
    refuse: re.Pattern[str]
    """Words that turn a sentence about naloxone round."""
    opioid: re.Pattern[str]
    """The signs for which it is given."""
    other: re.Pattern[str]
    """Signs that it does not treat."""
    suicide: re.Pattern[str]
    pupils: re.Pattern[str]
    support: re.Pattern[str]
    """What says that a sign only supports others."""


def _word(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})", re.IGNORECASE)


_ENGLISH = _Words(
    give=_word(r"(?:giv(?:e|es|ing)|us(?:e|es|ing)|spray|inject|repeat)\b[^.!?;]*\bnaloxone\b"),
    refuse=_word(r"(?:does not|do not|not for|without|never|no) "),
    opioid=_word(r"woken\b|wake\b|breath"),
    other=_word(
        r"seizures?\b|fits?\b|convulsi|chest pain|faint|confus|racing\b|heart ?beat|stroke\b"
        r"|bleeding\b|belly pain"
    ),
    suicide=_word(r"suicid|harm(?:ing)? yourself|kill(?:ing)? yourself|end(?:ing)? your life"),
    pupils=_word(r"(?:tiny|pinpoint|small) pupils\b"),
    support=_word(r"other signs\b|also\b|not always\b|wait for\b|with methadone\b"),
)
_WORDS = {"en": _ENGLISH}


def check_emergencies(root: ET.Element, reading: Reading) -> None:
    """Refuse whatever puts naloxone beside signs that it does not treat."""
    words = _WORDS.get(reading.leaflet.language.split("-")[0])
    boxes = [s for s in root.iter("section") if "block-emergency" in _classes(s)]
    for box in boxes:
        parts = [e for e in box.iter("div") if "emergency-part" in _classes(e)]
        for part in parts:
            if not text_of(part).strip():
                name = _classes(part)[-1].removeprefix("emergency-")
                reading.wrong(
                    f"The block '{name}' holds no words.",
                    reading.line_of(f"/ {name}"),
                    "Write them, or take the block away.",
                )
            elif words:
                _check_part(part, words, reading)
        if words and not parts:
            _check_group(_sentences(box, reading), words, reading, "An emergency box")
    if words:
        inside = {id(element) for box in boxes for element in box.iter()}
        _check_lists(root, inside, words, reading)
        for element in root.iter():
            if element.tag in ("p", "li", "td") and id(element) not in inside:
                for sentence in _sentences(element, reading):
                    _check_group([sentence], words, reading, "A sentence")


def _check_part(part: ET.Element, words: _Words, reading: Reading) -> None:
    name = _classes(part)[-1].removeprefix("emergency-")
    sentences = _sentences(part, reading)
    text = " ".join(sentences)
    if name != "suicide" and (found := words.suicide.search(text)):
        _wrong(reading, found, "Thoughts of suicide have a line of their own.", "suicide")
    if name == "naloxone":
        if found := words.other.search(text):
            _wrong(reading, found, f"Naloxone does not treat '{found.group()}'.", "call")
        if not words.opioid.search(text):
            reading.wrong(
                "The block 'naloxone' names none of the signs of an opioid overdose.",
                reading.line_of("/ naloxone"),
                "Write: cannot be woken, or breathes slowly, in gasps or not at all.",
            )
    elif found := _order(sentences, words):
        _wrong(reading, found, f"The block '{name}' tells the reader to give naloxone.", "naloxone")
    _check_pupils(sentences, words, reading)


def _check_group(sentences: list[str], words: _Words, reading: Reading, what: str) -> None:
    """One box, list or sentence without parts: it may hold naloxone or other signs, not both."""
    text = " ".join(sentences)
    if _order(sentences, words):
        for pattern, name in ((words.other, "call"), (words.suicide, "suicide")):
            if found := pattern.search(text):
                message = f"{what} gives naloxone for '{found.group()}', which it does not treat."
                _wrong(reading, found, message, name)
                return
    if what == "An emergency box":
        if words.suicide.search(text) and (words.opioid.search(text) or words.other.search(text)):
            found = words.suicide.search(text)
            assert found is not None
            _wrong(reading, found, "Thoughts of suicide have a line of their own.", "suicide")
        _check_pupils(sentences, words, reading)


def _check_pupils(sentences: list[str], words: _Words, reading: Reading) -> None:
    for sentence in sentences:
        found = words.pupils.search(sentence)
        if found and not words.support.search(sentence):
            line = reading.line_of(found.group())
            reading.wrong(
                "Small pupils stand as a sign of their own; people on methadone often have them.",
                line,
                "Write them after 'Other signs are …', or leave them out.",
            )


def _check_lists(root: ET.Element, inside: set[int], words: _Words, reading: Reading) -> None:
    """A list of signs, with what is said right before and right after it."""
    for parent in root.iter():
        around = [None, *parent, None]
        for before, element, after in zip(around, around[1:], around[2:], strict=False):
            if element is None or element.tag not in ("ul", "ol") or id(element) in inside:
                continue
            sentences = [s for item in element for s in _sentences(item, reading)]
            for beside in (before, after):
                if beside is not None and beside.tag == "p":
                    sentences += _sentences(beside, reading)
            steps = element.tag == "ol"
            if not steps:
                _check_group(sentences, words, reading, "A list")


def _order(sentences: list[str], words: _Words) -> re.Match[str] | None:
    """The first sentence that tells the reader to give naloxone."""
    for sentence in sentences:
        found = words.give.search(sentence)
        if found and not words.refuse.search(sentence[: found.end()]):
            return found
    return None


def _sentences(element: ET.Element, reading: Reading) -> list[str]:
    """The sentences of an element; items of lists are sentences, marked or not."""
    pieces = [item for item in element.iter("li")] or [element]
    whole = [_words_of(piece) for piece in pieces]
    if pieces[0] is not element:
        whole += [_words_of(child) for child in element.iter("p")]
    plain = (re.sub("<[^>]*>", "", reading.tokens.replace(text)) for text in whole)
    return [s.strip() for text in plain for s in re.split(r"(?<=[.!?])\s+", text) if s.strip()]


def _words_of(element: ET.Element) -> str:
    """The words of an element without the numbers of its sources."""
    if element.get("class") == "cite":
        return ""
    inner = "".join(_words_of(child) + (child.tail or "") for child in element)
    return (element.text or "") + inner


def _wrong(reading: Reading, found: re.Match[str], message: str, part: str) -> None:
    reading.wrong(
        message,
        reading.line_of(found.group().split("\n")[0][:20]),
        f"Put it into a block of its own inside 'emergency': '/// {part}'.",
    )


def _classes(element: ET.Element) -> list[str]:
    return element.get("class", "").split()
