"""Which edition something is: a file, an id that somebody scribbled, a photograph of a page.

What is not certain is never told as if it were: an id that no build knows is only shown beside
those that look like it.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from foldwell.build.differing import Change
from foldwell.build.edition_pages import own_page, standing_page, twin
from foldwell.build.editions import Entry, present_of, with_withdrawals
from foldwell.build.photographs import SUFFIXES, ids_in_photograph
from foldwell.content.withdrawals import edition_id
from foldwell.content.words_groups import SHORT
from foldwell.errors import FoldwellError, Place, UsageError

_FOUND = re.compile(rf"(?<![A-Z0-9-]){SHORT.pattern}(?![A-Z0-9-])")
MOST_BYTES = 100 * 2**20


@dataclass(frozen=True)
class Identified:
    """What is known of something.

    Attributes:
        entry: The edition; withdrawn if the project withdraws it, built since or not.
        today: The day on which somebody asks.
        exact: Whether a file is that of the build, to the byte; None for what is no file.
        present: The edition in its place, where there is another.
        changes: What the present edition says otherwise, a line each; None if it is not known.
    """

    entry: Entry
    today: datetime.date
    exact: bool | None = None
    present: Entry | None = None
    changes: tuple[str, ...] | None = None

    @property
    def against(self) -> tuple[str, ...]:
        """Why it may not be handed out, a sentence each; nothing if it may."""
        found = _against(self.entry, self.today)
        if self.exact is False:
            found.append(
                "NOT THE FILE OF A BUILD: it was altered, or made elsewhere. Do not use this file."
            )
        return tuple(found)

    @property
    def usable(self) -> bool:
        """Whether it may be handed out: it stands, and a clinician stands behind it."""
        return not self.against


def _against(entry: Entry, today: datetime.date) -> list[str]:
    """Why an edition may not be handed out on a day, a sentence each."""
    found = []
    if entry.state == "withdrawn":
        found.append(f"WITHDRAWN since {entry.since}: {entry.reason} Do not use it.")
    elif entry.state == "superseded":
        found.append(f"OUT OF DATE since {entry.since}. Do not use it.")
    elif entry.state == "discontinued":
        found.append(f"NO LONGER BUILT since {entry.since}: nobody keeps it up. Do not use it.")
    if entry.status and entry.status != entry.state:
        found.append(f"{entry.status.upper()}: do not give it to patients.")
    if entry.review_due and datetime.date.fromisoformat(entry.review_due) < today:
        found.append(f"REVIEW OVERDUE since {entry.review_due}: do not give it to patients.")
    return found


def identify(
    asked: str,
    output: Path,
    register: Sequence[Entry],
    today: datetime.date,
    withdrawn: Mapping[str, tuple[str, str]],
) -> list[Identified]:
    """What an id, a file or a photograph is; one answer, unless a picture shows several pages.

    Args:
        asked: The id, or the path of the file.
        output: The output folder.
        register: Its register.
        today: The day on which somebody asks.
        withdrawn: From when on and why the project withdraws editions, by their ids.

    Raises:
        UsageError: If it is neither an id nor a file, or an edition that no build knows.
        FoldwellError: If the file says nothing of an edition.
    """
    known = {entry.id: entry for entry in with_withdrawals(register, withdrawn)}
    path = Path(asked)
    if path.is_file():
        ids, exact = _of_file(path, register)
    elif name := edition_id(asked):
        ids, exact = [name], None
    else:
        raise UsageError(
            f"'{asked}' is no file and no edition id.",
            None,
            "Write the id as it is printed, such as XRJB-6PR3, or name a file.",
        )
    for name in ids:
        if name not in known:
            said, hint = f"No build into {output} knows the edition {name}", _like(name, known)
            if name in withdrawn:
                since, reason = withdrawn[name]
                said, hint = f"{said}; it is WITHDRAWN since {since}: {reason}", "Do not use it."
            raise UsageError(f"{said.rstrip('.')}.", None, hint)
    if exact is False:  # the page of an edition is not in the register, and made of what is
        exact = path.read_bytes() == standing_page(output, known[ids[0]])
    return [_told(known[name], known, output, today, exact) for name in ids]


def _of_file(path: Path, register: Sequence[Entry]) -> tuple[list[str], bool | None]:
    if path.stat().st_size > MOST_BYTES:
        raise FoldwellError("This file is too large.", Place(str(path)), "Name a page of it.")
    content = path.read_bytes()
    sha256 = hashlib.sha256(content).hexdigest()
    for entry in register:
        if sha256 in entry.files.values():
            return [entry.id], True
    if path.suffix.lower() in SUFFIXES:
        if ids := ids_in_photograph(content, path):
            return ids, None
        raise FoldwellError(
            "No QR code of an edition can be read in this picture.",
            Place(str(path)),
            "Photograph the code from nearer, or type the edition id from the foot of the page.",
        )
    ids = [*dict.fromkeys(_FOUND.findall(_text_of(content, path)))]
    held = {entry.id for entry in register}
    named = [name for name in ids if name in held] or ids
    if not named:
        raise FoldwellError(
            "This file names no edition.", Place(str(path)), "Type the id that is printed on it."
        )
    if len(named) > 1:
        raise FoldwellError(
            f"This file names several editions: {', '.join(named[:4])}.",
            Place(str(path)),
            "Ask for one of them.",
        )
    return named, False


def _text_of(content: bytes, path: Path) -> str:
    if not content.startswith(b"%PDF-"):
        return content.decode("utf-8", "replace")
    from foldwell.pdf.opening import viewed

    with viewed(content) as pdf:
        texts = [page.get_textpage().get_text_bounded() for page in pdf]
    return "\n".join(texts)


def _like(name: str, known: Iterable[str]) -> str:
    near = [k for k in known if sum(a != b for a, b in zip(k, name, strict=True)) <= 2]
    if not near:
        return "Look at the id once more; it may have been built elsewhere."
    return f"Look at the id once more: is it {' or '.join(sorted(near)[:3])}?"


def _told(
    entry: Entry, known: Mapping[str, Entry], output: Path, today: datetime.date, exact: bool | None
) -> Identified:
    present = present_of(entry, known)
    if present is None:
        return Identified(entry, today, exact)
    before, after = output / own_page(entry), output / twin(present)
    if not before.is_file() or not after.is_file():
        return Identified(entry, today, exact, present)
    said = [_statements(page.read_text(encoding="utf-8")) for page in (before, after)]
    return Identified(entry, today, exact, present, tuple(_changes(*said)))


_DROPPED = re.compile(r"(?s)<head>.*?</head>|<!-- banner -->.*?<!-- banner -->|<footer.*?</footer>")
_BLOCK = re.compile(r"(?i)</?(?:p|li|h[1-6]|td|th|dt|dd|div|section|tr|summary|nav)\b[^>]*>")
_TAG = re.compile(r"<[^>]+>")


def _statements(page: str) -> list[str]:
    """The texts of a page, block by block, in order."""
    import html

    blocks = _BLOCK.split(_DROPPED.sub("", page))
    texts = (" ".join(html.unescape(_TAG.sub("", block)).split()) for block in blocks)
    return [text for text in texts if text]


def _changes(before: list[str], after: list[str]) -> list[str]:
    """What is said otherwise: changed numbers first."""
    found = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            found.append(Change("", " ".join(before[a:b]), " ".join(after[c:d]), 0))
    return [_line(change) for change in sorted(found, key=lambda change: not change.numbers)]


def _line(change: Change) -> str:
    if change.before and change.after:
        told = f"now: “{change.after}”; it was: “{change.before}”"
    else:
        told = f"new: “{change.after}”" if change.after else f"gone: “{change.before}”"
    return f"NUMBERS, {told}" if change.numbers else told


def report(found: Identified) -> str:
    """What there is to say, in lines for a person at a desk."""
    entry = found.entry
    lines = [f"{entry.id}: {entry.title} ({entry.leaflet}, {entry.language}, {entry.clinic})"]
    if found.exact:
        lines.append("  This is exactly the file of the build.")
    dates = [
        f"{word} {day}"
        for word, day in (
            ("published", entry.published),
            ("reviewed", entry.reviewed),
            ("review due", entry.review_due),
        )
        if day
    ]
    if dates:
        lines.append(f"  {', '.join(dates)}")
    lines += [f"  {sentence}" for sentence in found.against or ("Current.",)]
    if found.present is not None:
        lines.append(f"  The present edition is {found.present.id}.")
        lines += [f"    {sentence}" for sentence in _against(found.present, found.today)]
        if found.changes is None:
            lines.append("  What has changed is not kept here; 'diff' compares revisions of git.")
        lines += [f"    {line}" for line in found.changes or ()]
        if found.changes == ():
            lines.append("    No word has changed; its look or its facts of publication have.")
    return "\n".join(lines)
