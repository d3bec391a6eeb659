"""Reports of checked leaflets: lines for people, JSON, and what other programs read.

SARIF 2.1.0 (OASIS) is what code hosts show beside the lines, JUnit XML what build servers count.
Each report is made from the same values; none is printed here.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from textwrap import wrap
from xml.etree import ElementTree as Tree

from foldwell import __version__
from foldwell.check.wording.doses import DoseLine
from foldwell.check.wording_hints import Hint
from foldwell.errors import FoldwellError, visible
from foldwell.finding import Finding
from foldwell.rules import RULES, Severity

SCHEMA = 1
_LEFT, _RIGHT = 52, 43
"""Widths of the columns of sentences and proposals, in characters."""
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFORMATION: "note"}
_PLURALS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFORMATION: "note"}


@dataclass(frozen=True)
class CheckedLeaflet:
    """One leaflet in one language.

    Attributes:
        path: Its file.
        title: Its title, where it could be read.
        original: The lines of its file.
        findings: What was found for any region, each once, in the order of lines.
        doses: Every sentence with a dose.
        hints: What is proposed for sentences, where it was asked for.
        mistakes: Why it could not be read.
    """

    path: str
    title: str = ""
    original: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    doses: tuple[DoseLine, ...] = ()
    hints: tuple[Hint, ...] = ()
    mistakes: tuple[FoldwellError, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether it could be read and has no error."""
        graver = (finding.severity is Severity.ERROR for finding in self.findings)
        return not self.mistakes and not any(graver)


def text_report(leaflets: Sequence[CheckedLeaflet], *, doses: bool = False) -> str:
    """The findings by leaflet, and their number at the end.

    Args:
        leaflets: What was checked.
        doses: Whether every sentence with a dose is listed too.
    """
    lines: list[str] = []
    for leaflet in leaflets:
        lines.append(f"{leaflet.path}: {leaflet.title or 'cannot be read'}")
        lines += [f"  {mistake}" for mistake in leaflet.mistakes]
        lines += [f"  {visible(str(finding))}" for finding in leaflet.findings]
        if not leaflet.mistakes and not leaflet.findings:
            lines.append("  nothing found")
        for dose in leaflet.doses if doses else ():
            lines.append(f"  dose, line {dose.line}: {dose.sentence} [{', '.join(dose.doses)}]")
        for hint in leaflet.hints:
            lines += _beside(hint)
    lines.append(f"{_many(len(leaflets), 'leaflet')}: {summary(leaflets)}.")
    return "\n".join(lines)


def _beside(hint: Hint) -> list[str]:
    """A sentence on the left, and on the right what is proposed for it."""
    left = wrap(f"{hint.line}: {hint.sentence}", _LEFT)
    right = [line for text in hint.proposals for line in wrap(f"- {text}", _RIGHT,
                                                              subsequent_indent="  ")]  # fmt: skip
    rows = zip_longest(left, right, fillvalue="")
    return ["", *(f"  {one:<{_LEFT}} | {two}".rstrip() for one, two in rows)]


def summary(leaflets: Sequence[CheckedLeaflet]) -> str:
    """How many findings of each severity there are, in words."""
    counts = counted(leaflets)
    return ", ".join(_many(counts[severity], _PLURALS[severity]) for severity in Severity)


def counted(leaflets: Sequence[CheckedLeaflet]) -> Counter[Severity]:
    """How many findings of each severity there are; what cannot be read counts as errors."""
    counts = Counter(one.severity for leaflet in leaflets for one in leaflet.findings)
    counts[Severity.ERROR] += sum(len(leaflet.mistakes) for leaflet in leaflets)
    return counts


def json_report(leaflets: Sequence[CheckedLeaflet]) -> str:
    """The same for programs: ``schema``, ``leaflets`` and ``counts``.

    A leaflet has ``path``, ``title``, ``passed``, ``mistakes`` (texts), ``findings``, ``doses``
    (``line``, ``sentence``, ``doses``) and ``hints`` (``line``, ``sentence``, ``proposals``), if
    they were asked for. Keys may be added without another number of the schema.
    """
    counts = counted(leaflets)
    facts = {
        "schema": SCHEMA,
        "leaflets": [
            {
                "path": leaflet.path,
                "title": leaflet.title,
                "passed": leaflet.passed,
                "mistakes": [str(mistake) for mistake in leaflet.mistakes],
                "findings": [finding.facts() for finding in leaflet.findings],
                "doses": [
                    {"line": dose.line, "sentence": dose.sentence, "doses": list(dose.doses)}
                    for dose in leaflet.doses
                ],
                "hints": [
                    {
                        "line": hint.line,
                        "sentence": hint.sentence,
                        "proposals": list(hint.proposals),
                    }
                    for hint in leaflet.hints
                ],
            }
            for leaflet in leaflets
        ],
        "counts": {f"{_PLURALS[severity]}s": counts[severity] for severity in Severity},
    }
    return json.dumps(facts, indent=2, ensure_ascii=False)


def sarif_report(leaflets: Sequence[CheckedLeaflet]) -> str:
    """The same as SARIF 2.1.0, with every rule that was broken and its source."""
    named = sorted({finding.rule for leaflet in leaflets for finding in leaflet.findings})
    results = [
        _result(f.rule, named.index(f.rule), _LEVELS[f.severity], f"{f.message} {f.hint}".strip(),
                f.place.path or leaflet.path, f.place.line, f.place.column)
        for leaflet in leaflets
        for f in leaflet.findings
    ]  # fmt: skip
    for leaflet in leaflets:
        for mistake in leaflet.mistakes:
            place = mistake.place
            message = f"{mistake.message} {mistake.hint}".strip()
            results.append(_result("", -1, "error", message, leaflet.path,
                                   place.line if place else None, None))  # fmt: skip
    driver = {
        "name": "Foldwell",
        "version": __version__,
        "rules": [
            {
                "id": name,
                "shortDescription": {"text": RULES[name].title},
                "fullDescription": {"text": f"{RULES[name].title} Source: {RULES[name].source}."},
                "defaultConfiguration": {"level": _LEVELS[RULES[name].severity]},
                **({"helpUri": RULES[name].link} if RULES[name].link else {}),
            }
            for name in named
        ],
    }
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    facts = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0",
             "runs": [run]}  # fmt: skip
    return json.dumps(facts, indent=2, ensure_ascii=False)


def _result(
    rule: str, index: int, level: str, text: str, path: str, line: int | None, column: int | None
) -> dict[str, object]:
    region = {"startLine": line, **({"startColumn": column} if column else {})} if line else None
    location = {
        "artifactLocation": {"uri": path},
        **({"region": region} if region else {}),
    }
    named = {"ruleId": rule, "ruleIndex": index} if rule else {}
    return {
        **named,
        "level": level,
        "message": {"text": text},
        "locations": [{"physicalLocation": location}],
    }


def junit_report(leaflets: Sequence[CheckedLeaflet]) -> str:
    """The same as JUnit XML: a suite a leaflet, a case a rule that was broken or a mistake."""
    root = Tree.Element("testsuites", name="foldwell check")
    for leaflet in leaflets:
        by_rule: dict[str, list[Finding]] = {}
        for finding in leaflet.findings:
            by_rule.setdefault(finding.rule, []).append(finding)
        failed = {name: [f for f in held if f.severity is Severity.ERROR]
                  for name, held in by_rule.items()}  # fmt: skip
        failures = sum(bool(held) for held in failed.values())
        cases = max(1, len(by_rule) + len(leaflet.mistakes))
        counts = {"tests": cases, "failures": failures, "errors": len(leaflet.mistakes)}
        texts = {"name": leaflet.path, **{name: str(n) for name, n in counts.items()}}
        suite = Tree.SubElement(root, "testsuite", texts)
        for name, held in by_rule.items():
            case = Tree.SubElement(suite, "testcase", classname=leaflet.path, name=name)
            if failed[name]:
                told = Tree.SubElement(case, "failure", message=RULES[name].title)
                told.text = "\n".join(visible(str(finding)) for finding in failed[name])
            else:
                told = Tree.SubElement(case, "system-out")
                told.text = "\n".join(visible(str(finding)) for finding in held)
        for mistake in leaflet.mistakes:
            case = Tree.SubElement(suite, "testcase", classname=leaflet.path, name="reading")
            Tree.SubElement(case, "error", message=visible(mistake.message)).text = str(mistake)
        if not by_rule and not leaflet.mistakes:
            Tree.SubElement(suite, "testcase", classname=leaflet.path, name="all rules")
    Tree.indent(root)
    return Tree.tostring(root, encoding="unicode", xml_declaration=True)


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
