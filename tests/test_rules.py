"""The table and the code name the same rules."""

import ast
import re
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

import foldwell
from foldwell.check import print_rules
from foldwell.finding import Finding
from foldwell.rules import RULES, Rule, Severity, read_rules

FOLDER = Path(foldwell.__file__).parent
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


ROWS = "| rule | asked | severity | who |\n|---|---|---|---|\n"


def test_rows_are_read() -> None:
    page = (
        f"# Rules\n\n{ROWS}| X1 | A. | error | [B](https://c) |\n| L2 | D: e. | warning | own |\n"
    )
    assert read_rules(page) == {
        "X1": Rule("X1", "A.", "B", "https://c", Severity.ERROR),
        "L2": Rule("L2", "D: e.", "own", "", Severity.WARNING),
    }


@pytest.mark.parametrize(
    "row",
    [
        "| X1 | A. | error | own | more |",
        "| X1 | A. | error | [B](https://c |",
        "| X1 | A. | grave | own |",
        "| X1 | A. | error |",
        "| X1 | A. | error | own |\n| X1 | B. | error | own |",
    ],
)
def test_no_row_is_overlooked(row: str) -> None:
    with pytest.raises(ValueError):
        read_rules(f"{ROWS}{row}\n")


def test_every_module_of_rules_is_asked() -> None:
    """``preflight`` finds them by themselves: a function of another name would never be called."""
    for module in iter_modules(print_rules.__path__):
        names = vars(import_module(f"{print_rules.__name__}.{module.name}"))
        assert {"on_file", "on_page"} & {*names}, module.name


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
