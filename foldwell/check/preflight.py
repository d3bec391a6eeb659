"""The preflight of a finished PDF: all rules of ``print_rules``, one after the other.

Everything is told from the file itself. Nothing is repaired, and the file is never written.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules

from foldwell.check import print_rules
from foldwell.check.pdf_file import open_file
from foldwell.check.standard import Expected, Purpose
from foldwell.check.subject import subject_of
from foldwell.finding import Finding
from foldwell.pdf.opening import reading
from foldwell.rules import Severity

_MODULES = [
    import_module(f"{print_rules.__name__}.{module.name}")
    for module in iter_modules(print_rules.__path__)
]
_ON_FILES = [module.on_file for module in _MODULES if hasattr(module, "on_file")]
_ON_PAGES = [module.on_page for module in _MODULES if hasattr(module, "on_page")]
"""The rules, each of a ``Subject``, and those of pages of one of its pages as well."""


@dataclass(frozen=True)
class Examined:
    """A file that was checked.

    Attributes:
        pages: How many pages the file has.
        medium: What it was judged as.
        findings: By page, the gravest first.
    """

    pages: int
    medium: Purpose
    findings: tuple[Finding, ...]

    @property
    def passed(self) -> bool:
        """Whether it may go out."""
        return all(finding.severity is not Severity.ERROR for finding in self.findings)


def preflight(content: bytes, expected: Expected | None = None) -> list[Finding]:
    """What is wrong with a finished PDF, of ours or of anyone.

    Args:
        content: The file.
        expected: What the caller knows of it.

    Raises:
        FoldwellError: If it cannot be read at all, or is too large to be checked.
    """
    return list(examine(content, expected).findings)


def examine(content: bytes, expected: Expected | None = None) -> Examined:
    """The same, with how many pages the file has and what it was judged as.

    Args:
        content: The file.
        expected: What the caller knows of it.

    Raises:
        FoldwellError: If it cannot be read at all, or is too large to be checked.
    """
    with open_file(content) as file, reading():
        subject = subject_of(file, expected or Expected())
        findings = [finding for rule in _ON_FILES for finding in rule(subject)]
        for page in file.pages:
            with reading(page.number):
                findings += [found for rule in _ON_PAGES for found in rule(subject, page)]
        medium = subject.standard.medium
        return Examined(len(file.pages), medium, tuple(sorted(findings, key=_order)))


def _order(finding: Finding) -> tuple[int, int, int, str]:
    """The file first, then its pages; within a page the gravest first, then by rule."""
    number = int("".join(filter(str.isdigit, finding.rule)))
    return finding.place.page or 0, -finding.severity.gravity, number, finding.rule
