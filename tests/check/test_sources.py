"""Claims without a source, with the wrong one, never to be printed, or missing."""

from collections.abc import Callable
from dataclasses import replace

from foldwell.check.sources import find_never, reviewer_points, sources_report
from foldwell.check.wording.table import check_claims
from foldwell.content.edition import Edition
from foldwell.content.evidence import Evidence, Forbidden, MustSay, NeverPrint, Words
from foldwell.content.facts import Text
from foldwell.errors import Place

Editions = Callable[..., Edition]
WORDS = Words(
    {
        "lee2021": Evidence(says=(Text("sleep"),), never=(Text("coffee"),)),
        "smith2022": Evidence(says=(Text("dream"),)),
        "cdc2020": Evidence(says=(Text("sleep"),), region="us"),
    },
    NeverPrint(
        all=(Forbidden(pattern=Text(r"\d+ mg"), why=Text("a dose")),),
        only={"sleep": (Forbidden(pattern=Text("999"), why=Text("not here"), region="us"),)},
    ),
    MustSay(
        short=("poster",),
        all={"both": (Text("sleep"),), "us": (Text("911"),)},
        but=("nap",),
        leaflets={"sleep": {"uk": (Text("bed|sleep"),), "web": (Text("Sleep|sofa"),)}},
    ),
)


def rules(edition: Edition) -> list[str]:
    """The rules that are broken, with what each says."""
    return [f"{f.rule} {f.message}" for f in check_claims(replace(edition, held_to=WORDS))]


def test_what_is_right_is_not_found(edition: Editions) -> None:
    assert rules(edition("Sleep heals [@lee2021]. Call us if you cannot sleep.\n")) == []


def test_a_statement_needs_a_source(edition: Editions) -> None:
    found = edition("Sleep heals.\n")
    (finding,) = check_claims(replace(found, held_to=WORDS))
    assert finding.message == "'Sleep heals.' has no source."
    assert finding.place == Place(found.leaflet.path, found.leaflet.first_line)


def test_a_source_is_cited_for_what_it_is_known_for(edition: Editions) -> None:
    assert rules(edition("Sleep heals [@smith2022].\n"))[0].endswith(
        "'smith2022' is known for something else: dream."
    )
    assert rules(edition("Coffee ends sleep [@lee2021].\n"))[0].endswith(
        "'lee2021' is cited for 'Coffee', which it is not for."
    )
    assert "does not know it" in rules(edition("Sleep heals [@other2020].\n"))[0]


def test_one_marker_may_stand_behind_several_sentences(edition: Editions) -> None:
    assert rules(edition("Rest heals. So does sleep [@lee2021].\n")) == []


def test_what_is_never_printed(edition: Editions) -> None:
    (found,) = rules(edition("Take 5 mg to sleep.\n"))
    assert found.startswith("C3") and found.endswith("'5 mg' is never printed: a dose.")
    assert find_never("Call\n999", "sleep", "us", WORDS.never) == [("999", "not here")]
    assert find_never("Call 999", "sleep", "uk", WORDS.never) == []
    assert find_never("Call 999", "wake", "us", WORDS.never) == []


def test_what_has_to_be_said(edition: Editions) -> None:
    everywhere, here, web = rules(edition("Call us.\n"))
    assert everywhere.startswith("C5 The leaflet does not say 'sleep' for the region 'uk' (a4, a5,")
    assert " poster," not in everywhere and " poster-fold," in everywhere
    assert here.startswith("C5 The leaflet does not say 'bed|sleep'")
    assert web == "C5 The leaflet does not say 'Sleep|sofa' for the region 'uk' (web)."


def test_it_has_to_be_said_in_every_format() -> None:
    must = WORDS.must
    assert must.for_leaflet("sleep", "uk", "a4") == ("sleep", "bed|sleep")
    assert must.for_leaflet("sleep", "us", "web") == ("sleep", "911", "Sleep|sofa")
    assert must.for_leaflet("nap", "us", "web") == ()
    assert must.for_leaflet("sleep", "uk", "poster") == ()


def test_what_one_format_does_not_say(edition: Editions) -> None:
    text = "/// only | format: not letter-fold\nGo to sleep.\n///\n\nGo to bed.\n"
    (found,) = rules(edition(text))
    assert found == "C5 The leaflet does not say 'sleep' for the region 'uk' (letter-fold)."


def test_a_source_of_another_region(edition: Editions) -> None:
    text = "Sleep heals [@lee2021; @cdc2020 in {}].\n"
    assert rules(edition(text.format("us"))) == []
    (found,) = rules(edition(text.format("uk")))
    assert found == "C2 'cdc2020' is a source for 'us', and this is for 'uk'."


def test_what_a_reviewer_has_to_decide(edition: Editions) -> None:
    found = edition("{{ region.laws.tea.text }}\n")
    written = {"text": "Tea is legal.", "written": "2026-01-02"}
    facts = {**found.region.model_dump(), "laws": {"tea": written}}
    region = type(found.region).model_validate(facts, context="GB")
    leaflet = replace(
        found.leaflet,
        facts=found.leaflet.facts.model_copy(update={"for_the_reviewer": ("Is it so?",)}),
    )
    decide, unopened = reviewer_points(replace(found, region=region, leaflet=leaflet))
    assert decide == "Is it so?"
    assert unopened.startswith("'laws.tea' of the region 'uk' was written on 2026-01-02; nobody")
    written["reviewed"] = "2026-01-03"
    region = type(found.region).model_validate({**facts, "laws": {"tea": written}}, context="GB")
    assert reviewer_points(replace(found, region=region)) == []


def test_the_report_says_how_well_each_source_is_known(edition: Editions) -> None:
    lines = sources_report(edition("Sleep heals [@lee2021].\n"))
    assert lines[0].endswith(": [statement] Sleep heals.")
    assert lines[1].startswith("    lee2021: ")
