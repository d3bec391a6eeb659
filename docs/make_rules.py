"""Writes ``docs/rules.md`` from the table of rules: ``python docs/make_rules.py``."""

from pathlib import Path

from foldwell.rules import RULES

_PAGE = """# What a leaflet is held to

`python3 build.py preflight FILE.pdf` checks a finished PDF, of Foldwell or of anyone, and every
press file is checked before it is written. Each finding names its rule. The severity here is the
gravest that a finding of the rule can have: an **error** must not go out, a **warning** may when a
person has looked at it, and information is good to know.

| rule | what is asked | severity | who asks |
|---|---|---|---|
"""


def rules_page() -> str:
    """The table as a page of the documentation, in Markdown."""
    rows = (
        f"| {rule.id} | {rule.title} | {rule.severity.value} | "
        + (f"[{rule.source}]({rule.link})" if rule.link else rule.source)
        + " |\n"
        for rule in RULES.values()
    )
    return _PAGE + "".join(rows)


if __name__ == "__main__":
    Path(__file__).with_name("rules.md").write_text(rules_page(), encoding="utf-8")
