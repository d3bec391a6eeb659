from collections.abc import Callable
from pathlib import Path

import pytest

from foldwell.content.edition import Edition
from foldwell.typeset.plain_text import WIDTH, compose_text, text_of_page

STRINGS = {"warning": "Warning", "key_message": "The most important thing"}


def lines(body: str) -> list[str]:
    """The lines of some HTML."""
    return text_of_page(f"<html><body>{body}</body></html>", STRINGS).text.split("\n")[:-1]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<h1>Sleep</h1><p>One.</p>", ["Sleep", "=====", "", "One."]),
        ("<h2>More</h2><h3>Less</h3>", ["More", "----", "", "Less"]),
        ("<p>One\n  two</p><p></p><p>three</p>", ["One two", "", "three"]),
        ("<p>One<br>two</p>", ["One", "two"]),
        ("<ul><li>a</li><li>b</li></ul><p>c</p>", ["- a", "- b", "", "c"]),
        ("<ol start='9'><li>a</li><li>b</li></ol>", ["9. a", "10. b"]),
        ("<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>", ["1. a", "", "   - b", "2. c"]),
        ("<ul><li><p>a</p><p>b</p></li></ul>", ["- a", "", "  b"]),
        ("<ul><li><span class='tick-box'></span>a</li></ul>", ["- [ ] a"]),
        ("<blockquote><p>a</p></blockquote>", ["  a"]),
        ("<dl><dt>a</dt><dd>b</dd><dt>c</dt><dd>d</dd></dl>", ["a: b", "c: d"]),
        ("<p>7<sup class='cite'>[<a href='#s'>1</a>,<a href='#t'>2</a>]</sup>.</p>", ["7[1,2]."]),
        ("<p>7<sup id='n'><a href='#s'>1</a></sup>.</p>", ["7[1]."]),
        ("<p><a href='https://a.example/b'>this</a></p>", ["this (https://a.example/b)"]),
        ("<p><a href='https://a.example/'>a.example</a></p>", ["a.example"]),
        ("<figure><img alt='A cup'><figcaption>Tea</figcaption></figure>", ["[A cup]", "", "Tea"]),
        (
            "<section class='block block-warning'><h2 class='block-title'>Stop</h2><p>a",
            ["Warning: Stop", "-------------", "", "a"],
        ),
        (
            "<section class='block block-warning'><h2 class='block-title'>Warning</h2></section>",
            ["Warning", "-------"],
        ),
        (
            "<table><tr><th>Q</th><th>A</th></tr><tr><th>a</th><td>b</td></tr></table>",
            ["Q, A", "", "a", "  A: b"],
        ),
        ("<table><tr><th>Monday</th><td>9 to 5</td></tr></table>", ["Monday: 9 to 5"]),
    ],
)
def test_the_look(html: str, expected: list[str]) -> None:
    assert lines(html) == expected


def test_lines_are_wrapped_and_phone_numbers_and_addresses_stay_whole() -> None:
    phone = "<a href='tel:1'>(513) 555-0142</a>"
    for padding in range(40, WIDTH):
        wrapped = lines(f"<p>{'x' * padding} {phone} or https://{'long' * 20} and more</p>")
        assert all(len(line) <= WIDTH for line in wrapped if "long" not in line)
        assert any("(513) 555-0142" in line for line in wrapped)
        assert any("long" * 20 in line for line in wrapped)


def test_what_every_text_says(edition: Callable[..., Edition]) -> None:
    made = edition("Take tea [@lee2021].\n\n## Numbers\n\n1. one\n2. two\n")
    text = compose_text(made).text
    assert f"Edition: {made.id}\n" in text
    assert "Published: " in text
    assert "Review due: " in text
    assert "tea[1]." in text
    assert "\n1. one\n2. two\n" in text
    assert made.clinic.phone in text
    assert "Sources\n-------\n\n1. " in text
    assert ("DRAFT" in text) == (made.status == "draft")
    assert max(len(line) for line in text.split("\n") if "://" not in line) <= WIDTH


def test_a_template_of_the_projects_own(edition: Callable[..., Edition], tmp_path: Path) -> None:
    from dataclasses import replace

    mine = "<html><body><p>Mine: {{ leaflet.title }}</p>{{ words.main }}</body></html>"
    made = replace(edition("## More\n\nWords.\n"), overrides={"text.html": mine})
    assert compose_text(made).text.startswith("Mine: Sleep well\n")
