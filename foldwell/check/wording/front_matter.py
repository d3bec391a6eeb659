"""Who stands behind a leaflet: what its front matter says, and what it does not."""

from __future__ import annotations

from collections.abc import Iterator

from foldwell.check.wording.entry import rule
from foldwell.check.wording.reading import Reading
from foldwell.finding import Finding
from foldwell.rules import Severity


@rule("F1")
def dates_and_names(reading: Reading) -> Iterator[Finding]:
    """Title, publisher and dates; that dates are in order is asked when the file is read."""
    facts = reading.edition.leaflet.facts
    for key in ("publisher", "published", "reviewed", "review_due"):
        if getattr(facts, key) is None:
            yield reading.of_facts(
                "F1",
                f"The fact '{key}' is missing.",
                "A print shop's file needs it; add it when it is known.",
                key,
                Severity.WARNING,
            )


@rule("F2")
def review_date(reading: Reading) -> Iterator[Finding]:
    """The day by which somebody must have read it again."""
    due = reading.edition.leaflet.facts.review_due
    if due is None:
        return
    days = (due - reading.today).days
    if days < 0:
        yield reading.of_facts(
            "F2",
            f"It was due for review on {due}; every page says EXPIRED.",
            "Have it reviewed, then set 'reviewed' and 'review_due'.",
            "review_due",
        )
    elif days <= reading.profile.limits.due_days:
        many = "s" if days != 1 else ""
        yield reading.of_facts(
            "F2",
            f"It is due for review on {due}, in {days} day{many}.",
            "Ask its reviewer now.",
            "review_due",
            Severity.WARNING,
        )


@rule("F3")
def clinical_review(reading: Reading) -> Iterator[Finding]:
    """A clinician with name, role and day; without one every output says DRAFT."""
    facts = reading.edition.leaflet.facts
    if not facts.clinical_reviewers:
        what, hint = "No clinician has reviewed it.", "Until then every page says DRAFT."
    elif facts.reviewed is not None and facts.reviewed > reading.today:
        what, hint = f"Its review is dated {facts.reviewed}, still to come.", "Correct the date."
    else:
        return
    yield reading.of_facts("F3", what, hint, "clinical_reviewers", Severity.WARNING)


@rule("F4")
def dated_sources(reading: Reading) -> Iterator[Finding]:
    """Sources, each with its date."""
    cited = reading.edition.cited
    if not cited and reading.edition.leaflet.facts.kind != "card":
        draft = reading.edition.status == "draft"
        yield reading.of_facts(
            "F4",
            "It cites no source.",
            "Cite one behind each claim: [@name].",
            "title",
            Severity.WARNING if draft else Severity.ERROR,
        )
    undated = [n for n, r in cited.items() if not r.get("issued") and not r.get("accessed")]
    if undated:
        yield reading.of_facts(
            "F4",
            f"{len(undated)} of its {len(cited)} sources have no date: {', '.join(undated)}.",
            "Add 'issued' or 'accessed' to them in content/references.json.",
            "title",
            Severity.WARNING,
        )


@rule("F5")
def interests(reading: Reading) -> Iterator[Finding]:
    """Conflicts of interest and funding; 'none' counts."""
    yield from _lacking(reading, "F5", ("conflicts", "funding"), "Say 'none' if there are none.")


@rule("F6")
def purpose(reading: Reading) -> Iterator[Finding]:
    """For whom it is, what they can do afterwards, and the one thing to remember."""
    keys = ("audience", "objective", "main_message")
    yield from _lacking(reading, "F6", keys, "Write it in one to three sentences.")


def _lacking(reading: Reading, name: str, keys: tuple[str, ...], hint: str) -> Iterator[Finding]:
    for key in keys:
        if getattr(reading.edition.leaflet.facts, key) is None:
            yield reading.of_facts(name, f"The fact '{key}' is missing.", hint, key)


@rule("F7")
def feedback(reading: Reading) -> Iterator[Finding]:
    """A way to say what one thinks of the leaflet."""
    if reading.edition.clinic.feedback is None:
        yield _of_clinic(reading, "F7", "feedback", "How can readers say what they think?")


@rule("F8")
def other_formats(reading: Reading) -> Iterator[Finding]:
    """A way to get it in large print or another language."""
    if reading.edition.clinic.other_formats is None:
        yield _of_clinic(reading, "F8", "other_formats", "Whom do readers ask for large print?")


@rule("F9")
def translation(reading: Reading) -> Iterator[Finding]:
    """A native speaker behind a translation; what is stale never comes this far."""
    leaflet = reading.edition.leaflet
    if not leaflet.checked:
        yield reading.of_facts(
            "F9",
            "Nobody has compared the words of this translation with its source.",
            "Until then every page says DRAFT; 'foldwell translate checked' records who has.",
            "translation",
            Severity.WARNING,
        )


def _of_clinic(reading: Reading, name: str, key: str, hint: str) -> Finding:
    graver = name in reading.profile.graver
    return reading.of_facts(
        name,
        f"The clinic '{reading.edition.clinic_slug}' has no fact '{key}'.",
        f"{hint} Add it to its file.",
        "title",
        Severity.ERROR if graver else Severity.WARNING,
    )
