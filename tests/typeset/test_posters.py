"""Posters: what is read aloud at their foot, and the drawing of one behind a folded leaflet."""

import re
from dataclasses import replace

import pytest
from conftest import TODAY

from foldwell.build.job import Selection
from foldwell.build.plan import make_plan
from foldwell.content.edition import Edition
from foldwell.content.library import Library
from foldwell.paper.formats import FORMATS
from foldwell.typeset.feet import imprint
from foldwell.typeset.posters import side_css

FACTS = {
    "t": {"edition": "Edition", "published": "Published", "review_due": "Review due"},
    "edition_id": "ABCD-EF23",
    "published_short": "1 Nov 2026",
    "review_due_short": "1 Nov 2027",
    "status": "draft",
    "status_foot": "DRAFT, not reviewed",
}


@pytest.fixture(scope="module")
def edition(own: Library) -> Edition:
    asked = Selection(("safe-storage",), (), ("en",), ("poster-fold",), ("screen",))
    return make_plan(own, asked, TODAY).jobs[0].edition


def test_a_poster_says_which_edition_it_is() -> None:
    class Named:
        title = "Using naloxone"

    lines = imprint({**FACTS, "leaflet": Named()})
    assert lines[0] == "DRAFT, not reviewed"
    assert re.sub("<[^>]*>", "", lines[1]).replace("\u00a0", " ") == (
        "Using naloxone · Edition ABCD-EF23 · Published 1 Nov 2026 · Review due 1 Nov 2027"
    )
    assert len(imprint({**FACTS, "leaflet": Named(), "status": ""})) == 1


def drawing_mm(css: str) -> float:
    """How high the drawing below the title is; 0 where it stands beside it."""
    found = re.search(r"height: ([\d.]+)mm", css)
    return float(found[1]) if found else 0.0


def test_the_drawing_of_a_poster_takes_the_room_that_words_leave(edition: Edition) -> None:
    panel = FORMATS["poster-fold"].geometry["a4"].panels[-1]
    usual = drawing_mm(side_css(edition, panel, "", 1.0, 1.0))
    marked = drawing_mm(side_css(edition, panel, "This is a draft.", 1.0, 1.0))
    assert usual > marked >= 40
    facts = edition.leaflet.facts.model_copy(update={"main_message": "Many more words. " * 16})
    longer = replace(edition, leaflet=replace(edition.leaflet, facts=facts))
    assert drawing_mm(side_css(longer, panel, "", 1.0, 1.0)) == 0.0
