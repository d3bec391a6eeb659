"""What becomes of the tree that Markdown made."""

import re
from collections.abc import Callable

import pytest

from foldwell.content.edition import Edition
from foldwell.errors import Mistakes
from foldwell.typeset.edition_words import read_edition
from foldwell.typeset.reading import Words

Read = Callable[..., Words]


@pytest.fixture
def read(edition: Callable[..., Edition]) -> Read:
    """Reads a text for one format, and takes the flap out of it."""

    def words(text: str, links_back: bool = False) -> Words:
        take = frozenset(["flap"])
        return read_edition(edition(text), "a4", "screen", take, links_back=links_back)

    return words


def messages(read: Read, text: str) -> list[str]:
    with pytest.raises(Mistakes) as caught:
        read(text)
    return [error.message for error in caught.value.errors]


def test_sources_are_numbered_in_the_order_of_the_text(read: Read) -> None:
    words = read("| A | B |\n|---|---|\n| c[@smith2022] | d |\n\nText [@lee2021; @smith2022].\n")
    assert words.citations == ("smith2022", "lee2021")
    numbers = re.findall(r'href="#source-(\w+)">(\d)</a>', "".join(words.parts.values()))
    assert numbers == [("smith2022", "1"), ("smith2022", "1"), ("lee2021", "2")]


def test_a_text_is_taken_apart(read: Read) -> None:
    words = read("Lead.\n\n## One\n\nMain.\n\n/// panel | flap\nFlap.\n///\n\n## Two\n\nMore.\n")
    assert set(words.parts) == {"lead", "main", "flap"}
    assert [re.sub("<[^>]*>", "", words.parts[n]).split() for n in ("lead", "flap", "main")] == [
        ["Lead."], ["Flap."], ["One", "Main.", "Two", "More."],
    ]  # fmt: skip
    assert words.headings == (("one", "One"), ("two", "Two"))


def test_headings_of_the_same_words_have_names_of_their_own(read: Read) -> None:
    words = read("## Rest\n\nA.\n\n## Rest\n\nB.\n\n## Rest {#own}\n\nC.\n")
    assert [name for name, _ in words.headings] == ["rest", "rest-2", "own"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("# One\n\nA.\n", "'#' is the title's level; the title stands in the front matter."),
        ("## One\n\n#### Two\n\nA.\n", "This heading skips a level (#### after ##)."),
        ("## One\n\n### B\n\n#### C\n\n##### Two\n\nA.\n", "Headings go down to '####' only."),
    ],
)
def test_the_order_of_headings_is_held(text: str, message: str, read: Read) -> None:
    assert messages(read, text) == [message]


def test_titles_in_a_panel_with_a_place_of_its_own_follow_the_title(read: Read) -> None:
    """It stands behind the cover, whatever it stands behind in the text."""
    box = "/// tip | Mind\nA.\n///\n"
    words = read(f"## One\n\n{box}\n//// panel | flap\n{box}\n## Two\n\n{box}////\n\n{box}")
    assert re.findall(r"<(h\d)", words.parts["main"]) == ["h2", "h3", "h3"]
    assert re.findall(r"<(h\d)", words.parts["flap"]) == ["h2", "h2", "h3"]


def test_lists_to_write_on(read: Read) -> None:
    main = read("/// fill-in | Plan\n- Name\n- Why {.lines-3}\n- Draw {.box}\n///\n").parts["lead"]
    items = main.split("<li")[1:]
    assert [item.count('"fill-line"') for item in items] == [1, 3, 0]
    assert ["fill-box" in item for item in items] == [False, False, True]


def test_every_item_of_a_checklist_has_a_box(read: Read) -> None:
    lead = read("/// checklist | Pack\n- **Keys**\n- Phone\n///\n").parts["lead"]
    assert lead.count('class="tick-box"') == 2
    assert lead.index("tick-box") < lead.index("Keys")


@pytest.mark.parametrize(
    ("steps", "drawn"),
    [
        ("1. :phone: Call.\n2. :pill: Take it.\n", True),
        ("1. :phone: Call.\n2. Take it.\n", False),
        ("1. First :phone: call.\n2. :pill: Take it.\n", False),
    ],
)
def test_steps_are_pictures_if_each_starts_with_one(steps: str, drawn: bool, read: Read) -> None:
    words = read(f"/// steps | Do\n{steps}///\n".replace(":pill:", ":pregnant:"))
    assert ("step-picture" in words.parts["lead"]) == drawn
    assert (words.drawings == ("phone", "pregnant")) == drawn


def test_tables_have_row_headers_and_a_box(read: Read) -> None:
    lead = read("| A | B |\n|---|---|\n| c | d |\n|  | e |\n").parts["lead"]
    assert lead.startswith('<div class="table"><table>')
    assert re.findall(r"<th[^>]*>(.)</th>", lead) == ["A", "B", "c"]


def test_footnotes_are_letters_and_lead_back_where_links_can_be_followed(read: Read) -> None:
    text = "One[^x] and two[^y].\n\n[^y]: Why.\n[^x]: Ex.\n"
    for links_back in (False, True):
        html = "".join(read(text, links_back=links_back).parts.values())
        assert re.findall(r">([ab])<", html)[:2] == ["a", "b"]
        assert html.index("Ex.") < html.index("Why.")
        assert ("fnref" in html.split("Ex.")[1]) == links_back
