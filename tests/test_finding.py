import json
from dataclasses import replace

from foldwell.errors import Place
from foldwell.finding import Finding
from foldwell.rules import Severity

FINDING = Finding(
    "X3",
    Severity.WARNING,
    "The text 'Near' is near.",
    "Move it.",
    Place(page=2, box_pt=(1.234, 2, 3.999, 4)),
)


def test_a_finding_in_words() -> None:
    said = "page 2: X3 warning: The text 'Near' is near. Move it."
    assert str(FINDING) == said
    named = replace(FINDING, place=replace(FINDING.place, path="leaflet.pdf"))
    assert str(named) == f"leaflet.pdf: {said}"


def test_a_finding_of_the_whole_file() -> None:
    assert str(Finding("X9", Severity.ERROR, "No.")) == "X9 error: No."


def test_a_finding_in_a_text() -> None:
    finding = Finding("L2", Severity.INFORMATION, "Small.", place=Place("a/en.md", 7, 3))
    assert str(finding) == "a/en.md:7:3: L2 information: Small."
    facts = finding.facts()
    assert (facts["path"], facts["line"], facts["column"]) == ("a/en.md", 7, 3)


def test_a_finding_for_programs() -> None:
    assert json.loads(json.dumps(FINDING.facts())) == {
        "rule": "X3",
        "severity": "warning",
        "page": 2,
        "box_pt": [1.23, 2, 4.0, 4],
        "message": "The text 'Near' is near.",
        "hint": "Move it.",
    }
    assert Finding("X9", Severity.ERROR, "No.").facts()["box_pt"] is None
