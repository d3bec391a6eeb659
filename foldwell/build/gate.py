"""The gate: no job is planned for a clinic that lacks a fact which it would print (rule F10)."""

from __future__ import annotations

from foldwell.build.job import Job
from foldwell.content.facts_used import missing_facts
from foldwell.content.library import Library
from foldwell.finding import Finding


class Gate:
    """Looks at jobs before anything is composed for them.

    Args:
        library: What there is.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._variables = frozenset(
            name for clinic in library.clinics.values() for name in clinic.variables
        )

    def findings(self, job: Job) -> list[Finding]:
        """What a job would print and its clinic does not give."""
        library, order = self._library, job.order
        clinic = library.clinics[order.clinic]
        shared = library.settings.variables if library.settings else {}
        # Media without a format are named like one in 'only' blocks.
        format_ = (order.format or order.medium.name, order.row.layout if order.row else "")
        found: list[Finding] = []
        for language in filter(None, (order.language, order.beside)):
            leaflet = library.leaflets[order.leaflet][language]
            others = self._variables
            if others:
                others -= {*shared, *clinic.variables, *leaflet.facts.variables}
            found += missing_facts(
                leaflet, order.clinic, clinic, format_, order.medium.name, others,
                library.overrides, lambda: library.where(order.clinic),
            )  # fmt: skip
        return found
