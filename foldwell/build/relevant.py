"""What there is to say of files that a selection needs: mistakes, and what was read otherwise."""

from __future__ import annotations

from collections.abc import Iterable

from foldwell.build.job import Selection
from foldwell.build.patterns import asked
from foldwell.content.library import Library
from foldwell.content.values import slug_problem
from foldwell.errors import FoldwellError


def tidied(library: Library, selection: Selection) -> Iterable[str]:
    """What was read otherwise than it stands, in files that the selection needs."""
    for path, findings in library.tidied.items():
        _, kind, *rest = path.split("/")
        wanted = {"leaflets": selection.leaflets, "clinics": selection.clinics}.get(kind, ())
        if asked(rest[0].removesuffix(".yml") if rest else "", wanted):
            yield from map(str, findings)


def relevant(library: Library, selection: Selection) -> list[FoldwellError]:
    """The mistakes in files that the selection needs."""
    errors: list[FoldwellError] = []
    used = [c for slug, c in library.clinics.items() if asked(slug, selection.clinics)]
    needed = {
        "regions": {clinic.region for clinic in used},
        "brands": {clinic.brand for clinic in used},
    }
    for path, mistakes in library.broken.items():
        _, kind, *rest = path.split("/")
        name = rest[0].removesuffix(".yml") if rest else ""
        if kind == "leaflets":
            wanted = asked(name.removesuffix(".md"), selection.leaflets)
            if wanted and len(rest) > 1 and path.endswith(".md"):
                wanted = asked(rest[-1].removesuffix(".md"), selection.languages)
        elif kind == "clinics":
            wanted = asked(name, selection.clinics)
        else:
            # A file that is left out for its name alone may be the very one that is missing.
            misnamed = slug_problem(name) != ""
            wanted = kind not in needed or not used or misnamed or name in needed[kind]
        if wanted:
            errors += mistakes
    return errors
