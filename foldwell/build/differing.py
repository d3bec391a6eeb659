"""What has changed in the words of a leaflet: sentence by sentence, changed numbers first."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path

from foldwell.check.passages import Sort, passages
from foldwell.content.edition import Edition
from foldwell.content.leaflet import FrontMatter, Leaflet, split_front_matter
from foldwell.content.tidy import tidy_words
from foldwell.content.tidyings import Tidyings
from foldwell.content.validation import validate
from foldwell.content.yaml_text import read_yaml
from foldwell.errors import Mistakes, UsageError

_NUMBER = re.compile(
    r"\d[\d,.:]*\d|\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten)\b", re.I
)
_WORDS = re.compile(r"\S+")
_PRINTED = ("title", "subtitle", "main_message", "action")
"""Texts of the front matter that are printed."""


@dataclass(frozen=True)
class Change:
    """One sentence that is new, gone or said otherwise.

    Attributes:
        section: The heading that it stands under.
        before: The sentence as it was; empty if it is new.
        after: The sentence as it is; empty if it is gone.
        line: The line of the file, of the new one where it is still there.
    """

    section: str
    before: str
    after: str
    line: int

    @property
    def numbers(self) -> bool:
        """Whether a number is another, new or gone."""
        was, now = (Counter(_NUMBER.findall(text.lower())) for text in (self.before, self.after))
        return was != now

    def marked(self) -> str:
        """Both in one: ``[-gone-]`` and ``{+new+}`` words."""
        if not (self.before and self.after):
            return f"[-{self.before}-]" if self.before else f"{{+{self.after}+}}"
        was, now = _WORDS.findall(self.before), _WORDS.findall(self.after)
        parts: list[str] = []
        for kind, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
            if kind == "equal":
                parts += was[a:b]
                continue
            if a < b:
                parts.append(f"[-{' '.join(was[a:b])}-]")
            if c < d:
                parts.append(f"{{+{' '.join(now[c:d])}+}}")
        return " ".join(parts)


@dataclass(frozen=True)
class _Said:
    section: str
    text: str
    line: int


def changes(before: Edition, after: Edition) -> list[Change]:
    """What two editions of one leaflet say differently: changed numbers first, then in order."""
    was, now = _said(before), _said(after)
    matcher = SequenceMatcher(None, [s.text for s in was], [s.text for s in now], autojunk=False)
    found: list[Change] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            found += _paired(was[a:b], now[c:d])
    return sorted(found, key=lambda change: not change.numbers)


def _said(edition: Edition) -> list[_Said]:
    facts = edition.leaflet.facts
    head = [(name, getattr(facts, name)) for name in _PRINTED]
    said = [_Said(f"front matter, {name}", str(text), 1) for name, text in head if text]
    section = str(facts.title)
    for passage in passages(edition):
        if passage.sort in (Sort.HEADING, Sort.TITLE):
            section = passage.text
            said.append(_Said(section, passage.text, passage.line))
        else:
            said += [_Said(section, text, passage.line_of(text)) for text in passage.sentences]
    return said


def _paired(was: Sequence[_Said], now: Sequence[_Said]) -> Iterator[Change]:
    """Sentences that stand in each other's place, the likest together, in their order."""
    left = list(now)
    for old in was:
        likest = max(left, key=lambda new: _likeness(old.text, new.text), default=None)
        if likest is not None and _likeness(old.text, likest.text) >= 0.5:
            for new in left[: left.index(likest)]:
                yield Change(new.section, "", new.text, new.line)
            left = left[left.index(likest) + 1 :]
            yield Change(likest.section, old.text, likest.text, likest.line)
        else:
            yield Change(old.section, old.text, "", old.line)
    for new in left:
        yield Change(new.section, "", new.text, new.line)


def _likeness(one: str, two: str) -> float:
    return SequenceMatcher(None, one.split(), two.split(), autojunk=False).ratio()


def report(found: Iterable[Change]) -> str:
    """The changes as lines, by section; those of numbers are said to be so."""
    lines, last = [], None
    held = list(found)
    for change in held:
        head = ("NUMBERS: " if change.numbers else "") + change.section
        if head != last:
            lines.append(head)
            last = head
        lines.append(f"  line {change.line}: {change.marked()}")
    numbers = sum(change.numbers for change in held)
    many = "" if len(held) == 1 else "s"
    lines.append(f"{len(held)} change{many}, {numbers} of numbers." if held else "No word changed.")
    return "\n".join(lines)


def former(root: Path, leaflet: Leaflet, revision: str) -> Leaflet:
    """A leaflet as it was in a revision of git, or as another file has it.

    Args:
        root: The project.
        leaflet: The leaflet as it is.
        revision: What git calls the revision, or the path of a file.

    Raises:
        UsageError: If there is no such revision or file.
        Mistakes: If it could not be built then either.
    """
    file = Path(revision) if Path(revision).is_absolute() else root / revision
    if file.is_file() and file.suffix == ".md":
        text = file.read_text(encoding="utf-8-sig")
    else:
        text = _of_git(root, revision, leaflet.path)
    front, body = split_front_matter(text.replace("\r\n", "\n"), leaflet.path)
    first = front.count("\n") + 3
    notes = Tidyings(leaflet.path)
    try:
        facts = validate(FrontMatter, read_yaml(front, leaflet.path, 2, notes))
    except Mistakes:
        facts = leaflet.facts  # of an older Foldwell; its words can be compared all the same
    words = tidy_words(body, first, notes)
    return replace(leaflet, facts=facts, text=words, first_line=first)


def _of_git(root: Path, revision: str, path: str) -> str:
    hint = "Name a revision of git, such as HEAD~1 or a tag, or another file."
    if revision.startswith("-"):
        raise UsageError(f"'{revision}' is no revision.", None, hint)
    try:
        done = subprocess.run(["git", "show", f"{revision}:./{path}"], cwd=root,
                              capture_output=True, timeout=30, check=False)  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        raise UsageError("git cannot be started.", None, "Name a file to compare with.") from None
    if done.returncode:
        raise UsageError(f"There is no '{path}' in '{revision}'.", None, hint)
    return done.stdout.decode("utf-8", "replace")
