"""All attacks by their names."""

from __future__ import annotations

from hostile.attack import SOUND, Attack
from hostile.facts import FACTS
from hostile.output import OUTPUTS
from hostile.pictures import PICTURES_
from hostile.places import PLACES
from hostile.prose import PROSE
from hostile.templates import TEMPLATES

ATTACKS: tuple[Attack, ...] = (*PLACES, *PROSE, *FACTS, *PICTURES_, *TEMPLATES, *OUTPUTS)

NO_ATTACK = Attack("nothing", "", lambda _: None, made=SOUND, shares="leaflets")
"""What the sound leaflet is made from, to compare with."""
