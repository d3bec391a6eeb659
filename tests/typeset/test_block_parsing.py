"""The blocks as they are parsed: titles, what they take, and where they may stand."""

from collections.abc import Callable
from typing import Any

import pytest

from foldwell.content.blocks import BLOCKS
from foldwell.content.edition import Edition
from foldwell.errors import Mistakes
from foldwell.typeset.blocks import extension
from foldwell.typeset.edition_words import read_edition
from foldwell.typeset.parser import LeafletParser

Editions = Callable[..., Edition]


def lead(edition: Edition) -> str:
    return read_edition(edition, "a4", "screen", frozenset()).parts["lead"]


def messages(edition: Edition) -> list[str]:
    with pytest.raises(Mistakes) as caught:
        lead(edition)
    return [error.message for error in caught.value.errors]


def test_every_row_of_the_table_is_parsed() -> None:
    parser = LeafletParser(extensions=[extension()])
    processor: Any = parser.parser.blockprocessors["blocks"]
    names = {block.NAME for block in processor.blocks.values()}
    assert names == set(BLOCKS)


def test_a_title_that_nobody_wrote_is_of_the_catalogue(edition: Editions) -> None:
    assert "Own words" in lead(edition("/// warning | Own words\nA.\n///\n"))
    usual = lead(edition("/// warning\nA.\n///\n"))
    assert 'class="block block-warning' in usual and "block-title" in usual


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("/// steps | A\nNo list.\n///\n", "The block 'steps'"),
        ("/// only | colour: red\nA.\n///\n", "'colour: red' is no condition."),
        ("/// only | region: mars\nA.\n///\n", "There is no region 'mars'."),
        ("/// spot | nothing-like-it\nA.\n///\n", "There is no icon 'nothing-like-it'"),
    ],
)
def test_what_a_block_does_not_take(text: str, start: str, edition: Editions) -> None:
    (message,) = messages(edition(text))
    assert message.startswith(start)


@pytest.mark.parametrize(
    ("condition", "kept"),
    [
        ("region: uk", True),
        ("region: not uk", False),
        ("region: uk; format: letter-fold", False),
        ("region: uk; format: a4, letter-fold", True),
        ("medium: press", False),
        ("medium: not press", True),
    ],
)
def test_only_what_holds_is_kept(condition: str, kept: bool, edition: Editions) -> None:
    assert (
        "Hidden words" in lead(edition(f"/// only | {condition}\nHidden words.\n///\n"))
    ) == kept
