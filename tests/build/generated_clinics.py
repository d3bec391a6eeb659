"""Clinics made by chance, as people have them: short and long names, addresses, facts or none.

The same seed makes the same clinic.
"""

from __future__ import annotations

import random
from typing import Any

NAMES = (
    "Elm",
    "St Anne's",
    "Hollin Lane Surgery",
    "North Street Medical Centre",
    "Saint Bartholomew and Saint Mary Community Health Centre",
    "The Wollstonecraft and Featherstonehaugh Drug and Alcohol Recovery Team",
)
STREETS = (
    "14 Hollin Lane",
    "The Old Pump House",
    "Second floor, Featherstonehaugh Building",
    "Riverside Industrial and Business Park",
    "Upper Wollstonecraft",
    "Kingston upon Hull HU99 7XY",
)
WEBSITES = ("elm.example.org", "featherstonehaugh-and-wollstonecraft-recovery.example.org/contact")
EMAILS = ("a@elm.example.org", "reception.team@wollstonecraft-recovery.nhs.example.org")
HOURS = (
    ("Monday to Friday", "8 am to 6.30 pm"),
    ("Saturday", "9 am to 1 pm"),
    ("Sunday", "closed"),
)


def clinic_facts(seed: int) -> dict[str, Any]:
    """The facts of a made up clinic, as in its file."""
    chance = random.Random(seed)
    region = chance.choice(["uk", "us"])
    first = chance.randint(0, 4)
    facts: dict[str, Any] = {
        "name": NAMES[seed % len(NAMES)][:70],
        "region": region,
        "brand": "hollin-lane" if region == "uk" else "river-bend",
        "address": [STREETS[(first + n) % len(STREETS)] for n in range(chance.randint(2, 6))],
        "phone": "0113 496 0142" if region == "uk" else "(513) 555-0142",
    }
    night = "0113 496 0177" if region == "uk" else "(513) 555-0177"
    if chance.random() < 0.7:
        facts["out_of_hours"] = {"name": "Drug and alcohol team, evenings", "phone": night}
        if chance.random() < 0.5:
            facts["out_of_hours"]["note"] = "at weekends from 9 am to 5 pm only"
    if chance.random() < 0.8:
        facts["email"] = chance.choice(EMAILS)
    if chance.random() < 0.8:
        facts["website"] = chance.choice(WEBSITES)
    if chance.random() < 0.8:
        facts["hours"] = [
            {"days": days, "time": time} for days, time in HOURS[: chance.randint(1, 3)]
        ]
    if chance.random() < 0.7:
        facts["feedback"] = "Speak to any member of our team, or write to us at the address above."
    if chance.random() < 0.7:
        facts["other_formats"] = "Ask reception for large print, or for help to read it."
    return facts
