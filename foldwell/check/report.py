"""What preflight found in some files, for people and for programs.

Reports are told, not printed; the JSON has a number for its shape, and keys may be added to it
without a new one.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from foldwell.check.preflight import Examined
from foldwell.errors import FoldwellError
from foldwell.rules import Severity

SCHEMA = 1
_PLURAL = {"error": "errors", "warning": "warnings", "information": "notes"}
_SINGLE = {"error": "error", "warning": "warning", "information": "note"}


@dataclass(frozen=True)
class Checked:
    """One file of a report.

    Attributes:
        file: Its path as the user knows it.
        sha256: The hash of its bytes.
        examined: What was found; None where it could not be read.
        trouble: Why it could not be read.
    """

    file: str
    sha256: str
    examined: Examined | None
    trouble: FoldwellError | None = None

    @property
    def passed(self) -> bool:
        """Whether it was read and has no error."""
        return self.examined is not None and self.examined.passed


def text_report(files: Sequence[Checked]) -> str:
    """The findings by file, and their number at the end."""
    lines: list[str] = []
    for checked in files:
        examined = checked.examined
        if examined is None:
            lines += [f"{checked.file}:", f"  {checked.trouble}"]
            continue
        sort = f"{examined.medium}, {_count(examined.pages, 'page', 'pages')}"
        lines.append(f"{checked.file} ({sort}):")
        lines += [f"  {finding}" for finding in examined.findings] or ["  nothing found"]
    counts = _counts(files)
    said = ", ".join(
        _count(counts[severity], _SINGLE[severity], _PLURAL[severity]) for severity in Severity
    )
    lines.append(f"{_count(len(files), 'file', 'files')}: {said}.")
    unread = sum(checked.examined is None for checked in files)
    if unread:
        lines.append(f"{_count(unread, 'file', 'files')} could not be checked.")
    return "\n".join(lines)


def json_report(files: Sequence[Checked]) -> str:
    """The same for programs.

    ``schema``, ``files`` and ``counts``; a file has ``file``, ``sha256``, ``medium``, ``pages``,
    ``error`` and ``findings``. Where it could not be read, ``error`` says why, and ``medium``
    and ``pages`` are null.
    """
    counts = _counts(files)
    facts = {
        "schema": SCHEMA,
        "files": [
            {
                "file": checked.file,
                "sha256": checked.sha256,
                "medium": checked.examined.medium if checked.examined else None,
                "pages": checked.examined.pages if checked.examined else None,
                "error": str(checked.trouble) if checked.trouble else None,
                "findings": [
                    finding.facts()
                    for finding in (checked.examined.findings if checked.examined else ())
                ],
            }
            for checked in files
        ],
        "counts": {_PLURAL[severity]: counts[severity] for severity in Severity},
    }
    return json.dumps(facts, indent=2, ensure_ascii=False)


def _counts(files: Iterable[Checked]) -> Counter[Severity]:
    return Counter(
        finding.severity
        for checked in files
        if checked.examined
        for finding in checked.examined.findings
    )


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
