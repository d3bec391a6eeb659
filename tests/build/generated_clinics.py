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
TIMES = ("8 am to 6.30 pm", "9 am to 5 pm", "closed", "9 am to 1 pm", "until noon")


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


def neighbour(seed: int, number: int) -> dict[str, Any]:
    """Another clinic with the kinds of facts that the clinic of a seed has: an ordinary one."""
    facts = clinic_facts(seed)
    british = facts["region"] == "uk"
    facts["name"] = f"{('Elm', 'Oak', 'Ash')[number % 3]} Practice {number:03}"
    facts["phone"] = (
        f"0113 496 0{100 + 37 * number % 900}" if british else f"(513) 555-01{number % 100:02}"
    )
    facts["address"] = [f"{number + 1} High Street", "Leedham LS99 1AA"]
    if "website" in facts:
        facts["website"] = f"p{number}.example.org"
    if "email" in facts:
        facts["email"] = f"p{number}@example.org"
    if "hours" in facts:
        facts["hours"] = [
            {**row, "time": TIMES[(number + at) % len(TIMES)]}
            for at, row in enumerate(facts["hours"])
        ]
    return facts


def breaking(seed: int, number: int) -> dict[str, Any]:
    """A clinic whose facts take another room, or run another way, than those of a neighbour."""
    facts = neighbour(seed, number)
    change = number % 6
    if change == 0:
        facts["name"] = "The Featherstonehaugh and Wollstonecraft Recovery Team 12345"
    elif change == 1:
        facts["name"] = "مركز النور الطبي"
    elif change == 2:
        facts.pop("hours", None)
    elif change == 3:
        facts["address"] = [f"{street}, {number}" for street in STREETS]
    elif change == 4:
        facts["phones"] = [{"label": "Repeat prescriptions", "phone": facts["phone"]}] * 2
    else:
        facts["website"] = WEBSITES[1]
        facts["email"] = EMAILS[1]
    return facts
