"""Claims without a source, with the wrong one, never to be printed, or missing."""

from collections.abc import Callable

from foldwell.check.sources import check_sources, find_never, sources_report
from foldwell.content.edition import Edition
from foldwell.content.evidence import Evidence, Forbidden, MustSay, NeverPrint, Words
from foldwell.content.facts import Text
from foldwell.errors import Place

Editions = Callable[..., Edition]
WORDS = Words(
    {
        "lee2021": Evidence(says=(Text("sleep"),), never=(Text("coffee"),)),
        "smith2022": Evidence(says=(Text("dream"),)),
    },
    NeverPrint(
        all=(Forbidden(pattern=Text(r"\d+ mg"), why=Text("a dose")),),
        only={"sleep": (Forbidden(pattern=Text("999"), why=Text("not here"), region="us"),)},
    ),
    MustSay(leaflets={"sleep": {"both": (Text("sleep"),), "us": (Text("911"),)}}),
)


def rules(edition: Edition) -> list[str]:
    """The rules that are broken, with what each says."""
    return [f"{f.rule} {f.message}" for f in check_sources(edition, WORDS)]


def test_what_is_right_is_not_found(edition: Editions) -> None:
    assert rules(edition("Sleep heals [@lee2021]. Call us if you cannot sleep.\n")) == []


def test_a_statement_needs_a_source(edition: Editions) -> None:
    found = edition("Sleep heals.\n")
    (finding,) = check_sources(found, WORDS)
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
    (found,) = rules(edition("Call us.\n"))
    assert found == "C5 The leaflet does not say 'sleep' for the region 'uk'."


def test_the_report_says_how_well_each_source_is_known(edition: Editions) -> None:
    lines = sources_report(edition("Sleep heals [@lee2021].\n"))
    assert lines[0].endswith(": [statement] Sleep heals.")
    assert lines[1].startswith("    lee2021: ")
