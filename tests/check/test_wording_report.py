"""Reports of checked leaflets say the same to people and to programs."""

import json
from xml.etree import ElementTree as Tree

from sarif_pydantic import Sarif

from foldwell.check.wording.doses import DoseLine
from foldwell.check.wording_page import html_report
from foldwell.check.wording_report import (
    CheckedLeaflet,
    json_report,
    junit_report,
    sarif_report,
    text_report,
)
from foldwell.errors import FoldwellError, Place
from foldwell.finding import Finding
from foldwell.rules import Severity

PATH = "content/leaflets/sleep/en.md"
WRONG = CheckedLeaflet(
    PATH,
    "Sleep <now>",
    ("---", "title: Sleep", "---", "Take 5 mcg & rest.", "Go on."),
    (
        Finding("T7", Severity.ERROR, "'5 mcg' is read wrong.", "Write it.", Place(PATH, 4, 6)),
        Finding("T2", Severity.INFORMATION, "Long.", "", Place(PATH, 5)),
    ),
    (DoseLine(4, "Take 5 mcg & rest.", ("5 mcg",)),),
)
SOUND = CheckedLeaflet("content/leaflets/rest/en.md", "Rest")
UNREAD = CheckedLeaflet(
    "content/leaflets/torn/en.md",
    mistakes=(FoldwellError("It is torn.", Place("content/leaflets/torn/en.md", 2), "Mend it."),),
)
ALL = [WRONG, SOUND, UNREAD]


def test_what_passes() -> None:
    assert [leaflet.passed for leaflet in ALL] == [False, True, False]


def test_lines_for_people() -> None:
    assert text_report([WRONG, SOUND], doses=True).split("\n") == [
        f"{PATH}: Sleep <now>",
        f"  {PATH}:4:6: T7 error: '5 mcg' is read wrong. Write it.",
        f"  {PATH}:5: T2 information: Long.",
        "  dose, line 4: Take 5 mcg & rest. [5 mcg; no source]",
        "content/leaflets/rest/en.md: Rest",
        "  nothing found",
        "2 leaflets: 1 error, 0 warnings, 1 note.",
    ]


def test_json_has_everything() -> None:
    facts = json.loads(json_report(ALL))
    assert facts["schema"] == 1 and facts["counts"] == {"errors": 2, "warnings": 0, "notes": 1}
    first, second, third = facts["leaflets"]
    assert first["findings"][0]["rule"] == "T7" and first["findings"][0]["column"] == 6
    assert first["doses"] == [
        {"line": 4, "sentence": "Take 5 mcg & rest.", "doses": ["5 mcg"], "sources": []}
    ]
    assert second["passed"] and third["mistakes"] == [
        "content/leaflets/torn/en.md:2: It is torn. Mend it."
    ]


def test_sarif_is_as_its_standard_says() -> None:
    text = sarif_report(ALL)
    run = Sarif.model_validate_json(text).runs[0]
    assert [rule.id for rule in run.tool.driver.rules or []] == ["T2", "T7"]
    results = json.loads(text)["runs"][0]["results"]
    assert [(r.get("ruleId"), r.get("ruleIndex"), r["level"]) for r in results] == [
        ("T7", 1, "error"), ("T2", 0, "note"), (None, None, "error"),
    ]  # fmt: skip
    where = [r["locations"][0]["physicalLocation"] for r in results]
    assert where[0] == {
        "artifactLocation": {"uri": PATH},
        "region": {"startLine": 4, "startColumn": 6},
    }
    assert where[2]["region"] == {"startLine": 2}


def test_junit_counts() -> None:
    root = Tree.fromstring(junit_report(ALL))
    suites = [
        (suite.get("name"), suite.get("tests"), suite.get("failures"), suite.get("errors"))
        for suite in root
    ]
    assert suites == [
        (PATH, "2", "1", "0"),
        ("content/leaflets/rest/en.md", "1", "0", "0"),
        ("content/leaflets/torn/en.md", "1", "0", "1"),
    ]
    assert "'5 mcg' is read wrong." in (root.findtext("testsuite/testcase/failure") or "")


def test_the_page_shows_the_sentence_in_its_context() -> None:
    page = html_report(ALL)
    assert "Sleep &lt;now&gt;" in page and "<now>" not in page
    assert "<mark>Take 5 mcg &amp; rest.</mark>" in page
    assert "It is torn. Mend it." in page and "Nothing found." in page
    assert "src=" not in page and "url(" not in page
