import json

from foldwell.finding import Finding, Severity

FINDING = Finding(
    "X3", Severity.WARNING, "The text 'Near' is near.", "Move it.", 2, (1.234, 2, 3.999, 4)
)


def test_a_finding_in_words() -> None:
    said = "page 2: X3 warning: The text 'Near' is near. Move it."
    assert str(FINDING) == said
    assert FINDING.text("leaflet.pdf") == f"leaflet.pdf: {said}"


def test_a_finding_of_the_whole_file() -> None:
    assert str(Finding("X9", Severity.ERROR, "No.")) == "X9 error: No."


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
