"""Table, code and documentation name the same rules."""

import ast
import re
import runpy
from pathlib import Path

import pytest

import foldwell
from foldwell.finding import Finding
from foldwell.rules import RULES, Rule, Severity

FOLDER = Path(foldwell.__file__).parent
PAGE = FOLDER.parent / "docs" / "rules.md"
ID = re.compile(r"[CDFTLXA][0-9]{1,2}")


def named_in(source: str) -> set[str]:
    """The ids that stand in code as texts of their own."""
    return {
        node.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and ID.fullmatch(node.value)
    }


def test_the_table_holds_what_the_code_holds() -> None:
    used: set[str] = set()
    for path in FOLDER.rglob("*.py"):
        if path.name != "rules.py":
            used |= named_in(path.read_text(encoding="utf-8"))
    assert used == set(RULES)
    assert all(RULES[name].id == name for name in RULES)


def test_ids_are_found_in_code() -> None:
    assert named_in('x = ("L3", 1) if y else "X10"\nf"X3 {y}"\n"A4 paper"') == {"L3", "X10"}


def test_the_documentation_is_the_table() -> None:
    """``python docs/make_rules.py`` writes it anew."""
    made = runpy.run_path(str(PAGE.with_name("make_rules.py")))["rules_page"]()
    assert PAGE.read_text(encoding="utf-8") == made


def test_no_finding_without_a_row() -> None:
    with pytest.raises(ValueError, match="X99"):
        Finding("X99", Severity.WARNING, "No.")


def test_no_finding_is_graver_than_its_row() -> None:
    assert RULES["X7"].severity is Severity.WARNING
    Finding("X7", Severity.INFORMATION, "Thin.")
    with pytest.raises(ValueError, match="X7"):
        Finding("X7", Severity.ERROR, "Thin.")


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_row(rule: Rule) -> None:
    assert ID.fullmatch(rule.id)
    assert rule.title[0].isupper() and rule.title.endswith(".")
    assert rule.source
    assert rule.link == "" or re.fullmatch(r"https://\S+", rule.link)
    assert rule.severity in Severity
