"""Rule A2: what is made for screens has a web page too."""

from __future__ import annotations

from foldwell.build.patterns import both
from foldwell.content.leaflet import Leaflet
from foldwell.content.settings import Run, Settings
from foldwell.errors import Place
from foldwell.finding import Finding
from foldwell.rules import Severity

RULE = "A2"


def without_twin(leaflet: Leaflet, clinic: str, settings: Settings | None) -> list[Finding]:
    """The finding on a leaflet that a clinic gets for screens alone; nothing where it need not.

    Args:
        leaflet: The leaflet.
        clinic: The slug of the clinic.
        settings: What is made.
    """
    runs = [run for run in settings.runs if _is_for(run, leaflet, clinic)] if settings else []
    screens = any("screen" in media for run in runs for media in run.formats.values())
    if not screens or any("web" in run.without_format for run in runs):
        return []
    what = f"It is made for screens for '{clinic}', and not as a web page."
    hint = "Take 'web: false' out of its run in content/build.yml."
    return [Finding(RULE, Severity.WARNING, what, hint, Place(leaflet.path))]


def _is_for(run: Run, leaflet: Leaflet, clinic: str) -> bool:
    return (
        both(leaflet.slug, run.leaflets, ())
        and both(leaflet.language, run.languages, ())
        and both(clinic, run.clinics, ())
    )
