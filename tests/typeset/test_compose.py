"""A page source is complete and holds nothing that it was not handed."""

import datetime
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from conftest import ONE_LANGUAGE, purpose

from foldwell.content.edition import Edition
from foldwell.content.facts import Text
from foldwell.content.leaflet import Reviewer
from foldwell.paper.formats import FORMATS
from foldwell.typeset.compose import _without_needless_isolates, compose_print, compose_web
from foldwell.typeset.page_source import PageSource
from foldwell.typeset.paperwork import LATER, token

Editions = Callable[..., Edition]
BODY = """\
/// key-message | Sleep is **healthy**
Get up at the same time [@smith2022; @lee2021].
///

//// panel | flap
/// emergency | Call {{ region.emergency_number }}
- if you cannot breathe
///
////

## Good :sleepy: habits

/// timeline
| What | Starts | Worst | Over |
|---|---|---|---|
| Cold | day 1 | days 2 to 3 | 7 days |
///

//// panel | back
/// contact
///
////
"""
FULL = {"website": "riverside.example.org", "email": "hello@riverside.example.org"}


ON_A4 = [name for name in ONE_LANGUAGE if "a4" in FORMATS[name].geometry]


def asked_for(source: PageSource) -> set[str]:
    """The assets that a page source names."""
    return set(re.findall(r"asset:([^\"')\s]+)", source.html + "".join(source.css)))


@pytest.mark.parametrize("name", ON_A4)
@pytest.mark.parametrize("medium", ["screen", "office", "press"])
def test_every_asset_is_handed_over(name: str, medium: str, edition: Editions) -> None:
    source = compose_print(edition(BODY, **FULL), FORMATS[name], purpose(medium)).pages
    held = {name for name, _, _ in source.assets}
    assert asked_for(source) <= held
    assert {"qr.svg", "mark.svg", "icon-sleepy.svg", "timeline-0.svg", "logo-wide.svg"} <= held
    assert source.tagged == (medium == "screen")


@pytest.mark.parametrize("name", ON_A4)
def test_no_token_is_left(name: str, edition: Editions) -> None:
    source = compose_print(edition(BODY, **FULL), FORMATS[name], purpose("screen")).pages
    assert not re.search("[\ue000-\uf8ff]", source.html + "".join(source.css))


@pytest.mark.parametrize("name", ON_A4)
def test_what_goes_with_each_medium(name: str, edition: Editions) -> None:
    """A ticket with a press file, instructions with an office file if asked for; else nothing."""
    usual = edition(BODY, **FULL)
    screen, office, press = (
        compose_print(usual, FORMATS[name], purpose(medium, instructions=medium == "office"))
        for medium in ("screen", "office", "press")
    )
    assert (screen.instructions, screen.ticket, screen.facts) == (None, None, None)
    assert (office.ticket, office.facts) == (None, None)
    assert office.instructions is not None and press.instructions is None
    assert press.ticket is not None and press.facts is not None
    for paper in (office.instructions, press.ticket):
        assert asked_for(paper) <= {name for name, _, _ in paper.assets}
        assert not paper.tagged
    facts = dict(press.facts)
    assert facts["format"] == name
    # What is known only in the end stands for itself in the ticket.
    for later in LATER:
        assert token(later) in press.ticket.html
        assert token(later) in facts.values()
    assert set(re.findall("[\ue000-\uf8ff]", press.ticket.html)) == set(token(""))
    assert compose_print(usual, FORMATS[name], purpose("office")).instructions is None


@pytest.mark.parametrize("name", ON_A4)
def test_only_a_press_file_bleeds(name: str, edition: Editions) -> None:
    """3 mm, and 2 mm more in a stitched booklet, whose pages move inwards."""
    for medium in ("screen", "office", "press"):
        css = "".join(compose_print(edition(BODY), FORMATS[name], purpose(medium)).pages.css)
        bleeds = set(re.findall(r"bleed: ([\d.]+)mm", css))
        stitched = name in ("booklet", "booklet-large")
        wanted = "0" if medium != "press" else "5" if stitched else "3"
        assert bleeds == {wanted}
        assert f"--bleed: {wanted}mm;" in css


def test_the_colours_and_inks_of_a_brand_go_along(edition: Editions) -> None:
    composition = compose_print(edition(BODY), FORMATS["a4"], purpose("press"))
    assert ("primary", "#0f5c73") in composition.colours
    assert composition.own_inks == (("#000000", (0, 0, 0, 1)),)  # black is black ink alone


def test_the_same_edition_gives_the_same_page_source(edition: Editions) -> None:
    sources = [
        compose_print(edition(BODY), FORMATS["a4"], purpose("screen")).pages for _ in range(2)
    ]
    assert sources[0] == sources[1]
    assert sources[0].key == sources[1].key


def test_the_key_changes_with_every_part() -> None:
    source = PageSource("<p>", ("p{}",), (("a", b"1", "image/png"),), tagged=True)
    others = [
        replace(source, html="<b>"),
        replace(source, css=()),
        replace(source, css=("p{}", "")),
        replace(source, assets=(("a", b"2", "image/png"),)),
        replace(source, assets=(("b", b"1", "image/png"),)),
        replace(source, assets=(("a", b"1", "image/jpeg"),)),
        replace(source, tagged=False),
    ]
    assert len({source.key, *(other.key for other in others)}) == len(others) + 1


def test_a_draft_says_so_in_its_text_and_behind_it(edition: Editions) -> None:
    source = compose_print(edition(BODY), FORMATS["a4"], purpose("screen")).pages
    assert "draft" in source.html.lower()
    assert any("asset:mark.svg" in css for css in source.css)


def test_facts_stay_text_in_every_template(edition: Editions) -> None:
    name = "<script>alert(1)</script> A*B {{ 1 }} \"'"
    usual = edition(BODY, name=name, feedback=name, other_formats=name, **FULL)
    for html in (
        compose_print(usual, FORMATS["a4"], purpose("screen")).pages.html,
        compose_print(usual, FORMATS["letter-fold"], purpose("screen")).pages.html,
        compose_web(usual),
    ):
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert(1)&lt;/script&gt; A*B {{ 1 }}" in html


def test_a_title_is_text_in_the_foot(edition: Editions) -> None:
    usual = edition(BODY)
    facts = usual.leaflet.facts.model_copy(update={"title": '"; } p { color: red } \\ </style>'})
    source = compose_print(
        replace(usual, leaflet=replace(usual.leaflet, facts=facts)),
        FORMATS["a4"],
        purpose("screen"),
    ).pages
    assert "p { color: red }" not in "".join(source.css)


def test_the_web_page_stands_alone(edition: Editions) -> None:
    html = compose_web(edition(BODY, **FULL))
    assert "asset:" not in html
    addresses = re.findall(r"""(?:src|href)=["']([^"']*)""", html)
    assert {address.split(":")[0].split("#")[0] for address in addresses} <= {
        "", "https", "tel", "mailto", "data",
    }  # fmt: skip
    loaded = re.findall(r"url\(\s*[\"']?([^\"')]{0,30})", html)
    assert [address for address in loaded if not address.startswith("data:")] == []
    assert not re.search("@import|<link[^>]*http|<script[^>]*src", html)
    assert not re.search("[\ue000-\uf8ff]", html)


def test_the_web_page_gives_every_source_in_full(edition: Editions) -> None:
    html = compose_web(edition(BODY)).replace("\u00a0", " ")
    assert html.index("Tea at night") < html.index("Sleep and health")
    assert 'href="https://doi.org/10.1000/182"' in html


def test_words_that_look_like_a_picture(edition: Editions) -> None:
    assert "(asset:house)" in compose_web(edition("What you own (asset:house) counts.\n"))


def test_a_phone_number_in_a_heading(edition: Editions) -> None:
    html = compose_web(
        edition("## Call {{ clinic.phone }}\n\nA.\n\n## Rest\n\nB.\n\n## End\n\nC.\n")
    )
    assert not re.search(r"<a\b(?:(?!</a>).)*<a\b", html, re.DOTALL)


def test_facts_are_isolated_on_the_web_and_where_words_run_from_right_to_left(
    edition: Editions,
) -> None:
    made = edition("Call {{ clinic.phone }}.\n")
    assert "<bdi>0113 496 0142</bdi></a>." in compose_web(made)
    printed = compose_print(made, FORMATS["a4"], purpose("screen")).pages.html
    assert ">0113 496 0142</a>." in printed and "<bdi>" not in printed
    page = "<p>\u0645 <bdi>999</bdi></p>"
    assert _without_needless_isolates(page) == page
    page = '<html dir="rtl"><bdi>999</bdi>'
    assert _without_needless_isolates(page) == page


@pytest.mark.parametrize("form", ["clinic.phone | fact", 'fact("phone", clinic.phone)'])
def test_a_template_of_the_projects_own_prints_a_fact(edition: Editions, form: str) -> None:
    own = replace(edition(), overrides={"parts/contact.html": f"<p>{{{{ {form} }}}}</p>"})
    own = replace(own, leaflet=replace(own.leaflet, text="/// contact\n///\n"))
    assert f"<p>{own.clinic.phone.html}</p>" in compose_web(own)


def test_the_web_page_says_for_whom_it_is(edition: Editions) -> None:
    page = compose_web(edition())
    for name, value in (("audience", "Adults"), ("abstract", "Know how to sleep better")):
        assert f'<meta name="dcterms.{name}" content="{value}">' in page


def test_a_review_still_to_come_is_not_said_to_be_none(edition: Editions) -> None:
    usual = edition("## One\n\nText.\n")
    later = usual.today + datetime.timedelta(days=3)
    reviewer = Reviewer(name=Text("Dr Ann Example"), role=Text("physician"), date=later)
    facts = usual.leaflet.facts.model_copy(
        update={"reviewed": later, "clinical_reviewers": (reviewer,)}
    )
    awaited = replace(usual, leaflet=replace(usual.leaflet, facts=facts))
    assert awaited.status == "draft"
    html = compose_print(awaited, FORMATS["letter-fold"], purpose("screen")).pages.html
    assert "which is still to come" in html
    assert "No clinician has reviewed it" not in html
    assert "Review expected" in html
