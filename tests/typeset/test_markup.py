"""What a text becomes: words survive, whatever they are, and stand where they belong."""

import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape

import pytest
from conftest import BASE, purpose
from pypdfium2 import PdfDocument

from foldwell.content.edition import Edition
from foldwell.content.images import read_image
from foldwell.errors import Mistakes
from foldwell.paper.formats import FORMATS
from foldwell.typeset.compose import compose_print
from foldwell.typeset.copyfit import copyfit
from foldwell.typeset.page_source import PageSource

Compose = Callable[..., PageSource]


def plain(html: str) -> str:
    """The words of some HTML, tags taken away."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", re.sub("</?bdi>", "", html))).split())


@pytest.mark.parametrize(
    "name", ["A*B <Smith>", "{{ 1 }}", "{% x %}", "**B**", "[x](y)", "&lt;", "/// tip", "A_B_C"]
)
def test_a_fact_is_printed_as_it_is(name: str, compose: Compose) -> None:
    page = compose("We are {{ clinic.name }}.\n\n## Call {{ clinic.name }}\n\nNow.\n", name=name)
    assert f"We are {name}. Call {name} Now." in plain(page.html)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("2 < 3, 4 > 3 & so on", None),
        ("&lt;b&gt; and R&amp;D", "<b> and R&D"),
        ("3\\*4\\*5 mg", "3*4*5 mg"),
        ("5 * 10 * 2 mg", None),
        ("snake_case_word", None),
        ("a **bold** word", "a bold word"),
        ("[the page](https://example.org)", "the page (example.org)"),
        ("[the page](https://example.org/a/) https://b.org", "the page (example.org/a) b.org"),
        ("one  \ntwo", "one two"),
        ("Term\n: Meaning", "Term Meaning"),
        ("| A | B |\n|---|---|\n| c | d |", "A B c d"),
        ("> Quoted", "Quoted"),
        ("    Indented words", "Indented words"),
        ("<https://example.org/a>", "example.org/a"),
    ],
)
def test_words_survive(text: str, printed: str | None, compose: Compose) -> None:
    assert f"Before. {printed or text} After." in plain(
        compose(f"Before.\n\n{text}\n\nAfter.\n").html
    )


def test_a_plain_greater_than_sign_survives_at_the_start_of_a_line(compose: Compose) -> None:
    assert "Fever is > 38 degrees." in plain(compose("Fever is\n\n&gt; 38 degrees.\n").html)


def test_an_e_mail_address_in_angle_brackets(compose: Compose) -> None:
    html = compose("Write to <hello@example.org>.\n").html
    assert 'href="mailto:hello@example.org"' in html


def test_a_footnote(compose: Compose) -> None:
    html = compose("Drink[^1] water.\n\n[^1]: At most two litres.\n").html
    assert "At most two litres." in plain(html)


def test_a_footnote_of_dropped_text_is_dropped(compose: Compose) -> None:
    body = "A.\n\n/// only | region: not uk\nCall[^1].\n\n[^1]: Only abroad.\n///\n"
    assert "Only abroad." not in plain(compose(body).html)


def test_lines_to_fill_in_have_a_usual_title(compose: Compose) -> None:
    assert "fill-line" in compose("/// fill-in\n- Name\n///\n").html


def test_lines_to_fill_in(compose: Compose) -> None:
    html = compose("/// fill-in | Your notes\n- Name\n{.lines-3}\n- Notes\n{.box}\n///\n").html
    assert (html.count('"fill-line"'), html.count('"fill-box"')) == (3, 1)


BLOCKS = {
    "key-message": "Drink.",
    "emergency": "Call.",
    "warning": "Stop.",
    "tip": "Rest.",
    "steps": "1. Rise.",
    "checklist": "- Rise.",
    "questions": "- Why?",
    "side": "Beside.",
}


@pytest.mark.parametrize("name", BLOCKS)
def test_each_block_holds_its_text(name: str, compose: Compose) -> None:
    html = compose(f"## Before\n\n/// {name}\n{BLOCKS[name]}\n///\n\nAfter.\n").html
    words = plain(html)
    assert words.index("Before") <= words.index(BLOCKS[name].lstrip("-1. ")) < words.index("After.")


def test_a_list_starts_where_it_says(compose: Compose) -> None:
    assert (
        '<ol start="8" style="counter-reset:list-item 7 step 7">'
        in compose("8. Eight\n9. Nine\n").html
    )


def numbers(source: PageSource) -> set[str]:
    """The one-digit numbers on the first page, as a viewer reads them."""
    format_ = FORMATS["a4"]
    fitted = copyfit(source, format_, format_.geometry["a4"])
    with PdfDocument(fitted.typeset.write()) as pdf:
        text = pdf[0].get_textpage().get_text_range()
    return set(re.findall(r"(?<![\w.-])[1-9](?![\w])", text.partition("DRAFT")[0]))


def test_a_list_is_printed_from_where_it_says(compose: Compose) -> None:
    assert numbers(compose("8. Eight\n9. Nine\n")) == {"8", "9"}


def test_steps_are_printed_from_where_they_say(compose: Compose) -> None:
    assert numbers(compose("/// steps\n8. Eight\n9. Nine\n///\n")) == {"8", "9"}


@pytest.mark.parametrize(
    ("conditions", "kept"),
    [
        ("region: uk", True),
        ("region: not uk", False),
        ("format: a4, letter", True),
        ("format: letter", False),
        ("format: not letter, a4", False),
        ("medium: screen; region: uk", True),
        ("medium: office; region: uk", False),
        ("tag: evening-clinic; medium: not web", True),
    ],
)
def test_only(conditions: str, kept: bool, compose: Compose) -> None:
    page = compose(f"Always.\n\n/// only | {conditions}\nSometimes.\n///\n\nAt the end.\n")
    expected = "Always. Sometimes. At the end." if kept else "Always. At the end."
    assert expected in plain(page.html)


def test_nothing_in_dropped_text_matters(compose: Compose) -> None:
    inside = "{{ clinic.email }} [@nobody] :no-icon: [x](#nowhere) a*b*c"
    assert "nobody" not in compose(f"A.\n\n/// only | region: not uk\n{inside}\n///\n").html


def test_only_inside_a_checklist(compose: Compose) -> None:
    html = compose("//// checklist\n/// only | region: uk\n- Rise.\n///\n////\n").html
    assert "tick-box" in html


def test_citations_are_numbered_in_the_order_of_the_text(compose: Compose) -> None:
    body = (
        "One **two [@smith2022]**.\n\n| A | B |\n|---|---|\n| c [@lee2021] | d [@smith2022] |\n\n"
        "> Three [@lee2021; @smith2022].\n"
    )
    html = compose(body).html
    # On a sheet a paragraph has one number and a table has none; the list names every source.
    assert re.findall(r'class="cite">(\[[\d,]+\])', html) == ["[1]", "[1,2]"]
    assert html.index('id="source-smith2022"') < html.index('id="source-lee2021"')


def test_dropped_citations_have_no_number(compose: Compose) -> None:
    body = "/// only | region: not uk\nA [@smith2022].\n///\n\nB [@lee2021].\n"
    html = compose(body).html
    assert "source-smith2022" not in html
    assert 'B<sup class="cite">[1]</sup>.' in html


def test_a_source_is_cited_in_its_region_alone(compose: Compose) -> None:
    html = compose(
        "A [@lee2021; @smith2022 in us].\n\nB [@smith2022 in us].\n\nC [@lee2021 in us, uk].\n"
    ).html
    assert "source-smith2022" not in html
    assert 'A<sup class="cite">[1]</sup>.' in html and 'C<sup class="cite">[1]</sup>.' in html
    assert "<p>B.</p>" in html
    with pytest.raises(Mistakes, match="There is no region 'ku'"):
        compose("A [@lee2021 in ku].\n")


def test_a_number_stands_inside_the_bracket_that_ends_a_paragraph(compose: Compose) -> None:
    html = compose("A [@lee2021]. (B since.)\n").html
    assert 'since<sup class="cite">[1]</sup>.)' in html  # no line begins between the two


def test_bold_words_right_after_a_citation(compose: Compose) -> None:
    assert "<strong>(new)</strong>" in compose("Tea [@lee2021]**(new)** helps.\n").html
    assert "<strong>New</strong>" in compose("Tea.[@lee2021]**New** tea.\n").html


def with_picture(edition: Edition) -> PageSource:
    image = read_image(BASE, "content/brands/riverside/logo.svg")
    leaflet = replace(edition.leaflet, images={"bed.svg": image})
    return compose_print(replace(edition, leaflet=leaflet), FORMATS["a4"], purpose("screen")).pages


def test_a_figure_with_its_caption(edition: Callable[..., Edition]) -> None:
    source = with_picture(edition("/// figure\n![a bed](bed.svg)\n\nA **bed** to sleep in.\n///\n"))
    assert "<figcaption>A <strong>bed</strong> to sleep in.</figcaption>" in source.html
    assert "figures/bed.svg" in [name for name, _, _ in source.assets]


def test_a_caption_right_below_its_picture(edition: Callable[..., Edition]) -> None:
    source = with_picture(edition("/// figure\n![a bed](bed.svg)\nA **bed** to sleep in.\n///\n"))
    assert "A bed to sleep in." in plain(source.html)


TIMELINE = """\
/// timeline
| What | Starts | Worst | Over |
|---|---|---|---|
| {} | day 1 | day 2 | 9 days |
///
"""


def test_words_of_a_timeline(compose: Compose) -> None:
    html = compose(TIMELINE.format("A cold")).html
    assert 'alt="A cold: starts day 1, worst day 2, over 9 days."' in html


@pytest.mark.parametrize(
    ("label", "message"),
    [
        ("A **cold**", "Marks such as"),
        ("A cold [@lee2021]", "Marks such as"),
        ("{{ region.words.gray }} days", "A variable stands in a timeline"),
    ],
)
def test_marks_in_a_timeline_are_refused(label: str, message: str, compose: Compose) -> None:
    with pytest.raises(Mistakes, match=message):
        compose(TIMELINE.format(label))


def test_a_fact_in_a_link_is_refused(compose: Compose) -> None:
    with pytest.raises(Mistakes, match="itself a link"):
        compose("[Call {{ clinic.phone }}](https://example.org)\n")


def test_all_mistakes_are_told_at_once(compose: Compose) -> None:
    with pytest.raises(Mistakes) as caught:
        compose("[a](b) :zzz: [@zzz] {{ clinic.zzz }}\n\n##### Deep\n\n5*6*7\n")
    assert len(caught.value.errors) == 6


def test_items_that_run_over_several_lines_are_a_list(compose: Compose) -> None:
    text = plain(compose("- One\n  and more\n- Two\n\n    inner words\n\n- Three\n").html)
    assert "One and more" in text
    assert "Two inner words Three" in text


def test_a_tick_stands_where_a_bullet_would(compose: Compose) -> None:
    html = compose("- ✔ Move it\n- but slowly\n").html
    assert '<li class="ticked"><span class="tick">✔</span> Move it</li>' in html
    assert "<li>but slowly</li>" in html


STEPS = """\
/// steps
1. :check: **Look.** Is it {}?
2. :call: **Call {{{{ clinic.phone }}}}** now.
///
"""


def test_steps_that_begin_with_an_icon_become_pictures(compose: Compose) -> None:
    source = compose(STEPS.format("red"))
    assert source.html.count('<span class="step-picture drawing-') == 2
    assert '<strong class="step-head">Look.</strong>' in source.html
    assert 'class="step-head">Call' not in source.html  # the sentence goes on
    assert {"drawing-check.svg", "drawing-call.svg"} <= {name for name, _, _ in source.assets}


def test_one_step_without_a_picture_leaves_all_as_they_are(compose: Compose) -> None:
    html = compose("/// steps\n1. :check: Look.\n2. Call.\n///\n").html
    assert "step-picture" not in html
    assert "icon-check" in html


def test_what_to_do_beside_what_not_to_do(compose: Compose) -> None:
    html = compose("/// compare | At home\nDo:\n\n- lock it\n\nDo not:\n\n- share it\n///\n").html
    assert html.index("compare-do") < html.index("lock it") < html.index("compare-not")
    assert "icon-yes" in html
    assert "icon-no" in html


def test_a_comparison_of_one_list(compose: Compose) -> None:
    with pytest.raises(Mistakes, match="two lists with a line above each"):
        compose("/// compare\nDo:\n\n- lock it\n///\n")


def test_a_spot_picture(compose: Compose) -> None:
    source = compose("/// spot | sleepy\n///\n")
    assert "drawing-sleepy.svg" in {name for name, _, _ in source.assets}
    with pytest.raises(Mistakes, match="no icon 'sleepi'"):
        compose("/// spot | sleepi\n///\n")


@pytest.mark.parametrize(
    ("text", "href"),
    [
        ("Write to me@tea.example.org.", "mailto:me@tea.example.org"),
        ("Write to <me@tea.example.org>.", "mailto:me@tea.example.org"),
        ("See https://tea.example.org/a_b_c, please.", "https://tea.example.org/a_b_c"),
        ("(See http://tea.example.org/a?b=c)", "http://tea.example.org/a?b=c"),
    ],
)
def test_addresses_in_the_text_are_links(text: str, href: str, compose: Compose) -> None:
    html = compose(f"{text}\n").html
    assert f'<a href="{href}">' in html
    words = re.sub(r"[\s<>]|https?://", "", text)
    assert words in re.sub(r"[\s\u200b\u2060]", "", unescape(re.sub("<[^>]*>", "", html)))


def test_an_address_inside_a_link_is_no_link_of_its_own(compose: Compose) -> None:
    html = compose("[Write to me@tea.example.org](mailto:me@tea.example.org)\n").html
    assert html.count('href="mailto:me@tea.example.org"') == 1
