"""OpenDocument texts, as LibreOffice writes them."""

from pathlib import Path

import pytest
from leaflet_made import Make, maker
from word_files import odt, png, zipped

from foldwell.errors import FoldwellError

STYLES = (
    '<style:style style:name="B" style:family="text"><style:text-properties'
    ' fo:font-weight="bold"/></style:style>'
    '<style:style style:name="I" style:family="text"><style:text-properties'
    ' fo:font-style="italic"/></style:style>'
    '<style:style style:name="Up" style:family="text"><style:text-properties'
    ' style:text-position="super 58%"/></style:style>'
    '<style:style style:name="Gone" style:family="text"><style:text-properties'
    ' text:display="none"/></style:style>'
    '<style:style style:name="Title" style:family="paragraph"/>'
    '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>'
    '<text:list-style style:name="L1"><text:list-level-style-bullet text:level="1"/>'
    '<text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/>'
    "</text:list-style>"
    '<text:list-style style:name="L2"><text:list-level-style-number text:level="1"'
    ' style:num-format="1" text:start-value="4"/></text:list-style>'
)


@pytest.fixture
def make(project: Path, tmp_path: Path) -> Make:
    return maker(project, tmp_path)


def p(words: str, style: str = "Standard") -> str:
    return f'<text:p text:style-name="{style}">{words}</text:p>'


def span(words: str, style: str) -> str:
    return f'<text:span text:style-name="{style}">{words}</text:span>'


def items(style: str, *rows: str, more: str = "") -> str:
    inner = "".join(f"<text:list-item>{row}</text:list-item>" for row in rows)
    return f'<text:list text:style-name="{style}"{more}>{inner}</text:list>'


def test_words_lists_and_tables(make: Make) -> None:
    body = (
        p("Your knee", "P1")
        + '<text:h text:outline-level="1">Rest</text:h>'
        + p(f'Take {span("two", "B")}<text:s text:c="2"/>tablets{span("2", "Up")} '
            f'{span("now", "I")}<text:line-break/>at home{span("secret", "Gone")}.')
        + items("L1", p("a") + items("L1", p("deep"), p("deeper")), p("b"))
        + items("L2", p("four"), p("five")) + p("Between.")
        + items("L2", p("six"), more=' text:continue-numbering="true"')
        + "<table:table><table:table-header-rows><table:table-row><table:table-cell>" + p("Day")
        + "</table:table-cell><table:table-cell>" + p("Do") + "</table:table-cell>"
        "</table:table-row></table:table-header-rows><table:table-row><table:table-cell"
        ' table:number-columns-repeated="2">' + p("x") + "</table:table-cell></table:table-row>"
        "</table:table>"
    )  # fmt: skip
    made = make("knee.odt", odt(body, STYLES))
    assert made.whole.startswith('---\ntitle: "Your knee"\n---\n\n## Rest\n\n')
    assert made.text == (
        "## Rest\n\nTake **two** tablets² *now*  \nat home.\n\n"
        "- a\n  a. deep\n  b. deeper\n- b\n\n4. four\n5. five\n\nBetween.\n\n6. six\n\n"
        "| Day | Do |\n| --- | --- |\n| x | x |"
    )
    assert "Hidden words were left out: 'secret'." in made.told


def test_what_is_beside_the_words(make: Make) -> None:
    frame = (
        '<draw:frame><draw:image xlink:href="Pictures/a.png"/><svg:title>A knee</svg:title>'
        "</draw:frame>"
    )
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion>" + p("old")
        + "</text:deletion></text:changed-region></text:tracked-changes>"
        + p('Words<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
            f"<text:note-body>{p('A note.')}</text:note-body></text:note>"
            f"<office:annotation><dc:creator>Ann</dc:creator>{p('True?')}</office:annotation>, "
            '<text:a xlink:href="https://example.org/x">more</text:a>.' + frame)
        + p(f"<draw:frame><draw:text-box>{p('Ring us')}</draw:text-box></draw:frame>Last.")
        + "<text:table-of-content><text:index-body>" + p("Rest 1")
        + "</text:index-body></text:table-of-content>"
    )  # fmt: skip
    master = f"<style:master-page><style:header>{p('Ward 7')}</style:header></style:master-page>"
    made = make("beside.odt", odt(body, "", master, **{"Pictures/a.png": png()}))
    assert "Words[^1], [more](https://example.org/x)." in made.text
    assert "/// figure\n![A knee](picture-1.png)\n///" in made.text
    assert "[^1]: A note." in made.text
    for words in ("Ann: 'True?'", "'Ring us'", "header 'Ward 7'", "table of contents",
                  "tracked change"):  # fmt: skip
        assert words in made.told
    for word in ("old", "True?", "Ring us", "Ward 7", "Rest 1"):
        assert word not in made.html


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (zipped({"content.xml": "<x>", "mimetype": ""}), "is damaged"),
        (zipped({"mimetype": ""}), "is not what its name says"),
        (
            zipped({"content.xml": "<x/>", "META-INF/manifest.xml": "<encryption-data/>"}),
            "locked with a password",
        ),
        (zipped({"content.xml": "<!DOCTYPE a []><a/>"}), "declares entities"),
        (zipped({"content.xml": b"<a>" + b" " * 11 * 2**20 + b"</a>"}), "larger than 10 MB"),
        (zipped({"content.xml": "<a/>"} | {f"f{n}": "" for n in range(4_001)}), "unpacks to more"),
        (odt(""), "holds no words"),
    ],
    ids=["broken", "other", "locked", "entities", "bomb", "parts", "empty"],
)
def test_hostile_files(make: Make, content: bytes, says: str) -> None:
    with pytest.raises(FoldwellError, match=says) as raised:
        make("hostile.odt", content)
    assert "hostile.odt" in str(raised.value) and raised.value.hint
