"""Translations are pinned to their source; stale ones, or with other numbers, do not go out."""

import datetime
import json
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import ONE_LANGUAGE, purpose
from two_languages import DAY, SOURCE, SPANISH, body_of, change, english, spanish, translate

from foldwell.build.check_leaflets import check_leaflets
from foldwell.build.job import Options, Selection
from foldwell.build.request import Jobs
from foldwell.build.translating import accept, done, record_check, start
from foldwell.build.translation_status import standings, status_html, status_json, status_table
from foldwell.build.worker import plan
from foldwell.content.edition import Edition, make_edition
from foldwell.content.facts import Text
from foldwell.content.leaflet import Reviewer
from foldwell.content.library import Library, read_library
from foldwell.content.section_items import Item
from foldwell.content.sections import sections
from foldwell.errors import Mistakes, UsageError
from foldwell.paper.formats import FORMATS
from foldwell.typeset.compose import compose_print, compose_web
from foldwell.typeset.plain_text import compose_text


@pytest.fixture
def translated(project: Path) -> Path:
    """The sound project with a leaflet in two languages."""
    return translate(project)


def told(library: Library) -> list[str]:
    assert {*library.broken} <= {"content/leaflets/sleep/es.md"}
    return [str(error) for errors in library.broken.values() for error in errors]


def test_what_a_source_is_made_of(translated: Path) -> None:
    leaflet = read_library(translated, DAY).leaflets["sleep"]["en"]
    assert [section.label for section in sections(leaflet)] == [
        "title and facts", "Good habits", "warning | Take care", "More",
    ]  # fmt: skip
    assert sections(leaflet)[3].text.startswith("///// only | format: a4\n//// panel | back\n## M")


def test_a_sound_translation_is_a_draft_until_its_words_are_checked(translated: Path) -> None:
    library = read_library(translated, DAY)
    assert told(library) == []
    assert not library.leaflets["sleep"]["es"].checked
    assert library.leaflets["sleep"]["es"].status(DAY) == "draft"
    record_check(translated, library, "sleep", "es", "Luz Vega", DAY)
    assert read_library(translated, DAY).leaflets["sleep"]["es"].checked
    assert [one.state for one in standings(translated, read_library(translated, DAY))] == ["done"]
    change(spanish(translated), "Beba 200 ml", "Tome 200 ml")
    library = read_library(translated, DAY)
    assert not library.leaflets["sleep"]["es"].checked
    assert [one.state for one in standings(translated, library)] == ["unchecked"]


@pytest.mark.parametrize(
    ("old", "new", "label"),
    [
        ("of water", "of warm water", "Good habits"),
        ("Never take", "Do not take", "warning | Take care"),
        ("steps.", "steps each day.", "More"),
        ("title: Sleep well", "title: Sleep better", "title and facts"),
    ],
)
def test_one_word_makes_exactly_one_section_stale(
    translated: Path, old: str, new: str, label: str
) -> None:
    change(english(translated), old, new)
    library = read_library(translated, DAY)
    (error,) = told(library)
    assert f"The section '{label}' of content/leaflets/sleep/en.md is changed since" in error
    assert [*library.leaflets["sleep"]] == ["en"]
    (one,) = standings(translated, library)
    assert one.state == "stale"
    ((section, words),) = one.changes
    assert section == label
    assert "{+" in words
    assert f"  {label}: " in status_table([one])
    assert json.loads(status_json([one]))[0]["changes"] == [[label, words]]
    assert words in status_html([one]).replace("&quot;", '"')


def test_new_lines_and_spaces_make_nothing_stale(translated: Path) -> None:
    change(english(translated), "same time each day, for", "same time\neach day,  for")
    assert told(read_library(translated, DAY)) == []


def test_new_and_lost_sections_are_named(translated: Path) -> None:
    change(english(translated), "/// warning", "## Naps\n\nShort ones.\n\n/// warning")
    (error,) = told(read_library(translated, DAY))
    assert "The section 'Naps' of content/leaflets/sleep/en.md is new since" in error
    (one,) = standings(translated, read_library(translated, DAY))
    assert [label for label, _ in one.changes] == ["Naps"]


def test_what_somebody_accepts_goes_out_and_says_which_version_it_is(translated: Path) -> None:
    change(english(translated), "of water", "of warm water")
    person = {"name": "Luz Vega", "date": DAY, "reason": "only style",
              "expires": datetime.date(2026, 4, 1)}  # fmt: skip
    accept(translated, read_library(translated, DAY), "sleep", "es", person)
    library = read_library(translated, datetime.date(2026, 3, 31))
    assert told(library) == []
    assert library.leaflets["sleep"]["es"].older == datetime.date(2026, 1, 10)
    assert [one.state for one in standings(translated, library)] == ["accepted"]
    late = read_library(translated, datetime.date(2026, 4, 2))
    assert len(told(late)) == 1


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        (
            "más de 4 mg",
            "más de 8 mg",
            "the number 4 of the source is missing; the number 8",
        ),
        ("24 horas", "42 horas", "the number 24 of the source is missing"),
        ("200 ml", "200 mg", "the dose 200 ml of the source is missing; the dose 200 mg is not"),
        ("1.000", "100", "the number 1000 of the source is missing"),
        ("{{ clinic.phone }}", "teléfono", "the fact clinic.phone of the source is missing"),
        (" [@lee2021]", "", "the source @lee2021 of the source is missing"),
        ("**Nunca tome más de 4 mg** en", "Nunca tome más de 4 mg en", "a bold passage of the"),
        ("Beba 200 ml de agua", "Drink 200 ml of water", "is not translated yet"),
        ("2. Llame", "3. Llame", "Here stands step 3, where"),
        ("## Más", "### Más", "Here stands 'Más', where"),
        ("/// warning", "/// tip", "Here stands 'tip | Tenga cuidado', where"),
        ("format: a4", "format: a5", "Here stands only | format: a5, where"),
        ("\n1. Beba", "\nDuerma.\n\n1. Beba", "Here stands paragraph, where"),
        ("Dé 1.000 pasos.\n", "Dé 1.000 pasos.\n\n## Otro\n\nMás texto.\n", "'Otro' is only in"),
        ("Dormir bien", "Dormir 8 horas", "the number 8 is not in the source"),
    ],
)
def test_what_is_unlike_the_source_stops_it(
    translated: Path, old: str, new: str, what: str
) -> None:
    change(spanish(translated), old, new)
    found = told(read_library(translated, DAY))
    assert found
    assert what in found[0]
    assert [one.state for one in standings(translated, read_library(translated, DAY))] == ["broken"]
    with pytest.raises(Mistakes):
        done(translated, read_library(translated, DAY), "sleep", "es", "Ana Ruiz", DAY)


@pytest.mark.parametrize("number", ["1.000", "1,000", "1\u00a0000"])
def test_numbers_are_read_as_languages_write_them(translated: Path, number: str) -> None:
    change(spanish(translated), "1.000", number)
    assert told(read_library(translated, DAY)) == []


@pytest.mark.parametrize("text", ["1.000 mg", "1,000 mg", "١٬٠٠٠ ملغ", "१,००० मिग्रा", "1000 мг"])
def test_digits_and_units_of_other_scripts_are_the_same_dose(text: str) -> None:
    facts = Item("paragraph", text, 1).facts
    assert (facts["number"], facts["dose"]) == ({"1000": 1}, {"1000 mg": 1})


def test_what_is_started_is_not_done(project: Path) -> None:
    body_of(english(project), SOURCE)
    assert (
        start(project, read_library(project, DAY), "sleep", "es") == "content/leaflets/sleep/es.md"
    )
    found = told(read_library(project, DAY))
    assert len(found) == 6
    assert all("is not translated yet" in error for error in found)
    with pytest.raises(UsageError, match="is there already"):
        start(project, read_library(project, DAY), "sleep", "es")
    with pytest.raises(UsageError, match="no language to translate into"):
        start(project, read_library(project, DAY), "sleep", "en")


def unpinned(root: Path) -> None:
    text = spanish(root).read_text()
    front = text.split("---")[1]
    spanish(root).write_text(text.replace(front[front.index("translation:") :], ""))


def test_a_translation_without_a_pin_does_not_go_out(translated: Path) -> None:
    unpinned(translated)
    (error,) = told(read_library(translated, DAY))
    assert "does not say which text it was made from" in error
    assert [one.state for one in standings(translated, read_library(translated, DAY))] == [
        "not pinned"
    ]
    english(translated).unlink()
    assert told(read_library(translated, DAY)) == []  # an original of its own


@pytest.mark.parametrize("pinned", [True, False])
def test_beside_a_broken_source_no_text_is_an_original(translated: Path, pinned: bool) -> None:
    if not pinned:
        unpinned(translated)
    change(english(translated), "title: Sleep well", "title: [Sleep")
    library = read_library(translated, DAY)
    assert library.leaflets == {}
    assert {Path(path).name for path in library.broken} == {"en.md", "es.md"}


def test_what_is_accepted_goes_out_beside_its_source_only(translated: Path) -> None:
    person = {"name": "Luz Vega", "date": DAY, "reason": "only style",
              "expires": datetime.date(2099, 4, 1)}  # fmt: skip
    accept(translated, read_library(translated, DAY), "sleep", "es", person)
    change(english(translated), "of water", "of [water](/nowhere)")
    library = read_library(translated, DAY)
    assert library.leaflets == {}
    assert {Path(path).name for path in library.broken} == {"en.md", "es.md"}


def test_links_of_the_project_are_compared_as_they_are_written(translated: Path) -> None:
    change(english(translated), "Walk 1,000 steps.", "Walk 1,000 [steps](sleep.md).")
    change(spanish(translated), "Dé 1.000 pasos.", "Dé 1.000 [pasos](sleep.md).")
    done(translated, read_library(translated, DAY), "sleep", "es", "Ana Ruiz", DAY)
    library = read_library(translated, DAY)
    assert told(library) == []
    assert [one.state for one in standings(translated, library)] == ["unchecked"]
    spanish(translated).unlink()
    start(translated, read_library(translated, DAY), "sleep", "es")
    body_of(spanish(translated), SPANISH.replace("pasos", "[pasos](sleep.md)"))
    assert not [line for line in told(read_library(translated, DAY)) if "since this" in line]


def undated(root: Path) -> None:
    """Let no leaflet say when it was published."""
    for path in (english(root), spanish(root)):
        lines = path.read_text().splitlines(keepends=True)
        gone = ("published:", "/////")
        path.write_text("".join(one for one in lines if not one.startswith(gone)))


def test_a_source_without_a_day_can_be_stale_too(translated: Path) -> None:
    undated(translated)
    done(translated, read_library(translated, DAY), "sleep", "es", "Ana Ruiz", DAY)
    assert "version:" not in spanish(translated).read_text()
    change(english(translated), "of water", "of warm water")
    person = {"name": "Luz Vega", "date": DAY, "reason": "only style",
              "expires": datetime.date(2026, 4, 1)}  # fmt: skip
    accept(translated, read_library(translated, DAY), "sleep", "es", person)
    library = read_library(translated, DAY)
    own = library.leaflets["sleep"]["es"]
    assert (own.stale, own.older) == (True, DAY)
    with pytest.raises(UsageError, match="cannot be checked as it is"):
        record_check(translated, library, "sleep", "es", "Luz Vega", DAY)
    edition = make_edition(library, own, "riverside", DAY)
    printed = compose_web(edition)
    assert "versión del 1 de marzo de 2026. El original ha cambiado" in " ".join(printed.split())


def test_what_has_no_day_at_all_is_not_accepted(translated: Path) -> None:
    undated(translated)
    spanish(translated).unlink()
    start(translated, read_library(translated, DAY), "sleep", "es")
    person = {"name": "Luz Vega", "date": DAY, "reason": "only style",
              "expires": datetime.date(2026, 4, 1)}  # fmt: skip
    with pytest.raises(UsageError, match="of which day it is"):
        accept(translated, read_library(translated, DAY), "sleep", "es", person)


def test_a_check_ends_with_the_source_that_was_compared(translated: Path) -> None:
    record_check(translated, read_library(translated, DAY), "sleep", "es", "Luz Vega", DAY)
    done(translated, read_library(translated, DAY), "sleep", "es", "Ana Ruiz", DAY)
    assert (
        read_library(translated, DAY).leaflets["sleep"]["es"].checked
    )  # the same words on both sides
    change(english(translated), "**Get up** at", "**Do not get up** at")
    done(translated, read_library(translated, DAY), "sleep", "es", "Ana Ruiz", DAY)
    library = read_library(translated, DAY)
    assert not library.leaflets["sleep"]["es"].checked
    assert [one.state for one in standings(translated, library)] == ["unchecked"]


@pytest.mark.parametrize("kind", ["no text", "a link", "too large", "nothing"])
def test_kept_words_that_cannot_be_read_are_told(translated: Path, kind: str) -> None:
    file = spanish(translated).with_suffix(".source.txt")
    change(english(translated), "of water", "of warm water")
    if kind == "no text":
        file.write_bytes(b"=== \xff\x00\x81\n")
    elif kind == "a link":
        file.rename(file.with_name("other.txt"))
        file.symlink_to("other.txt")
    elif kind == "too large":
        file.write_bytes(b"x" * 1_000_000)
    else:
        file.unlink()
    (one,) = standings(translated, read_library(translated, DAY))
    assert one.state == "stale"
    assert [label for label, _ in one.changes] == ["Good habits"]
    assert len(one.mistakes) == (kind != "nothing")
    assert all("es.source.txt" in line for line in one.mistakes)


def test_what_is_no_language_has_no_standing(translated: Path) -> None:
    (english(translated).parent / "README.md").write_text("Notes.\n")
    (one,) = standings(translated, read_library(translated, DAY))
    assert one.language == "es"


@pytest.mark.parametrize(("day", "kept"), [("2026-03-31", True), ("2026-04-02", False)])
def test_builds_and_checks_go_by_the_day_that_is_asked_for(
    translated: Path, day: str, kept: bool
) -> None:
    change(english(translated), "of water", "of warm water")
    person = {"name": "Luz Vega", "date": DAY, "reason": "only style",
              "expires": datetime.date(2026, 4, 1)}  # fmt: skip
    accept(translated, read_library(translated, DAY), "sleep", "es", person)
    today = datetime.date.fromisoformat(day)
    made = plan(translated, Selection(), today, Options(), {}, "")
    assert isinstance(made, Jobs)
    assert any(job.order.leaflet_path.endswith("/es.md") for job in made.jobs) == kept
    checked = {Path(one.path).name: one for one in check_leaflets(translated, today)}
    assert (checked["es.md"].mistakes == ()) == kept


def reviewed_but_stale(library: Library) -> Edition:
    leaflet = library.leaflets["sleep"]["en"]
    reviewer = Reviewer(name=Text("Dr A. Lee"), role=Text("pharmacist"), date=DAY)
    facts = leaflet.facts.model_copy(update={"reviewed": DAY, "clinical_reviewers": (reviewer,)})
    stale = replace(leaflet, facts=facts, stale=True, older=datetime.date(2026, 1, 10))
    edition = make_edition(library, stale, "riverside", DAY)
    assert edition.status == ""
    return edition


@pytest.mark.parametrize(
    "name",
    [
        "web",
        "text",
        *(
            name
            for name in ONE_LANGUAGE
            if FORMATS[name].layout != "card" and "a4" in FORMATS[name].geometry
        ),
    ],
)
def test_pages_that_are_no_draft_say_too_that_they_are_older(library: Library, name: str) -> None:
    edition = reviewed_but_stale(library)
    if name == "web":
        printed = compose_web(edition)
    elif name == "text":
        printed = compose_text(edition).text
    else:
        printed = compose_print(edition, FORMATS[name], purpose("screen")).pages.html
    assert "describes the version of 10 January 2026. The original has" in " ".join(printed.split())
    assert ">.</strong>" not in printed


def test_what_is_older_is_made_as_no_card(library: Library) -> None:
    with pytest.raises(Mistakes, match="made as no card, which has no room for that"):
        compose_print(reviewed_but_stale(library), FORMATS["card"], purpose("screen"))
