"""Files with fields are those that are made as a whole, or are not made so."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from conftest import Shelf
from generated_clinics import breaking, neighbour
from test_stamping import TODAY, both_ways, jobs_for
from test_standing_files import made, words

from foldwell.build import variable, worker
from foldwell.build.job import Job, Selection
from foldwell.build.made import Made
from foldwell.build.variable import FILES, HOW
from foldwell.content.library import Library, read_library
from foldwell.typeset.page_source import Composition
from foldwell.typeset.stamping.masters import MASTERS
from foldwell.typeset.variable.font_words import FontFacts

ROOT = Path(__file__).resolve().parents[2]
SEED = 11
LEARNED = (0, 3, 6)
"""The numbers of the clinics from whose files fields are learned: two, and one that proves them."""


@pytest.fixture(scope="module")
def shipped() -> Library:
    """The shipped content."""
    return read_library(ROOT, TODAY)


@pytest.fixture(autouse=True)
def _nothing_learned_yet() -> None:
    MASTERS.forget()
    FILES.forget_all()


def jobs(library: Library, medium: str, *further: dict[str, Any], leaflet: str = "") -> list[Job]:
    """The jobs of the clinics that are learned from, and of others."""
    clinics = [*(neighbour(SEED, number) for number in LEARNED), *further]
    name, format_name = leaflet or "treatment-card", "letter-fold" if leaflet else "card"
    return jobs_for(library, clinics, Selection((name,), (), ("en",), (format_name,), (medium,)))


def alike(found: list[Job], count: int) -> list[tuple[int, Job]]:
    """Some jobs whose pages have one shape, with their numbers: not each phone has one size."""
    by_key = defaultdict(list)
    for number, job in enumerate(found):
        composition = worker.compose(job)
        assert isinstance(composition, Composition)
        by_key[variable.asked_for(job.order, composition).key].append((number, job))
    return next(own[:count] for own in by_key.values() if len(own) >= count)


def how(file: Made) -> str:
    return dict(file.notes)["stamp"]


def held_to_a_whole(file: Made, job: Job) -> None:
    """Hold a file, and all that goes with it, to one that is made as a whole."""
    whole = made(job, worker.typeset_in_full)
    plain = [
        replace(one, notes=tuple(note for note in one.notes if note[0] != "stamp"))
        for one in (file, whole)
    ]
    assert plain[0] == plain[1], job.name


@pytest.mark.parametrize(
    ("medium", "leaflet"),
    [("screen", ""), ("office", ""), ("press", ""), ("screen", "stopping-kratom")],
)
def test_the_fourth_file_has_its_own_words_in_fields(
    shipped: Library, medium: str, leaflet: str
) -> None:
    numbers = (*LEARNED, *range(9, 33, 3), 601)
    found = jobs(shipped, medium, *(neighbour(SEED, n) for n in numbers[3:]), leaflet=leaflet)
    chosen = [(numbers[index], job) for index, job in alike(found, 5)]
    files = [made(job) for _, job in chosen]
    assert [how(file) == HOW for file in files] == [False, False, False, True, True]
    phones = [neighbour(SEED, number)["phone"] for number, _ in chosen]
    for (number, job), file in zip(chosen[3:], files[3:], strict=True):
        held_to_a_whole(file, job)
        own = neighbour(SEED, number)
        said = words(file.content).replace("\xa0", " ")
        assert {phone for phone in phones if phone in said} == {own["phone"]}
        assert own["name"] in said


@pytest.mark.parametrize("number", range(6))
def test_what_takes_other_room_is_never_different(shipped: Library, number: int) -> None:
    *learned, ordinary, job = jobs(shipped, "screen", neighbour(SEED, 9), breaking(SEED, number))
    for one in learned:
        made(one)
    assert how(made(ordinary)) == HOW  # so that fields are there to be misused
    file = made(job)
    held_to_a_whole(file, job)
    if number < 2:  # a name that is too long, and one from right to left; a card says no more
        assert how(file) != HOW


def test_a_word_that_differs_for_the_first_time_gets_a_field(shipped: Library) -> None:
    named = [{**neighbour(SEED, n), "region": "uk"} for n in (9, 12, 15, 18)]
    plain = [{**neighbour(SEED, n), "region": "uk"} for n in LEARNED]
    for facts in (*plain, *named):
        facts |= {"brand": "hollin-lane", "phone": "0113 496 0142"}
        facts["out_of_hours"] = {"name": "Night team", "phone": "0113 496 0177"}
    for number, facts in enumerate(named):
        facts["out_of_hours"] = {"name": "Night team", "phone": f"0113 496 018{number}"}
    asked = Selection(("stopping-kratom",), (), ("en",), ("letter-fold",), ("screen",))
    found = jobs_for(shipped, [*plain, *named], asked)
    files = [made(job) for job in found]
    assert [how(file) == HOW for file in files] == [False] * 5 + [True] * 2
    held_to_a_whole(files[-1], found[-1])
    assert "0113 496 0183" in words(files[-1].content)


WIDE = "8.30 am to 12.30 pm, 1.30 pm to 6.30 pm and once more from 7.15 pm to 9.45 pm"


@pytest.mark.parametrize("format_name", ["bifold", "a5", "large-print"])
def test_opening_hours_of_its_own_stand_in_fields(shipped: Library, format_name: str) -> None:
    every = [
        ("Monday to Friday", "8 am to 6.30 pm", "9 am to 1 pm"),
        ("Monday to Thursday", "9 am to 5 pm", "closed"),
        ("Tuesday and Friday", "10 am to 4 pm", "8 am to 12 noon"),
        ("Wednesday", "7.15 am to 6 pm", "11 am to 1 pm"),
        ("Monday to Friday", WIDE, "9 am to 1 pm"),
    ]
    clinics = []
    for number, (days, time, short) in enumerate(every):
        own = {**neighbour(SEED, number), "region": "uk", "brand": "hollin-lane"}
        own |= {"phone": "0113 496 0142", "name": f"Elm Practice {number:03}"}
        rows = (days, time), ("Saturday", short)
        clinics.append({**own, "hours": [{"days": day, "time": at} for day, at in rows]})
    asked = Selection(("safe-storage",), (), ("en",), (format_name,), ("screen",))
    found = jobs_for(shipped, clinics, asked)
    files = [made(job) for job in found]
    assert [how(file) == HOW for file in files] == [False, False, False, True, False]
    held_to_a_whole(files[3], found[3])
    held_to_a_whole(files[4], found[4])
    assert "7.15 am to 6 pm" in words(files[3].content).replace("\xa0", " ")


def test_words_that_a_viewer_would_not_read_are_not_put_into_fields(
    shipped: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    *learned, job = jobs(shipped, "screen", neighbour(SEED, 9))
    for one in learned:
        made(one)
    monkeypatch.setattr(variable, "shows", lambda *_: False)
    assert how(made(job)) != HOW


def test_what_is_not_the_same_as_a_file_made_otherwise_is_given_up(
    shipped: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    *learned, job = jobs(shipped, "screen", neighbour(SEED, 9))
    for one in learned[:2]:
        made(one)
    printed = variable.VariableFile.printed

    def wrongly(*told: Any) -> Made | None:
        file = printed(*told)
        return file and replace(file, content=file.content + b" ")

    monkeypatch.setattr(variable.VariableFile, "printed", wrongly)
    made(learned[2])
    monkeypatch.undo()
    assert how(made(job)) != HOW


def test_nothing_of_another_order_is_put_to_use(shipped: Library) -> None:
    *learned, job = jobs(shipped, "screen", neighbour(SEED, 9))
    for one in learned:
        made(one)
    composition = worker.compose(job)
    assert isinstance(composition, Composition)
    known = variable.asked_for(job.order, composition)
    for order in (
        replace(job.order, title="Another title"),
        replace(job.order, right_to_left=True),
        replace(job.order, status=""),
    ):
        assert variable.asked_for(order, composition).key != known.key
    assert known.printed()


def test_ordinary_and_odd_clinics_are_always_the_same(shipped: Library) -> None:
    clinics = [*(neighbour(3, n) for n in range(0, 12, 3)), *(breaking(3, n) for n in (21, 24))]
    asked = Selection(("starting-methadone",), (), ("en",), ("letter-fold",), ("screen", "office"))
    hows = Counter(both_ways(job) for job in jobs_for(shipped, clinics, asked))
    assert hows[HOW] >= 2, hows


FACE = FontFacts("a" * 64, 0, 900, -300, 4, False)


def set_in(face: FontFacts, font: str = "a font") -> variable.VariableFile:
    """A file that is set in one font."""
    pages, forme = SimpleNamespace(fonts={"AAAAAA": face}), SimpleNamespace(font=lambda _: font)
    return variable.VariableFile(pages, forme, {("AAAAAA", 1, "a")}, [], 1, 9.0)  # type: ignore[arg-type]


def test_a_glyph_of_a_font_is_looked_at_once(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, set[bytes]]] = []

    def holds(font: str, codes: set[bytes]) -> bool:
        asked.append((font, codes))
        return font != "a broken one"

    monkeypatch.setattr(variable, "holds", holds)
    new = frozenset([("AAAAAA", 2, "b"), ("AAAAAA", 3, "c")])
    assert not set_in(FACE, "a broken one")._are_sound(new)
    assert set_in(FACE)._are_sound(new) and set_in(FACE)._are_sound(new)
    shelf.next_process()
    assert set_in(FACE)._are_sound(new)
    assert asked == [(font, {b"\0\2", b"\0\3"}) for font in ("a broken one", "a font")]
    # It may say something else, and another font is another question.
    assert not set_in(FACE, "a broken one")._are_sound(frozenset([("AAAAAA", 2, "B")]))
    assert not set_in(replace(FACE, index=1), "a broken one")._are_sound(new)
    shelf.forge(lambda _: "true")
    shelf.next_process()
    assert not set_in(FACE, "a broken one")._are_sound(new)
