import json

from foldwell.check.preflight import Examined
from foldwell.check.report import Checked, json_report, text_report
from foldwell.errors import FoldwellError, Place
from foldwell.finding import Finding
from foldwell.rules import Severity

FINDINGS = (
    Finding("X9", Severity.ERROR, "No intent.", "Name one."),
    Finding("X3", Severity.WARNING, "Near.", "Move it.", Place(page=2, box_pt=(1, 2, 3, 4))),
    Finding("X6", Severity.INFORMATION, "Not counted.", "", Place(page=2)),
)
FILES = [
    Checked("a.pdf", "aa", Examined(2, "press", FINDINGS)),
    Checked("b.pdf", "bb", Examined(1, "office", ())),
    Checked("c.pdf", "cc", None, FoldwellError("The file is no PDF.", None, "Name a PDF file.")),
]


def test_the_report_for_people() -> None:
    assert text_report(FILES) == (
        "a.pdf (press, 2 pages):\n"
        "  X9 error: No intent. Name one.\n"
        "  page 2: X3 warning: Near. Move it.\n"
        "  page 2: X6 information: Not counted.\n"
        "b.pdf (office, 1 page):\n"
        "  nothing found\n"
        "c.pdf:\n"
        "  The file is no PDF. Name a PDF file.\n"
        "3 files: 1 error, 1 warning, 1 note.\n"
        "1 file could not be checked."
    )


def test_the_report_for_programs() -> None:
    facts = json.loads(json_report(FILES))
    assert list(facts) == ["schema", "files", "counts"]
    assert facts["schema"] == 1
    assert facts["counts"] == {"errors": 1, "warnings": 1, "notes": 1}
    first, second, third = facts["files"]
    assert list(first) == ["file", "sha256", "medium", "pages", "error", "findings"]
    assert (first["file"], first["sha256"], first["medium"], first["pages"]) == (
        "a.pdf",
        "aa",
        "press",
        2,
    )
    assert first["findings"] == [finding.facts() for finding in FINDINGS]
    assert second["findings"] == [] and second["error"] is None
    assert (third["pages"], third["medium"]) == (None, None)
    assert third["error"] == "The file is no PDF. Name a PDF file."


def test_what_passes() -> None:
    assert [checked.passed for checked in FILES] == [False, True, False]
    only_warned = Checked("d.pdf", "dd", Examined(1, "press", FINDINGS[1:]))
    assert only_warned.passed
