import pytest

from foldwell.content.blocks import BLOCKS, EXAMPLES
from foldwell.content.prose import check_prose


@pytest.mark.parametrize(
    "text",
    [
        "Take 5 mg < 10 mg, and 3 * 4.",
        "See <https://example.org> or [this](https://example.org).",
        "R&D, Q&A; 5&nbsp;mg &lt; 6 &amp; more",
        "{{ clinic.name }} {#id}",
        "***",
        "* * * * *",
        "//// tip\n/// side\nA\n///\n////",
        "/// figure\n![a](a.png)\n///",
        "> > > > > five",
        "A line\n---\n",
    ],
)
def test_what_a_leaflet_may_hold(text: str) -> None:
    assert check_prose(text, "en.md", 1) == []


@pytest.mark.parametrize("name", BLOCKS)
def test_each_block_is_known_and_closed(name: str) -> None:
    argument = EXAMPLES.get(BLOCKS[name].takes, "")
    text = f"/// {name} | {argument}\nText\n///" if argument else f"/// {name}\nText\n///"
    if outer := BLOCKS[name].inside:
        text = f"//// {outer}\n{text}\n////"
    assert check_prose(text, "en.md", 1) == []


@pytest.mark.parametrize("name", [name for name, row in BLOCKS.items() if row.inside])
def test_a_part_stands_inside_its_block(name: str) -> None:
    (error,) = check_prose(f"/// {name}\nText\n///", "en.md", 1)
    outer = BLOCKS[name].inside
    assert error.message == f"The block '{name}' stands outside the block '{outer}'."


def test_lines_count_from_the_front_matter() -> None:
    (error,) = check_prose("One\n\n`Three`", "en.md", 15)
    assert str(error.place) == "en.md:17"
