"""Sentences of a leaflet, what each does, and which sources stand behind it."""

from collections.abc import Callable

import pytest

from foldwell.check.statements import Kind, statements
from foldwell.content.edition import Edition
from foldwell.content.html_words import BREAK, NOTE

Editions = Callable[..., Edition]


def said(edition: Edition) -> list[tuple[str, tuple[str, ...]]]:
    """Each sentence with its sources."""
    return [(item.text, item.sources) for item in statements(edition)]


def test_a_marker_covers_what_stands_before_it(edition: Editions) -> None:
    text = "Sleep heals. It is **long** [@lee2021]. Dreams pass [@smith2022; @lee2021]. Few know.\n"
    assert said(edition(text)) == [
        ("Sleep heals.", ("lee2021",)),
        ("It is long.", ("lee2021",)),
        ("Dreams pass.", ("smith2022", "lee2021")),
        ("Few know.", ()),
    ]


def test_a_source_of_one_region_stands_only_there(edition: Editions) -> None:
    text = "Sleep heals [@lee2021; @smith2022 in us; @cdc2020 in us, uk].\n"
    assert said(edition(text)) == [("Sleep heals.", ("lee2021", "cdc2020"))]


def test_the_statements_of_one_format(edition: Editions) -> None:
    text = "/// only | region: uk; format: not a4, web\nRest.\n///\n\nSleep.\n"
    for name, texts in [("", 2), ("a4", 1), ("web", 1), ("a5", 2)]:
        assert len(statements(edition(text), name)) == texts


def test_a_marker_behind_the_full_stop_belongs_to_the_sentence_before(edition: Editions) -> None:
    assert said(edition("Sleep heals. [@lee2021] Dreams pass.\n")) == [
        ("Sleep heals.", ("lee2021",)),
        ("Dreams pass.", ()),
    ]


def test_the_line_above_a_list_lends_its_sources(edition: Editions) -> None:
    text = "You may have [@lee2021]:\n\n- long\n  dreams\n- sleep [@smith2022]\n\nSleep heals.\n"
    assert said(edition(text)) == [
        ("You may have:", ("lee2021",)),
        ("long dreams", ("lee2021",)),
        ("sleep", ("smith2022",)),
        ("Sleep heals.", ()),
    ]


def test_pictures_among_the_words_are_no_words(edition: Editions) -> None:
    """A step with a picture is an order still, and a ratio is no picture."""
    text = "/// steps\n1. :phone: **Call** us at once.\n///\n\nMix it 1:2:3 now.\n"
    found = statements(edition(text))
    assert [(item.text, item.kind) for item in found] == [
        ("Call us at once.", Kind.INSTRUCTION),
        ("Mix it 1:2:3 now.", Kind.STATEMENT),
    ]


def test_blocks_of_another_region_and_what_is_filled_in_say_nothing(edition: Editions) -> None:
    text = (
        "/// only | region: uk; format: a4\nHere it is dark.\n///\n\n"
        "/// only | region: not uk\nThere it is light.\n///\n\n"
        "/// fill-in | Mine\n- When I sleep\n///\n\n"
        "## A heading\n\n"
        "| Question | Answer |\n|---|---|\n| Is it good? | It is [@lee2021]. |\n"
    )
    assert said(edition(text)) == [
        ("Here it is dark.", ()),
        ("Question", ()),
        ("Answer", ()),
        ("Is it good?", ()),
        ("It is.", ("lee2021",)),
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Sleep heals.", Kind.STATEMENT),
        ("Naloxone wears off.", Kind.STATEMENT),
        ("Call us.", Kind.INSTRUCTION),
        ("Driving: do not drive when you are tired.", Kind.INSTRUCTION),
        ("If you cannot sleep, get up.", Kind.INSTRUCTION),
        ("Never stop on your own.", Kind.INSTRUCTION),
        ("We can help you.", Kind.OWN),
        ("Is it good?", Kind.QUESTION),
        ("long dreams", Kind.FRAGMENT),
    ],
)
def test_what_a_sentence_does(text: str, kind: Kind, edition: Editions) -> None:
    (item,) = statements(edition(text + "\n"))
    assert item.kind is kind
    assert item.needs_source == (kind is Kind.STATEMENT)


def test_lines_are_those_of_the_file(edition: Editions) -> None:
    found = edition("Sleep heals.\n\nDreams\npass.\n")
    first = found.leaflet.first_line
    assert [item.line for item in statements(found)] == [first, first + 2]


def test_marks_of_tidied_words_are_no_words(edition: Editions) -> None:
    """A ``<br>`` and an author's note were read as marks, which no message may show."""
    text = f"Wash daily{BREAK}and dry well.{NOTE}\n"
    assert said(edition(text)) == [("Wash daily and dry well.", ())]
