"""Each rule of wording finds what breaks it, at its line, and nothing in its clean twin."""

import datetime
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError
from ruamel.yaml import YAML

from foldwell.check.wording.profiles import PROFILES
from foldwell.check.wording.reading import Reading
from foldwell.check.wording.table import check_wording, checks
from foldwell.content.edition import make_edition
from foldwell.content.evidence import Evidence, Forbidden, MustSay, NeverPrint, Words
from foldwell.content.facts import Text
from foldwell.content.leaflet import FrontMatter, Leaflet
from foldwell.content.library import Library
from foldwell.content.region import RegionText
from foldwell.content.source_records import SourceRecord
from foldwell.content.values import Slug
from foldwell.content.word_lists import WordList, shipped_words
from foldwell.rules import NOT_WAIVED, RULES, Severity

TODAY = datetime.date(2026, 2, 1)
PAIRS = Path(__file__).with_name("wording")
"""A file a rule: texts that break it, and after one line texts that keep it."""
HERE = " ⟵"
"""Stands at the end of the line that a finding must name; without one it is of the front matter."""
SOUND: dict[str, Any] = {
    "title": "Sleep",
    "publisher": "Riverside",
    "published": "2026-01-01",
    "reviewed": "2026-01-01",
    "review_due": "2027-01-01",
    "authors": ["A team"],
    "clinical_reviewers": [{"name": "Dr Ann Example", "role": "GP", "date": "2026-01-01"}],
    "subtitle": "For everybody",
    "audience": "Everybody",
    "objective": "Sleep",
    "main_message": "Rest.",
    "conflicts": "none",
    "funding": "none",
}
REFERENCES: dict[str, Any] = {
    "noted2024": {"title": "A", "issued": {"date-parts": [[2024]]}, "DOI": "10.1000/x.1",
                  "URL": "https://doi.org/10.1000/x.1", "PMID": 12345678, "ISSN": "0028-4793"},
    "unnoted2024": {"title": "A", "issued": {"date-parts": [[2024]]}, "DOI": "doi:10.1000/x.1"},
    "old2020": {"title": "A", "issued": {"date-parts": [[2020]]}, "ISBN": "978-0-7020-0000-1"},
    "wrong2020": {"title": "A", "issued": {"date-parts": [[2020]]}, "PMID": "PMID: 123"},
    "older2020": {"title": "A", "issued": {"date-parts": [[2020]]}, "URL": "www.example.org"},
}  # fmt: skip
"""Sources that are sound, opened by nobody, opened long ago, retracted and superseded."""
RECORDS = {
    name: SourceRecord.model_validate(facts, strict=False)
    for name, facts in {
        "noted2024": {"opened": "2025-02-01", "by": "Ann Example"},
        "old2020": {"opened": "2025-01-31", "by": "Ann Example"},
        "wrong2020": {"opened": "2026-02-01", "by": "Ann Example", "retracted": "by its journal"},
        "older2020": {"opened": "2026-02-01", "by": "Ann Example", "superseded_by": "noted2024"},
    }.items()
}
LISTS = Words(
    {
        **dict.fromkeys(REFERENCES, Evidence(says=(Text("."),), region=Slug("us"))),
    }
    | {"noted2024": Evidence(says=(Text("tea|milk"),), never=(Text("harm"),))},
    NeverPrint(
        all=(
            Forbidden(pattern=Text("take two tablets"), why=Text("a dose")),
            Forbidden(pattern=Text("natural remedy"), why=Text("it is none")),
        )
    ),
    MustSay(all={"both": (Text("call us if"),)}),
)
"""What each source is for, what is never printed, and what is always said."""
TEXTS = {
    Slug(name): RegionText.model_validate(
        {"text": "Tea is good.", "written": "2025-01-10", "review_due": day}, strict=False
    )
    for name, day in (("old", "2026-01-31"), ("fresh", "2026-02-01"))
}
OF_A_CLINIC = frozenset(["F7", "F8"])
"""Rules about a clinic's facts, which a text cannot break."""
ELSEWHERE = OF_A_CLINIC | {"F9"}
"""Those, and the rule about a translation and its source (``tests/build/test_translating.py``)."""


def texts(rule: str, which: int) -> Iterator[tuple[dict[str, Any], str]]:
    """The texts that break a rule (0) or keep it (1), each with the facts that it changes."""
    pair = (PAIRS / f"{rule}.md").read_text(encoding="utf-8").split("\n=== keeps\n")
    assert len(pair) == 2 and all(map(str.strip, pair)), rule
    for part in pair[which].split("\n===\n"):
        facts: dict[str, Any] = {}
        if part.startswith("---\n"):
            _, front, part = part.split("---\n", 2)
            facts = {k: v if v is None else str(v) if k.endswith(("due", "ed")) else v
                     for k, v in YAML(typ="safe").load(front).items()}  # fmt: skip
        yield facts, part.rstrip("\n")


def reading(
    library: Library, text: str, facts: dict[str, Any] | None = None, language: str = "en"
) -> Reading:
    """A text as the rules read it, for the clinic of the sound project."""
    sound = dict(SOUND)
    if facts and not all(facts.values()):  # a draft, which may lack facts
        sound |= {"clinical_reviewers": [], "reviewed": None}
    merged = {key: value for key, value in {**sound, **(facts or {})}.items() if value is not None}
    front = FrontMatter.model_validate(merged, strict=False)
    base = library.leaflets["sleep"]["en"]
    leaflet: Leaflet = replace(
        base, facts=front, text=text, first_line=1, language=language, front=""
    )
    edition = make_edition(library, leaflet, next(iter(library.clinics)), TODAY)
    region = edition.region.model_copy(update={"country": "GB", "texts": TEXTS})
    edition = replace(edition, region=region, held_to=LISTS)
    known = {**edition.references, **REFERENCES}
    edition = replace(edition, references=known, records=RECORDS)
    words = shipped_words(language)
    return Reading(edition, PROFILES["nhs"], words, tuple(text.split("\n")), TODAY)


@pytest.mark.parametrize("rule", checks())
def test_what_breaks_a_rule_is_named_at_its_line(rule: str, library: Library) -> None:
    if rule in ELSEWHERE:
        pytest.skip("tested with clinics, or with translations")
    for facts, marked in texts(rule, 0):
        wanted = {n for n, line in enumerate(marked.split("\n"), 1) if HERE in line}
        found = check_wording(reading(library, marked.replace(HERE, ""), facts), [rule])
        assert found, marked
        if wanted:
            assert {one.place.line for one in found} == wanted, (marked, [str(f) for f in found])


@pytest.mark.parametrize("rule", checks())
def test_nothing_is_found_in_its_clean_twin(rule: str, library: Library) -> None:
    if rule in ELSEWHERE:
        pytest.skip("tested with clinics, or with translations")
    for facts, text in texts(rule, 1):
        found = check_wording(reading(library, text, facts), [rule])
        assert [str(one) for one in found] == []


def test_every_rule_has_its_pair_and_no_pair_is_left_over() -> None:
    there = {path.stem for path in PAIRS.glob("*.md")}
    assert there == set(checks()) - ELSEWHERE
    assert set(checks()) <= set(RULES)
    assert all(check.__doc__ for check in checks().values())


def test_a_clinic_without_ways_to_say_and_to_ask(library: Library) -> None:
    read = reading(library, "Call us.")
    clinic = read.edition.clinic.model_copy(update={"feedback": None, "other_formats": None})
    bare = replace(read, edition=replace(read.edition, clinic=clinic))
    assert [one.rule for one in check_wording(bare, sorted(OF_A_CLINIC))] == ["F7", "F8"]
    sound = {"feedback": "Tell us.", "other_formats": "Ask us."}
    full = replace(bare, edition=replace(bare.edition, clinic=clinic.model_copy(update=sound)))
    assert check_wording(full, sorted(OF_A_CLINIC)) == []


@pytest.mark.parametrize(("day", "found"), [("2026-02-01", 0), ("2026-01-31", 1)])
def test_a_waiver_counts_to_its_last_day(day: str, found: int, library: Library) -> None:
    waiver = {"rule": "T11", "reason": "a quotation", "name": "A. Author", "expires": day}
    read = reading(library, "Take it *now* please.", {"waivers": [waiver]})
    assert len(check_wording(read, ["T11"])) == found


def waived(rule: str, days: int = 30, **facts: str) -> dict[str, Any]:
    """The front matter of a leaflet that waives a rule for some days."""
    until = str(TODAY + datetime.timedelta(days=days))
    usual = {"rule": rule, "reason": "a quotation", "name": "A. Author", "expires": until}
    return {"waivers": [{**usual, **facts}]}


def test_a_waiver_that_does_not_count_is_told(library: Library) -> None:
    (found,) = check_wording(reading(library, "Take it *now* please.", waived("T11", -1)), ["T11"])
    assert found.hint.endswith("The waiver by A. Author ran out on 2026-01-31.")


@pytest.mark.parametrize(("words", "left"), [("Coffee", 1), ("sleep", 0), (None, 0)])
def test_a_waiver_may_name_the_words_that_it_is_for(
    words: str | None, left: int, library: Library
) -> None:
    facts = waived("C1", words=words) if words else waived("C1")
    read = reading(library, "Tea helps people to sleep.", facts)
    assert len(check_wording(read, ["C1"])) == left


@pytest.mark.parametrize("rule", [*sorted(NOT_WAIVED), "X3", "L1", "A1", "D4"])
def test_some_rules_hold_whatever_a_leaflet_says(rule: str, library: Library) -> None:
    with pytest.raises(ValidationError, match=f"the rule {rule} cannot be waived"):
        reading(library, "Call us.", waived(rule))


def test_what_must_be_said_is_waived_line_by_line_and_for_a_year(library: Library) -> None:
    with pytest.raises(ValidationError, match="a waiver of C5 lacks 'words'"):
        reading(library, "Rest.", waived("C5"))
    for days, left in ((366, 0), (367, 1)):
        facts = waived("C5", days, words="call us if")
        found = check_wording(reading(library, "Rest.", facts), ["C5"])
        assert len(found) == left
    assert "counts only once it ends within 366 days" in found[0].hint
    other = check_wording(reading(library, "Rest.", waived("C5", words="999")), ["C5"])
    assert len(other) == 1 and "waiver" not in other[0].hint


def test_a_statement_in_another_language_is_a_question(library: Library) -> None:
    (found,) = check_wording(reading(library, "Tee hilft.", language="de"), ["C1"])
    assert found.severity is Severity.WARNING


def test_a_column_is_that_of_the_file(library: Library) -> None:
    (found,) = check_wording(reading(library, "Rest.\n\nThen take 50 mcg."), ["T7"])
    assert (found.place.line, found.place.column) == (3, 11)


def test_another_profile_asks_for_less(library: Library) -> None:
    read = replace(reading(library, "Don't drive."), profile=PROFILES["plain"])
    assert check_wording(read, ["T10"]) == []
    limits = PROFILES["nhs"].with_limits({"sentence_words": 3})
    read = replace(reading(library, "Rest for one day."), profile=limits)
    assert [one.rule for one in check_wording(read, ["T1"])] == ["T1"]


def test_rules_that_know_english_pass_other_languages_by(library: Library) -> None:
    read = reading(library, "Don't click here.", language="fr")
    assert check_wording(read, ["T10", "T14"]) == []
    (unknown,) = check_wording(reading(library, "Bonjour. Salut. Merci.", language="el"), ["T3"])
    assert "not assessed" in unknown.message


def test_a_project_adds_words_and_takes_some_away() -> None:
    own = WordList.model_validate({"jargon": {"sleepology": "sleep", "oral": None}}, strict=False)
    both = own.on_top_of(shipped_words("en"))
    assert both.plainer("Sleepology") == "sleep"
    assert [*both.jargon_in("an oral dose")] == []
    assert [*both.jargon_in("By OEdema, by oedemas")] == [("OEdema", 3)]
