"""One table of blocks: the words, the look, the drawings and the docs hold to it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from foldwell.content.blocks import BLOCKS, BlockRow
from foldwell.content.edition import Edition
from foldwell.content.interface_words import LANGUAGES
from foldwell.errors import Mistakes
from foldwell.shipped import templates_folder
from foldwell.typeset.compose import compose_web
from foldwell.typeset.measures import GUARDED
from foldwell.typeset.plain_text import compose_text
from foldwell.typeset.templates import icon_names, strings

TITLED = [name for name, row in BLOCKS.items() if row.titled]
README = (Path(__file__).resolve().parents[2] / "README.md").read_text()


def body(name: str) -> str:
    """What a block may hold."""
    if name == "timeline":
        return "| What | Starts | Worst | Over |\n|--|--|--|--|\n| All | 1 day | day 2 | 3 days |"
    if name == "compare":
        return "Do:\n\n- one\n\nDo not:\n\n- two"
    return "1. one" if BLOCKS[name].list_tag == "ol" else "- one"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_title_has_words(language: str) -> None:
    words = strings(language)
    assert [name for name in TITLED if not words.get(name.replace("-", "_"))] == []


def test_every_icon_is_there() -> None:
    assert {row.icon for row in BLOCKS.values() if row.icon} <= icon_names()


def test_the_docs_tell_every_block_and_no_other() -> None:
    table = README.split("| block | what it is |")[1].split("\n\n")[0]
    first = [line.split(" | ")[0] for line in table.splitlines() if line.startswith("| `")]
    assert {name for cell in first for name in re.findall("`([a-z-]+)`", cell)} == {*BLOCKS}


def test_style_sheets_name_no_other() -> None:
    named = {
        name
        for path in (templates_folder() / "css").glob("*.css")
        for name in re.findall(r"\.block-([a-z-]+)", path.read_text())
    }
    assert named - {"title", "body"} <= {*TITLED}


def test_what_is_guarded() -> None:
    assert {"block-emergency", "block-warning", "block-key-message"} == GUARDED


@pytest.mark.parametrize("name", TITLED)
def test_the_title_the_icon_and_the_list(name: str, edition: Callable[..., Edition]) -> None:
    row = BLOCKS[name]
    made = edition(f"/// {name}\n{body(name)}\n///\n")
    page = compose_web(made)
    section = re.search(rf'(?s)<section class="block block-{name}">.*?</section>', page)
    assert section
    # The last two words of a title stay together.
    assert strings("en")[name.replace("-", "_")] in section.group().replace("\xa0", " ")
    title = section.group().partition("</h2>")[0]
    assert ('class="icon icon-' in title) == bool(row.icon)
    text = compose_text(made).text
    assert all(word in text for word in re.findall(r"\w+", body(name))), text
    if row.list_tag:
        with pytest.raises(Mistakes, match="holds no list"):
            compose_web(edition(f"/// {name}\nwords\n///\n"))


def test_a_row_alone_makes_a_block(
    edition: Callable[..., Edition], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(BLOCKS, "recipe", BlockRow(icon="heart", list_tag="ol"))
    page = compose_web(edition("/// recipe | Soup\n1. Boil.\n///\n"))
    assert '<section class="block block-recipe">' in page
    assert 'icon-heart"></span>Soup' in page
    with pytest.raises(Mistakes, match="The block 'recipe' holds no list"):
        compose_web(edition("/// recipe | Soup\nBoil.\n///\n"))
    with pytest.raises(Mistakes, match="The block 'recipe' has no title"):
        compose_web(edition("/// recipe\n1. Boil.\n///\n"))


def test_a_row_that_nothing_answers_to_says_so(
    edition: Callable[..., Edition], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(BLOCKS, "page-turn", BlockRow(takes="nothing"))
    with pytest.raises(TypeError, match="nothing says what becomes of the block 'page-turn'"):
        compose_web(edition("Words.\n"))
