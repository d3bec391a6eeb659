"""A leaflet in two languages, for tests of translations."""

import datetime
from pathlib import Path

from foldwell.build.translating import done, start
from foldwell.content.library import read_library

DAY = datetime.date(2026, 3, 1)
SOURCE = """
## Good habits

**Get up** at the same time each day, for at least 4 weeks.

1. Drink 200 ml of water.
2. Call {{ clinic.phone }} [@lee2021].

/// warning | Take care
**Never take more than 4 mg** in 24 hours.
///

///// only | format: a4
//// panel | back
## More

Walk 1,000 steps.
////
/////
"""
SPANISH = """
## Buenos hábitos

**Levántese** a la misma hora todos los días, durante al menos 4 semanas.

1. Beba 200 ml de agua.
2. Llame al {{ clinic.phone }} [@lee2021].

/// warning | Tenga cuidado
**Nunca tome más de 4 mg** en 24 horas.
///

///// only | format: a4
//// panel | back
## Más

Dé 1.000 pasos.
////
/////
"""
FACTS = {
    "Sleep well": "Dormir bien",
    "For adults who lie awake": "Para adultos que no duermen",
    "audience: Adults": "audience: Adultos",
    "Know how to sleep better": "Saber dormir mejor",
    "Get up at the same time each day.": "Levántese a la misma hora todos los días.",
}


def english(root: Path) -> Path:
    return root / "content/leaflets/sleep/en.md"


def spanish(root: Path) -> Path:
    return root / "content/leaflets/sleep/es.md"


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new))


def body_of(path: Path, body: str) -> None:
    path.write_text("---".join(path.read_text().split("---")[:2]) + "---\n" + body)


def translate(root: Path) -> Path:
    """Put the leaflet of the sound project into two languages."""
    body_of(english(root), SOURCE)
    start(root, read_library(root, DAY), "sleep", "es")
    body_of(spanish(root), SPANISH)
    for old, new in FACTS.items():
        change(spanish(root), old, new)
    done(root, read_library(root, DAY), "sleep", "es", "Ana Ruiz", DAY)
    return root
