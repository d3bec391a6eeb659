"""Style sheets for right to left: what changes sides and what does not."""

import pytest

from foldwell.typeset.mirrored_css import mirrored
from foldwell.typeset.scripts import leading_of, script_of, spread


@pytest.mark.parametrize(
    ("rule", "other"),
    [
        ("p { float: left; }", "p { float: right; }"),
        ("p { margin-left: 1mm }", "p { margin-right: 1mm }"),
        ("p { left: calc(2mm + var(--a)); }", "p { right: calc(2mm + var(--a)); }"),
        ("p { padding: 1mm 2mm 3mm 4mm; }", "p { padding: 1mm 4mm 3mm 2mm; }"),
        ("p { padding: 1mm 2mm; }", "p { padding: 1mm 2mm; }"),
        ("p { margin: 0 0 calc(1mm - 2px) 3mm; }", "p { margin: 0 3mm calc(1mm - 2px) 0; }"),
        ("p { border-radius: 1px 2px 3px 4px; }", "p { border-radius: 2px 1px 4px 3px; }"),
        ("@page :left { @top-left { top: 0 } }", "@page :right { @top-right { top: 0 } }"),
        ('.left { content: "left"; }', '.left { content: "left"; }'),
        ("p { background: url(left.svg) left 2mm }", "p { background: url(left.svg) right 2mm }"),
        ("p { margin-inline-start: 1mm }", "p { margin-inline-start: 1mm }"),
    ],
)  # fmt: skip
def test_sides_change(rule: str, other: str) -> None:
    assert mirrored(rule) == other
    assert mirrored(other) == rule


def test_lines_stand_further_apart_in_the_text_alone() -> None:
    sheet = (
        ":root { --leading: 10pt; } p { line-height: 1.5; } sup { line-height: 0; }"
        " b { line-height: 7mm; } html { font: 400 12pt / 1.2 serif; }"
        " @page { @bottom-left { font: 9pt / 1.3 serif; } }"
    )
    assert spread(sheet, 1) == sheet
    assert spread(sheet, 1.2) == (
        ":root { --leading: 12pt; } p { line-height: 1.8; } sup { line-height: 0; }"
        " b { line-height: 7mm; } html { font: 400 12pt / 1.44 serif; }"
        " @page { @bottom-left { font: 9pt / 1.3 serif; } }"
    )


@pytest.mark.parametrize(
    ("language", "script"),
    [("en", "Latn"), ("ur", "Arab"), ("pa", "Guru"), ("zh-Hant", "Hant"), ("ku", "Latn"),
     ("pa-Arab", "Arab"), ("ti", "Ethi")],
)  # fmt: skip
def test_a_language_has_a_script(language: str, script: str) -> None:
    assert script_of(language) == script
    assert (leading_of(language) == 1) == (script == "Latn")
