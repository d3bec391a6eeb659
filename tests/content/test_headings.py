"""Headings of a text from elsewhere begin at the level of sections."""

import pytest

from foldwell.content.headings import tidy_anchors, tidy_headings
from foldwell.content.tidyings import Tidyings


def levels(text: str, title: str = "") -> tuple[list[str], list[str]]:
    tidyings = Tidyings("en.md")
    lines = tidy_headings(text.split("\n"), 5, tidyings, title)
    told = [str(finding) for finding in tidyings.findings]
    return [line for line in lines if line.startswith("#")], told


@pytest.mark.parametrize(
    ("text", "title", "headings"),
    [
        ("### A\n\n#### B\n\n### C", "", ["## A", "### B", "## C"]),
        ("# A\n\nx\n\n## B\n\n# C", "", ["## A", "### B", "## C"]),
        ("A\n===\n\nx\n\nB\n---", "", ["## A", "### B"]),
        ("# Sleep *well*\n\n## B", '"Sleep well"', ["## B"]),
        ("Sleep\n=====\n\n### B", "Sleep", ["## B"]),
        ("## A\n\n#### B\n\n### C", "", ["## A", "### B", "### C"]),
        ("### A\n\n## B\n\n### C", "", ["## A", "## B", "### C"]),
        ("# Sleep\n\n## B", "Rest", ["## Sleep", "### B"]),
    ],
)
def test_headings_move_together(text: str, title: str, headings: list[str]) -> None:
    found, told = levels(text, title)
    assert found == headings
    assert told and all("D11 information" in line for line in told)


@pytest.mark.parametrize(
    "text",
    [
        "## A\n\n### B\n\n#### C",
        "# A\n\n## B\n\n### C\n\n#### D",
        "- a\n---",
        "a\nb\n---",
        "| a |\n---",
        "x",
    ],
)
def test_what_is_uncertain_or_right_is_left(text: str) -> None:
    tidyings = Tidyings("en.md")
    assert tidy_headings(text.split("\n"), 1, tidyings, "T") == text.split("\n")
    assert tidyings.findings == ()


def test_anchors_name_their_headings() -> None:
    lines = [
        '<a id="top"></a>',
        "",
        "## Top",
        '## <span id="in"></span> Inside',
        '<a id="x"></a>',
        "words",
    ]
    tidyings = Tidyings("en.md")
    assert tidy_anchors(lines, 1, tidyings) == [
        "", "", "## Top {#top}", "## Inside {#in}", '<a id="x"></a>', "words",
    ]  # fmt: skip
    assert len(tidyings.findings) == 1
