"""Word documents, as Word, LibreOffice and Google Docs write them."""

from pathlib import Path
from typing import Any

import pytest
from leaflet_made import Make, maker
from word_files import docx, p, picture, png, r, relationships, table

from foldwell.errors import FoldwellError

TEXT_BOX = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic>'
    '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
    f"<wps:wsp><wps:txbx><w:txbxContent>{p('Ring us')}</w:txbxContent></wps:txbx></wps:wsp>"
    "</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict>"
    f"<v:shape><v:textbox><w:txbxContent>{p('Ring us')}</w:txbxContent></v:textbox></v:shape>"
    "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


@pytest.fixture
def make(project: Path, tmp_path: Path) -> Make:
    return maker(project, tmp_path)


def test_words_headings_and_emphasis(make: Make) -> None:
    body = (
        p("Your wound", "Title")
        + p(r("Keep it ") + r("dr", "<w:b/>") + r("y", "<w:b/>") + r(" for ") + r("two", "<w:i/>")
            + r(" days. ", '<w:b w:val="0"/>') + r("Never", "<w:b/><w:i/>") + r(" run."))
        + p("When to call", "Heading1") + p("At night", "Heading2") + p("Alone", "berschrift3")
        + p(r("2") + r("nd", '<w:vertAlign w:val="superscript"/>') + r(" day: 10")
            + r("6", '<w:vertAlign w:val="superscript"/>') + r("/ml, H")
            + r("2", '<w:vertAlign w:val="subscript"/>') + r("O, 5") + r("0", "<w:b/>") + r(" mg"))
        + p(r("1986. A year") + "<w:r><w:br/></w:r>" + r("# of * and [x] &lt;b&gt; a_b {.x} `c"))
    )  # fmt: skip
    made = make("your-wound.docx", docx(body))
    assert made.path == "content/leaflets/your-wound/en.md"
    assert made.whole.startswith('---\ntitle: "Your wound"\n---\n')
    assert made.text.split("\n\n")[:4] == [
        "Keep it **dry** for *two* days. ***Never*** run.",
        "## When to call",
        "### At night",
        "#### Alone",
    ]
    assert "2nd day: 10⁶/ml, H₂O, 50 mg" in made.html.replace("<sup>nd</sup>", "nd")
    assert "1986. A year<br># of * and [x] &lt;b&gt; a_b {.x} ‘c" in made.html
    assert "'0' was bold or slanted inside a word; now it is plain." in made.told


BOLD = "<w:b/>"


def test_bold_lines_are_headings_where_nothing_else_can_be_meant(make: Make) -> None:
    body = (
        p("Your wound", "Title")
        + p(r("When to ", BOLD) + r("call us", BOLD)) + p("If it bleeds.")
        + p(r("H", BOLD) + r("2", f'{BOLD}<w:vertAlign w:val="subscript"/>') + r("O", BOLD))
        + p("Keep it dry", number=(1, 0)) + p("Rest it", number=(1, 0))
        + p(r("Do not run.", BOLD)) + p("It may open.")
        + p(r("Call", BOLD) + r(" at night")) + p("Or by day.")
        + p(r("First of two", BOLD)) + p(r("Second of two", BOLD)) + p("The words below both.")
        + p(r("The last line", BOLD))
    )  # fmt: skip
    made = make("wound.docx", docx(body))
    headings = [line for line in made.text.split("\n") if line.startswith("#")]
    assert headings == ["## When to call us", "## H₂O", "## Second of two"]
    for stays in ("**Do not run.**", "**Call** at night", "**First of two**", "**The last line**"):
        assert stays in made.text
    assert "The bold line 'When to call us' was read as a heading." in made.told


@pytest.mark.parametrize(
    "before", [p("Care", "Heading1") + p("At home", "Heading2") + p("Words."), ""]
)
def test_a_bold_line_that_may_be_a_heading_is_told(make: Make, before: str) -> None:
    """Beside headings of a style, or alone, it may be no more than a line that stands out."""
    body = before + p("Words first.") + p(r("Call us", BOLD)) + p("By day.")
    made = make("wound.docx", docx(body))
    assert "**Call us**" in made.text and "# Call us" not in made.text
    assert "'Call us' is bold from end to end and may be a heading" in str(made.told)


def test_lists_keep_their_numbers(make: Make) -> None:
    body = (
        p("a", number=(1, 0)) + p("b", number=(1, 1)) + p("c", number=(1, 0))
        + p("one", number=(2, 0)) + p("deep", number=(2, 1)) + p("deeper", number=(2, 1))
        + p("two", number=(2, 0)) + p("Between.") + p("three", number=(2, 0))
        + p("fresh", number=(6, 0)) + p("eight", number=(3, 0)) + p("nine", number=(3, 0))
        + p("First", number=(4, 0)) + p("part", number=(4, 1))
        + p("x", number=(5, 0)) + p("y", number=(5, 0)) + p("four, by style", "ListNumber")
    )  # fmt: skip
    made = make("lists.docx", docx(body))
    assert made.text == (
        "- a\n  - b\n- c\n\n1. one\n   a. deep\n   b. deeper\n2. two\n\nBetween.\n\n3. three\n\n"
        "1) fresh\n\n8. eight\n9. nine\n\n1) First\n\n1.1 part\n\ni. x\nii. y\n\n2. four, by style"
    )
    assert "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>" in made.html
    assert '<ol start="3"' in made.html and '<ol start="8"' in made.html


def test_levels_that_a_style_says(make: Make) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="LB"><w:name w:val="List Bullet"/><w:pPr><w:numPr>'
        '<w:numId w:val="7"/></w:numPr></w:pPr></w:style><w:style w:type="paragraph"'
        ' w:styleId="LB2"><w:name w:val="List Bullet 2"/><w:pPr><w:numPr><w:numId w:val="7"/>'
        "</w:numPr></w:pPr></w:style>"
    )
    made = make("styles.docx", docx(p("a", "LB") + p("b", "LB2") + p("c", "LB"), styles=styles))
    assert made.text == "- a\n  - b\n- c"


def test_tables(make: Make) -> None:
    span = '<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>' + p("both") + "</w:tc>"
    body = table([p("Day"), p("What")], [p("1 | 2"), p("Rest") + p("Sleep")]) + p("Words.")
    body += table([p("In a frame") + p("more")]) + p("Words.")
    body += table([p("Age"), p("Dose")], [p("6"), p("5 mg", number=(1, 0))], head=True)
    body += (
        p("Words.") + f"<w:tbl><w:tr>{span}</w:tr><w:tr><w:tc>{p('1')}</w:tc><w:tc>{p('2')}</w:tc>"
        "</w:tr></w:tbl>"
    )
    made = make("tables.docx", docx(body))
    assert "| Day | What |\n| --- | --- |\n| 1 \\| 2 | Rest<br>Sleep |" in made.text
    assert "In a frame\n\nmore" in made.text
    assert "| 6 | • 5 mg |" in made.text
    assert "| both |  |\n| --- | --- |\n| 1 | 2 |" in made.text
    assert "The cell 'both' was as large as several" in made.told


def test_what_is_changed_hidden_and_said_beside(make: Make) -> None:
    changed = (
        r("Take ") + '<w:del w:author="A"><w:r><w:delText>5</w:delText></w:r></w:del>'
        f'<w:ins w:author="A">{r("6")}</w:ins>' + r(" tablets")
        + f'<w:moveFrom>{r(" gone")}</w:moveFrom><w:moveTo>{r(" here")}</w:moveTo>'
        + '<w:commentReference w:id="1"/>' + r("secret", "<w:vanish/>") + r("no", "<w:strike/>")
        + r(".") + TEXT_BOX
    )  # fmt: skip
    body = p(changed) + p("Contents 1", "TOC1")
    body += p("<m:oMath><m:r><m:t>a/b</m:t></m:r></m:oMath>" + r("end"))
    body += p('<w:fldSimple w:instr="PAGE">' + r("field") + "</w:fldSimple>")
    comment = f'<w:comment w:id="1" w:author="Ann">{p("Is this -- right?")}</w:comment>'
    made = make(
        "changed.docx", docx(body, comments=comment, header1=p("Ward 7"), footer1=p("Version 3"))
    )
    assert made.text.startswith(
        "Take 6 tablets here.\n\n<!-- Left behind: a text box: 'Ring us' -->"
    )
    for words in (
        "A tracked change was accepted", "Ann", "Hidden words", "struck through",
        "header 'Ward 7", "footer 'Version 3", "a formula: 'a/b'", "table of contents",
    ):  # fmt: skip
        assert words in made.told, made.told
    assert "<!-- Import: A comment of Ann: 'Is this ‐‐ right?' was left out. -->" in made.whole
    for word in ("Ring us", "secret", "Is this", "Ward 7"):
        assert word not in made.html
    assert "field" in made.html


STRUCK = '<w:del w:author="A"/>'


def test_a_struck_row_is_gone(make: Make) -> None:
    """Word marks the row itself; its words may bear no mark of their own."""
    rows = table([p("Age"), p("Dose")], [p("6"), p("5 mg")], [p("9"), p("7 mg")])
    struck = rows.replace(f"<w:tr><w:tc>{p('6')}", f"<w:tr><w:trPr>{STRUCK}</w:trPr><w:tc>{p('6')}")
    assert struck != rows
    made = make("row.docx", docx(p("Words.") + struck))
    assert "5 mg" not in made.whole and "| 9 | 7 mg |" in made.text
    assert "A tracked change was accepted" in made.told


def test_a_struck_column_is_gone(make: Make) -> None:
    """Word marks each cell of it."""
    rows = table([p("Age"), p("Dose"), p("Old")], [p("6"), p("5 mg"), p("9 mg")])
    gone = f"<w:tcPr>{STRUCK.replace('<w:del', '<w:cellDel')}</w:tcPr>"
    struck = rows
    for words in ("Old", "9 mg"):
        struck = struck.replace(f"<w:tc>{p(words)}", f"<w:tc>{gone}{p(words)}")
    assert struck.count("cellDel") == 2
    made = make("column.docx", docx(p("Words.") + struck))
    assert "9 mg" not in made.whole and "| 6 | 5 mg |" in made.text
    assert "A tracked change was accepted" in made.told and "So 2 times." in made.told


def test_paragraphs_whose_border_is_struck_out_are_one(make: Make) -> None:
    def struck(paragraph: str) -> str:
        return paragraph.replace("</w:pPr>", f"<w:rPr>{STRUCK}</w:rPr></w:pPr>", 1)

    body = struck(p("Do not ")) + struck(p("ever ", number=(2, 0))) + p("stop it.", number=(2, 0))
    body += p("Rest.", number=(2, 0)) + table([p("Day"), p("What")], [struck(p("1")), p("2")])
    made = make("joined.docx", docx(body + p("End.")))
    assert made.text.startswith("1. Do not ever stop it.\n2. Rest.\n")
    assert "| 1 | 2 |" in made.text
    assert "A tracked change was accepted" in made.told


def test_pictures_links_and_footnotes(make: Make, project: Path) -> None:
    body = (
        p(r("Look: ") + picture('r:embed="rP"', "A bed.&#10;Description automatically generated"))
        + p("Figure 1: the bed", "Caption")
        + p("item", number=(1, 0)) + p(r("with one") + picture('r:embed="rP"'), number=(1, 0))
        + p(picture('r:link="rX"') + picture('r:embed="rE"'))
        + p(f'<w:hyperlink r:id="rL">{r("our page")}</w:hyperlink>'
            f'<w:hyperlink w:anchor="_Toc1">{r(" inside")}</w:hyperlink>'
            + r(" see") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + r("."))
    )  # fmt: skip
    media: Any = {"word/media/image1.png": png(), "word/media/image2.emf": b"emf"}
    made = make(
        "pictures.docx",
        docx(
            body,
            ("rP", "image", "media/image1.png", False),
            ("rE", "image", "media/image2.emf", False),
            ("rX", "image", "https://127.0.0.1/x.png", True),
            ("rL", "hyperlink", "https://example.org/a_(b)?utm_source=x&amp;p=1", True),
            footnotes=f'<w:footnote w:id="2">{p("A note.")}</w:footnote>',
            **media,
        ),
    )
    assert "![A bed.](picture-1.png)\n\nFigure 1: the bed\n///" in made.text
    assert "see if these words, a program's, are true" in made.text
    assert "- item\n- with one\n\n<!-- TODO: picture-1.png: say what it shows. -->" in made.text
    assert "[our page](https://example.org/a_%28b%29?p=1) inside see[^2]." in made.text
    assert "[^2]: A note." in made.text
    assert "a picture that stands in another file was left behind" in made.told.lower()
    assert "image/x-emf" in made.told
    assert sorted(path.name for path in (project / "content/leaflets/pictures").iterdir()) == [
        "en.md", "picture-1.png",
    ]  # fmt: skip


def test_symbols_of_symbol_fonts_and_typed_lists(make: Make) -> None:
    font = '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'
    body = p(r("ü", font) + r(" yes ") + '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>')
    body += p("•\tone".replace("\t", "</w:t><w:tab/><w:t>")) + p("• two")
    body += p("1. wash") + p("2. dry") + p("Call 😀 us ☎")
    made = make("symbols.docx", docx(body))
    assert "✓ yes ✓" in made.html.replace("✔", "✓")
    assert "<ul><li>one</li><li>two</li></ul>" in made.html
    assert "<ol><li>wash</li><li>dry</li></ol>" in made.html
    assert "'😀' (U+1F600, grinning face) is in no font; left out" in made.told


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "locked with a password"),
        (b"PK\x03\x04 torn", "is damaged"),
        (b"just text", "is damaged"),
        (docx(p("x"))[:-300], "is damaged"),
        (docx("<w:p><w:r>"), "is damaged"),
        (
            docx("", **{"word/document.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}),
            "declares entities",
        ),
        (docx(p("x") + "<w:p/>" * 200_000), "more than 200000 elements"),
        (docx("<w:p>" * 900 + "</w:p>" * 900), "nested too deep"),
        (docx(""), "holds no words"),
    ],
    ids=["locked", "torn", "text", "cut", "broken", "entities", "elements", "deep", "empty"],
)
def test_hostile_files(make: Make, content: bytes, says: str) -> None:
    with pytest.raises(FoldwellError, match=says) as raised:
        make("hostile.docx", content)
    assert "hostile.docx" in str(raised.value) and raised.value.hint


def test_outside_relationships_are_cut(make: Make) -> None:
    outside = relationships(("rT", "attachedTemplate", "file:///etc/passwd", True))
    made = make("outside.docx", docx(p("Words."), **{"word/_rels/settings.xml.rels": outside}))
    assert made.text == "Words."
