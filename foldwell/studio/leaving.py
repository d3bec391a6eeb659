"""Leaving words as they are: a waiver for just these words goes into the facts of a leaflet."""

from __future__ import annotations

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from foldwell.content.leaflet import split_front_matter
from foldwell.errors import FoldwellError, Place
from foldwell.studio.yaml_document import opened, written

ASKED = {"reason": "Say why it may stay.", "name": "Say who decides that.",
         "expires": "Say until when: year-month-day."}  # fmt: skip


def with_waiver(text: str, path: str, rule: str, words: str, answers: dict[str, str]) -> str:
    """The text of a leaflet in which a rule does not hold for some words, for a while.

    Args:
        text: All of its file; what else it says stays as it is written.
        path: The file, for messages.
        rule: The id of the rule.
        words: The words.
        answers: Why, by whom and until when, by the names of ``ASKED``.

    Raises:
        FoldwellError: If an answer is missing, or the facts cannot be read.
        Mistakes: If it has no facts.
    """
    missing = [told for name, told in ASKED.items() if not answers.get(name, "").strip()]
    if missing:
        raise FoldwellError(missing[0])
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    front, body = split_front_matter(text.removeprefix(mark), path)
    document = opened(front, path)
    waivers = document.tree.setdefault("waivers", CommentedSeq())
    if not isinstance(waivers, CommentedSeq):
        raise FoldwellError("'waivers' is no list.", Place(path), "Write it as a list first.")
    waiver = CommentedMap({"rule": rule, "words": written(words)})
    waiver |= {name: " ".join(answers[name].split()) for name in ASKED}
    waivers.append(waiver)
    return f"{mark}---\n{document.text}---\n{body}"
