import re
from pathlib import Path

import pytest

import foldwell.check
from foldwell.finding import Severity
from foldwell.rules import RULES, Rule

HELD = {f"X{n}" for n in range(1, 11)} | {"L1", "L2", "L3", "L11", "L12"}


def test_the_table_holds_what_preflight_holds() -> None:
    assert set(RULES) == HELD
    assert all(RULES[name].id == name for name in RULES)


def test_every_rule_is_held_by_a_check() -> None:
    folder = Path(foldwell.check.__file__).parent
    sources = "\n".join(
        path.read_text(encoding="utf-8")
        for path in folder.glob("*.py")
        if path.name not in ("rules.py", "__init__.py")
    )
    assert {name for name in RULES if f'"{name}"' in sources} == HELD


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_row(rule: Rule) -> None:
    assert rule.title[0].isupper() and rule.title.endswith(".")
    assert rule.standard
    assert rule.source == "" or re.fullmatch(r"https://\S+", rule.source)
    assert rule.severity in (Severity.ERROR, Severity.WARNING)
