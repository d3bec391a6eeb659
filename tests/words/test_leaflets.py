"""What the eleven leaflets say in both regions: no harm, nothing missing, in plain words."""

import datetime
import re
import statistics
from dataclasses import replace

import pytest
from own_words import (
    BOTH,
    CLINICS,
    LEAFLETS,
    ROOT,
    edition_of,
    grade,
    plain,
    sentences,
    syllables,
    texts_of,
    words_in,
)

from foldwell.check.sources import find_never
from foldwell.check.statements import Kind, statements
from foldwell.check.wording.table import check_claims
from foldwell.content.evidence import read_words
from foldwell.content.library import Library
from foldwell.typeset.citations import short_reference
from foldwell.typeset.compose import compose_web

WORDS, _ = read_words(ROOT)
LATER = (
    "starting-methadone",
    "pregnancy-and-opioids",
    "stopping-kratom",
    "leaving-prison-or-hospital",
    "mixing-alcohol-and-sedatives",
)


def test_there_are_eleven() -> None:
    assert len(LEAFLETS) == 11


@pytest.mark.parametrize(("leaflet", "clinic"), BOTH)
def test_no_built_text_says_what_is_never_printed(leaflet: str, clinic: str, own: Library) -> None:
    edition = edition_of(own, leaflet, clinic)
    seen = 0
    for name, page in texts_of(own, edition):
        assert find_never(plain(page), leaflet, edition.clinic.region, WORDS.never) == [], name
        seen += 1
    assert seen > 8


@pytest.mark.parametrize(("leaflet", "clinic"), BOTH)
def test_claims_and_sources_stand_together(leaflet: str, clinic: str, own: Library) -> None:
    findings = check_claims(edition_of(own, leaflet, clinic))
    assert [str(finding) for finding in findings] == []


@pytest.mark.parametrize(("leaflet", "clinic"), BOTH)
def test_sentences_are_plain_and_whole(leaflet: str, clinic: str, own: Library) -> None:
    said = sentences(edition_of(own, leaflet, clinic))
    texts = [item.text for item in said]
    lengths = [len(words_in(text)) for text in texts]
    if leaflet != "treatment-card":  # too few sentences for a figure
        assert 10 <= statistics.median(lengths) <= 14
        assert grade(texts) <= 6
    # Sentences of a table, or of a law, may be longer than the usual eighteen, never than 26.
    assert [text for text, length in zip(texts, lengths, strict=True) if length > 26] == []
    assert [text for text in texts if re.match(r"(?:Nor|And|Or)\b", text)] == []


@pytest.mark.parametrize(("leaflet", "clinic"), BOTH)
def test_no_paragraph_is_long(leaflet: str, clinic: str, own: Library) -> None:
    edition = edition_of(own, leaflet, clinic)
    paragraphs: dict[int, int] = {}
    for item in statements(edition):
        paragraphs[item.line] = paragraphs.get(item.line, 0) + len(words_in(item.text))
    assert {line: count for line, count in paragraphs.items() if count > 60} == {}


@pytest.mark.parametrize("leaflet", LEAFLETS)
def test_nobody_has_reviewed_it_and_it_says_so(leaflet: str, own: Library) -> None:
    for clinic in CLINICS:
        edition = edition_of(own, leaflet, clinic)
        assert edition.leaflet.facts.clinical_reviewers == ()
        assert edition.status == "draft"


@pytest.mark.parametrize("leaflet", LEAFLETS)
def test_points_for_the_reviewer_are_never_printed(leaflet: str, own: Library) -> None:
    edition = edition_of(own, leaflet, CLINICS[0])
    points = edition.leaflet.facts.for_the_reviewer
    assert points
    page = plain(compose_web(edition))
    assert not [point for point in points if point[:40] in page]


def test_every_cited_source_is_known_for_something(own: Library) -> None:
    for leaflet, clinic in BOTH:
        cited = {name for s in statements(edition_of(own, leaflet, clinic)) for name in s.sources}
        for name in cited:
            assert name in WORDS.evidence, name
            assert own.references[name].get("note"), name
            # In print a list names it shortly, so that no entry fills a line of a panel.
            assert len(short_reference(own.references[name], "no date")) <= 32, name


@pytest.mark.parametrize(("leaflet", "clinic"), BOTH)
def test_it_holds_its_lists_in_every_format(leaflet: str, clinic: str, own: Library) -> None:
    edition = edition_of(own, leaflet, clinic)
    carried = [name for name in edition.known["format"] if name not in WORDS.must.short]
    assert len(carried) > 15
    for name in carried:
        assert len(WORDS.must.for_leaflet(leaflet, edition.clinic.region, name)) > 5
    # What composing makes of it says the same; one tight format and the longest stand for all.
    for name, page in texts_of(own, edition, ("letter-fold", "web")):
        text = plain(page)
        for pattern in WORDS.must.for_leaflet(leaflet, edition.clinic.region, name):
            assert re.search(pattern, text, re.IGNORECASE), (name, pattern)


@pytest.mark.parametrize("clinic", CLINICS)
@pytest.mark.parametrize("leaflet", LATER)
def test_the_core_of_the_later_leaflets_is_short(leaflet: str, clinic: str, own: Library) -> None:
    """All that a fold says between cover and contact card: no headings, no sources.

    A sheet that takes three pages for the core has room for all, and then says all.
    """
    edition = edition_of(own, leaflet, clinic)
    words = {
        name: sum(len(words_in(item.text)) for item in statements(edition, name))
        for name in ("letter-fold", "a4", "letter", "web")
    }
    assert 350 <= words["letter-fold"] <= 480
    assert words["letter-fold"] < words["web"]
    for name in ("a4", "letter"):
        assert 350 <= words[name] <= 480 or words[name] == words["web"], name


def test_no_fact_claims_a_check_that_nobody_made(own: Library) -> None:
    for slug in ("uk", "us"):
        region = own.regions[slug]
        facts = [*region.lines.values(), *region.laws.values(), *region.texts.values()]
        assert all(fact.day and not fact.reviewed for fact in facts), slug
    page = plain(compose_web(edition_of(own, "kratom-opioid-withdrawal", "hollin-lane")))
    assert "(Written on 28 November 2026, not checked since.)" in page
    assert "Checked on" not in page


def test_the_law_on_kratom_runs_out_before_the_leaflet(own: Library) -> None:
    edition = edition_of(own, "kratom-opioid-withdrawal", "river-bend")
    law = edition.region.laws["kratom"]
    assert law.day and law.due - law.day <= datetime.timedelta(days=92)
    assert edition.leaflet.facts.review_due
    assert edition.review_due == law.due < edition.leaflet.facts.review_due
    late = replace(edition, today=law.due + datetime.timedelta(days=1))
    assert late.status == "expired" and list(late.stale) == ["laws.kratom"]
    assert [f.rule for f in check_claims(late)] == ["C4"]


@pytest.mark.parametrize(
    ("word", "count"),
    [("naloxone", 3), ("breathe", 1), ("stopped", 1), ("opioid", 3), ("methadone", 3), ("the", 1),
     ("emergency", 4), ("people", 2), ("seizures", 2), ("little", 2), ("medicine", 3)],
)  # fmt: skip
def test_syllables_are_counted(word: str, count: int) -> None:
    assert syllables(word) == count


def test_a_sentence_of_each_kind() -> None:
    assert {kind.value for kind in Kind} == {
        "statement", "instruction", "our own", "question", "fragment",
    }  # fmt: skip


def test_a_translation_is_held_to_its_source_and_not_to_english_words(own: Library) -> None:
    edition = edition_of(own, "using-naloxone", "river-bend")
    spanish = replace(edition, leaflet=own.leaflets["using-naloxone"]["es"])
    assert check_claims(spanish) == []
    facts = spanish.leaflet.facts.model_copy(update={"translation": None})
    alone = replace(spanish, leaflet=replace(spanish.leaflet, facts=facts))
    assert {finding.rule for finding in check_claims(alone)} >= {"C1", "C5"}
