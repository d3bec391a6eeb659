"""Words that are read once, and given again where all that the reading asked for is the same."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from foldwell.content.edition import Edition
from foldwell.content.facts import WebAddress
from foldwell.errors import Mistakes
from foldwell.typeset import markup, read_again
from foldwell.typeset.edition_words import read_edition
from foldwell.typeset.reading import Reading, Words

Editions = Callable[..., Edition]
BODY = """\
First words [@smith2022].

/// timeline
| What | Starts | Worst | Over |
|---|---|---|---|
| Cold | day 1 | days 2 to 3 | 7 days |
///

## Good :sleepy: habits of {{ clinic.name }}

/// only | medium: screen
On a screen only.
///

/// contact
///
"""


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every text that is really read."""
    yield from texts_read(monkeypatch)


def texts_read(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every text that is really read from now on, with nothing known before and afterwards."""
    done: list[str] = []
    parse = markup._parse

    def counted(text: str, reading: Reading) -> None:
        done.append(text)
        parse(text, reading)

    monkeypatch.setattr(markup, "_parse", counted)
    read_again._known.clear()
    yield done
    read_again._known.clear()


def words_of(edition: Edition, format_name: str = "a4", medium: str = "screen") -> Words:
    return read_edition(edition, format_name, medium, frozenset(["back"]))


def alone(edition: Edition, format_name: str = "a4", medium: str = "screen") -> Words:
    """The words of an edition with nothing known of any other."""
    read_again._known.clear()
    return words_of(edition, format_name, medium)


def named(edition: Edition, **facts: object) -> Edition:
    """The same leaflet for another clinic."""
    return replace(edition, clinic=edition.clinic.model_copy(update=facts))


def same(one: Words, two: Words) -> bool:
    """Whether two readings found the same, the tokens of facts put in."""
    return (one.parts, one.pieces, one.citations, one.icons, one.timelines, one.contacts) == (
        two.parts, two.pieces, two.citations, two.icons, two.timelines, two.contacts
    ) and one.tokens.pieces == two.tokens.pieces  # fmt: skip


def test_another_clinic_has_its_own_facts_in_words_that_were_read_before(
    edition: Editions, reads: list[str]
) -> None:
    one = edition(BODY)
    two = named(one, name="Second Surgery")
    first, second = words_of(one), words_of(two)
    assert len(reads) == 1
    assert "Second Surgery" in second.tokens.replace(second.parts["main"])
    assert "Second Surgery" not in first.tokens.replace(first.parts["main"])
    assert same(second, alone(two))


def test_what_is_said_in_one_medium_only_is_read_anew_there(
    edition: Editions, reads: list[str]
) -> None:
    one = edition(BODY)
    screen, office, booklet = words_of(one), words_of(one, medium="office"), words_of(one, "a5")
    assert len(reads) == 2  # no block asks for the format
    assert "On a screen only" in screen.parts["main"]
    assert "On a screen only" not in office.parts["main"]
    assert same(booklet, screen)
    assert same(office, alone(one, medium="office"))


def test_a_fact_that_a_check_looks_at_is_asked_for_again(
    edition: Editions, reads: list[str]
) -> None:
    body = "/// emergency | Call {{ region.emergency_number }}\n- {{ clinic.name }} helps\n///\n"
    one = edition(body)
    words_of(one)
    words_of(named(one, phone=one.clinic.phone))
    assert len(reads) == 1
    words_of(named(one, name="Second Surgery"))
    assert len(reads) == 2


def test_an_address_is_the_clinics_own(edition: Editions, reads: list[str]) -> None:
    one = edition("See [our page]({{ clinic.website }}).\n", website="one.example.org")
    two = named(one, website=WebAddress("two.example.org"))
    assert "one.example.org" in words_of(one).parts["lead"]
    assert "two.example.org" in words_of(two).parts["lead"]
    assert len(reads) == 2


def test_a_text_with_a_mistake_is_refused_each_time(edition: Editions, reads: list[str]) -> None:
    wrong = edition("See [nowhere](#nowhere).\n")
    for _ in range(2):
        with pytest.raises(Mistakes, match="leads nowhere"):
            words_of(wrong)
    assert len(reads) == 2


def test_no_more_is_kept_than_was_said(
    edition: Editions, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read_again, "KEPT", 2)
    for number in range(4):
        words_of(edition(f"Words {number}.\n"))
    assert len(read_again._known) == 2
