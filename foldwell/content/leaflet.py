"""A leaflet: its front matter and its Markdown, one file a language."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from foldwell.content.facts import Text
from foldwell.content.headings import tidy_headings
from foldwell.content.html_words import BREAK, NOTE
from foldwell.content.images import Image
from foldwell.content.limits import Waiver
from foldwell.content.lists import LETTERED
from foldwell.content.prose import check_prose
from foldwell.content.prose_runs import note_lists
from foldwell.content.reading import character_errors, read_tidied
from foldwell.content.tidy import tidy_words
from foldwell.content.tidyings import Tidyings
from foldwell.content.translation_facts import Translation
from foldwell.content.trials import TrialQuestion
from foldwell.content.validation import validate
from foldwell.content.values import Day, Facts, Slug, wrong
from foldwell.content.variables import Variables
from foldwell.content.yaml_text import read_yaml
from foldwell.errors import FoldwellError, Mistakes, Place

TITLE_LIMIT = 200
"""Whether a title of fewer characters has room is found out when it is set."""
REVIEW_AGE_YEARS = 3
"""A leaflet is due for review at most this long after it was reviewed (PIF TICK)."""


_PLACEHOLDER = re.compile(r"(?i)(tb[acd]|todo|to do|n/?a|none|nobody|unknown|x+|[-?.…]+)\.?")


class Reviewer(Facts):
    """A clinician who read the leaflet and stands behind it."""

    name: Text
    """Whoever has read it."""
    role: Text
    """What they are, such as GP."""
    date: Day
    """When they read it."""
    registration: Text | None = None
    """Their number in a professional register; never printed."""
    words: dict[Slug, Text] = {}
    """The wording that was read, by region, as 'review' showed it; see ``content.signature``."""

    @field_validator("name", "role")
    @classmethod
    def _no_placeholder(cls, value: str) -> str:
        if _PLACEHOLDER.fullmatch(value):
            raise wrong(
                f"'{value}' stands for something still to come",
                "name the person, or leave 'clinical_reviewers' empty: []",
            )
        return value


FOR_THE_PRESS = (
    "subtitle", "publisher", "published", "reviewed", "review_due", "authors", "clinical_reviewers",
    "audience", "objective", "main_message", "conflicts", "funding",
)  # fmt: skip
"""The facts that a draft may lack, and a leaflet for a print shop may not."""


class FrontMatter(Facts):
    """What stands between the two ``---`` lines at the top of a leaflet."""

    title: Annotated[Text, Field(max_length=TITLE_LIMIT)]
    """As it is printed: at most one line."""
    subtitle: Text | None = None
    """One line that says for whom; it stands on the cover."""
    kind: Literal["information", "treatment", "card"] = "information"
    """Whether it is about a treatment, is a card for a wallet, or neither."""
    drawing: Slug | None = None
    """The icon that stands for the topic, large on covers and at the head of sheets."""
    strip: Literal["phone", "emergency"] = "phone"
    """Whose number stands at the foot of a cover and on a poster."""
    action: Annotated[Text, Field(max_length=40)] | None = None
    """What a poster has for a title, when it is not that of the leaflet."""
    publisher: Text | None = None
    """Who publishes it."""
    published: Day | None = None
    """When it was published."""
    reviewed: Day | None = None
    """When a clinician last reviewed it."""
    review_due: Day | None = None
    """By when it has to be reviewed again: at most three years later."""
    owner: Text | None = None
    """Who answers for it and is asked when its review is due; without one, the publisher."""
    authors: tuple[Text, ...] = ()
    """Who wrote it."""
    clinical_reviewers: tuple[Reviewer, ...] = ()
    """Empty until a clinician has reviewed it; then every output is marked DRAFT."""
    audience: Text | None = None
    """Whom it is for."""
    objective: Text | None = None
    """What they can do when they have read it."""
    main_message: Text | None = None
    """The one thing to remember, in one to three sentences."""
    conflicts: Text | None = None
    """Whose interests may be in it; none counts."""
    funding: Text | None = None
    """Who paid for it; none counts."""
    for_the_reviewer: tuple[Text, ...] = ()
    """Points that a clinician has to decide; they are in the reviewer's pack, never in print."""
    trial_questions: tuple[TrialQuestion, ...] = ()
    """What readers are asked when it is tried on them, before the questions made of its own
    points; never printed in it."""
    waivers: tuple[Waiver, ...] = ()
    """Rules that do not hold here for a while, each with a reason and a name."""
    variables: Variables = {}
    """Texts for ``{{ name }}`` in this leaflet."""
    translation: Translation | None = None
    """Of a translation: what it was made from, and who answers for it."""
    for_: Annotated[tuple[Slug, ...], Field(alias="for")] = ()
    """Tags: the leaflet is for clinics that have one of them; empty for all."""

    @property
    def missing(self) -> tuple[str, ...]:
        """The facts that stand between a draft and the press, in their order."""
        return tuple(key for key in FOR_THE_PRESS if getattr(self, key) in (None, ()))

    @model_validator(mode="after")
    def _whole_once_reviewed(self) -> FrontMatter:
        if self.clinical_reviewers and self.reviewed and self.missing:
            many = "s" if len(self.missing) > 1 else ""
            raise wrong(
                f"a reviewed leaflet needs the fact{many} {', '.join(self.missing)}",
                "add what is missing, or remove 'reviewed' while it is a draft",
                "reviewed",
            )
        return self

    @model_validator(mode="after")
    def _dates_in_order(self) -> FrontMatter:
        base = self.reviewed or self.published
        if base and self.review_due:
            self._check_due(base, self.review_due)
        for reviewer in self.clinical_reviewers:
            if self.reviewed and reviewer.date > self.reviewed:
                raise wrong(
                    f"{reviewer.name} reviewed it on {reviewer.date}, after the date 'reviewed'",
                    "set 'reviewed' to the day of the last review",
                    "reviewed",
                )
        if self.clinical_reviewers and self.reviewed is None:
            raise wrong(
                "there are reviewers but no 'reviewed' date", "add the date", "clinical_reviewers"
            )
        if self.reviewed and not self.clinical_reviewers:
            raise wrong(
                "there is a 'reviewed' date but no one in 'clinical_reviewers'",
                "name who reviewed it, or remove the date",
                "reviewed",
            )
        return self

    @staticmethod
    def _check_due(base: datetime.date, due: datetime.date) -> None:
        if due <= base:
            raise wrong(
                "'review_due' is not after the review", "correct one of the dates", "review_due"
            )
        latest = _years_after(base, REVIEW_AGE_YEARS)
        if due > latest:
            raise wrong(
                f"'review_due' is more than {REVIEW_AGE_YEARS} years after the review",
                f"set it to {latest} or earlier",
                "review_due",
            )


@dataclass(frozen=True)
class Leaflet:
    """One leaflet in one language.

    Attributes:
        slug: The name of its folder, part of every output's name.
        language: BCP 47 code, the name of its file.
        facts: The front matter.
        text: The Markdown below the front matter.
        first_line: The line of the file on which ``text`` starts.
        path: The file, as the user knows it.
        images: The figures beside it, by file name, decoded and found sound.
    """

    slug: str
    language: str
    facts: FrontMatter
    text: str
    first_line: int
    path: str
    images: dict[str, Image]
    checked: bool = True
    """Of a translation: whether its present words were compared with the source."""
    stale: bool = False
    """Of a translation: whether its source has changed since, and somebody accepts that."""
    older: datetime.date | None = None
    """Of such a one: the day of the words that it was made from."""
    front: str = ""
    """The front matter as it stands there, from the second line of the file on."""

    def status(self, today: datetime.date) -> Literal["", "draft", "expired"]:
        """What every page must say of this leaflet; an expired one is worse than a draft."""
        if self.facts.review_due and self.facts.review_due < today:
            return "expired"
        reviewed = self.facts.reviewed
        # A review that is still to come does not count.
        sound = self.facts.clinical_reviewers and reviewed is not None and reviewed <= today
        return "" if sound and self.checked else "draft"


_MARKS_OF_TIDYING = re.compile(f"[{BREAK}{LETTERED}{NOTE}]")
_FRONT_MATTER = re.compile(r"---[ ]*\n(.*?\n)?---[ ]*(?:\n|$)", re.DOTALL)
_TITLE = re.compile(r"(?m)^title: *(.*)$")


def split_front_matter(text: str, path: str) -> tuple[str, str]:
    """The lines between the two ``---`` at the top of a leaflet, and what stands below them.

    Args:
        text: The whole file, with newlines as line ends.
        path: The file, for messages.

    Raises:
        Mistakes: If it has no front matter.
    """
    if match := _FRONT_MATTER.match(text):
        return match.group(1) or "", text[match.end() :]
    what, hint = (
        ("The front matter that starts here never ends.", "Put a line '---' after its last fact.")
        if text.startswith("---")
        else (
            "The leaflet does not start with front matter.",
            "Put its facts at the top, between two lines of '---'; a draft needs 'title: …' alone.",
        )
    )
    raise Mistakes([FoldwellError(what, Place(path, 1), hint)])


def read_leaflet(
    relative: str,
    *,
    root: Path,
    slug: str,
    language: str,
    images: dict[str, Image],
    tidyings: Tidyings,
) -> Leaflet:
    """Read ``content/leaflets/<slug>/<language>.md``.

    Raises:
        Mistakes: With everything that is wrong in the front matter, or the reason why the
            file cannot be read.
    """
    text = read_tidied(root, relative, tidyings, breaks=BREAK)
    front, text = split_front_matter(text, relative)
    first_line = front.count("\n") + 3
    front = front.replace(BREAK, " ")
    title = _TITLE.search(front)
    lines = tidy_words(text, first_line, tidyings).split("\n")
    body = "\n".join(tidy_headings(lines, first_line, tidyings, title[1] if title else ""))
    errors = character_errors(front, relative, 2)
    errors += character_errors(_MARKS_OF_TIDYING.sub("", body), relative, first_line)
    if errors:
        raise Mistakes(errors)
    errors = check_prose(body, relative, first_line)
    note_lists(body, first_line, tidyings)
    try:
        facts = validate(FrontMatter, read_yaml(front, relative, 2, tidyings))
    except Mistakes as mistakes:
        raise Mistakes([*mistakes.errors, *errors]) from None
    if errors:
        raise Mistakes(errors)
    if not body.strip():
        raise Mistakes(
            [
                FoldwellError(
                    "The leaflet has no text below its front matter.",
                    Place(relative),
                    "Write it in Markdown.",
                )
            ]
        )
    return Leaflet(slug, language, facts, body, first_line, relative, images, front=front)


def _years_after(day: datetime.date, years: int) -> datetime.date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)
